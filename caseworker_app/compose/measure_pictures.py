"""The demo's measurements as papers, and pictures of where they are planned, written and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Respondent
from caseworker_app.domain.measurement import Measurement
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import measurement_groups, measurement_papers, plan_papers, plans
from caseworker_app.services.known_names import danish
from caseworker_app.services.measurement_views import of_case
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

if TYPE_CHECKING:
    from ui.pictures import Shot

KIND = "measurement_chart"
_BOOKS = ShippedBooks()


def measured_case(reader: Reader) -> Id | None:
    """Return the case in which most is measured; ``None`` when nothing is."""
    counted: dict[Id, int] = {}
    for one in reader.find(Measurement):
        counted[one.stream] = counted.get(one.stream, 0) + 1
    if not counted:
        return None
    cases = {one.stream: one for one in reader.find(Case)}
    stream = max(counted, key=lambda one: (counted[one], cases[one].child_name))
    return cases[stream].id


def _jobs(reader: Reader, case: Id) -> Iterable[tuple[str, str, PaperJob]]:
    """Yield file, title and job of each paper of measurements."""
    shelf = _BOOKS.instruments(reader)
    found = reader.get(Case, case)
    assert found is not None, "something is measured in it"
    yield "measurements.pdf", "Målinger til sagen", measurement_papers.together_job(reader, shelf, case)
    mother = [
        one for one in of_case(reader, shelf, found).together
        if one.instrument.id == "sdq" and one.respondent is Respondent.MOTHER
    ]  # fmt: skip
    for one in mother[:1]:
        job = measurement_papers.together_job(reader, shelf, case, one.id)
        yield "measurements-together.pdf", "Målinger, set sammen", job
    for instrument in ("motivation", "sdq"):
        job = measurement_papers.sheet_job(reader, shelf, case, instrument, Respondent.MOTHER)
        yield f"measurement-sheet-{instrument}.pdf", f"Måleark: {shelf.all[instrument].name}", job
    table = measurement_groups.table(reader, shelf, danish(), leaves_the_house=True)
    yield "measurement-groups.pdf", "Målinger på tværs", measurement_papers.groups_job(reader, table)


def _goals(reader: Reader) -> PaperJob | None:
    """Return the plan whose goals have most to draw."""
    best, marks = None, 0
    for case in reader.find(Case):
        for plan in plans.plans_of(reader, case.id):
            count = sum(len(goal.marks) for goal in plans.view(reader, plan.id).goals)
            if count > marks:
                best, marks = plan.id, count
    return None if best is None else plan_papers.for_file(reader, best)


def print_measures(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put every paper of them, and the goals of a plan with their charts."""
    goals = store.read(_goals)
    if goals is not None:
        put("goal-chart.pdf", "goal_chart", "Målenes fremgang", worker.make(goals).data)
    case = store.read(measured_case)
    if case is None:
        return
    for file, title, job in store.read(lambda reader: list(_jobs(reader, case))):
        put(file, KIND, title, worker.make(job).data)


def measure_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of Målinger, light and dark; each is noted for the manifest."""
    from ui.house import Place
    from ui.pages.case_measures import PART_LABELS
    from ui.pictures import Shot
    from ui.theme import ThemeName

    case = store.read(measured_case)
    if case is None:
        return []
    places = [(part, Place("case", case, f"measures:{part}")) for part in PART_LABELS]
    places.append(("across", Place("quality", None, "measures")))
    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for name, place in places:
                file = f"measures-{name}{suffix}-{theme.value}.png"
                shots.append(Shot(file, place, size, theme))
                note(file, "measurement_screenshot", "Målinger")
    return shots
