"""What a screen reader and the list say of who and what stands on a netværkskort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_polar import reading_order
from caseworker_app.domain.map_template import MapTemplate
from caseworker_app.domain.map_words import KIND_LABELS, SAID_BY_LABELS, Wording
from caseworker_app.domain.network_map import MapPerson, MapPersonKind, MapRelation, Quality
from caseworker_app.domain.phrases import N_
from caseworker_app.services.network_maps import OpenMap
from ui.network_map import saying
from ui.network_map.saying import place_words
from ui.words import tr

LINE_TO: Mapping[Quality, str] = {
    Quality.STRONG: N_("Strong line to {name}"),
    Quality.ORDINARY: N_("Line to {name}"),
    Quality.WEAK: N_("Weak line to {name}"),
    Quality.STRAINED: N_("Strained line to {name}"),
    Quality.BROKEN: N_("Broken line to {name}"),
    Quality.UNSETTLED: N_("Line to {name}, not clear yet"),
}
Names = Mapping[Id | None, str]
"""What everybody on the map is called; ``None`` is the child."""


def called(person: MapPerson) -> str:
    """Return what somebody is called, also when nobody knows."""
    return person.called or tr("Somebody unknown")


def child_of(opened: OpenMap) -> str:
    """Return what the child in the middle is called."""
    return saying.name(opened, None) or tr("the child")


def other_end(relation: MapRelation, one: Id | None) -> Id | None:
    """Return who stands at the other end of a line."""
    return relation.b if relation.a == one else relation.a


def line_words(relation: MapRelation, one: Id | None, names: Names) -> str:
    """Return ``Stærk streg til barnet`` as seen from ``one``."""
    return tr(LINE_TO[relation.quality], name=names.get(other_end(relation, one), tr("somebody")))


def said_by(relation: MapRelation) -> str:
    """Return whose statement a line is."""
    return tr(SAID_BY_LABELS[relation.said_by])


def person_words(
    person: MapPerson, lines: Sequence[MapRelation], template: MapTemplate, names: Names, wording: Wording
) -> str:
    """Return ``Mormor, tæt på, familie. Stærk streg til barnet``: what is said of somebody on the map."""
    parts = [called(person)]
    if person.role_word and person.role_word.casefold() != parts[0].casefold():
        parts.append(person.role_word)
    if person.kind in (MapPersonKind.PET, MapPersonKind.PLACE):
        parts.append(tr(KIND_LABELS[person.kind]).lower())
    if person.dead:
        parts.append(tr("dead"))
    parts.append(place_words(template, person.placement, wording).lower())
    return ". ".join([", ".join(parts), *(line_words(line, person.id, names) for line in lines)])


def map_words_said(opened: OpenMap, wording: Wording) -> str:
    """Return everybody on a map with her lines, from the middle out: a picture in words."""
    names: Names = {None: tr("the child"), **{one.id: called(one) for one in opened.people}}
    people = reading_order(one for one in opened.people if one.placement is not None)
    lines: dict[Id | None, list[MapRelation]] = {}
    for line in opened.relations:
        for end in (line.a, line.b):
            lines.setdefault(end, []).append(line)
    said = [person_words(one, lines.get(one.id, ()), opened.template, names, wording) for one in people]
    return ". ".join(said)


def hint_words(opened: OpenMap) -> str:
    """Return what the keys of the list mean on this map, or that it can only be read."""
    if opened.locked:
        return tr("The map is kept as a version and can only be read. Draw on to change it.")
    return tr(
        "Write a name above and press Enter. In the list: 1 to {rings} puts somebody in a ring, {letters} in a"
        " sector, 0 takes her off the rings. R line, G household, F2 change, Del remove, N a new name.",
        rings=len(opened.template.rings),
        letters=", ".join(f"{one.key} {one.child}" for one in opened.template.sectors),
    )
