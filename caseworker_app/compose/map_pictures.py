"""The demo's netværkskort as papers: the latest of a child that was drawn twice, in every copy, and the two compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.network_map import MapPerson, MapState, NetworkMap, Voice
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import map_papers
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

Put = Callable[[str, str, str, bytes], None]
"""Keeps a file: its name, its kind, its title and its bytes."""


class Drawn(NamedTuple):
    """Two versions of a child's own map, the older first."""

    old: Id
    new: Id


class Fullest(NamedTuple):
    """The map the pictures show, and its case."""

    map: Id
    case: Id


def fullest(reader: Reader) -> Fullest | None:
    """Return the child's own map with most people on it, one that is still being drawn before kept ones."""

    def rank(one: NetworkMap) -> tuple[bool, int, Id]:
        people = sum(p.placement is not None for p in reader.find(MapPerson, where={"map": one.id}))
        return one.state is MapState.DRAFT and people > 0, people, one.id

    best = max(reader.find(NetworkMap, where={"voice": Voice.CHILD}), key=rank, default=None)
    if best is None:
        return None
    return Fullest(best.id, next(iter(reader.find(Case, stream=best.stream))).id)


def drawn_twice(reader: Reader) -> Drawn | None:
    """Return the child's map with most versions: its first and its last; ``None`` when none was drawn twice."""
    series: dict[Id, list[NetworkMap]] = defaultdict(list)
    for one in reader.find(NetworkMap, where={"voice": Voice.CHILD}):
        if one.state is not MapState.DRAFT and one.series is not None:
            series[one.series].append(one)
    best = max(series.values(), key=lambda found: (len(found), found[0].id), default=[])
    if len(best) < 2:
        return None
    ordered = sorted(best, key=lambda one: one.number or 0)
    return Drawn(ordered[0].id, ordered[-1].id)


def print_maps(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put the papers of a map drawn twice; nothing when there is none."""
    drawn = store.read(drawn_twice)
    if drawn is None:
        return
    for file, title, job in store.read(partial(_jobs, drawn=drawn)):
        put(file, job.kind.value, title, worker.make(job).data)


def _jobs(reader: Reader, drawn: Drawn) -> list[tuple[str, str, PaperJob]]:
    templates = ShippedBooks().map_templates()
    of = partial(map_papers.job, reader, drawn.new, templates)
    return [
        ("network-map.pdf", "Netværkskort til sagen", of(MapProfile.FILE)),
        ("network-map-child.pdf", "Netværkskort: barnets eksemplar", of(MapProfile.CHILD)),
        ("network-map-child-a3.pdf", "Netværkskort: barnets eksemplar, A3", of(MapProfile.CHILD, a3=True)),
        ("network-map-family.pdf", "Netværkskort: familiens eksemplar", of(MapProfile.FAMILY, black=True)),
        (
            "network-map-comparison.pdf",
            "To netværkskort sammenlignet",
            map_papers.comparison(reader, drawn.old, drawn.new, templates),
        ),
    ]
