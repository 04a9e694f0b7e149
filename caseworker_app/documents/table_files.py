"""A spreadsheet from its facts. Words that look like a formula stay words."""

from __future__ import annotations

import csv
import datetime as dt
import io

from caseworker_app.domain.table_facts import Cell, NumberCell, TableFacts, TableSheet

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def made_of(facts: TableFacts) -> bytes:
    """Return the bytes of the file that is asked for."""
    return columns(facts) if facts.as_text else workbook(facts)


def columns(facts: TableFacts) -> bytes:
    """Return the bytes of a .csv file as Danish spreadsheets read it: semicolons, a comma in a number, a byte order mark.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    for number, sheet in enumerate(facts.sheets):
        if number:
            writer.writerow(())
        writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Cell) -> str:
    if isinstance(value, NumberCell):
        return f"{value.value:f}".replace(".", ",")
    return f"'{value}" if value.startswith(_DANGEROUS) else value


def workbook(facts: TableFacts) -> bytes:
    """Return the bytes of an .xlsx file."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    moment = dt.datetime.combine(facts.dated, dt.time(12))
    book.properties.title, book.properties.creator = facts.title, facts.author
    book.properties.created = book.properties.modified = moment
    for sheet in facts.sheets:
        made = book.create_sheet(sheet.name)
        for line, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = made.cell(line, column)
                if isinstance(value, NumberCell):
                    cell.value, cell.number_format = value.value, value.shown.value
                elif value:
                    cell.value = value
                    cell.data_type = "s"
                    cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")
                if line - 1 in sheet.heads:
                    cell.font = Font(bold=True)
        for column, width in enumerate(_widths(sheet), start=1):
            made.column_dimensions[get_column_letter(column)].width = width
        made.page_setup.orientation = "landscape"
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(sheet: TableSheet) -> tuple[int, ...]:
    return sheet.widths or (36,)
