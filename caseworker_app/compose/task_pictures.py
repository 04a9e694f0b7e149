"""The demo's agreements as files: the page of all of them, a family's expectations sheet, a card to remember by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.agreement import UnannouncedVisits
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services import calendar, expectations, reminders

if TYPE_CHECKING:
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Reader, Store
    from ui.pictures import Shot


def _family(reader: Reader) -> Id | None:
    """Return the case of a family that has agreed to unannounced visits: most stands on its sheet."""
    streams = {one.stream for one in reader.find(UnannouncedVisits)}
    return next((case.id for case in reader.find(Case) if case.stream in streams), None)


def print_tasks(put: Callable[[str, str, str, bytes], None], store: Store, worker: PaperMaker) -> None:
    """Print the sheet of the family that has most on it, and the first card there is for tomorrow."""
    texts = ShippedBooks().family_texts()
    case = store.read(_family)
    if case is not None:
        sheet = store.read(lambda r: expectations.job(r, texts, case))
        put(sheet.file_name, "expectations_sheet", "Forventninger til hinanden", worker.make(sheet).data)
    at_hand = store.read(lambda r: reminders.at_hand(r, texts, calendar.danish_holidays))
    for one in at_hand[:1]:
        card = store.read(partial(reminders.card, texts=texts, reminder=one))
        put(card.file_name, "reminder_card", "Huskekort", worker.make(card).data)


def task_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of the agreements to take, and note them."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    case = store.read(_family)
    places = [("tasks", "Aftaler og opgaver", Place("tasks"))]
    if case is not None:
        places += [
            ("tasks-case", "Aftaler i en sag", Place("case", case, "agreements:tasks")),
            ("tasks-family", "Forventninger og uanmeldte besøg", Place("case", case, "agreements:family")),
        ]
    shots: list[Shot] = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for name, title, place in places:
                file = f"{name}{suffix}-{theme.value}.png"
                shots.append(Shot(file, place, size, theme))
                note(file, "tasks_screenshot", title)
    return shots
