"""The paper of a request for access: who asked, a list of contents with page numbers, what is given, and the log.

Pages of attached files are drawn anew as pictures: what cannot be seen on them (a text under a black bar, a comment, a
file in the file, who wrote it) does not come along. The document is set twice, first to learn on which pages things stand.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Final

from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Image,
    PageBreak,
    Spacer,
    Table,
    paragraph,
    row,
)
from caseworker_app.documents.pdf import render_with_report
from caseworker_app.documents.text_papers import blocks_of
from caseworker_app.domain.access_facts import AccessFacts, Given, GivenFile, LeftOut
from caseworker_app.domain.document import FileKind
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.papers import Made
from caseworker_app.domain.phrases import N_

_DOTS: Final = 150
_WIDTH, _HEIGHT = 165.0, 232.0
_MOST_PAGES: Final = 1500
_CONTENTS, _LOG = "Indhold", "Hvad der er udeladt, og hvorfor"
_NOTHING = "Intet er udeladt."
_NO_PAGE = "000"
"""As wide as a page number may be: the list takes the same room before the numbers are known."""


def made(facts: AccessFacts) -> Made:
    """Return the paper. Raises :class:`UserError` when an attached file cannot be drawn, or has too many pages."""
    pictures = {one.number: tuple(_pages(one)) for one in facts.given if one.file is not None}
    if sum(map(len, pictures.values())) > _MOST_PAGES:
        raise UserError(
            N_("The attached files have more pages than one paper can hold."),
            N_("Divide the period, and write down a request for each part."),
        )
    sketch = render_with_report(_document(facts, {}, {n: len(p) for n, p in pictures.items()}))
    seconds = [page for level, page in sketch.headings if level == 2]
    # after the intro: the list of contents, one heading a thing, the log
    at = {one.number: page for one, page in zip(facts.given, seconds[1:], strict=False)}
    at[0] = seconds[-1]
    rendered = render_with_report(_document(facts, at, pictures))
    return Made(rendered.pdf, rendered.pages, rendered.missing)


_Pictures = dict[int, tuple[Image, ...]] | dict[int, int]


def _document(facts: AccessFacts, at: dict[int, int], pictures: _Pictures) -> Document:
    from caseworker_app.documents.papers import letterhead

    blocks: list[Block] = [Heading(1, facts.heading)]
    for part in facts.intro:
        blocks += blocks_of(part)
    blocks += [Heading(2, _CONTENTS), _contents(facts, at)]
    for one in facts.given:
        blocks += _thing(one, pictures.get(one.number, ()))
    blocks += [PageBreak(), Heading(2, _LOG), *_log(facts.log, facts.grounds)]
    return Document(
        title=facts.title,
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        letterhead=letterhead(facts.sender),
    )


def _contents(facts: AccessFacts, at: dict[int, int]) -> Table:
    rows = [
        row(str(one.number), _called(one), one.day, str(at.get(one.number, _NO_PAGE))) for one in facts.given
    ]
    rows.append(row("", _LOG, "", str(at.get(0, _NO_PAGE))))
    return Table(
        row("Nr.", "Hvad", "Dato", "Side"),
        tuple(rows),
        (0.08, 0.6, 0.2, 0.12),
        align=("start", "start", "start", "end"),
    )


def _called(one: Given) -> str:
    return one.kind if one.title == one.kind else f"{one.kind}: {one.title}"


def _thing(one: Given, pictures: Sequence[Image] | int) -> Iterator[Block]:
    yield Heading(2, f"{one.number}. {_called(one)}")
    yield paragraph(one.day, look="muted")
    for part in one.parts:
        yield from blocks_of(part)
    if one.file is None:
        return
    left = len(one.file.without)
    if left:
        said = "1 side er udeladt" if left == 1 else f"{left} sider er udeladt"
        yield paragraph(f"{said}; se listen sidst.", look="muted")
    count = pictures if isinstance(pictures, int) else len(pictures)
    for number in range(count):
        yield PageBreak()
        yield paragraph(f"Bilag til nr. {one.number}, billede {number + 1} af {count}", look="small")
        yield Spacer(200.0) if isinstance(pictures, int) else pictures[number]
    yield PageBreak()


def _log(log: Sequence[LeftOut], grounds: Sequence[str]) -> Iterator[Block]:
    if not log:
        yield paragraph(_NOTHING)
        return
    rows = tuple(row(one.number or "–", one.what, one.day, one.extent, one.why) for one in log)
    yield Table(row("Nr.", "Hvad", "Dato", "Omfang", "Hvorfor"), rows, (0.07, 0.27, 0.16, 0.18, 0.32))
    yield Heading(3, "Grundene")
    yield BulletList(row(*grounds))
    yield paragraph(
        "Hvor der står [udeladt, grund …], er ord fjernet, før dokumentet blev lavet; de findes ikke i filen. "
        "Mener du, at noget mangler, kan du skrive eller ringe til afsenderen øverst på første side.",
        look="small",
    )


# --- Pages of attached files ---------------------------------------------------------------------------------------


def _pages(one: Given) -> Iterator[Image]:
    assert one.file is not None
    alt = f"Bilag til nr. {one.number}: en side vist som billede"
    for data, width, height in _drawn(one.file, one.title):
        tall = min(_HEIGHT, _WIDTH * height / max(width, 1))
        yield Image(data, alt, tall)


def _drawn(file: GivenFile, title: str) -> Iterator[tuple[bytes, int, int]]:
    """Yield each page that is given as PNG with its size in dots."""
    from PIL import Image as Pictures

    if file.kind is FileKind.PICTURE:
        try:
            with Pictures.open(io.BytesIO(file.data), formats=("PNG", "JPEG")) as opened:
                yield _png(opened.convert("RGB"))
        except (OSError, ValueError, SyntaxError, Pictures.DecompressionBombError):
            raise _unreadable(title) from None
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError:
        raise _unreadable(title) from None
    try:
        for number in range(len(document)):
            if number + 1 not in file.without:
                page = document[number]
                yield _png(page.render(scale=_scale(*page.get_size())).to_pil().convert("RGB"))
                page.close()
    except pypdfium2.PdfiumError:
        raise _unreadable(title) from None
    finally:
        document.close()


def _scale(width: float, height: float) -> float:
    """Return how many dots a point gets: 150 an inch of the paper the page fills, however large it is itself."""
    fills = min(_WIDTH / max(width, 1.0), _HEIGHT / max(height, 1.0))
    return fills / 25.4 * _DOTS


def _png(picture: object) -> tuple[bytes, int, int]:
    from PIL.Image import Image as Picture

    assert isinstance(picture, Picture)
    kept = io.BytesIO()
    picture.save(kept, "PNG", compress_level=1)
    return kept.getvalue(), picture.width, picture.height


def _unreadable(title: str) -> UserError:
    return UserError(
        N_("The file of {title} cannot be drawn."),
        N_("Leave it out with a ground, or give it as a file of its own."),
        title=title,
    )
