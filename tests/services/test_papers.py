"""The facts of each copy, who may see the cpr. nr., and the log of what left the house."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.documents.papers import make
from caseworker_app.domain.case import Address
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Audience, Column, Meeting, Participant, TimeSpan
from caseworker_app.domain.papers import InvitationFacts, MinutesFacts, Paper
from caseworker_app.domain.person import Role
from caseworker_app.i18n import load
from caseworker_app.services import history, meetings, papers, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.stores import founded, register

NUMBER = "6103154234"
MOTHERS = "6102854321"
WHEN = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12, 0))
PLAN = {"purpose": "vi vil hjælpe Emma med skolen", "when": WHEN, "place": "Skolen, lokale 4"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(
        store,
        "Emma Louise Holm",
        called="Emma",
        person_number=NUMBER,
        address=Address("Kastanievej 3", "7400", "Herning"),
        support_person="Mormor",
    )


@pytest.fixture
def meeting(store: SqlStore, case: Id) -> Id:
    return store.write(lambda w: meetings.plan(w, case, PLAN)).result


def person(store: SqlStore, case: Id, name: str, role: Role, **values: object) -> Id:
    return store.write(lambda w: people.add(w, case, {"name": name, "role": role, **values})).result


def invite(store: SqlStore, meeting: Id, *ids: Id) -> list[Id]:
    return store.write(lambda w: meetings.invite(w, meeting, ids)).result


def typed(store: SqlStore, meeting: Id, name: str, audience: Audience, function: str = "") -> Id:
    return store.write(lambda w: meetings.invite_name(w, meeting, name, function, audience)).result


def invitations(store: SqlStore, meeting: Id) -> dict[str, InvitationFacts]:
    return {
        job.recipient: job.facts
        for job in store.read(lambda r: papers.invitations(r, meeting))
        if isinstance(job.facts, InvitationFacts)
    }


def minutes(store: SqlStore, meeting: Id) -> dict[str, MinutesFacts]:
    return {
        job.recipient: job.facts
        for job in store.read(lambda r: papers.minutes(r, meeting))
        if isinstance(job.facts, MinutesFacts)
    }


def words(facts: Any) -> list[str]:
    """Every text in a paper's facts, however deep."""
    if isinstance(facts, str):
        return [facts]
    if dataclasses.is_dataclass(facts):
        return [w for f in dataclasses.fields(facts) for w in words(getattr(facts, f.name))]
    return [w for item in facts for w in words(item)] if isinstance(facts, tuple) else []


class Crowd:
    """One meeting with a participant of every audience; the properties change what is chosen and written."""

    def __init__(self, folder: Path) -> None:
        self.store = founded(folder)
        self.case = register(self.store, "Emma Holm", person_number=NUMBER)
        self.meeting = self.store.write(lambda w: meetings.plan(w, self.case, PLAN)).result
        self.child = self.store.write(lambda w: meetings.invite_child(w, self.meeting)).result
        mother = person(self.store, self.case, "Mia", Role.MOTHER, person_number=MOTHERS)
        teacher = person(self.store, self.case, "Tom", Role.TEACHER)
        invite(self.store, self.meeting, mother, teacher)
        for audience in Audience:
            typed(self.store, self.meeting, f"Typed {audience}", audience)

    def participants(self):
        return self.store.read(lambda r: meetings.view(r, self.meeting)).participants

    def choose(self, participant: Id, audience: Audience, number: bool) -> bool:
        """Try to set how somebody is spoken to and whether the number is on the copy; return whether it was taken."""
        values = {"audience": audience, "number_on_minutes": number}
        edits = {name: Edit(value) for name, value in values.items()}

        def write(w: Any) -> None:
            fields = w.fields(Participant, participant)
            now = {name: Edit(edit.value, fields[name].heads) for name, edit in edits.items()}
            meetings.edit_participant(w, participant, now)

        try:
            self.store.write(write)
        except UserError:
            return False
        return True


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    made = Crowd(tmp_path_factory.mktemp("crowd"))
    yield made
    made.store.close()


