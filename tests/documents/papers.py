"""Documents for the tests: a letter and a referat of a fictional family, and the smallest there is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Document,
    Drawing,
    Heading,
    Image,
    KeepTogether,
    KeyValues,
    Letterhead,
    Lines,
    NumberedList,
    Paragraph,
    SignatureLine,
    Spacer,
    Span,
    Table,
    cell,
    paragraph,
    row,
)
from caseworker_app.drawing.ladder import step_glyph

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@cache
def logo() -> bytes:
    """Return a small PNG with a transparent ground."""
    from PIL import Image as Picture

    drawn = Picture.new("RGBA", (40, 40), (0, 0, 0, 0))
    drawn.paste((11, 107, 107, 255), (8, 8, 32, 32))
    target = BytesIO()
    drawn.save(target, "PNG")
    return target.getvalue()


def head() -> Letterhead:
    """Return the letterhead of a municipality that does not exist."""
    return Letterhead(
        municipality="Hedeby Kommune", unit="Center for Børn og Forebyggelse",
        address=("Rådhuspladsen 1", "7400 Hedeby"), contact=("Telefon 96 00 00 00", "boern@hedeby.example"),
        date="21. november 2026", logo=Image(logo(), "Hedeby Kommunes logo"),
    )  # fmt: skip


def small(*blocks: Block, footer: str = "", page_label: str = "Side {page} af {pages}") -> Document:
    """Return a document of these blocks alone."""
    return Document(title="Prøve", blocks=blocks, created=NOW, footer=footer, page_label=page_label)


def letter() -> Document:
    """Return an invitation."""
    return Document(
        title="Invitation til Emmas netværksmøde", author="Mette Holm", subject="Invitation", created=NOW,
        letterhead=head(), footer="Hedeby Kommune", blocks=(
            paragraph("Karen Lind", look="tight"), paragraph("Lærkevej 12\n7400 Hedeby"), Spacer(10),
            Heading(1, "Invitation til Emmas netværksmøde"),
            paragraph("Kære Karen"),
            paragraph("Formålet med mødet er at samle de voksne, der kender Emma. Vi mødes, fordi Emma har haft "
                      "svært ved at komme i skole siden efterårsferien, og vi vil gøre det lettere for hende."),
            KeyValues((("Dag", cell("torsdag den 3. december 2026")), ("Tid", cell("kl.\u00a010.30 – 12.00")))),
            Heading(2, "Deltagere på mødet"),
            BulletList(row("Emma", "Karen Lind, mor", Paragraph((Span("Sundhedsplejerske "), Span("Åse", bold=True))))),
            NumberedList(row("Velkomst", cell("Hvad bekymrer os?", BulletList(row("Skole", "Søvn"))), "Aftaler")),
            paragraph("Mormor skal med, for hun er god til at lytte.", look="quote"),
            KeepTogether((paragraph("Med venlig hilsen"), Spacer(10), paragraph("Mette Holm"))),
        ),
    )  # fmt: skip


def minutes(agreements: int = 24) -> Document:
    """Return a referat with the three columns and so many agreements."""
    agreed = tuple(
        row(
            f"Aftale {number}: ringe til Emma onsdag eftermiddag og høre, hvordan det går",
            "Søren Kjær",
            "hver onsdag",
        )
        for number in range(1, agreements + 1)
    )
    return Document(
        title="Referat fra netværksmøde den 3. december 2026", created=NOW, letterhead=head(), footer="Referat",
        blocks=(
            Heading(1, "Referat fra netværksmøde den 3. december 2026"),
            KeyValues((("Trin", cell(Drawing(step_glyph(3), "Trin 3 af 6"))), ("Referent", cell("Mette Holm")))),
            Table(
                row("Bekymringer", "Fungerer", "Hvad vil vi se ske"),
                (row(cell(BulletList(row("Fravær", "Søvn"))), "Mormor henter hver onsdag.", "Fire dage om ugen."),),
                (1, 1, 1), rules="grid", caption="Tre søjler",
            ),
            Heading(2, "Aftaler / løsninger"),
            Table(row("Hvad", "Hvem", "Hvornår"), agreed, (3, 1.6, 1.4)),
            SignatureLine("Dato og underskrift"), Heading(2, "Egne noter"), Lines(4),
        ),
    )  # fmt: skip
