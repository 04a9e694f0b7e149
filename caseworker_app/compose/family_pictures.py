"""``demo --out DIR``: Familievisning as the family sees it, on a child's map of the demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.network_map import MapPerson, NetworkMap, Voice
from caseworker_app.services import family_view
from caseworker_app.services.family_view import Audience, FamilyModel

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

    def fullest(reader: Reader) -> FamilyModel | None:
        ranked = sorted(
            reader.find(NetworkMap, where={"voice": Voice.CHILD}),
            key=lambda one: (reader.count(MapPerson, where={"map": one.id}), one.id),
            reverse=True,
        )
        shown = (one for one in ranked if family_view.audiences(reader, one.id)[Audience.CHILD] is None)
        first = next(shown, None)
        return (
            None if first is None else family_view.family_model(reader, first.id, Audience.CHILD, templates)
        )

    model = store.read(fullest)
    if model is None:
        return
    for dress in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            names = [f"family-{part}{suffix}-{dress.value}.png" for part in ("begin", "map")]
            take_family(model, templates, (out / names[0], out / names[1]), size, dress)
            for name, title in zip(names, ("Familievisning: begynd", "Familievisning"), strict=True):
                note(name, KIND, title)
