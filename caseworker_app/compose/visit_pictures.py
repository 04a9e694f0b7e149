"""The visits of the demo as files: the sheet to take along, and the page a behovsbesøg is written on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.visit import Visit, VisitKind, VisitState
from caseworker_app.domain.visit_facts import VisitSheetFacts
from caseworker_app.services import visit_papers

if TYPE_CHECKING:
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Reader, Store
    from ui.pictures import Shot


def _latest(reader: Reader, state: VisitState) -> tuple[bytes, bytes] | None:
    """Return case and visit of the latest behovsbesøg in a state."""
    found = reader.find(Visit, where={"state": state})
    needs = [one for one in found if one.kind is VisitKind.NEEDS and one.day is not None]
    if not needs:
        return None
    chosen = max(needs, key=lambda one: (one.day or dt.date.min, one.id))
    case = next(iter(reader.find(Case, stream=chosen.stream, cancelled=True)))
    return case.id, chosen.id


def print_visits(put: Callable[[str, str, str, bytes], None], store: Store, worker: PaperMaker) -> None:
    """Print the sheet of the next visit to a family that has drawn a map together, else of the next one."""
    books = ShippedBooks()

    def jobs(reader: Reader) -> list[PaperJob]:
        found = [one for one in reader.find(Visit) if one.state is not VisitState.CALLED_OFF]
        found.sort(key=lambda one: (one.state is not VisitState.PLANNED, one.day or dt.date.max, one.id))
        return [visit_papers.sheet(reader, books, one.id) for one in found]

    made = store.read(jobs)
    with_map = [job for job in made if isinstance(job.facts, VisitSheetFacts) and job.facts.map is not None]
    for job in (*with_map, *made)[:1]:
        put("visit-sheet.pdf", "visit_sheet", "Besøgsark", worker.make(job).data)


def visit_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of the visits to take, and note them."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    found = store.read(lambda r: _latest(r, VisitState.HELD))
    if found is None:
        return []
    case, visit = found
    places = (
        ("needs-visit", "Behovsbesøg", f"visits:visits:write:{visit.hex()}"),
        ("visits", "Besøg", f"visits:visits:{visit.hex()}"),
    )
    shots: list[Shot] = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for name, title, part in places:
                file = f"{name}{suffix}-{theme.value}.png"
                shots.append(Shot(file, Place("case", case, part), size, theme))
                note(file, "needs_visit_screenshot", title)
    return shots
