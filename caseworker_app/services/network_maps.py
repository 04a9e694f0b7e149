"""Netværkskort: begun, described, removed. Who stands on one is in :mod:`.map_people`, lines, households and words in
:mod:`.map_lines`, versions in :mod:`.map_versions`; the first two are reached from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.honour import Involved
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import Templates, latest
from caseworker_app.domain.network_map import NetworkMap, Voice
from caseworker_app.services import honour
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.map_lines import (
    add_group,
    add_quote,
    add_relation,
    edit_group,
    edit_quote,
    edit_relation,
    remove_group,
    remove_quote,
    remove_relation,
)
from caseworker_app.services.map_people import (
    add_person,
    change_template,
    edit_person,
    link,
    make_person,
    move,
    move_many,
    remove_person,
    same_names,
    tidy_up,
)
from caseworker_app.services.map_reading import (
    MapIsKept,
    MapRow,
    OpenMap,
    case_of,
    drawable,
    known,
    maps_of,
    not_yet,
    open_map,
)
from caseworker_app.services.map_versions import PARENTS_VOICES
from caseworker_app.services.ports import Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

__all__ = [
    "MapIsKept",
    "MapRow",
    "OpenMap",
    "add_group",
    "add_person",
    "add_quote",
    "add_relation",
    "begin",
    "change_template",
    "drawable",
    "edit",
    "edit_group",
    "edit_person",
    "edit_quote",
    "edit_relation",
    "known",
    "link",
    "make_person",
    "maps_of",
    "move",
    "move_many",
    "not_yet",
    "open_map",
    "remove_group",
    "remove_map",
    "remove_person",
    "remove_quote",
    "remove_relation",
    "same_names",
    "tidy_up",
]

_EDITED = ("voice", "title", "drawn_on", "place", "present", "note")


def begin(
    writer: Writer,
    case: Id,
    voice: Voice,
    *,
    drawn_on: dt.date | None = None,
    place: str = "",
    present: Iterable[str] = (),
    template: str = "four",
    templates: Templates | None = None,
) -> Id:
    """Begin an empty map in somebody's voice; return its id.

    It is drawn today unless ``drawn_on`` says otherwise, on the newest version of ``template`` among ``templates`` (the
    first without them). Raises :class:`InvalidInput` for a day to come, ``KeyError`` for no such case or template, and
    ``GateShut`` for a map with parents while a risk assessment is missing or says no.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    if voice in PARENTS_VOICES:
        honour.pass_gate(writer, case, {Involved.PARENTS})
    values: dict[str, Any] = {"drawn_on": drawn_on or writer.today, "place": place, "present": tuple(present)}
    _check(values, writer.today)
    version = 1 if templates is None else latest(templates, template).version
    made = writer.new_id()
    writer.act("Begin a network map")
    writer.create(
        NetworkMap(
            id=made,
            stream=found.stream,
            voice=voice,
            template=template,
            template_version=version,
            series=made,
            **values,
        )
    )
    return made


def edit(writer: Writer, map_id: Id, edits: Mapping[str, Edit]) -> None:
    """Change whose map it is, its title, day, place, who was there, or the note. Raises :class:`InvalidInput`."""
    found = drawable(writer, map_id)
    values = {name: one.value for name, one in edits.items()}
    if values.get("voice") in PARENTS_VOICES - {found.voice}:
        honour.pass_gate(writer, case_of(writer, found.stream).id, {Involved.PARENTS})
    _check(values, writer.today)
    writer.act("Change the network map")
    apply_edits(writer, NetworkMap, map_id, {n: replace(edits[n], value=v) for n, v in values.items()})


def _check(values: dict[str, Any], today: dt.date) -> None:
    if values.keys() - set(_EDITED):
        raise KeyError(f"not a field that is edited: {sorted(values.keys() - set(_EDITED))}")
    for name, longest in (("title", NAME_LENGTH), ("place", NAME_LENGTH), ("note", TEXT_LENGTH)):
        if name in values:
            values[name] = tidy(name, str(values[name]), longest)
    if "present" in values:
        names = (tidy("present", str(one), NAME_LENGTH) for one in values["present"])
        values["present"] = tuple(dict.fromkeys(name for name in names if name))
    drawn_on = values.get("drawn_on")
    if drawn_on is not None and drawn_on > today:
        raise InvalidInput("drawn_on", "That day has not come yet.")


def remove_map(writer: Writer, map_id: Id) -> None:
    """Take back a map that is still being drawn; a kept version belongs to the file and stays."""
    drawable(writer, map_id)
    writer.act("Remove a network map")
    writer.cancel(NetworkMap, map_id)
