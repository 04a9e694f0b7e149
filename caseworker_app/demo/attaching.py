"""The documents of the demo: a letter from the school and a photograph of a drawing, made in memory.

They come as :class:`Taken`, as the worker process would hand them over: the demo takes no files in.
"""

from __future__ import annotations

import datetime as dt
import random
import zlib
from struct import pack
from typing import Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.telling import Known
from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.services import documents
from caseworker_app.services.ports import Writer

CHILDREN: Final = frozenset({("krogh", "felix"), ("bech_holm", "jonas")})
"""Whose cases have documents: (family, child)."""
_LETTER: Final = (
    "Udtalelse fra skolen",
    "",
    "Eleven kommer til tiden de fleste dage og er glad for sin klasse.",
    "Fraværet er faldet siden sommerferien: fra 14 dage i foråret til 3 dage i efteråret.",
    "I timerne er der brug for korte beskeder og for at vide, hvad der skal ske bagefter.",
    "I frikvartererne leger eleven mest med to andre fra klassen.",
    "Vi foreslår, at den faste aftale om lektiehjælp om torsdagen fortsætter.",
    "",
    "Med venlig hilsen",
    "Klasselæreren",
)
_WIDE, _HIGH = 480, 340
_PAPER, _SUN, _HOUSE, _ROOF, _GRASS, _PERSON = range(6)
_COLOURS: Final = bytes.fromhex("fbf7ea f0b429 b5523b 4a3728 5e9a4c 3b5b92".replace(" ", ""))


def attach_documents(known: Known) -> None:
    """Lay the attaching of the family's documents on the agenda."""
    for child in known.family.children:
        if (known.family.name, child.key) in CHILDREN:
            dice = random.Random(f"{known.seed}/{child.key}/documents")  # noqa: S311 - dice, no secrets
            for span, attach in (("-5w", _letter), ("-3w", _drawing)):
                day = known.days.past(known.on(span))
                known.agenda.add(known.days.some_moment(day, dice), attach(known, child.key, day))


def _letter(known: Known, child: str, day: dt.date) -> Act:
    def attach(writer: Writer) -> None:
        data = letter(_LETTER)
        taken = Taken(FileKind.PDF, ".pdf", data, 1, "\n".join(_LETTER))
        values = {"title": "Udtalelse fra skolen", "dated": day, "sender": "Skolen"}
        documents.attach(writer, known.cases[child], taken, values)

    return attach


def _drawing(known: Known, child: str, day: dt.date) -> Act:
    def attach(writer: Writer) -> None:
        taken = Taken(FileKind.PICTURE, ".png", drawing())
        values = {"title": 'Tegning: "Mit hus"', "dated": day, "note": "Tegnet under samtalen på skolen."}
        documents.attach(writer, known.cases[child], taken, values)

    return attach


def letter(lines: tuple[str, ...]) -> bytes:
    """Return one A4 page of text as a PDF, set in a font every reader has."""
    said = [b"BT /F1 12 Tf 72 770 Td 18 TL"]
    for line in lines:
        plain = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        said.append(b"(%s) Tj T*" % plain)
    content = b"\n".join([*said, b"ET"])
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (da-DK) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (len(bodies) + 1, table, len(bodies) + 1, len(made))


def drawing() -> bytes:
    """Return a child's drawing of a house, a sun and two people, as a PNG."""
    rows = [bytearray([_PAPER]) * _WIDE for _ in range(_HIGH)]
    for y in range(280, _HIGH):
        _line(rows, y, 0, _WIDE, _GRASS)
    for y in range(20, 100):
        half = round((1600 - (y - 60) ** 2) ** 0.5)
        _line(rows, y, 410 - half, 410 + half, _SUN)
    for y in range(150, 282):
        _line(rows, y, 80, 250, _HOUSE)
    for y in range(80, 150):
        _line(rows, y, 165 - (y - 80) * 10 // 7, 165 + (y - 80) * 10 // 7, _ROOF)
    for y in range(215, 282):
        _line(rows, y, 148, 182, _ROOF)
    for y in range(172, 200):
        _line(rows, y, 100, 130, _PAPER)
        _line(rows, y, 200, 230, _PAPER)
    for middle, top in ((310, 200), (350, 226)):
        for y in range(top, 288):
            half = 9 if y < top + 18 else 3
            _line(rows, y, middle - half, middle + half, _PERSON)
        for y in range(top + 30, top + 34):
            _line(rows, y, middle - 18, middle + 18, _PERSON)
    raw = b"".join(b"\0" + row for row in rows)
    head = pack(">IIBBBBB", _WIDE, _HIGH, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", _COLOURS), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _line(rows: list[bytearray], y: int, left: int, right: int, colour: int) -> None:
    rows[y][left:right] = bytes([colour]) * (right - left)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))
