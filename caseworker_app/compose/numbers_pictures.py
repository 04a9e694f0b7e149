"""The demo's numbers and a child's ladder as papers, and pictures of where they are seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.ladder import strips
from caseworker_app.domain.numbers.span import Span
from caseworker_app.services import ladders, numbers, numbers_papers
from caseworker_app.services.numbers_papers import Way
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

if TYPE_CHECKING:
    from ui.pictures import Shot

_SHEETS = ("half_years", "ladder", "child_years", "barometer")


def highest(reader: Reader, books: ShippedBooks) -> Id:
    """Return the open case with the most moves on the ladder; of several the one in which more is planned and done."""
    loaded = numbers.load(reader, books.rules(reader), books.catalogue(reader).catalogue)
    found = [one for one in strips(loaded.events).values() if loaded.cases[one.case.case].active]
    planned = {one.case.case: sum(stay.planned_last is not None for stay in one.stays) for one in found}
    return max(
        found, key=lambda one: (len(one.moves), len(one.stays), planned[one.case.case], one.case.case)
    ).case.case


def _years(today: dt.date) -> Span:
    return Span(dt.date(today.year - 2, 1, 1), today)


def print_numbers(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put the numbers of three years as a paper and as a spreadsheet, and the ladder of one child."""
    books = ShippedBooks()
    loaded = store.read(lambda r: numbers.load(r, books.rules(r), books.catalogue(r).catalogue))
    span = _years(loaded.events.today)
    for way, kind in ((Way.PDF, "numbers"), (Way.XLSX, "numbers_table")):
        job = store.read(partial(numbers_papers.job, loaded=loaded, span=span, before=None, way=way))
        put(job.file_name, kind, "Tal for egne sager", worker.make(job).data)
    case = store.read(lambda r: highest(r, books))
    job = store.read(lambda r: ladders.job(r, books.catalogue(r).catalogue, case))
    put(job.file_name, "ladder", "Indsatstrappen over tid", worker.make(job).data)


def numbers_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of the room and of one child's ladder, light and dark; each is noted for the manifest."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    case = store.read(lambda r: highest(r, ShippedBooks()))
    places = [(f"numbers-{key}", "numbers_screenshot", "Tal", Place("numbers", None, key)) for key in _SHEETS]
    places.append(("ladder", "ladder_screenshot", "Indsatstrappen over tid", Place("case", case, "ladder")))
    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for name, kind, title, place in places:
                file = f"{name}{suffix}-{theme.value}.png"
                shots.append(Shot(file, place, size, theme))
                note(file, kind, title)
    return shots