@settings(max_examples=25)
@given(
    choices=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(list(Audience)), st.booleans()), min_size=1, max_size=5
    )
)
def test_the_number_is_never_in_an_invitation_and_in_minutes_only_for_the_file_or_a_chosen_professional(
    crowd, choices
):
    for index, audience, number in choices:
        taken = crowd.choose(crowd.participants()[index].id, audience, number)
        assert taken is (not number or audience is Audience.PROFESSIONAL)
    for facts in invitations(crowd.store, crowd.meeting).values():
        assert not any(map(contains_person_number, words(facts)))
    copies = crowd.store.read(lambda r: papers.minutes(r, crowd.meeting))
    for job, participant in zip(copies, (None, *crowd.participants()), strict=True):
        allowed = participant is None or (
            participant.audience is Audience.PROFESSIONAL and participant.number_on_minutes
        )
        shown = [text for text in words(job.facts) if contains_person_number(text)]
        assert shown == (["610315-4234"] if allowed else [])
        assert MOTHERS not in "".join(words(job.facts)).replace("-", "")
        assert not contains_person_number(job.file_name + job.recipient)


@given(
    text=st.sampled_from(["{}", "Vi mødes om {} og skolen", "\n{}\n", "({})"]),
    number=st.sampled_from(["610315-4234", "6103154234", "610315 4234", "0101501234", "010150–1234"]),
    field=st.sampled_from(["purpose", "place", "contact_name", "chair", "course"]),
)
@settings(max_examples=20)
def test_a_number_typed_into_the_words_of_an_invitation_stops_it(crowd, text, number, field):
    crowd.store.write(lambda w: _set(w, crowd.meeting, field, text.format(number)))
    with pytest.raises(UserError) as refused:
        crowd.store.read(lambda r: papers.invitations(r, crowd.meeting))
    crowd.store.write(lambda w: _set(w, crowd.meeting, field, PLAN.get(field, "")))
    assert number not in str(refused.value)
    sentence, ways_out = load("en").error(refused.value)
    assert "CPR" in sentence
    assert ways_out
    assert invitations(crowd.store, crowd.meeting)


def _set(writer, meeting, field, value):
    heads = writer.fields(Meeting, meeting)[field].heads
    meetings.edit(writer, meeting, {field: Edit(value, heads)})


def test_a_number_written_at_the_meeting_stops_the_minutes_and_says_where(store, meeting):
    store.write(lambda w: meetings.add_point(w, meeting, Column.WORRIES, "Se 610315-4234"))
    store.write(lambda w: meetings.add_agreement(w, meeting, {"what": "Ring", "who": "Mia 6103154234"}))
    with pytest.raises(UserError) as refused:
        store.read(lambda r: papers.minutes(r, meeting))
    assert "the three columns and the agreements" in load("en").error(refused.value)[0]


def test_what_an_invitation_lacks_is_said_in_the_language_of_the_screen(store, case):
    empty = store.write(lambda w: meetings.plan(w, case, {})).result
    with pytest.raises(UserError) as refused:
        store.read(lambda r: papers.invitations(r, empty))
    assert load("en").error(refused.value)[0].endswith("the place and at least one participant.")


def test_there_is_one_invitation_for_each_participant_and_it_names_everybody(store, case, meeting):
    store.write(lambda w: meetings.invite_child(w, meeting))
    invite(store, meeting, person(store, case, "Mia Holm", Role.MOTHER))
    typed(store, meeting, "Lis", Audience.NETWORK, "nabo")
    found = store.read(lambda r: papers.invitations(r, meeting))
    assert [job.recipient for job in found] == ["Emma Louise Holm", "Mia Holm", "Lis"]
    assert [job.file_name for job in found] == ["invitation-1.pdf", "invitation-2.pdf", "invitation-3.pdf"]
    for job in found:
        assert job.kind is Paper.INVITATION
        assert [(p.name, p.function, p.is_child) for p in job.facts.participants] == [
            ("Emma Louise Holm", "", True),
            ("Mia Holm", "mor", False),
            ("Lis", "nabo", False),
        ]


