"""Names of households and of who came and went find room: none stands on anybody's name."""

from __future__ import annotations

import pytest

from caseworker_app.domain.map_view import SeenGroup
from caseworker_app.drawing.display_list import Rect
from caseworker_app.drawing.map_ghosts import Ghost, GhostWords, ghost_room
from caseworker_app.drawing.map_homes import homes
from caseworker_app.drawing.map_layout import lay_out
from caseworker_app.drawing.map_theme import LIGHT
from caseworker_app.drawing.network_map import measures_for
from tests.helpers.map_views import danish, view

WORDS = danish()
SAID = GhostWords("ny", "væk")


def shared(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.05 and down > 0.05


def names_and_discs(laid, m):
    for who, (x, y) in laid.spots.items():
        left, top, right, foot = laid.labels[who].box
        yield x + left, y + top, x + right, y + foot
        yield x - m.disc, y - m.disc, x + m.disc, y + m.disc


def with_homes(count):
    seen = view(count)
    ids = [one.id for one in seen.people]
    families = (("Hos mor", ids[:3], True), ("Hos far og Lone", ids[3:5], True), ("Mormor", ids[5:6], False))
    groups = tuple(
        SeenGroup(b"home%12d" % n, label, frozenset(members), child)
        for n, (label, members, child) in enumerate(families)
    )
    return view(count, groups=groups)


@pytest.mark.parametrize("count", [7, 15, 24])
@pytest.mark.parametrize("size", [120.0, 184.0])
def test_a_households_name_stands_on_nobodys_name_or_disc(count, size):
    seen = with_homes(count)
    m = measures_for(seen, size)
    laid = lay_out(seen, LIGHT, m, WORDS)
    found = homes(seen, laid, LIGHT, m)
    assert len(found) == 3
    rooms = []
    for home in found:
        (back,) = [item for item in home.name if isinstance(item, Rect)]
        rooms.append((back.x, back.y, back.x + back.width, back.y + back.height))
    for n, room in enumerate(rooms):
        assert not [box for box in names_and_discs(laid, m) if shared(room, box)]
        assert not [box for box in rooms[:n] if shared(room, box)]


@pytest.mark.parametrize("count", [7, 15, 24])
def test_no_name_stands_on_a_ghost_or_its_arrow(count):
    seen = view(count)
    placed = [one for one in seen.placed if one.placement is not None]
    ghosts = [
        Ghost(placed[0].placement, placed[1].placement, placed[0].called),
        Ghost(view(count + 4, seed=9).placed[-1].placement, None, "Oliver"),
    ]
    m = measures_for(seen, 120.0, 1.2)
    room = ghost_room(ghosts, [placed[2].placement], m, SAID)
    laid = lay_out(seen, LIGHT, m, WORDS, room)
    without = lay_out(seen, LIGHT, m, WORDS)

    def covered(found):
        boxes = list(names_and_discs(found, m))[::2]
        return sum(shared(box, other) for box in boxes for other in room)

    assert covered(laid) == 0 or covered(laid) < covered(without)
