"""``demo --out DIR``: Familievisning as the family sees it, on a child's map of the demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.ids import Id
from caseworker_app.domain.network_map import MapPerson, MapState, NetworkMap, Voice
from caseworker_app.services import family_view, map_versions
from caseworker_app.services.family_view import Audience

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reader, Store

KIND = "family_mode_screenshot"


def picture_family(
    store: Store, out: Path, sizes: dict[str, tuple[int, int]], note: Callable[[str, str, str], None]
) -> None:
    """Take the pictures into ``out``; ``note`` hears of each file, its kind and title. Without a map there are none."""
    from ui.family_mode.pictures import take_family
    from ui.theme import ThemeName

    templates = ShippedBooks().map_templates()

    drawn = store.read(_fullest)
    if drawn is None:
        return
    again = store.write(lambda w: map_versions.draw_on(w, drawn)).result  # a kept map is only looked at
    model = store.read(lambda r: family_view.family_model(r, again, Audience.CHILD, templates))
    for dress in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            names = [f"family-{part}{suffix}-{dress.value}.png" for part in ("begin", "map")]
            take_family(model, templates, (out / names[0], out / names[1]), size, dress)
            for name, title in zip(names, ("Familievisning: begynd", "Familievisning"), strict=True):
                note(name, KIND, title)


def _fullest(reader: Reader) -> Id | None:
    """Return the child's own map with most people that may be shown."""
    maps = [
        one
        for one in reader.find(NetworkMap, where={"voice": Voice.CHILD})
        if family_view.audiences(reader, one.id)[Audience.CHILD] is None and one.state is not MapState.DRAFT
    ]
    ranked = sorted((reader.count(MapPerson, where={"map": one.id}), one.id) for one in maps)
    return ranked[-1][1] if ranked else None
