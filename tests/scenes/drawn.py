"""Maps of one family that scenes begin from, written through the services as if they had been drawn before."""

from __future__ import annotations

from caseworker_app.domain.map_layout import cell_centre
from caseworker_app.domain.network_map import MapPersonKind, Quality, Voice
from caseworker_app.services import network_maps

CHILDS = (
    ("Mor", "mor", MapPersonKind.PERSON, "closest", "family"),
    ("Mormor", "mormor", MapPersonKind.PERSON, "close", "family"),
    ("Far", "far", MapPersonKind.PERSON, "distant", "family"),
    ("Buller", "hund", MapPersonKind.PET, "closest", "friends"),
    ("Sofie", "veninde", MapPersonKind.PERSON, "close", "friends"),
    ("Tom", "klasselærer", MapPersonKind.PERSON, "known", "school"),
)
MOTHERS = (
    ("Mor", "", MapPersonKind.PERSON, "closest", "family"),
    ("Mormor", "", MapPersonKind.PERSON, "known", "family"),
    ("Naboen Lis", "nabo", MapPersonKind.PERSON, "close", "friends"),
)


def draw(stage, who, voice=Voice.CHILD):
    """Draw a map of the stage's case; return it and who is on it by name."""
    made = stage.write(lambda w: network_maps.begin(w, stage.case, voice, place="Hjemme hos mormor"))
    on, taken = {}, []
    four = stage.templates["four", 1]
    for called, role, kind, ring, sector in who:
        at = cell_centre(four, ring, sector, taken)
        taken.append(at)
        card = stage.cards.get(called)
        on[called] = stage.write(
            lambda w, c=called, r=role, k=kind, at=at, card=card: network_maps.add_person(
                w, made, c, role_word=r, kind=k, placement=at, case_person=card
            )
        )
    return made, on


def childs_map(stage):
    """Draw the child's own map with three lines and a household."""
    made, on = draw(stage, CHILDS)
    for one, other, kind in (
        (None, "Mormor", Quality.STRONG),
        (None, "Far", Quality.STRAINED),
        ("Mor", "Far", Quality.BROKEN),
    ):
        stage.write(
            lambda w, a=one, b=other, q=kind: network_maps.add_relation(w, made, on.get(a or ""), on[b], q)
        )
    stage.write(
        lambda w: network_maps.add_group(w, made, "Hos mor", [on["Mor"], on["Buller"]], with_child=True)
    )
    return made, on
