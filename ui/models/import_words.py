"""What is said of a list before and after it is fetched, and reading its file off the window's thread."""

from __future__ import annotations

from pathlib import Path

from caseworker_app import i18n
from caseworker_app.domain.document import MOST_BYTES
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.sheets import Book, Sheet
from caseworker_app.i18n import N_
from caseworker_app.services.caseload_import import Brought, Fetched, Preview, RowState, SheetReader
from ui.widgets.today.due_words import said
from ui.words import tr


def notes_words(found: Preview, sheet: Sheet, chosen: int) -> list[str]:
    """Say what was done to read a sheet, what is missing, and how many would stand above the limit."""
    notes = [said(one) for one in sheet.notes]
    if found.lacks_name:
        notes.append(tr("No column is the child's name: say at the left which one is."))
    if found.above:
        notes.append(
            i18n.ngettext(
                "{n} row above the headings is not read.", "{n} rows above the headings are not read.",
                found.above,
            )
        )  # fmt: skip
    if over := found.over(chosen):
        notes.append(
            i18n.ngettext(
                "{n} case will stand above the limit. It comes in all the same, and is marked so.",
                "{n} cases will stand above the limit. They come in all the same, and are marked so.",
                over,
            )
        )  # fmt: skip
    return notes


def fetch_words(chosen: int) -> str:
    """Say what the button does."""
    if not chosen:
        return tr("Fetch cases (Ctrl+Enter)")
    return i18n.ngettext("Fetch {n} case (Ctrl+Enter)", "Fetch {n} cases (Ctrl+Enter)", chosen)


def brought_words(brought: Brought) -> str:
    """Say what came in."""
    words = i18n.ngettext("{n} case is fetched.", "{n} cases are fetched.", len(brought.cases))
    if brought.above:
        words += " " + i18n.ngettext(
            "{n} stands above the limit.", "{n} stand above the limit.", brought.above
        )
    return words


def taken_words(went: int, stayed: int) -> str:
    """Say what was taken back, and what stays."""
    words = i18n.ngettext("{n} case is taken back.", "{n} cases are taken back.", went)
    if stayed:
        words += " " + i18n.ngettext(
            "{n} stays, as it has been worked on.", "{n} stay, as they have been worked on.", stayed
        )
    return words


def latest_words(found: Fetched, day: str) -> str:
    """Say that the latest list can be taken back."""
    n = found.untouched
    return i18n.ngettext(
        "{n} case was fetched from a list on {day} and has not been worked on since.",
        "{n} cases were fetched from a list on {day} and have not been worked on since.",
        n, day=day,
    )  # fmt: skip


def counts_words(found: Preview) -> str:
    """Say how many rows are of each kind."""
    parts = [
        i18n.ngettext("{n} new", "{n} new ones", found.count(RowState.NEW)),
        tr("{n} possibly there already", n=found.count(RowState.SAME)),
        tr("{n} cannot be fetched", n=found.count(RowState.BAD)),
    ]
    return " · ".join(parts)


def read_list(reader: SheetReader, path: str) -> Book:
    """Return what stands in a file. Raises :class:`UserError` for one that cannot be read."""
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UserError(
                N_("The file is {size} MB; there is room for {most} MB."),
                N_("Save the list alone, without pictures, as .xlsx or .csv."),
                size=round(file.stat().st_size / 1_048_576),
                most=MOST_BYTES // 1_048_576,
            )
        data = file.read_bytes()
    except OSError:
        raise UserError(
            N_("The file could not be read."),
            N_("If it stands open in another program, close it there and try again."),
        ) from None
    return reader.read_sheet("list" + file.suffix.lower(), data)
