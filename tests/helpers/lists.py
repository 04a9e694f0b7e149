"""Lists of cases as municipalities keep them: real spreadsheets and text files, made in memory."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl

HEADINGS = (
    "Barnets navn",
    "CPR-nr.",
    "Adresse",
    "Postnr.",
    "By",
    "Skole",
    "Mor",
    "Mors tlf.",
    "Far",
    "Sagsnr.",
    "Indsats",
    "Trin",
)
FIRST = ("Alba", "Bertil", "Clara", "Ditte", "Emil", "Freja", "Gustav", "Hanne", "Ida", "Johan", "Karla", "Lærke",
         "Malthe", "Nora", "Oskar", "Pia")  # fmt: skip
LAST = ("Øster", "Ågård")


def book(
    rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), change: Callable[[Any], None] | None = None
) -> bytes:
    """Return an .xlsx with one sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Sager"
    for row in rows:
        sheet.append(list(row))
    for span in merge:
        sheet.merge_cells(span)
    if change is not None:
        change(sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def children(count: int = 32) -> list[list[Any]]:
    """Return rows of a caseload, a child each, with replacement numbers and two siblings at every other address."""
    rows: list[list[Any]] = []
    for n in range(count):
        born = dt.date(2008 + n % 14, 1 + n % 12, 1 + n % 27)
        number = f"{born.day + 60:02d}{born:%m%y}-4{n:03d}"
        last = LAST[n // len(FIRST) % 2] + ("" if n < 32 else f" {_letters(n)}")
        rows.append(
            [f"{FIRST[n % len(FIRST)]} {last}", number, f"Engvej {n // 2 + 1}", 7400, "Hedeby", "Engskolen",
             f"Mor {last}", f"20 30 40 {n % 90 + 10}", "" if n % 3 else f"Far {last}", f"S-2026-{n:03d}",
             "Kontaktperson" if n % 2 else "", f"Trin {n % 6 + 1}"]
        )  # fmt: skip
    return rows


def _letters(n: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(n))


def caseload(count: int = 32) -> bytes:
    """Return a caseload as a spreadsheet with a title over its headings."""
    return book([["Sagsliste, Familieteam Nord"], ["Udtrukket 20-11-2026"], [], HEADINGS, *children(count)])


def text(rows: Sequence[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """Return rows as text with columns."""
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in rows).encode(encoding)


def repacked(
    data: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a spreadsheet whose parts are changed, and which has ``more`` of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
        for name, body in (more or {}).items():
            new.writestr(name, body)
    return made.getvalue()


def as_excel(data: bytes) -> bytes:
    """Return a spreadsheet as Excel writes it: texts in a table of their own, some in several runs."""
    texts: list[bytes] = []

    def share(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    def change(name: str, body: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            return _INLINE.sub(share, body)
        if name == "[Content_Types].xml":
            return body.replace(b"</Types>", _SHARED + b"</Types>")
        return body

    first = repacked(data, change)
    run = b"<si><r><t>%s</t></r><r><rPr><b/></rPr><t>%s</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    runs = b"".join(run % (text[:1], text[1:]) for text in texts)
    table = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % runs
    return repacked(first, lambda _name, body: body, {"xl/sharedStrings.xml": table})


_INLINE = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^>]*t="inlineStr"[^>]*><is><t[^>]*>(.*?)</t></is></c>', re.DOTALL
)
_SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
