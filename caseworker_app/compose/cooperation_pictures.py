"""The demo's cooperation as papers: an anonymous case for the internal meeting with its agenda, the teacher's form and
description, talks, the first meeting, an analysis sheet, the actors of a family; and pictures of where they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.case import Case
from caseworker_app.domain.effort_course import EffortCourse
from caseworker_app.domain.first_meeting import AnalysisSheet, FirstMeeting
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import InternalAgenda, InternalCase
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.professional_network import ProfessionalContact
from caseworker_app.domain.psychologist_talk import PsychologistCourse
from caseworker_app.domain.resource_meeting import ResourceAnswer
from caseworker_app.services import (
    first_papers,
    internal_sheets,
    professional_network,
    psychologist_talks,
    resource_papers,
)
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

if TYPE_CHECKING:
    from ui.pictures import Shot


def cooperating_case(reader: Reader) -> Id | None:
    """Return the case with most professionals written around it; ``None`` when there is none."""
    streams = Counter(one.stream for one in reader.find(ProfessionalContact))
    cases = {case.stream: case.id for case in reader.find(Case)}
    found = [(count, stream) for stream, count in streams.items() if stream in cases]
    return cases[max(found)[1]] if found else None


def case_with_a_course(reader: Reader) -> Id | None:
    """Return the case whose effort course began first; without one, the case that cooperates most."""
    begun = [one for one in reader.find(EffortCourse) if one.begun_on is not None]
    if not begun:
        return cooperating_case(reader)
    stream = min(begun, key=lambda one: (one.begun_on, one.id)).stream
    return next((case.id for case in reader.find(Case, stream=stream)), None)


def _jobs(reader: Reader) -> Iterable[tuple[str, str, PaperJob]]:
    """Yield kind, title and job of each paper there is something to make of."""
    books = ShippedBooks()
    for sheet in reader.find(InternalCase)[:1]:
        yield "internal_sheet", "Anonym sag til internt møde", internal_sheets.job(reader, books, sheet.id)
    for agenda in reader.find(InternalAgenda)[:1]:
        yield "internal_agenda", "Dagsorden til internt møde", first_papers.agenda_job(reader, agenda.id)
    written = Counter(one.description for one in reader.find(ResourceAnswer) if one.description)
    if written:
        key = max(written, key=lambda one: written[one])
        title = "Beskrivelse til ressourcecentermøde"
        yield "resource_description", f"{title}: skema", resource_papers.form_job(reader, books, key)
        yield "resource_description", title, resource_papers.filled_job(reader, books, key)
        agenda_job = resource_papers.agenda_job(reader, books, key)
        yield "resource_agenda", "Dagsorden til ressourcecentermøde", agenda_job
    for course in reader.find(PsychologistCourse)[:1]:
        yield "psychologist_talks", "Samtaler med psykolog", psychologist_talks.job(reader, course.id)
    for first in reader.find(FirstMeeting)[:1]:
        yield "first_meeting", "Første møde", first_papers.first_meeting_job(reader, books, first.id)
    for analysis in reader.find(AnalysisSheet)[:1]:
        yield "analysis_sheet", "Analyseskema", first_papers.analysis_job(reader, analysis.id)
    case = cooperating_case(reader)
    if case is not None:
        yield "professional_network", "Professionelt netværk", professional_network.job(reader, case)


def print_cooperation(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put every paper of the cooperation."""
    for kind, title, job in store.read(lambda reader: list(_jobs(reader))):
        put(job.file_name, kind, title, worker.make(job).data)


def cooperation_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of the section, light and dark; each is noted for the manifest."""
    from ui.house import Place
    from ui.pages.case_cooperation import PART_LABELS
    from ui.pictures import Shot
    from ui.theme import ThemeName

    case, with_course = store.read(cooperating_case), store.read(case_with_a_course)
    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK) if case is not None else ():
        for suffix, size in sizes.items():
            for part in PART_LABELS:
                shown = with_course if part == "effort" else case
                file = f"cooperation-{part}{suffix}-{theme.value}.png"
                shots.append(Shot(file, Place("case", shown, f"cooperation:{part}"), size, theme))
                note(file, "cooperation_screenshot", "Samarbejde")
    return shots
