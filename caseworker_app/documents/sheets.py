"""Reading a list from a spreadsheet or a text file with columns. Runs in the worker process; nothing touches the disk.

A spreadsheet is a ZIP of XML: its directory is looked at before anything in it is opened, so that a file which swells to
gigabytes is refused in words and never read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.documents.sheet_xml import Cells, NoSheet, cells, strings
from caseworker_app.domain.document import MOST_BYTES
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.sheets import EPOCH, MOST_COLUMNS, MOST_ROWS, Book, Cell, Line, Sheet

MOST_UNPACKED: Final = 120_000_000
"""Bytes a spreadsheet may hold unpacked; 10,000 rows of 30 columns are about 30 million."""
MOST_SWELLING: Final = 250
"""How many times larger one part may be unpacked; the text of real sheets packs 5 to 40 times."""
_SMALL: Final = 2_000_000
_MOST_PARTS: Final = 3_000
_MOST_SHEETS: Final = 30
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, NoSheet, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    EOFError, NotImplementedError, RuntimeError, SyntaxError, OverflowError,
)  # fmt: skip
"""What comes of a file that is not what it says: ZIP, XML and openpyxl each have their own ways of saying so."""


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file from outside: its name (for its ending only) and its bytes."""

    name: str
    data: bytes


def read(job: SheetFile) -> Book:
    """Return what stands in the list. Raises :class:`UserError` for a file that is none, is locked, or is too much."""
    data = job.data
    if not data:
        raise UserError(N_("The file is empty."), N_("Choose another file."))
    if len(data) > MOST_BYTES:
        raise UserError(
            N_("The file is {size} MB; there is room for {most} MB."),
            N_("Save the list alone, without pictures, as .xlsx or .csv."),
            size=round(len(data) / 1_048_576),
            most=MOST_BYTES // 1_048_576,
        )
    if data.startswith(_ZIP):
        return _workbook(data)
    if data.startswith(_OLE):
        raise UserError(
            N_("This is an older spreadsheet, or one that is locked with a password."),
            N_("Open it, and save it without a password as .xlsx or .csv."),
        )
    return _text(data)


def _damaged() -> UserError:
    return UserError(
        N_("The list cannot be read: it is damaged, or is not what its name says."),
        N_(
            "Nothing was fetched. Open it in the program it was made with, and save it again as .xlsx or .csv."
        ),
    )


def _too_long() -> UserError:
    return UserError(
        N_("The list has more than {most} rows."),
        N_("Nothing was fetched. Divide the list, or leave out what is not your own."),
        most=MOST_ROWS,
    )


# --- Spreadsheets ----------------------------------------------------------------------------------------------


def _workbook(data: bytes) -> Book:
    _look_at(data)
    sheets = tuple(_sheets(data))
    if sum(len(sheet.lines) for sheet in sheets) > MOST_ROWS:
        raise _too_long()
    if not sheets:
        raise UserError(N_("There is nothing in the list."), N_("Choose another file."))
    return Book(sheets)


