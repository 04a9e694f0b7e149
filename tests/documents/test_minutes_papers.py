"""Minutes on paper: sixty rows over page breaks, drafts, later remarks, and nothing on a copy its reader must not see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from caseworker_app.documents import papers as paper_maker
from caseworker_app.domain.case import Address
from caseworker_app.domain.meeting import Audience, Column, MeetingKind, TimeSpan
from caseworker_app.domain.minutes import SentHow
from caseworker_app.domain.papers import Added, MinutesFacts, Paper, PaperJob, Scored
from caseworker_app.domain.person import Role
from caseworker_app.services import meeting_run, meetings, minutes_versions, papers, people
from caseworker_app.services.forms import Edit
from tests.documents.reading import Reading, squeezed
from tests.helpers.stores import NOON, founded, register

NUMBER = "6103154234"
HELD = TimeSpan(NOON.date() - dt.timedelta(days=1), dt.time(10, 30), dt.time(12, 0))
ROWS = 60
HIDDEN = ("Skjulvej", "7470", "Karup")
SEEN_BY_MOTHER = "Mia Holm"


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def meeting(store):
    """A held meeting: the child, its mother at a protected address, two of one name, an authority with the number."""
    case = register(store, "Emma Holm", person_number=NUMBER)
    card = {
        "name": "Mia Holm",
        "role": Role.MOTHER,
        "address": Address("Skjulvej 9", "7470", "Karup"),
        "address_protected": True,
    }
    mother = store.write(lambda w: people.add(w, case, card)).result
    made = store.write(lambda w: meetings.plan(w, case, {"when": HELD, "place": "Skolen"})).result
    store.write(lambda w: meetings.invite_child(w, made))
    store.write(lambda w: meetings.invite(w, made, [mother]))
    for function in ("moster", "klasselærer"):
        store.write(lambda w, f=function: meetings.invite_name(w, made, "Lis Vang", f, Audience.NETWORK))
    police = store.write(
        lambda w: meetings.invite_name(w, made, "Per Kær", "politiet", Audience.PROFESSIONAL)
    ).result
    store.write(lambda w: meetings.edit_participant(w, police, {"number_on_minutes": Edit(True)}))
    store.write(lambda w: meetings.add_point(w, made, Column.WORRIES, "Emma sover dårligt"))
    store.write(lambda w: meetings.add_point(w, made, Column.CHILD, "Jeg vil hjem"))
    store.write(lambda w: meetings.hold(w, made))
    return made


def jobs(store, meeting, **more) -> dict[str, PaperJob]:
    return {job.recipient: job for job in store.read(lambda r: papers.minutes(r, meeting, **more))}


def made(facts: MinutesFacts) -> bytes:
    return paper_maker.make(PaperJob(Paper.MINUTES, facts, "minutes.pdf")).data


def pages(data: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def sixty(store, meeting, kind: str) -> None:
    if kind == MeetingKind.NETWORK:
        for number in range(ROWS):
            values = {"what": f"Beslutning {number:02} om hjælp", "reason": f"Fordi {number:02} er vigtigt",
                      "who": f"Ansvarlig {number:02}", "due": dt.date(2026, 12, 1)}  # fmt: skip
            store.write(lambda w, v=values: meetings.add_agreement(w, meeting, v))
        return
    for number in range(ROWS):
        for column in (Column.WORRIES, Column.WORKS, Column.WISHES):
            words = f"{column.value} {number:02} siges her i nogle ord"
            store.write(lambda w, c=column, t=words: meetings.add_point(w, meeting, c, t))


@pytest.mark.slow
def test_sixty_decisions_go_over_pages_with_their_headings_and_no_row_is_lost(store, meeting):
    sixty(store, meeting, MeetingKind.NETWORK)
    facts = replace(jobs(store, meeting)[""].facts, kind=MeetingKind.NETWORK)
    data = made(facts)
    read = Reading(data)
    assert read.faults() == []
    table = next(t for t in read.root.all("Table") if len(t.all("TR")) > ROWS)
    rows = [[squeezed(cell.text) for cell in row.all("TD")] for row in table.all("TR")[1:]]
    assert rows == [
        [f"Beslutning {n:02} om hjælp", f"Fordi {n:02} er vigtigt", f"Ansvarlig {n:02}", "1. december 2026"]
        for n in range(ROWS)
    ]
    holding = [text for text in pages(data) if "Beslutning " in text.replace("Beslutninger", "")]
    assert len(holding) > 2
    for text in holding:
        assert "Beslutning Begrundelse Ansvarlig Frist" in text
    everything = " ".join(pages(data))
    for number in range(ROWS):
        assert everything.count(f"Beslutning {number:02} ") == 1


@pytest.mark.slow
def test_sixty_lines_a_column_go_over_pages_with_their_headings_and_none_is_lost(store, meeting):
    sixty(store, meeting, MeetingKind.INVOLVING)
    data = made(jobs(store, meeting)[""].facts)
    read = Reading(data)
    assert read.faults() == []
    everything = squeezed(read.root.text)
    for column in ("worries", "works", "wishes"):
        for number in range(ROWS):
            assert everything.count(f"{column} {number:02} siges her i nogle ord") == 1
    holding = [text for text in pages(data) if "siges her" in text]
    assert len(holding) > 2
    for text in holding:
        assert "Bekymringer Fungerer Hvad vil vi se ske" in text


def test_a_protected_address_stands_on_no_copy_but_its_owners_and_in_no_kept_version(store, meeting):
    copies = jobs(store, meeting)
    for recipient, job in copies.items():
        text = " ".join(pages(paper_maker.make(job).data))
        found = [word for word in HIDDEN if word in text]
        assert bool(found) == (recipient == SEEN_BY_MOTHER), recipient
    store.write(lambda w: minutes_versions.sign(w, meeting))
    kept = store.read(lambda r: minutes_versions.standing(r, meeting)).signed.text
    model = repr(store.read(lambda r: meeting_run.said_here(r, meeting)))
    for word in HIDDEN:
        assert word not in kept
        assert word not in model


def test_the_number_stands_on_the_files_copy_and_the_authoritys_alone(store, meeting):
    for recipient, job in jobs(store, meeting).items():
        text = " ".join(pages(paper_maker.make(job).data))
        assert ("610315-4234" in text) == (recipient in ("", "Per Kær")), recipient
        assert ("må ikke gives videre" in text) == (recipient in ("", "Per Kær"))


def test_two_of_one_name_get_a_copy_each_and_are_told_apart(store, meeting):
    copies = jobs(store, meeting)
    assert {"Lis Vang (moster)", "Lis Vang (klasselærer)"} <= set(copies)
    everybody = [
        participant.id for participant in store.read(lambda r: meetings.view(r, meeting)).participants
    ]
    store.write(lambda w: minutes_versions.send(w, meeting, everybody, NOON.date(), SentHow.LETTER))
    sent = [one.recipient for one in store.read(lambda r: minutes_versions.standing(r, meeting)).sendings]
    assert len(set(sent)) == len(sent) == len(everybody)


def test_a_draft_says_so_and_asks_for_remarks_and_signed_minutes_are_none(store, meeting):
    text = " ".join(pages(paper_maker.make(jobs(store, meeting, draft=True)[SEEN_BY_MOTHER]).data))
    assert "Udkast til referat" in text
    assert "Dette er et udkast." in text
    store.write(lambda w: minutes_versions.sign(w, meeting))
    text = " ".join(pages(paper_maker.make(jobs(store, meeting, draft=True)[SEEN_BY_MOTHER]).data))
    assert "dkast" not in text
    assert "Godkendt af" in text


@pytest.mark.parametrize("kind", [MeetingKind.INVOLVING, MeetingKind.NETWORK])
def test_what_the_child_said_the_scale_the_task_and_later_remarks_stand_in_both_forms(store, meeting, kind):
    facts = replace(
        jobs(store, meeting)[SEEN_BY_MOTHER].facts,
        kind=kind, scale_question="Hvor trygt er det?", scale=(Scored("Emma", 0), Scored("Mia", 10)),
        family_task="Spis sammen hver tirsdag", additions=(Added("Mia Holm", NOON.date(), "Jeg sagde onsdag"),),
    )  # fmt: skip
    text = " ".join(pages(made(facts)))
    for words in (
        "Emma siger selv", "Jeg vil hjem", "Hvor trygt er det?", "Emma: 0", "Mia: 10", "En opgave til familien",
        "Spis sammen hver tirsdag", "Tilføjet senere", "Jeg sagde onsdag",
    ):  # fmt: skip
        assert words in text
