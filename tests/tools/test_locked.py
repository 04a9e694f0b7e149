"""What is said of the locks: licences that may not ship, faults that are known, wheels that are strange."""

from __future__ import annotations

import json

import pytest

from tools import audit, licences, locks, wheels
from tools.machine import Trouble

PIN = locks.Pin("thing", "1.0", "", frozenset({"ab" * 32}))


def test_a_lock_is_read_with_its_markers_and_hashes():
    held = {pin.name: pin for pin in locks.read("app")}
    assert held["pywin32-ctypes"].marker == "sys_platform == 'win32'"
    assert held["pyside6-essentials"].version == "6.11.3"
    assert all(pin.hashes for pin in held.values())


def test_a_line_of_a_lock_that_is_no_pin_is_refused(tmp_path, monkeypatch):
    (tmp_path / "odd.txt").write_text("thing>=1.0\n")
    monkeypatch.setattr(locks, "LOCKS", tmp_path)
    with pytest.raises(ValueError, match="not a pin: thing"):
        locks.read("odd")


def test_everything_that_ships_has_the_licence_that_was_looked_at():
    assert licences.main([]) == 0


def test_a_licence_that_is_new_changed_forbidden_or_gone_is_said():
    listed = {"same": "MIT", "changed": "MIT", "strict": "GPL-3.0-only", "gone": "MIT", "silent": ""}
    found = {"same": "MIT", "changed": "Apache-2.0", "strict": "GPL-3.0-only", "new": "MIT", "silent": ""}
    assert list(licences.compared(found, listed)) == [
        "changed was listed as MIT and says Apache-2.0 now",
        "strict may not ship: GPL-3.0-only",
        "new is not in the list of licences; it says MIT",
        "silent may not ship: no licence",
        "gone is listed and does not ship any more",
    ]


def test_of_a_choice_of_licences_one_is_enough_and_of_a_sum_all_must_do():
    assert licences.allowed("GPL-3.0-only OR MIT")
    assert not licences.allowed("MIT AND GPL-3.0-only")
    assert not licences.allowed("")


def test_a_known_fault_is_told_with_what_mends_it_and_fails(capsys, monkeypatch, tmp_path):
    fault = {"id": "CVE-2026-1", "fix_versions": ["1.1"]}
    told = {
        "dependencies": [
            {"name": "thing", "version": "1.0", "vulns": [fault]},
            {"name": "x", "skip_reason": "?"},
        ]
    }
    monkeypatch.setattr(audit, "ANSWER", tmp_path / "answer.json")
    monkeypatch.setattr(audit, "asked", lambda: told)
    assert audit.main() == 1
    said = capsys.readouterr().out
    assert "thing 1.0: CVE-2026-1, mended in 1.1" in said
    assert "1 in 1 packages of the lock; 1 the list does not know" in said
    monkeypatch.setattr(audit, "asked", lambda: pytest.fail("an answer of today is asked for again"))
    assert audit.main() == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [(None, "NOBODY WAS ASKED"), ({"dependencies": [{"name": "x", "skip_reason": "?"}]}, "NOTHING IS KNOWN")],
    ids=["not reached", "knows none"],
)
def test_a_list_that_has_no_answer_is_said_and_stops_nobody(capsys, monkeypatch, tmp_path, answer, words):
    monkeypatch.setattr(audit, "ANSWER", tmp_path / "answer.json")
    monkeypatch.setattr(audit, "asked", lambda: answer)
    assert audit.main() == 0
    assert words in capsys.readouterr().out
    assert audit.remembered("") is None


@pytest.mark.parametrize(
    "kept", ["", "{}", "[]", '{"lock": "other", "at": 0, "told": {}}', '{"lock": 1, "at": "x"}']
)
def test_an_answer_that_is_old_or_broken_is_none(monkeypatch, tmp_path, kept):
    (tmp_path / "answer.json").write_text(kept)
    monkeypatch.setattr(audit, "ANSWER", tmp_path / "answer.json")
    assert audit.remembered("lock") is None


def test_a_wheel_that_the_lock_does_not_know_and_one_that_is_missing_are_refused():
    def taken(digest: str) -> list[dict[str, dict[str, object]]]:
        info = {"url": "x/thing-1.0-py3-none-any.whl", "archive_info": {"hashes": {"sha256": digest}}}
        return json.loads(json.dumps([{"metadata": {"name": "Thing"}, "download_info": info}]))

    assert wheels.compared([PIN], taken("ab" * 32)) == {"thing 1.0": "thing-1.0-py3-none-any.whl"}
    with pytest.raises(Trouble, match="its hash is not in the lock"):
        wheels.compared([PIN], taken("cd" * 32))
    with pytest.raises(Trouble, match="no wheel: thing"):
        wheels.compared([PIN], [])


def test_the_markers_of_the_lock_are_judged_for_the_system_that_is_asked_about():
    only_windows = locks.Pin("w", "1", "sys_platform == 'win32'", frozenset())
    older = locks.Pin("o", "1", "python_full_version < '3.12'", frozenset())
    _, windows = wheels.SYSTEMS["Windows x64"]
    _, mac = wheels.SYSTEMS["macOS 15 arm64"]
    assert wheels.counts(only_windows, windows, "3.14")
    assert not wheels.counts(only_windows, mac, "3.14")
    assert wheels.counts(older, mac, "3.11")
    assert not wheels.counts(older, mac, "3.12")
