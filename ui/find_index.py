"""What the find field knows: children, people and meetings, matched while one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import Meeting, kind_name
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import Reader
from ui.house import Place
from ui.words import tr

_LEAST_DIGITS = 4
"""So many digits at least are taken for the beginning of a CPR number."""


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be found. ``words`` are matched; ``number`` is, but is never shown; ``kind`` is said late."""

    words: str
    kind: Callable[[], str]
    place: Place
    number: str = ""


def gather(reader: Reader) -> list[Known]:
    """Return everything that can be found by name: cases first, then people, then meetings."""
    by_stream: dict[bytes, Case] = {}
    found: list[Known] = []
    for case in reader.find(Case):
        by_stream[case.stream] = case
        found.append(Known(_title(case), _of_case(case), Place("case", case.id), case.person_number))
    for person in reader.find(Person):
        owner = by_stream.get(person.stream)
        if owner is not None:
            place = Place("case", owner.id, f"person:{person.id.hex()}")
            found.append(Known(person.name, _of_person(person, owner), place, person.person_number))
    for meeting in reader.find(Meeting):
        owner = by_stream.get(meeting.stream)
        if owner is not None:
            found.append(Known(display_name(owner), _of_meeting(meeting), Place("meeting", meeting.id)))
    return found


def _title(case: Case) -> str:
    called = f" ({case.called})" if case.called and case.called not in case.child_name else ""
    return (case.child_name or case.unborn_of) + called


def _of_case(case: Case) -> Callable[[], str]:
    def kind() -> str:
        if not case.active:
            return tr("Closed case")
        return tr("Unborn child") if case.unborn else tr("Case")

    return kind


def _of_person(person: Person, case: Case) -> Callable[[], str]:
    return lambda: tr(
        "{role}, {child}'s case",
        role=person.role_words or tr(ROLE_LABELS[person.role]),
        child=case.first_name or case.unborn_of,
    )


def _of_meeting(meeting: Meeting) -> Callable[[], str]:
    def kind() -> str:
        word = tr(kind_name(meeting))
        return f"{word}, {i18n.current().date(meeting.when.day)}" if meeting.when else word

    return kind


def matches(known: Known, typed: str) -> int | None:
    """Return how well something fits what was typed, 0 best; ``None`` when it does not fit.

    Every word typed must begin a word of it (better) or stand inside one.
    """
    digits = typed.replace("-", "").replace(" ", "")
    if digits.isdigit():
        fits = len(digits) >= _LEAST_DIGITS and known.number.startswith(digits)
        return 0 if fits else None
    return fit(known.words, typed)


def fit(words: str, typed: str) -> int | None:
    """Return how well words fit what was typed, 0 best; ``None`` when they do not."""
    text = words.casefold()
    parts = text.replace("-", " ").split()
    score = 0 if text.startswith(typed.casefold()) else 1
    for piece in typed.casefold().split():
        if any(part.startswith(piece) for part in parts):
            continue
        if piece not in text:
            return None
        score = 2
    return score
