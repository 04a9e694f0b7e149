"""Rules, catalogue and interventions as the composition root hands them over, for tests of what is due."""

from __future__ import annotations

import datetime as dt
from functools import cache

import resources
from caseworker_app.compose import rules
from caseworker_app.domain.catalogue import Catalogue
from caseworker_app.domain.catalogue_reading import read_catalogue
from caseworker_app.domain.follow_up import TalkState, Way
from caseworker_app.domain.ids import Id
from caseworker_app.services import caseload_deadlines, follow_ups, interventions
from caseworker_app.services.calendar import danish_holidays
from caseworker_app.services.deadline import CaseDeadlines, Deadline, Work
from caseworker_app.services.follow_ups import Held, Talk
from caseworker_app.services.rule_book import RuleBook
from db.store import SqlStore

TODAY = dt.date(2026, 11, 21)


@cache
def book() -> RuleBook:
    """Return the rules that ship."""
    return RuleBook(rules.local(), rules.law(), danish_holidays)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships."""
    return read_catalogue(
        resources.text("catalogues", "interventions.toml"), book().rule_names, "interventions"
    )


def begin(
    store: SqlStore, case: Id, entry: str = "foster_general", start: dt.date | None = None, **values: object
) -> Id:
    """Register an intervention of the catalogue; return its id."""
    found = catalogue().entry(entry, start or TODAY)
    assert found is not None
    return store.write(lambda w: interventions.register(w, case, found, {"start": start, **values})).result


def held(
    store: SqlStore,
    intervention: Id,
    on: dt.date,
    due: dt.date | None = None,
    *,
    way: Way = Way.VISIT,
    talk: Talk | None = None,
    **values: object,
) -> Id:
    """Hold a follow-up with a talk; return its id."""
    talked = talk or Talk(TalkState.HELD, child_words="Det går godt", assessment="Glad i dag")
    what = Held(intervention, on, due, way=way, talk=talked, **values)
    return store.write(lambda w: follow_ups.hold(w, book(), what)).result


def due_of(store: SqlStore, case: Id, until: dt.date | None = None) -> CaseDeadlines:
    """Return all deadlines of a case."""
    return store.read(lambda r: caseload_deadlines.of_case(r, book(), case, until))


def days(found: CaseDeadlines, work: Work = Work.FOLLOW_UP, *, law: bool = False) -> list[dt.date]:
    """Return the open dates of one kind of work, of the local standard or of the law."""
    return [one.due for one in found.open if one.work is work and one.law is law]


def only(found: CaseDeadlines, work: Work, *, law: bool | None = None) -> Deadline:
    """Return the one open deadline of a kind of work."""
    (one,) = [d for d in found.open if d.work is work and law in (None, d.law)]
    return one
