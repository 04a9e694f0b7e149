"""The netværkskort on paper: the whole map on the first page, held sideways, and the same in words from the second.

No logo and no raster: a map is a drawing by hand of lines and letters. Everything is of the view the reader may have, and
the file's title says nobody's name.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from caseworker_app.documents.blocks import (
    A3_ACROSS,
    A4_ACROSS,
    Block,
    BulletList,
    Cell,
    Columns,
    Document,
    Drawing,
    Heading,
    KeyValues,
    Page,
    PageBreak,
    Spacer,
    cell,
    paragraph,
    row,
)
from caseworker_app.documents.map_words import in_words
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.map_facts import NetworkMapComparisonFacts, NetworkMapFacts
from caseworker_app.domain.map_json import SHORT
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.network_map import Voice
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.drawing.map_ghosts import Ghost, GhostWords, ghost_room, with_ghosts
from caseworker_app.drawing.map_key import used
from caseworker_app.drawing.map_theme import PAPER, PRINT, MapTheme
from caseworker_app.drawing.metrics import break_lines
from caseworker_app.drawing.network_map import key_drawing, map_drawing, measures_for

_GAP: Final = 4.0
"""What :class:`Columns` keep free between them, mm."""
_MOST_PRESENT: Final = 5
_BOOST: Final = 1.2
"""Names are larger than their map is, where two maps share a page."""
_NARROWEST: Final = 62.0
"""The least width of the words beside the map, mm on A4."""
TITLES: Final = {
    Voice.CHILD: "Netværkskort tegnet med {child}",
    Voice.MOTHER: "Netværkskort for {child} tegnet med mor",
    Voice.FATHER: "Netværkskort for {child} tegnet med far",
    Voice.TOGETHER: "Netværkskort for {child} tegnet sammen",
    Voice.WORKER: "Netværkskort for {child} tegnet af rådgiver",
}
_COPIES: Final = {
    MapProfile.FILE: "Kopi til sagen",
    MapProfile.CHILD: "Barnets eksemplar",
    MapProfile.FAMILY: "Familiens eksemplar",
}


def map_document(facts: NetworkMapFacts | NetworkMapComparisonFacts) -> Document:
    """Return the paper of some facts."""
    return comparison(facts) if isinstance(facts, NetworkMapComparisonFacts) else one_map(facts)


def one_map(facts: NetworkMapFacts) -> Document:
    """Return one map: the drawing with its key on the first page, then the same in words."""
    view, page = facts.view, A3_ACROSS if facts.a3 else A4_ACROSS
    drawing = _fitting(facts, page)
    left = page.column - drawing.width - _GAP
    said = tuple((name, cell(text)) for name, text in about(view))
    head: list[Block] = [
        Heading(1, title_of(view), large=facts.a3),
        KeyValues(said, share=min(0.4, 22.0 / (left - _GAP))),
    ]
    room = page.depth - _tall(title_of(view), said, left) - 6.0
    key = _key(facts, left - _GAP, room)
    if key.height > 1:
        head += [paragraph("Sådan læses kortet", look="small"), Drawing(key, _key_words(facts))]
    count = len(view.placed)
    alt = (
        f"Netværkskort med {view.child} i midten og {count} omkring. Det samme står i ord på de næste sider."
    )
    first = Columns(tuple(head), (Drawing(drawing, alt),), left / page.column)
    blocks = (first, PageBreak(), *in_words(view, facts.words))
    return _document(facts.dated, view, blocks, page)


def _fitting(facts: NetworkMapFacts, page: Page) -> DisplayList:
    """Return the map as large as the page holds beside its words."""
    theme = PRINT if facts.black else PAPER
    size = page.depth - 1.0
    narrowest = _NARROWEST * page.height / A4_ACROSS.height
    drawing = map_drawing(facts.view, theme, facts.words, size=size)
    widest = page.column - narrowest - _GAP
    if drawing.width > widest:
        drawing = map_drawing(facts.view, theme, facts.words, size=size * widest / drawing.width)
    return drawing


def _key(facts: NetworkMapFacts, width: float, room: float) -> DisplayList:
    """Return the key, smaller when the room is short."""
    theme = PRINT if facts.black else PAPER
    unit = 1.4 if facts.a3 else 1.0
    for share in (1.0, 0.9, 0.8, 0.7, 0.6):
        key = key_drawing(facts.view, theme, facts.words, width, unit * share)
        if key.height <= room:
            break
    return key


def _key_words(facts: NetworkMapFacts) -> str:
    return "Tegnforklaring: " + "; ".join(facts.words(msgid) for _entry, msgid in used(facts.view)) + "."


def _document(dated: dt.date, view: MapView, blocks: tuple[Block, ...], page: Page) -> Document:
    made = dt.datetime.combine(view.drawn_on or dated, dt.time(12), dt.UTC)
    footer = " · ".join(("Netværkskort", *_version(view)))
    return Document(
        title="Netværkskort", blocks=blocks, created=made, author="Tæt på", footer=footer, page=page
    )


def title_of(view: MapView) -> str:
    """Return what a map is called over its drawing."""
    return TITLES[view.voice].format(child=view.child)


_VOICES: Final = {
    Voice.CHILD: "Barnets kort",
    Voice.MOTHER: "Mors kort",
    Voice.FATHER: "Fars kort",
    Voice.TOGETHER: "Tegnet sammen",
    Voice.WORKER: "Rådgivers kort",
}


def about(view: MapView) -> tuple[tuple[str, str], ...]:
    """Return whose map it is, when and where it was drawn, who was there, which version, for whom the copy is."""
    pairs = [("Hvis kort", _VOICES[view.voice])]
    if view.drawn_on is not None:
        pairs.append(("Tegnet", long_date(view.drawn_on)))
    if view.place:
        pairs.append(("Sted", view.place))
    if view.present:
        pairs.append(("Til stede", _present(view.present)))
    pairs.append(("Version", " · ".join(_version(view)) or "Kladde"))
    pairs.append(("Kopi", _COPIES[view.profile]))
    return tuple(pairs)


def _present(present: tuple[str, ...]) -> str:
    if len(present) <= _MOST_PRESENT:
        return "; ".join(present)
    more = len(present) - _MOST_PRESENT + 1
    return "; ".join(present[: _MOST_PRESENT - 1]) + f" og {more} andre (se næste side)"


def _version(view: MapView) -> tuple[str, ...]:
    """Return the version and the beginning of its checksum; nothing for a map that is being drawn."""
    if view.number is None:
        return ()
    return (f"version {view.number}", view.digest[:SHORT]) if view.digest else (f"version {view.number}",)


def _tall(title: str, about: tuple[tuple[str, Cell], ...], width: float) -> float:
    """Return about how much of the page the words above the key take, mm."""
    points = (width - _GAP) / 25.4 * 72
    tall = len(break_lines(title, points, 16, bold=True)) * 21.0 + 9.0
    for _name, content in about:
        texts = [span.text for block in content for span in getattr(block, "spans", ())]
        tall += 18.0 * max(1, sum(len(break_lines(text, points * 0.71, 10.5)) for text in texts))
    return (tall + 40.0) * 25.4 / 72


# --- two versions beside one another ------------------------------------------------------------------------------


def comparison(facts: NetworkMapComparisonFacts) -> Document:
    """Return two versions beside one another, drawn alike, and what is different in sentences."""
    page = A3_ACROSS if facts.a3 else A4_ACROSS
    theme = PRINT if facts.black else PAPER
    sides = [_side(facts, view, page.column / 2 - _GAP, theme) for view in (facts.old, facts.new)]
    title = f"Netværkskort for {facts.new.child}: to tegninger"
    said: list[Block] = [Heading(2, "Det er tegnet anderledes")]
    if facts.sentences:
        said.append(BulletList(row(*facts.sentences)))
    else:
        said.append(paragraph("De to kort siger det samme."))
    note = "Sætningerne siger, hvad der er tegnet. De siger ikke, om det er godt eller skidt."
    said.append(paragraph(note, look="muted"))
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        Columns(sides[0], sides[1]),
        *said,
        Spacer(2),
        *in_words(facts.old, facts.words, _when(facts.old)),
        *in_words(facts.new, facts.words, _when(facts.new)),
    )
    return _document(facts.dated, facts.new, blocks, page)


def _side(facts: NetworkMapComparisonFacts, view: MapView, wide: float, theme: MapTheme) -> tuple[Block, ...]:
    """Return one of the two maps; over the newer one stand ghosts of where somebody stood."""
    size = wide * wide / max(wide, map_drawing(view, theme, facts.words, size=wide, boost=_BOOST).width)
    alt = f"{_when(view)}: {len(view.placed)} på kortet. Det samme står i ord på de næste sider."
    if view is not facts.new:
        drawing = map_drawing(view, theme, facts.words, size=size, boost=_BOOST)
        return Heading(2, _when(view)), Drawing(drawing, alt)
    ghosts = [Ghost(before, now, called) for before, now, called in facts.moved]
    m, said = measures_for(view, size, _BOOST), GhostWords("ny", "væk")
    kept_free = ghost_room(ghosts, facts.fresh, m, said)
    drawing = map_drawing(view, theme, facts.words, size=size, boost=_BOOST, avoid=kept_free)
    stand = [one.placement for one in view.placed if one.placement is not None]
    drawing = with_ghosts(drawing, m, theme, ghosts, facts.fresh, said, stand)
    alt += " En stiplet ring viser, hvor nogen stod før, og en pil, hvor de står nu."
    return Heading(2, _when(view)), Drawing(drawing, alt)


def _when(view: MapView) -> str:
    """Return which of the two drawings it is."""
    parts = [_VOICES[view.voice]]
    if view.drawn_on is not None:
        parts.append(long_date(view.drawn_on))
    return ", ".join((*parts, *_version(view)))
