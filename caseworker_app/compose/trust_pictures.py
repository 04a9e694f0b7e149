"""The demo's access log on paper, and pictures of the ways in, the backups, the log, keeping, and the locked window."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.clock import FixedClock
from caseworker_app.compose import demo_store
from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.ids import Id
from caseworker_app.services import access_log, access_papers
from caseworker_app.services.access_log import Use, Wanted
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

if TYPE_CHECKING:
    from ui.pictures import Shot

Note = Callable[[str, str, str], None]
PARTS = {
    "keys": "Opsætning: veje ind",
    "backups": "Opsætning: sikkerhedskopier",
    "access": "Opsætning: adgangslog",
    "retention": "Opsætning: opbevaring og sletning",
}


def _most_used(reader: Reader) -> Id | None:
    """Return the case that was read most."""
    lines = access_log.lines(reader, Wanted(uses=frozenset({Use.READ, Use.SEARCH, Use.PRINT}), limit=1000))
    times: dict[Id, int] = {}
    for line in lines:
        if line.case is not None:
            times[line.case.id] = times.get(line.case.id, 0) + 1
    return max(times, key=lambda case: (times[case], case), default=None)


def print_trust(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put the access log of the last quarter of the case that was used most."""
    case = store.read(_most_used)
    if case is None:
        return
    since = store.read(lambda r: r.today) - dt.timedelta(days=92)
    job = store.read(lambda r: access_papers.job(r, case, since, None))
    put(job.file_name, "access_log", "Opslag og ændringer i en sag", worker.make(job).data)


def trust_shots(note: Note, sizes: Mapping[str, tuple[int, int]]) -> list[Shot]:
    """Return the pictures of the parts of Opsætning, light and dark."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for part, title in PARTS.items():
                file = f"settings-{part}{suffix}-{theme.value}.png"
                shots.append(Shot(file, Place("settings", None, part), size, theme))
                note(file, "settings_screenshot", title)
    return shots


def picture_lock(
    store_folder: Path, home: Path, worker: PaperMaker, now: dt.datetime, note: Note, out: Path,
    sizes: Mapping[str, tuple[int, int]],
) -> None:  # fmt: skip
    """Open a copy of the demo, lock it, and take the window as anybody sees it who passes by."""
    from caseworker_app import settings
    from caseworker_app.compose.access import Access
    from caseworker_app.compose.books import ShippedBooks
    from ui.pictures import take_locked
    from ui.theme import ThemeName

    place, clock = home / "locked", FixedClock(now)
    shutil.copytree(store_folder, place)
    chosen = settings.load(home / "settings")
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            file = f"lock{suffix}-{theme.value}.png"
            doors = Access(place, clock)
            store = demo_store.open_demo(place, clock)
            take_locked(store, doors, worker, chosen, ShippedBooks(), out / file, size, theme)
            doors.release()
            note(file, "lock_screenshot", "Låst")