def test_the_child_is_written_to_where_it_lives_with_its_age_and_support_person(store, meeting):
    store.write(lambda w: meetings.invite_child(w, meeting))
    reader = invitations(store, meeting)["Emma Louise Holm"].reader
    assert reader.address == ("Kastanievej 3", "7400 Herning")
    assert (reader.age, reader.support_person, reader.audience) == (11, "Mormor", Audience.CHILD)


def test_a_sibling_spoken_to_as_a_child_gets_nothing_of_the_childs(store, case, meeting):
    brother = person(store, case, "Noah Holm", Role.SIBLING)
    one = invite(store, meeting, brother)[0]
    store.write(lambda w: _spoken_to_as(w, one, Audience.CHILD))
    typed(store, meeting, "Vennen Ida", Audience.CHILD)
    found = invitations(store, meeting)
    for name in ("Noah Holm", "Vennen Ida"):
        reader = found[name].reader
        assert (reader.address, reader.age, reader.support_person) == ((), None, "")
    assert [p.is_child for p in found["Noah Holm"].participants] == [False, False]


def _spoken_to_as(writer, participant, audience):
    heads = writer.fields(Participant, participant)["audience"].heads
    meetings.edit_participant(writer, participant, {"audience": Edit(audience, heads)})


def test_a_participant_without_address_is_invited_without_address_block(store, meeting):
    typed(store, meeting, "Lis", Audience.NETWORK)
    assert invitations(store, meeting)["Lis"].reader.address == ()


def test_a_protected_address_stands_on_the_persons_own_letter_only(store, case, meeting):
    hidden = person(
        store, case, "Mia Holm", Role.MOTHER, address=Address("Skjulvej 9", "7400", "Herning"),
        address_protected=True,
    )  # fmt: skip
    invite(store, meeting, hidden)
    typed(store, meeting, "Far", Audience.PARENT)
    found = invitations(store, meeting)
    assert found["Mia Holm"].reader.protected
    assert found["Mia Holm"].reader.address == ("Skjulvej 9", "7400 Herning")
    assert not any("Skjulvej" in text for text in words(found["Far"]))
    assert not any("Skjulvej" in text for text in words(minutes(store, meeting)["Far"]))


def test_participants_of_one_name_are_told_apart_in_list_and_log(store, meeting):
    for function in ("mormor", "", "farmor", ""):
        typed(store, meeting, "Lis Holm", Audience.NETWORK, function)
    typed(store, meeting, "Lis Holm, 2", Audience.NETWORK)
    names = store.read(lambda r: papers.recipients(meetings.view(r, meeting)))
    assert names == ("Lis Holm (mormor)", "Lis Holm", "Lis Holm (farmor)", "Lis Holm, 2", "Lis Holm, 2, 2")
    assert len(set(names)) == 5


def test_minutes_say_who_came_and_who_stayed_away(store, meeting):
    ids = {name: typed(store, meeting, name, Audience.NETWORK) for name in ("Her", "Afbud", "Udeblev", "Ny")}
    for name, attendance in (
        ("Her", Attendance.CAME),
        ("Afbud", Attendance.DECLINED),
        ("Udeblev", Attendance.ABSENT),
    ):
        store.write(lambda w, n=name, a=attendance: meetings.set_attendance(w, ids[n], a))
    for facts in minutes(store, meeting).values():
        assert [p.name for p in facts.came] == ["Her", "Ny"]
        assert [p.name for p in facts.stayed_away] == ["Afbud", "Udeblev"]


