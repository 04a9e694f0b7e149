"""The worker, the municipality and its own wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Function, Office, OwnTemplate, Worker
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, StreamKind, Writer
from caseworker_app.services.typed import NAME_LENGTH, tidy

CASEWORKER_LIMIT = 25
"""Most active cases of a caseworker (Herningmodellen: "max. 20-25 børn/unge per socialrådgiver")."""
WARN_FROM = 20
_SHORT = (
    "name", "title", "phone", "email", "team", "municipality", "department", "signature_line",
    "record_system", "record_system_health",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """Whose store this is and for which municipality."""

    worker: Worker
    office: Office


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a card with their texts tidied. Raises :class:`InvalidInput` for one that is too long."""
    return {
        name: tidy(name, value, NAME_LENGTH)
        if isinstance(value, str) and name in _SHORT
        else tuple(tidy(name, line, NAME_LENGTH) for line in value)
        if name == "address"
        else value
        for name, value in values.items()
    }


def found(writer: Writer, worker: Mapping[str, Any], office: Mapping[str, Any]) -> None:
    """Write the worker and the municipality into a new store, each in a stream of its own."""
    own, house = writer.new_stream(StreamKind.OWN), writer.new_stream(StreamKind.OFFICE)
    worker, office = _tidied(worker), _tidied(office)
    if not worker.get("name"):
        raise InvalidInput("name", "Write your name; it stands under every letter.")
    writer.act("Begin", final=True)  # whose store it is cannot be taken back
    writer.create(Worker(id=writer.author, stream=own, **worker))
    writer.create(Office(id=writer.new_id(), stream=house, **office))


def house(reader: Reader) -> House:
    """Return worker and municipality; empty ones in a store that has not been told."""
    worker = reader.get(Worker, reader.author) or Worker(id=reader.author)
    offices = reader.find(Office)
    return House(worker, offices[0] if offices else Office())


def limit(of: House) -> int | None:
    """Return the most active cases, ``None`` for no limit: a health visitor has one only if the municipality sets it."""
    if of.office.limit is not None:
        return of.office.limit
    return CASEWORKER_LIMIT if of.worker.function is Function.CASEWORKER else None


RECORD_SYSTEM, RECORD_SYSTEM_HEALTH = "DUBU", "NOVAX"
"""What the official file is kept in, unless the municipality says otherwise (law sheet 6)."""


def record_system(of: House) -> str:
    """Return what the worker's record system is called."""
    if of.worker.function is Function.HEALTH_VISITOR:
        return of.office.record_system_health or RECORD_SYSTEM_HEALTH
    return of.office.record_system or RECORD_SYSTEM


def _checked(edits: Mapping[str, Edit]) -> dict[str, Edit]:
    values = _tidied({name: edit.value for name, edit in edits.items()})
    return {name: replace(edits[name], value=value) for name, value in values.items()}


def edit_worker(writer: Writer, edits: Mapping[str, Edit]) -> None:
    """Change the worker's own card."""
    checked = _checked(edits)
    if "name" in checked and not checked["name"].value:
        raise InvalidInput("name", "Write your name; it stands under every letter.")
    writer.act("Change own details")
    apply_edits(writer, Worker, writer.author, checked)


def edit_office(writer: Writer, office: Id, edits: Mapping[str, Edit]) -> None:
    """Change how the municipality's letters look, or its limit of cases."""
    if "limit" in edits and edits["limit"].value is not None and edits["limit"].value < 1:
        raise InvalidInput("limit", "The limit is a whole number of at least 1, or nothing.")
    writer.act("Change the municipality's details")
    apply_edits(writer, Office, office, _checked(edits))


def own_templates(reader: Reader) -> dict[str, str]:
    """Return the municipality's own wording by template id; the latest of each."""
    return {template.name: template.text for template in reader.find(OwnTemplate)}


def set_template(writer: Writer, name: str, text: str) -> None:
    """Keep the municipality's own wording of a template; the caller has checked that it can be read."""
    writer.act("Change a template")
    existing = writer.find(OwnTemplate, where={"name": name})
    if existing:
        writer.set(OwnTemplate, existing[-1].id, "text", text, parents=None)
        return
    office = writer.find(Office)[0]
    writer.create(OwnTemplate(id=writer.new_id(), stream=office.stream, name=name, text=text))


def reset_template(writer: Writer, name: str) -> None:
    """Go back to the wording that ships."""
    writer.act("Go back to the standard template")
    for template in writer.find(OwnTemplate, where={"name": name}):
        writer.cancel(OwnTemplate, template.id)
