"""``caseworker due``: JSON on standard output and nothing else; refusals in words, with exit code 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from caseworker_app.__main__ import main
from tests.helpers.source import ROOT

ORACLES = json.loads((ROOT / "tests/domain/rules/follow_up.json").read_text(encoding="utf-8"))
KINDS = ("institution", "foster", "own_room", "short_term", "preventive", "mst", "contact_ambulant", "family_centre",
         "private_contact", "boarding")  # fmt: skip


class Due:
    """Runs the command in this process and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""

    def __call__(
        self, kind: str, *more: str, rules: str = "herning-2015", until: str = "2026-06-30", expect: int = 0
    ) -> str:
        start = () if "--start" in more else ("--start", "2026-01-05")
        code = main(["due", "--rules", rules, "--kind", kind, *start, "--until", until, *more])
        out, self.err = self._capsys.readouterr()
        assert code == expect, self.err
        return out

    def json(self, kind: str, *more: str, **given: str) -> list[dict[str, object]]:
        return json.loads(self(kind, "--json", *more, **given))


@pytest.fixture
def due(capsys):
    return Due(capsys)


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle["kind"])
def test_the_command_gives_the_dates_worked_out_by_hand(due, oracle):
    held = [word for day in oracle["held"] for word in ("--held", day)]
    items = due.json(
        oracle["kind"], "--start", oracle["start"], *held, rules=oracle["rules"], until=oracle["until"]
    )
    assert [item["due"] for item in items] == oracle["due"]
    assert due.err == ""


def test_an_item_has_its_five_keys_and_its_held_date_when_it_is_settled(due):
    first, second = due.json("foster", "--held", "2026-01-20", until="2026-03-31")
    assert first == {
        "due": "2026-01-19",
        "kind": "follow_up",
        "rule": "foster",
        "why": "Local standard: 2 weeks after the start on 2026-01-05",
        "source": "Herningmodellen 1.0 (2015), Anbringelser i professionel- eller netværksplejefamilie; tabel 5.1",
        "held": "2026-01-20",
    }
    assert set(second) == {"due", "kind", "rule", "why", "source"}


def test_held_dates_may_be_given_one_by_one_or_together(due):
    one_by_one = due.json("foster", "--held", "2026-01-20", "--held", "2026-03-05")
    assert one_by_one == due.json("foster", "--held", "2026-01-20", "2026-03-05")
    assert [item["due"] for item in one_by_one[:3]] == ["2026-01-19", "2026-03-03", "2026-04-16"]


def test_the_last_day_is_included(due):
    assert [item["due"] for item in due.json("institution", until="2026-01-19")] == ["2026-01-19"]
    assert due.json("institution", until="2026-01-18") == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known(due, kind):
    assert due.json(kind)[0]["rule"] == kind


def test_the_follow_up_that_takes_status_is_marked(due):
    items = due.json("preventive", until="2027-01-31")
    assert [item["due"] for item in items if "status" in item] == ["2026-07-05"]


@pytest.mark.parametrize(
    ("kind", "last", "then"),
    [("mst", "course_end", "2026-07-05"), ("family_centre", "status_report", "2026-10-05")],
)
def test_dates_after_the_last_one_come_only_for_a_course_that_is_open(due, kind, last, then):
    closed = due.json(kind, until="2026-12-31")
    assert closed[-1]["kind"] == last
    going_on = due.json(kind, "--open", until="2026-12-31")
    assert going_on[: len(closed)] == closed
    assert (going_on[len(closed)]["due"], going_on[len(closed)]["rule"]) == (then, "preventive")


def test_the_law_gives_follow_up_and_supervision_side_by_side(due):
    items = due.json("foster", "--held", "2026-03-01", rules="bl-2024", until="2027-01-31")
    assert [(item["due"], item["kind"], item.get("held")) for item in items] == [
        ("2026-04-05", "follow_up", "2026-03-01"),
        ("2026-07-05", "supervision", None),
        ("2027-01-05", "supervision", None),
    ]
    assert all("BL §" in str(item["source"]) for item in items)
    assert [item["kind"] for item in due.json("preventive", rules="bl-2024", until="2027-01-31")] == [
        "follow_up"
    ]


def test_the_reasons_are_danish_when_asked_for(due):
    (item,) = due.json("institution", "--language", "da", until="2026-01-31")
    assert item["why"] == "Lokal standard: 2 uger efter starten den 5. januar 2026"


def test_without_json_each_date_has_its_line(due):
    assert due("institution", until="2026-01-31").startswith("2026-01-19  follow_up")
    assert due("institution", until="2026-01-06") == ""


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (("--held", "2026-01-04"), "2026-01-04"),
        (("--end", "2026-01-04"), "2026-01-04"),
        (("--language", "da", "--end", "2026-01-04"), "4. januar 2026"),
    ],
)
def test_what_cannot_be_is_refused_on_standard_error(due, more, word):
    assert due("foster", "--json", *more, expect=2) == ""
    assert word in due.err