def _look_at(data: bytes) -> None:
    """Look at the file's directory before anything in it is opened. Raises :class:`UserError` for one not to be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            swollen = any(
                info.file_size > _SMALL and info.file_size > MOST_SWELLING * max(1, info.compress_size)
                for info in infos
            )
            if swollen or len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise UserError(
                    N_(
                        "The file swells to far more than a list holds when it is unpacked, and was not opened."
                    ),
                    N_("Nothing was fetched. If it is your own list, save it anew as .csv."),
                )
            if any(info.flag_bits & 1 for info in infos):
                raise UserError(
                    N_("The file is locked with a password."),
                    N_("Save it without the password, and choose it again."),
                )
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    with packed.open(info) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise _damaged()  # a sheet declares no document type; one that does is made to do harm
    except _BROKEN:
        raise _damaged() from None


def _sheets(data: bytes) -> Iterator[Sheet]:
    import warnings

    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out of a book is none of ours
            reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            reader.read_manifest()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            found = [(sheet, relation.target) for sheet, relation in reader.parser.find_sheets()]
            texts = _texts(reader)
            epoch = reader.wb.epoch.date()
            # which styles show a number as a day is said nowhere else
            dates = frozenset(reader.wb._date_formats)  # noqa: SLF001
            for sheet, part in found[:_MOST_SHEETS]:
                if sheet.state != "visible" or not part.startswith("xl/worksheets/"):
                    continue
                made = cells(reader.archive.read(part), texts, dates, epoch, MOST_ROWS)
                if made.rows:
                    yield Sheet(sheet.name, _lines(made), tuple(_notes(made)), epoch)
    except _BROKEN:
        raise _damaged() from None


def _texts(reader: Any) -> list[str]:
    from openpyxl.xml.constants import SHARED_STRINGS

    kept = reader.package.find(SHARED_STRINGS)
    return [] if kept is None else strings(reader.archive.read(kept.PartName[1:]))


def _lines(made: Cells) -> tuple[Line, ...]:
    """Return the rows with something in them, in their order.

    A cell merged over several rows stands in each of them that has something else: the file keeps it in the first.
    """
    if len(made.rows) > MOST_ROWS:
        raise _too_long()
    numbers = sorted(made.rows)
    for first, last, column in made.merged:
        value = made.rows.get(first, {}).get(column)
        if value is not None:
            for number in numbers[bisect_right(numbers, first) : bisect_right(numbers, last)]:
                made.rows[number].setdefault(column, value)
    return tuple(
        Line(number, tuple(map(row.get, range(max(row) + 1))))
        for number in numbers
        if (row := made.rows[number])
    )


def _notes(made: Cells) -> Iterator[Phrase]:
    if made.any_merged:
        yield Phrase(
            N_("Cells are merged: what stands in one merged over several rows counts for each of them.")
        )
    if made.formulas and not made.unread:
        yield Phrase(N_("There are formulas in the list: the results they had when it was saved are used."))
    if made.unread:
        yield Phrase.counted(
            "A formula has no result: the list was never calculated. Open it in a spreadsheet, and save it.",
            "{n} formulas have no result: the list was never calculated. Open it in a spreadsheet, and save it.",
            made.unread,
        )


# --- Text with columns -----------------------------------------------------------------------------------------


def _text(data: bytes) -> Book:
    text = _decoded(data)
    text = text.removeprefix("\ufeff")
    first, _end, rest = text.partition("\n")
    if found := re.fullmatch(r'"?sep=(.)"?\r?', first.strip().casefold()):
        separator, text, before = found[1], rest, 1
    else:
        separator, before = _separator(text), 0
    made: list[Line] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for row in reader:
            kept: list[Cell] = [cell.strip() or None for cell in row[:MOST_COLUMNS]]
            if any(cell is not None for cell in kept):
                number = reader.line_num - sum(cell.count("\n") for cell in row) + before
                made.append(Line(number, _without_end(kept)))
                if len(made) > MOST_ROWS:
                    raise _too_long()
    except csv.Error:
        raise _damaged() from None
    if not made:
        raise UserError(N_("There is nothing in the list."), N_("Choose another file."))
    return Book((Sheet("", tuple(made), (), EPOCH),))


def _decoded(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise _damaged()


def _without_end(kept: list[Cell]) -> tuple[Cell, ...]:
    while kept and kept[-1] is None:
        kept.pop()
    return tuple(kept)


def _separator(text: str) -> str:
    """Return what parts the columns: the sign that gives the same number of columns, more than one, most often."""
    lines = [line for line in text[:60_000].splitlines()[:60] if line.strip()]
    best, most = ";", 0
    for sign in (";", "\t", ","):
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            continue
        alike = max((widths.count(width) * (width > 1) for width in set(widths)), default=0)
        if alike > most:
            best, most = sign, alike
    return best
