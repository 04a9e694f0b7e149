"""A netværkskort for other programs: SVG, GraphML, CSV and JSON, made of the view the reader may have and nothing else.

People are numbered in the copy: only the file's JSON keeps the map's own ids, so that it can be read back and two copies
given out of the house cannot be tied together by them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape

from caseworker_app.documents.map_papers import about, title_of
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.map_facts import DEAD, MapFormat, MapWords, NetworkMapFacts
from caseworker_app.domain.map_json import MapContents, to_plain
from caseworker_app.domain.map_view import MapProfile, MapView, SeenPerson, SeenRelation
from caseworker_app.domain.map_words import (
    INFORMED_LABELS,
    KIND_LABELS,
    QUALITY_LABELS,
    SAID_BY_LABELS,
    SUPPORT_LABELS,
    Wording,
)
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapQuote, MapRelation, NetworkMap
from caseworker_app.drawing.display_list import DisplayList, Group, Item, Text
from caseworker_app.drawing.map_parts import MM
from caseworker_app.drawing.map_theme import PAPER, PRINT, MapTheme
from caseworker_app.drawing.metrics import break_lines
from caseworker_app.drawing.network_map import key_drawing, map_drawing
from caseworker_app.drawing.svg import to_svg

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula to a spreadsheet."""
_TITLE: Final = "Netværkskort"
_BESIDE: Final = 74.0
"""The width of the words beside the map, mm on A4."""
_NODE_KEYS: Final = ("name", "kind", "role", "ring", "sector", "angle", "radius", "dead")
_EDGE_KEYS: Final = ("quality", "flow", "said_by")


def export(facts: NetworkMapFacts) -> bytes:
    """Return the bytes of a file. Raises ``ValueError`` for PDF and PNG, which are made elsewhere."""
    match facts.format:
        case MapFormat.SVG:
            return _svg(facts).encode()
        case MapFormat.GRAPHML:
            return graphml(facts.view).encode()
        case MapFormat.CSV_PEOPLE:
            return _csv(people_rows(facts.view, facts.words))
        case MapFormat.CSV_LINES:
            return _csv(line_rows(facts.view, facts.words))
        case MapFormat.JSON:
            return (json.dumps(to_plain(contents(facts.view)), ensure_ascii=False, indent=1) + "\n").encode()
        case _:
            raise ValueError(f"no export of the format {facts.format}")


def _svg(facts: NetworkMapFacts) -> str:
    """Return the drawing as it is on paper: beside the map its title, whose it is, when, which version, and the key."""
    theme, view, unit = (PRINT if facts.black else PAPER), facts.view, 1.4 if facts.a3 else 1.0
    drawing = map_drawing(view, theme, facts.words, size=277.0 if facts.a3 else 184.0)
    left = _BESIDE * unit
    head, y = _head(view, theme, left - 8.0 * unit, unit)
    key = key_drawing(view, theme, facts.words, left - 8.0 * unit, unit)
    items = (
        Group(head, (4.0 * unit, 0.0)),
        Group(key.items, (4.0 * unit, y)),
        Group(drawing.items, (left, 0.0)),
    )
    whole = DisplayList(left + drawing.width, max(drawing.height, y + key.height), items)
    return to_svg(whole, _TITLE, f"{len(view.placed)} på kortet", theme.ground)


def _head(view: MapView, theme: MapTheme, width: float, unit: float) -> tuple[tuple[Item, ...], float]:
    """Return title and facts as lines of text, and where they end (mm)."""
    found: list[Item] = []
    y, points = 10.0 * unit, width / MM
    for line in break_lines(title_of(view), points, 15 * unit, bold=True):
        found.append(Text((0.0, y), line, 15 * unit, bold=True, color=theme.ink))
        y += 7.0 * unit
    y += 2.0 * unit
    for name, text in about(view):
        found.append(Text((0.0, y), name, 9 * unit, color=theme.muted))
        for line in break_lines(text, points - 22.0 * unit / MM, 9 * unit):
            found.append(Text((22.0 * unit, y), line, 9 * unit, color=theme.ink))
            y += 4.6 * unit
    return tuple(found), y + 2.0 * unit


# --- tables -----------------------------------------------------------------------------------------------------


def people_rows(view: MapView, words: MapWords) -> Iterable[tuple[str, ...]]:
    """Yield the people as rows, their heads first."""
    yield ("Navn", "Hvem", "Slags", "Hvor tæt på", "Felt", "Mere")
    for person in view.people:
        ring, sector = _cell(view, person)
        more = [words(DEAD)] if person.dead else []
        more += [words(SUPPORT_LABELS[person.support])] if person.support is not None else []
        more += [words(INFORMED_LABELS[person.informed])] if person.informed is not None else []
        kind = words(KIND_LABELS[person.kind])
        yield person.called, person.role_word, kind, ring, sector, ", ".join(more)


