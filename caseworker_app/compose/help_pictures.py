"""The demo's quick guide on paper, and pictures of the manual beside the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.map_pictures import Put
from caseworker_app.services import quick_guide
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Store

if TYPE_CHECKING:
    from ui.pictures import Shot

PAGES = ("caseload", "meetings")


def print_help(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put the quick guide."""
    guide = ShippedBooks().manual().guide
    job = store.read(lambda r: quick_guide.job(r, guide))
    put(job.file_name, "quick_guide", guide.title, worker.make(job).data)


def help_shots(note: Callable[[str, str, str], None], sizes: Mapping[str, tuple[int, int]]) -> list[Shot]:
    """Return the manual as it opens at a few places, light and dark."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for page in PAGES:
                file = f"manual-{page}{suffix}-{theme.value}.png"
                shots.append(Shot(file, Place(page), size, theme, manual=True))
                note(file, "manual_screenshot", f"Vejledning: {page}")
    return shots