def test_minutes_hold_what_was_said_and_agreed_in_its_order(store, meeting):
    store.write(lambda w: meetings.add_point(w, meeting, Column.WORRIES, "Fravær", "skolen"))
    store.write(lambda w: meetings.add_point(w, meeting, Column.WORKS, "Mormor henter"))
    store.write(lambda w: meetings.add_point(w, meeting, Column.WISHES, "Ro om morgenen"))
    due = dt.date(2026, 12, 1)
    store.write(
        lambda w: meetings.add_agreement(
            w, meeting, {"what": "Ringe", "who": "Mia", "due": due, "reason": "r"}
        )
    )
    facts = minutes(store, meeting)[""]
    assert (facts.worries, facts.works) == (("Fravær (skolen)",), ("Mormor henter",))
    assert facts.wishes == ("Ro om morgenen",)
    assert [(a.what, a.who, a.due, a.reason) for a in facts.agreements] == [("Ringe", "Mia", due, "r")]
    assert facts.reader is None
    assert facts.number == "610315-4234"


def test_minutes_need_the_day_of_the_meeting(store, case):
    undated = store.write(lambda w: meetings.plan(w, case, {})).result
    with pytest.raises(UserError):
        store.read(lambda r: papers.minutes(r, undated))
    with pytest.raises(UserError):
        store.read(lambda r: papers.calendar(r, undated))


def test_a_calendar_entry_has_initials_and_place_and_neither_name_nor_number(store, meeting):
    job = store.read(lambda r: papers.calendar(r, meeting))
    text = " ".join(words(job.facts)) + job.file_name + job.recipient
    assert job.facts.title == "Inddragende netværksmøde ELH"
    assert job.facts.place == "Skolen, lokale 4"
    for part in ("Emma", "Louise", "Holm", NUMBER, "610315"):
        assert part not in text
    assert not contains_person_number(text)


def test_a_print_is_in_the_cases_log_and_the_access_log_and_cannot_be_undone(store, meeting):
    typed(store, meeting, "Lis", Audience.NETWORK)
    job = store.read(lambda r: papers.invitations(r, meeting))[0]
    store.write(lambda w: papers.record_print(w, job, b"%PDF"))
    store.write(lambda w: papers.record_print(w, job, b"%PDF", Access.EXPORT))
    printed = store.read(lambda r: papers.printed(r, meeting))
    assert [(p.document, p.recipient) for p in printed] == [("invitation", "Lis")] * 2
    assert len(printed[0].sha256) == 64
    rows = store.read(lambda r: r.access_log())
    assert [(row.action, row.entity, row.detail) for row in rows] == [
        (Access.EXPORT, meeting, "invitation"),
        (Access.PRINT, meeting, "invitation"),
    ]
    label = store.read(history.state).undo
    assert label == "Invite to the meeting"


def test_only_showing_a_copy_with_the_number_is_noted(store, meeting):
    typed(store, meeting, "Lis", Audience.NETWORK)
    on_file, for_lis = store.read(lambda r: papers.minutes(r, meeting))
    invitation = store.read(lambda r: papers.invitations(r, meeting))[0]
    for job in (for_lis, invitation):
        store.write(lambda w, job=job: papers.record_shown(w, job))
    assert store.read(lambda r: r.access_log()) == []
    store.write(lambda w: papers.record_shown(w, on_file))
    assert [row.action for row in store.read(lambda r: r.access_log())] == [Access.SHOW_NUMBER]


def test_who_signs_is_never_parted_from_the_greeting_by_a_page(store, case, meeting):
    invite(store, meeting, person(store, case, "Knud Dam", Role.GRANDPARENT))
    view = store.read(lambda r: papers.invitations(r, meeting))[0]
    for lines in range(8, 26, 2):
        facts = dataclasses.replace(view.facts, purpose="\n".join(f"Linje {n}" for n in range(lines)))
        read = pypdf.PdfReader(io.BytesIO(make(dataclasses.replace(view, facts=facts)).data))
        pages = [page.extract_text() for page in read.pages]
        (signed,) = [page for page in pages if "Med venlig hilsen" in page]
        after = signed.split("Med venlig hilsen")[1]
        for word in (facts.sender.worker, facts.sender.municipality):
            assert word in after
