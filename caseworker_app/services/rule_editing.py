"""A municipality's copy of the follow-up rules: the text to edit, what is wrong with it, and what it would change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from caseworker_app.domain.case import Case
from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.rules.faults import Fault, RulesError
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.preview import LOOK_AHEAD_MONTHS, Change, compare
from caseworker_app.domain.rules.reading import read
from caseworker_app.services import courses
from caseworker_app.services.caseload_deadlines import bundles
from caseworker_app.services.cases import display_name
from caseworker_app.services.courses import Course
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import OWN_RULES, RuleBook

_VALID_FROM = re.compile(r"^(\s*valid_from\s*=\s*)(\d{4}-\d{2}-\d{2})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuleText:
    """The rules as text to edit. ``in_force`` is the version that counts today, ``own`` whether it is the municipality's.

    ``coming`` is the day from which a later own version counts, ``None`` when there is none.
    """

    text: str
    in_force: RuleSet | None
    own: bool
    coming: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One deadline that would change: whose, of which intervention, before and after."""

    case: Case
    intervention: Intervention
    change: Change


@dataclass(frozen=True, slots=True)
class Checked:
    """A text looked at. With ``faults`` or ``refused`` it cannot be used; else ``changes`` is what it would do.

    ``cases`` is how many cases were looked through.
    """

    faults: tuple[Fault, ...] = ()
    refused: InvalidInput | None = None
    valid_from: dt.date | None = None
    changes: tuple[CaseChange, ...] = ()
    cases: int = 0

    @property
    def usable(self) -> bool:
        """Whether the text can be kept."""
        return not self.faults and self.refused is None


def text_to_edit(reader: Reader, book: RuleBook, shipped: str) -> RuleText:
    """Return the newest version as text, dated today where it counts from an earlier day."""
    own = [
        (found.valid_from, one.text)
        for one in reader.find(OwnCatalogue, where={"name": OWN_RULES})
        if (found := _readable(one.text)) is not None
    ]
    today = reader.today
    newest = max(own, default=None, key=lambda one: one[0])
    later = [day for day, _text in own if day > today]
    return RuleText(
        dated(newest[1] if newest is not None else shipped, today),
        book.local.on(today),
        any(day <= today for day, _text in own),
        min(later, default=None),
    )


def dated(text: str, today: dt.date) -> str:
    """Return a text whose rules count from ``today`` at the earliest."""

    def later(found: re.Match[str]) -> str:
        return f"{found[1]}{max(found[2], today.isoformat())}"

    return _VALID_FROM.sub(later, text, count=1)


def check(reader: Reader, book: RuleBook, text: str) -> Checked:
    """Look a text through: its faults with line and key, or the open deadlines it would change within a year."""
    try:
        edited = read(text, OWN_RULES)
    except RulesError as error:
        return Checked(faults=tuple(sorted(error.faults, key=lambda fault: fault.line)))
    try:
        changed = replace(book, local=book.local.changed(edited, reader.today))
    except InvalidInput as error:
        return Checked(refused=error, valid_from=edited.valid_from)
    cases = [case for case in reader.find(Case) if case.active]
    cases.sort(key=lambda case: (sort_key(display_name(case)), case.id))
    until = add_months(reader.today, LOOK_AHEAD_MONTHS)
    found = tuple(
        CaseChange(bundle.case, course.intervention, change)
        for bundle in bundles(reader, cases)
        for course in bundle.courses
        for change in _changes(book, changed, course, until)
    )
    return Checked(valid_from=edited.valid_from, changes=found, cases=len(cases))


def _changes(book: RuleBook, changed: RuleBook, course: Course, until: dt.date) -> Iterator[Change]:
    before, after = _open(book, course, until), _open(changed, course, until)
    return compare(course.intervention.id, before, after)


def _open(book: RuleBook, course: Course, until: dt.date) -> dict[int, DueItem]:
    return {item.number: item for item in courses.local_items(book, course, until) if not item.settled}


def _readable(text: str) -> RuleSet | None:
    try:
        return read(text, OWN_RULES)
    except RulesError:
        return None
