"""What the find field knows: children, people, meetings and commands, matched while one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import MEETING_KIND_LABELS, Meeting
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import Reader
from ui.hits import Hit
from ui.house import House, Place
from ui.tasks import Query, Touched
from ui.widgets.find_field import FindField
from ui.words import tr

_KINDS = frozenset({"case", "person", "meeting"})
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
        word = tr(MEETING_KIND_LABELS[meeting.kind])
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
    return _fit(known.words, typed)


def _fit(words: str, typed: str) -> int | None:
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


class Finding(QObject):
    """Feeds a find field. What is known is read when the field is first used and again after it has changed."""

    def __init__(
        self, house: House, field: FindField, commands: Callable[[], Sequence[QAction]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._house = house
        self._field = field
        self._commands = commands
        self._known: Sequence[Known] = ()
        self._stale = True
        field.feed(self.look)
        field.wanted.connect(self._learn)
        house.tasks.touched.connect(self._moved)

    def _moved(self, touched: Touched) -> None:
        self._stale = self._stale or any(kind in _KINDS for kind, _id in touched)

    def forget(self) -> None:
        """Know nothing of the store any more: it is being locked."""
        self._known, self._stale = (), True
        self._field.leave()

    def _learn(self) -> None:
        if self._stale and self._house.tasks.store is not None:
            self._stale = False
            self._house.tasks.query(self, Query(gather, self._learnt))

    def _learnt(self, known: Sequence[Known]) -> None:
        self._known = known
        if self._field.text():
            self._field.look()

    def look(self, typed: str) -> Sequence[Hit]:
        """Return what fits, best first: children, people and meetings, then commands."""
        fitting = [(score, known) for known in self._known if (score := matches(known, typed)) is not None]
        fitting.sort(key=lambda pair: pair[0])
        return [*(self._hit(known) for _score, known in fitting), *self._fitting_commands(typed)]

    def _hit(self, known: Known) -> Hit:
        return Hit(known.words, known.kind(), lambda: self._house.go(known.place))

    def _fitting_commands(self, typed: str) -> Iterable[Hit]:
        for action in self._commands():
            if _fit(action.text(), typed) is not None:
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                yield Hit(action.text(), keys or tr("Command"), action.trigger)
