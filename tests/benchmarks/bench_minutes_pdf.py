"""How long the second referat of three pages takes in a process that has made one, from blocks to bytes.

Beside it the same text, fonts and tables drawn by ReportLab's own platypus without tags, in turns, in the same run.
Both draw the same words on the same number of pages, or the figure is not ok.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

import resources
from caseworker_app.documents.blocks import (
    BulletList,
    Cell,
    Document,
    Heading,
    KeyValues,
    Letterhead,
    Paragraph,
    Table,
    cell,
    paragraph,
    row,
)
from tests.benchmarks.harness import Figure, benchmark, compared, median, side_by_side

GOAL = 1.6
RUNS = 25
PAGES = 3
WORRIES = (
    "Emma kommer for sent eller slet ikke i skole tre dage om ugen, og hun fortæller, at hun har ondt i maven.",
    "Mor og far er uenige om, hvordan morgenerne skal forløbe, og Emma hører deres samtaler om det.",
    "Emma er holdt op med at gå til håndbold, som hun før var meget glad for.",
    "Klassen har skiftet lærer to gange siden sommer, og Emma siger, at ingen kender hende.",
    "Søvnen er urolig, og der bliver sendt beskeder på telefonen efter klokken 23.",
)
STRENGTHS = (
    "Mormor henter Emma hver onsdag, og det glæder Emma sig til hele ugen.",
    "Klasselæreren ringer til mor samme dag, hvis Emma ikke er kommet.",
    "Emma har en god veninde i klassen, Freja, og de to følges ad, når Emma kommer.",
    "Far læser med Emma om aftenen, og det er gået godt i flere uger.",
)
HOPES = (
    "Emma kommer i skole fire dage om ugen inden jul.",
    "Morgenerne aftales søndag aften og hænger på køleskabet.",
    "Emma prøver håndbold igen sammen med Freja.",
    "Mor og far taler sammen om morgenerne, når Emma ikke hører det.",
)
AGREEMENTS = (
    (
        "Morgenplan laves sammen med Emma og hænges op på køleskabet",
        "Karen og Jonas",
        "søndag den 6. december",
    ),
    ("Ringe til Emma onsdag eftermiddag og høre, hvordan det går", "Søren Kjær", "hver onsdag"),
    ("Undersøge hjælp til lektier efter skole", "Mette Holm", "inden den 15. december"),
    ("Tale med træneren om, hvordan Emma kan begynde igen", "Birgit Lind", "i januar"),
    ("Samtale om søvn og telefon, derefter aftale om ladestedet", "Lise Dam, PPR", "inden jul"),
)
PRESENT = (
    (
        "På mødet deltog",
        "Emma; Karen Lind, mor; Jonas Lind, far; Birgit Lind, mormor; Søren Kjær, klasselærer",
    ),
    ("Afbud", "Åse Øhlenschlæger, sundhedsplejerske"),
    ("Referent", "Mette Holm, socialrådgiver"),
    ("Kontaktperson", "Mette Holm, telefon 96 00 00 00"),
)
OPENING = "Der var indkaldt til møde på Hedeby Skole på baggrund af en bekymring vedrørende Emma."
TALK = (
    "Emma fortalte, at det er sværest om mandagen, fordi hun ikke ved, hvem der er i klassen. Hun vil gerne have, at "
    "nogen venter på hende ved porten. Freja har sagt, at hun godt vil, og hendes mor kører dem begge om torsdagen."
)
TITLE = "Referat fra netværksmøde den 3. december 2026"
FOOTER = "Referat fra netværksmøde · Hedeby Kommune"
HEAD = Letterhead(
    municipality="Hedeby Kommune", unit="Center for Børn og Forebyggelse", address=("Rådhuspladsen 1, 7400 Hedeby",),
    contact=("Telefon 96 00 00 00", "boern@hedeby.example"), date="4. december 2026",
)  # fmt: skip


def referat() -> Document:
    """Return a referat of three pages: letterhead, who came, the three columns, agreements, what was said."""

    def bullets(items: tuple[str, ...]) -> Cell:
        return cell(BulletList(row(*items)))

    rows = tuple(row(bullets(WORRIES), bullets(STRENGTHS), bullets(HOPES)) for _ in range(2))
    return Document(
        title=TITLE, created=datetime(2026, 12, 4, 9, tzinfo=UTC), author="Mette Holm", letterhead=HEAD,
        footer=FOOTER,
        blocks=(
            Heading(1, TITLE),
            paragraph(OPENING),
            KeyValues(tuple((name, cell(value)) for name, value in PRESENT)),
            Table(row("Bekymringer", "Fungerer", "Hvad vil vi se ske"), rows, (1, 1, 1), rules="grid"),
            Heading(2, "Aftaler / løsninger"),
            Table(row("Hvad", "Hvem", "Hvornår"), tuple(row(*each) for each in AGREEMENTS * 3), (3, 1.6, 1.4)),
            Heading(2, "Hvad blev der sagt"),
            *(paragraph(TALK) for _ in range(5)),
        ),
    )  # fmt: skip


def ours(document: Document) -> bytes:
    """Return the referat as the product prints it."""
    from caseworker_app.documents.pdf import render

    return render(document)


class Bare:
    """The same document by platypus: paragraphs, tables, a footer; no tags, no fallback fonts, no page total."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        for name in ("Regular", "Bold"):
            pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", f"NotoSans-{name}.ttf"))))

        def style(size: float, leading: float, font: str = "Regular", **more: object) -> ParagraphStyle:
            return ParagraphStyle("", fontName=font, fontSize=size, leading=leading, **more)

        self.body = style(11, 15.5, spaceAfter=7)
        self.small = style(10, 13.8)
        self.item = style(10, 13.8, leftIndent=10.5, bulletFontName="Regular", spaceAfter=2)
        self.head = style(10, 13.8, "Bold")
        self.sender = style(9, 12.5)
        self.headings = {
            1: style(16, 21, "Bold", spaceAfter=9),
            2: style(13, 17.5, "Bold", spaceBefore=14, keepWithNext=1),
        }

    def render(self, document: Document) -> bytes:
        """Return the bytes of the file."""
        from reportlab.lib.units import mm
        from reportlab.platypus import HRFlowable, SimpleDocTemplate, Spacer

        target = BytesIO()
        template = SimpleDocTemplate(
            target, leftMargin=25 * mm, rightMargin=20 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
            title=document.title, author=document.author, pageCompression=1,
        )  # fmt: skip
        assert document.letterhead is not None
        story = [self._letterhead(document.letterhead), HRFlowable(width="100%"), Spacer(1, 22)]
        for block in document.blocks:
            story += self._block(block)
        template.build(story, onFirstPage=self._furniture, onLaterPages=self._furniture)
        return target.getvalue()

    def _furniture(self, canvas: object, template: object) -> None:
        canvas.setFont("Regular", 8.5)
        canvas.drawString(70, 31, FOOTER)
        canvas.drawRightString(538, 31, f"Side {template.page} af {PAGES}")

    def _letterhead(self, head: Letterhead) -> object:
        from reportlab.platypus import Table as Grid

        left = [self._text(head.municipality, self.headings[2]), self._text(head.unit, self.small)]
        left += [self._text(line, self.sender) for line in head.address]
        right = [self._text(line, self.sender) for line in (*head.contact, head.date)]
        return Grid([[left, right]], colWidths=[290, 178])

    def _text(self, text: str, style: object, **more: object) -> object:
        from reportlab.platypus import Paragraph as Flowable

        return Flowable(escape(text), style, **more)

    def _block(self, block: object) -> list[object]:
        match block:
            case Heading(level, text):
                return [self._text(text, self.headings[level])]
            case Paragraph(spans):
                return [self._text("".join(span.text for span in spans), self.body)]
            case KeyValues(pairs):
                rows = [[[self._text(name, self.small)], self._cell(value)] for name, value in pairs]
                return [self._grid(rows, [131, 337], ruled=False)]
            case Table(head, rows, widths):
                shares = [width * 468 / sum(widths) for width in widths]
                top = [[self._text(part[0].spans[0].text, self.head)] for part in head]
                return [
                    self._grid(
                        [top, *([self._cell(part) for part in each] for each in rows)], shares, ruled=True
                    )
                ]
            case _:
                raise AssertionError(block)

    def _cell(self, content: Cell) -> list[object]:
        found: list[object] = []
        for block in content:
            if isinstance(block, BulletList):
                found += [
                    self._text(item[0].spans[0].text, self.item, bulletText="•") for item in block.items
                ]
            else:
                found.append(self._text(block.spans[0].text, self.small))
        return found

    def _grid(self, rows: list[list[object]], widths: list[float], *, ruled: bool) -> object:
        from reportlab.lib import colors
        from reportlab.platypus import Table as Grid

        style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 5)]
        style += [("RIGHTPADDING", (0, 0), (-1, -1), 5), ("TOPPADDING", (0, 0), (-1, -1), 4)]
        style += [("BOTTOMPADDING", (0, 0), (-1, -1), 4)]
        if ruled:
            style += [("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#EDF3F2"))]
            style += [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#8B949B"))]
        return Grid(rows, colWidths=widths, repeatRows=1 if ruled else 0, splitInRow=1, style=style)


def words(pdf: bytes) -> Counter[str]:
    """Return the letters and digits on all pages: the same for the same content, however it is broken."""
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return Counter(re.sub(r"\W", "", text))


def pages(pdf: bytes) -> int:
    """Return the number of pages."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def timed(work: Callable[[], bytes]) -> float:
    """Return how many milliseconds a document took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


@benchmark("minutes_pdf")
def minutes_pdf() -> Figure:
    """Measure both in turns; the first of each, with fonts to open, is left out."""
    document, bare = referat(), Bare()
    one, other = ours(document), bare.render(document)
    same = pages(one) == pages(other) == PAGES and heads_apart(words(one), words(other))
    tagged, plain = side_by_side(
        lambda: timed(lambda: ours(document)), lambda: timed(lambda: bare.render(document)), runs=RUNS
    )
    return compared(
        "minutes_pdf", median(tagged), median(plain), unit="ms", goal=GOAL, also=same,
        note="" if same else "the two did not draw the same",
    )  # fmt: skip


def heads_apart(one: Counter[str], other: Counter[str]) -> bool:
    """Whether two documents hold the same letters but for a few heads of tables that are repeated."""
    return sum(((one - other) + (other - one)).values()) <= 80