def test_an_unknown_kind_and_unknown_rules_are_refused_with_what_there_is(due):
    assert due("retired", "--json", expect=2) == ""
    assert "retired" in due.err and "family_centre" in due.err
    assert due("foster", "--json", rules="herning-1999", expect=2) == ""
    assert "herning-1999" in due.err and "bl-2024" in due.err


@pytest.mark.parametrize(
    "more",
    [
        ("--start", "2026-02-30"),
        ("--start", "2027-02-29"),
        ("--start", "20260105"),
        ("--until", "2026-W10-1"),
        ("--held", "soon"),
        ("--held", ""),
        ("--language", "se"),
    ],
)
def test_what_is_no_date_or_language_is_refused_with_exit_code_2(capsys, more):
    with pytest.raises(SystemExit) as refused:
        main(
            [
                "due",
                "--rules",
                "herning-2015",
                "--kind",
                "foster",
                "--start",
                "2026-01-05",
                "--until",
                "2026-02-01",
                *more,
            ]
        )
    assert refused.value.code == 2
    assert capsys.readouterr().out == ""


def test_what_is_no_date_is_said_in_words(capsys):
    with pytest.raises(SystemExit):
        main(
            [
                "due",
                "--rules",
                "bl-2024",
                "--kind",
                "foster",
                "--start",
                "2027-02-29",
                "--until",
                "2028-01-01",
            ]
        )
    assert "'2027-02-29' is no date; write an existing one as YYYY-MM-DD" in capsys.readouterr().err


def test_held_dates_are_taken_in_their_order_however_they_are_given(due):
    days = ("2026-03-10", "2026-01-20")
    assert due.json("foster", "--held", *days) == due.json("foster", "--held", *reversed(days))


def test_an_end_of_the_question_before_the_start_has_nothing_and_says_so(due):
    assert due.json("foster", until="2025-12-31") == []
    assert "2025-12-31 lies before the start on 2026-01-05" in due.err
    assert due.json("foster", until="2026-01-05") == []
    assert due.err == ""


def test_a_kind_without_a_date_by_law_has_none_and_the_reason_is_said(due):
    assert due.json("early", rules="bl-2024") == []
    assert "The law sets no follow-up date" in due.err and "BL § 95, stk. 1" in due.err
    assert due("early", "--language", "da", rules="bl-2024") == ""
    assert "Loven sætter ingen opfølgningsdato" in due.err


def test_dates_outside_the_time_of_the_rules_are_said_to_be(due):
    assert due.json("preventive", rules="sel-2011")
    assert "sel-2011 holds until 2023-12-31" in due.err
    assert due.json("preventive", "--start", "2023-06-01", rules="bl-2024")
    assert "bl-2024 holds from 2024-01-01" in due.err


def test_a_law_that_was_not_verified_is_said_so_in_every_reason(due):
    (first,) = due.json("aftercare", rules="bl-2024")
    assert str(first["why"]).startswith("Law, not verified: ")
    assert first["source"] == "BL § 95, stk. 1-3 (not verified; check the text of the law)"


def test_a_start_on_29_february_keeps_its_day_and_is_clipped(due):
    days = [one["due"] for one in due.json("preventive", "--start", "2024-02-29", until="2025-03-01")]
    assert days == ["2024-03-28", "2024-05-29", "2024-08-29", "2024-11-29", "2025-02-28"]


@pytest.fixture
def own(tmp_path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(resources.text("rules", "herning-2015.toml"), encoding="utf-8")
    return path


def test_a_file_of_one_s_own_is_read(due, own):
    assert due.json("foster", rules=str(own)) == due.json("foster")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('from = "held"', 'form = "held"', "rules.institution.then[1].form"),
        ('every = "6 W"', "every = 6", "rules.institution.then[1].every"),
        (
            'from = "start"\n\n[rules.mst]',
            'from = "start"\n\n[rules.mst]\ncontinued_by = "mst"',
            "own.toml, line",
        ),
        ('continued_by = "preventive"', 'continued_by = "mst"', "rules.mst.continued_by"),
    ],
)
def test_a_faulty_file_is_refused_with_file_line_and_key(due, own, old, new, said):
    text = own.read_text(encoding="utf-8")
    assert old in text
    own.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert due("foster", "--json", rules=str(own), expect=2) == ""
    assert said in due.err and "own.toml, line " in due.err


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_refused(due, tmp_path, content):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    assert due("foster", rules=str(path), expect=2) == ""
    assert "own.toml" in due.err and str(tmp_path) not in due.err


def test_the_command_needs_no_store_no_window_and_no_holidays():
    command = [
        sys.executable, "-X", "importtime", "-m", "caseworker_app", "due", "--rules", "herning-2015", "--kind", "foster",
        "--start", "2026-01-05", "--until", "2027-12-31", "--json",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert len(json.loads(done.stdout)) == 13
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert loaded & {"sqlalchemy", "PySide6", "holidays", "babel"} == set()
