"""Agreements in words, translated: who, until when, how late, where it was agreed, what became of it."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.agreement import SOURCE_LABELS, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.services.agreed import Agreed, names_in
from ui.house import Place
from ui.words import tr


def child(case: Case) -> str:
    """Return what a case is called in a list."""
    return case.child_name or tr("Unborn child of {name}", name=case.unborn_of)


def doer(one: Agreed) -> str:
    """Return who does it; the worker who looks is "you"."""
    return tr("You") if one.mine and len(list(names_in(one.who))) == 1 else one.who


def due_words(one: Agreed, today: dt.date) -> str:
    """Return until when, how late and whether it is old, or what became of it."""
    language = i18n.current().language
    if one.done_on is not None:
        day = short_date(one.done_on, language)
        return tr("fell away {day}", day=day) if one.dropped else tr("done {day}", day=day)
    if one.due is None:
        return f"{tr('old')}, {tr('no day agreed')}" if one.old(today) else tr("no day agreed")
    days = (today - one.due).days
    if days > 0:
        late = i18n.ngettext("{n} day late", "{n} days late", days)
        return f"{tr('old')}, {late}" if one.old(today) else late
    if days == 0:
        return tr("Today").lower()
    return tr("tomorrow") if days == -1 else short_date(one.due, language)


def sign(one: Agreed, today: dt.date) -> tuple[str, str]:
    """Return icon and tone of an agreement; each stands beside words that say the same."""
    if not one.open:
        return ("close", "muted") if one.dropped else ("done", "done")
    if one.late(today):
        return "warning", "overdue"
    if one.due is not None and one.due <= today + dt.timedelta(days=7):
        return "today", "soon"
    return "today", "muted"


def source_words(one: Agreed) -> str:
    """Return where and when it was agreed."""
    where = tr(SOURCE_LABELS[one.source])
    if one.agreed_on is None:
        return where
    return f"{where}, {long_date(one.agreed_on, i18n.current().language)}"


def moved_words(one: Agreed) -> str:
    """Return that it was postponed, and from when; empty when it never was."""
    if not one.moved:
        return ""
    words = i18n.ngettext("postponed once", "postponed {n} times", one.moved)
    if one.first_due is not None:
        day = long_date(one.first_due, i18n.current().language)
        words = f"{words}; {tr('first to be done by {day}', day=day)}"
    return f"{words}: {one.moved_why}" if one.moved_why else words


def place_of(case: Case, one: Agreed) -> Place | None:
    """Return where it was agreed, ``None`` when that is no place."""
    if one.source_id is None:
        return None
    thing = one.source_id.hex()
    match one.source:
        case AgreementSource.MEETING:
            return Place("meeting", one.source_id, "run")
        case AgreementSource.VISIT:
            return Place("case", case.id, f"visits:visits:{thing}")
        case AgreementSource.MAP:
            return Place("map", one.source_id)
        case AgreementSource.ENTRY:
            return Place("case", case.id, f"journal:entries:{thing}")
        case AgreementSource.FOLLOW_UP:
            return Place("case", case.id, "follow_up")
    return None
