"""The demo's ELEVator, board, KIK sheets, courses and costs as papers, and pictures of where they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.case import Case
from caseworker_app.domain.cost import CostSheet
from caseworker_app.domain.effort_course import EffortCourse
from caseworker_app.domain.elevator import ElevatorCourse
from caseworker_app.domain.group_course import GroupCourse
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import (
    cost_papers,
    course_sheets,
    elevator,
    elevator_group,
    elevator_papers,
    kik,
    quality_papers,
)
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

if TYPE_CHECKING:
    from ui.pictures import Shot


def elevator_case(reader: Reader) -> Id | None:
    """Return the case whose ELEVator began first; ``None`` when there is none."""
    courses = [one for one in reader.find(ElevatorCourse) if one.begins_on is not None]
    if not courses:
        return None
    stream = min(courses, key=lambda one: (one.begins_on, one.id)).stream
    return next((case.id for case in reader.find(Case, stream=stream)), None)


def _jobs(reader: Reader) -> Iterable[tuple[str, str, PaperJob]]:
    """Yield kind, title and job of each paper there is something to make of."""
    case = elevator_case(reader)
    if case is not None:
        shown = elevator.of_case(reader, case)[0]
        for contract in shown.contracts[:1]:
            job = elevator_papers.contract_job(reader, contract.id)
            yield "elevator_contract", "ELEVator-kontrakt", job
        job = elevator_papers.evaluation_job(reader, shown.course.id)
        yield "elevator_evaluation", "Evaluering af ELEVator", job
    for group in elevator_group.groups(reader)[:1]:
        job = elevator_papers.group_job(reader, group.name)
        yield "elevator_group", "Evaluering af ELEVator for en gruppe", job
    for sheet in kik.sheets(reader)[:1]:
        yield "kik_sheet", "KIK-ark", quality_papers.kik_job(reader, sheet.sheet.id)
    yield "trial_board", "Tavle: prøvehandlinger", quality_papers.board_job(reader)
    yield from _effort_jobs(reader)


def _effort_jobs(reader: Reader) -> Iterable[tuple[str, str, PaperJob]]:
    """Yield the papers of efforts: the course furthest on, the group, and what an effort costs."""
    shipped = ShippedBooks().efforts()
    courses = sorted(reader.find(EffortCourse), key=lambda one: (one.begun_on or dt.date.max, one.id))
    for course in courses[:1]:
        yield "effort_course", "Indsatsforløb", course_sheets.course_job(reader, course.id, shipped)
    for group in reader.find(GroupCourse)[:1]:
        yield "group_course", "Gruppeforløb", course_sheets.group_job(reader, group.id, shipped)
    for sheet in reader.find(CostSheet)[:1]:
        yield "cost_sheet", "Omkostningsvurdering", cost_papers.cost_job(reader, sheet.id)


def print_quality(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put every paper of them."""
    for kind, title, job in store.read(lambda reader: list(_jobs(reader))):
        put(job.file_name, kind, title, worker.make(job).data)


def quality_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of the room, light and dark; each is noted for the manifest."""
    from ui.house import Place
    from ui.pages.quality_page import PART_LABELS
    from ui.pictures import Shot
    from ui.theme import ThemeName

    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for part in PART_LABELS:
                file = f"quality-{part}{suffix}-{theme.value}.png"
                shots.append(Shot(file, Place("quality", None, part), size, theme))
                note(file, "quality_screenshot", "Tavle og kvalitet")
    return shots
