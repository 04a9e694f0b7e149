"""The people around the child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.cpr import parse
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy, tidy_address
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Access, Reader, Writer

_SHORT = ("name", "role_words", "function", "organisation", "phone", "email", "language", "support_person")


def _check(values: dict[str, Any], reader: Reader) -> None:
    for name in _SHORT:
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)
    if isinstance(values.get("address"), Address):
        values["address"] = tidy_address(values["address"])
    if values.get("person_number"):
        values["person_number"] = parse(str(values["person_number"]), reader.today).normalised
    if values.get("email") and ("@" not in values["email"] or " " in values["email"]):
        raise InvalidInput("email", "An e-mail address has an @ and no spaces.")
    if "name" in values and not values["name"]:
        raise InvalidInput("name", "Write the name, or what the family calls the person.")


def add(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Add a person to a child's case; return her id. Raises :class:`InvalidInput`."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"name": "", **values}
    _check(checked, writer)
    person = writer.new_id()
    writer.act("Add a person")
    writer.create(Person(id=person, stream=found.stream, **checked))
    return person


def edit(writer: Writer, person: Id, edits: Mapping[str, Edit]) -> None:
    """Change fields of a person. Raises :class:`InvalidInput`."""
    values = {name: e.value for name, e in edits.items()}
    _check(values, writer)
    writer.act("Change a person")
    apply_edits(writer, Person, person, {n: replace(edits[n], value=v) for n, v in values.items()})


def remove(writer: Writer, person: Id) -> None:
    """Take a person off the case; what was written of her stays in the history."""
    writer.act("Remove a person")
    writer.cancel(Person, person)


def copy_to(writer: Writer, person: Id, case: Id) -> Id:
    """Make a card of the same human in a sibling's case. Nothing is shared: each case has its own card.

    Raises :class:`UserError` when she has a card there already.
    """
    found, target = writer.get(Person, person), writer.get(Case, case)
    if found is None or target is None:
        raise KeyError("no such person or case")
    original = found.same_as or found.id
    if any(original in (card.id, card.same_as) for card in writer.find(Person, stream=target.stream)):
        raise UserError("{name} is in that case already.", name=found.name)
    values = {name: getattr(found, name) for name in _COPIED}
    copy = writer.new_id()
    writer.act("Add a person")
    writer.create(Person(id=copy, stream=target.stream, same_as=original, **values))
    return copy


_COPIED = (
    "name",
    "role",
    "role_words",
    "custody",
    "lives_with_child",
    "function",
    "organisation",
    "person_number",
    "phone",
    "email",
    "address",
    "address_protected",
    "language",
    "interpreter",
)


def show_number(writer: Writer, cls: type[Case] | type[Person], entity: Id) -> str:
    """Return a personal number in clear and note in the access log that it was shown."""
    thing = writer.get(cls, entity)
    if thing is None:
        raise KeyError("no such record")
    writer.log_access(Access.SHOW_NUMBER, "case" if cls is Case else "person", entity)
    return thing.person_number