def line_rows(view: MapView, words: MapWords) -> Iterable[tuple[str, ...]]:
    """Yield the lines as rows, their heads first."""
    yield ("Fra", "Til", "Slags streg", "Støtte", "Hvem siger det")
    names: dict[Id | None, str] = {None: view.child, **{person.id: person.called for person in view.people}}
    for line in view.relations:
        quality = words(QUALITY_LABELS[view.wording][line.quality])
        flow = {None: "", "to_a": names[line.a], "to_b": names[line.b]}.get(line.flow, "begge veje")
        yield names[line.a], names[line.b], quality, flow, words(SAID_BY_LABELS[line.said_by])


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return rows as Danish spreadsheets read them: semicolons, and a mark that says it is UTF-8."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{text}" if text.startswith(_DANGEROUS) else text for text in row])
    return target.getvalue().encode("utf-8-sig")


def _cell(view: MapView, person: SeenPerson) -> tuple[str, str]:
    """Return what somebody's ring and sector are called; nothing in the tray."""
    if person.placement is None:
        return "", ""
    ring, sector = view.template.ring(person.placement.ring), view.template.sector(person.placement.sector)
    if view.wording is Wording.CHILD:
        return ring.child, sector.child
    return ring.professional, sector.professional


# --- GraphML ----------------------------------------------------------------------------------------------------


def graphml(view: MapView) -> str:
    """Return the map as GraphML: the child is ``n0``; ring, sector, place, kind, quality, flow and voice are data."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(_key("node", name, "int" if name in ("angle", "radius") else "string") for name in _NODE_KEYS),
        *(_key("edge", name, "string") for name in _EDGE_KEYS),
        '<graph id="map" edgedefault="undirected">',
    )
    names: dict[Id | None, str] = {
        None: "n0",
        **{p.id: f"n{number}" for number, p in enumerate(view.people, start=1)},
    }
    nodes = [_node("n0", {"name": view.child, "kind": "child"})]
    nodes += [_node(names[person.id], _node_data(person)) for person in view.people]
    edges = [_edge(number, line, names) for number, line in enumerate(view.relations)]
    return "\n".join((*head, *nodes, *edges, "</graph>", "</graphml>", ""))


def _key(domain: str, name: str, kind: str) -> str:
    return f'<key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'


def _node_data(person: SeenPerson) -> Mapping[str, str]:
    data = {"name": person.called, "kind": person.kind.value, "role": person.role_word}
    if person.placement is not None:
        at = person.placement
        data |= {"ring": at.ring, "sector": at.sector, "angle": str(at.angle), "radius": str(at.radius)}
    if person.dead:
        data["dead"] = "true"
    return data


def _node(name: str, data: Mapping[str, str]) -> str:
    return f'<node id="{name}">{_data("node", data)}</node>'


def _edge(number: int, line: SeenRelation, names: Mapping[Id | None, str]) -> str:
    data = {"quality": line.quality.value, "said_by": line.said_by.value}
    if line.flow is not None:
        data["flow"] = line.flow.value
    ends = f'source="{names[line.a]}" target="{names[line.b]}"'
    return f'<edge id="e{number}" {ends}>{_data("edge", data)}</edge>'


def _data(domain: str, data: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{_xml(value)}</data>' for name, value in data.items() if value
    )


def _xml(text: str) -> str:
    kept = (c for c in text if (c >= " " or c in "\t\n") and not 0xD800 <= ord(c) <= 0xDFFF)
    return escape("".join(c for c in kept if c not in "\ufffe\uffff"))


# --- JSON -------------------------------------------------------------------------------------------------------


def contents(view: MapView) -> MapContents:
    """Return the view as a map of the product's own JSON format, holding what the view holds."""
    own = view.profile is MapProfile.FILE
    new: dict[Id, Id] = {}

    def of(one: Id | None) -> Id | None:
        if one is None or own:
            return one
        return new.setdefault(one, (len(new) + 1).to_bytes(16, "big"))

    def known(one: Id) -> Id:
        return of(one) or NO_ID

    drawn = NetworkMap(
        voice=view.voice,
        drawn_on=view.drawn_on,
        place=view.place,
        present=view.present,
        template=view.template.id,
        template_version=view.template.version,
        number=view.number,
    )
    return MapContents(
        drawn,
        tuple(_person(person, known(person.id), number) for number, person in enumerate(view.people)),
        tuple(
            MapRelation(
                id=known(line.id), a=of(line.a), b=of(line.b), quality=line.quality, flow=line.flow,
                said_by=line.said_by,
            )
            for line in view.relations
        ),
        tuple(
            MapGroup(
                id=known(group.id), label=group.label, with_child=group.with_child,
                members=frozenset(map(known, group.members)),
            )
            for group in view.groups
        ),
        tuple(
            MapQuote(id=(number + 1).to_bytes(16, "little"), said_by=quote.said_by, words=quote.words)
            for number, quote in enumerate(view.quotes)
        ),
    )  # fmt: skip


def _person(person: SeenPerson, one: Id, number: int) -> MapPerson:
    return MapPerson(
        id=one,
        kind=person.kind,
        called=person.called,
        role_word=person.role_word,
        placement=person.placement,
        dead=person.dead,
        support=person.support,
        informed=person.informed,
        doubtful=person.doubtful,
        candidate=person.candidate,
        order=f"{number:06}",
    )
