"""How an entry is said: its state, its day, its signature, what it is about."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.dates import clock, long_date, short_date
from caseworker_app.domain.journal import Entry
from caseworker_app.services.journal_desk import LINK_LABELS, JournalRow, Link
from ui.words import tr


def day_words(day: dt.date | None) -> str:
    """Return a day in figures; empty for none."""
    return "" if day is None else short_date(day, i18n.current().language)


def state_words(row: JournalRow) -> str:
    """Return what must be known of an entry beside its heading; empty for a plain signed one."""
    parts = []
    if row.draft:
        parts.append(tr("Being written"))
    elif not row.signed:
        parts.append(tr("Waits for your signature"))
    if row.corrected:
        parts.append(tr("Corrected later"))
    if row.corrects:
        parts.append(tr("A correction"))
    if row.common:
        parts.append(tr("Written for siblings"))
    return " · ".join(parts)


def heading_words(heading: str) -> str:
    """Return a heading, or that there is none yet."""
    return heading or tr("Without a heading")


def row_words(row: JournalRow) -> str:
    """Return a row as a screen reader says it."""
    parts = (heading_words(row.heading), day_words(row.day), state_words(row), row.beginning)
    return ", ".join(part for part in parts if part)


def signed_words(entry: Entry) -> str:
    """Return by whom and when an entry is signed; that it is not."""
    if not entry.signed or entry.signed_at is None:
        return tr("Not signed yet")
    here, language = entry.signed_at.astimezone(), i18n.current().language
    return tr(
        "Signed by {who}, {day} {time}",
        who=entry.signed_by,
        day=long_date(here.date(), language),
        time=clock(here.time(), language),
    )


def days_line(entry: Entry) -> str:
    """Return when it was held and when it was written: two different days everywhere."""
    language, parts = i18n.current().language, []
    if entry.held_on is not None:
        parts.append(tr("Held on {day}", day=long_date(entry.held_on, language)))
    if entry.written_on is not None:
        parts.append(tr("Written on {day}", day=long_date(entry.written_on, language)))
    return " · ".join(parts)


def link_words(link: Link) -> str:
    """Return what an entry is about, in a line."""
    name = tr(LINK_LABELS.get(link.kind, "Something else"))
    return ", ".join(
        part for part in (f"{name}: {link.words}" if link.words else name, day_words(link.day)) if part
    )
