"""Texts that belong to no case must name no child: a board of trial actions, a look at how we work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.services.ports import Reader


def refuse_names(reader: Reader, values: Mapping[str, Any], fields: Iterable[str]) -> None:
    """Raise :class:`InvalidInput` for a cpr. nr. or the full name of a child of the store in one of the fields."""
    texts = {name: str(values[name]) for name in fields if values.get(name)}
    if not texts:
        return
    for name, text in texts.items():
        if contains_person_number(text):
            raise InvalidInput(name, "A CPR number stands here, and this belongs to no case.")
    children = {" ".join(case.child_name.casefold().split()): case.child_name for case in reader.find(Case)}
    for name, text in texts.items():
        said = f" {' '.join(text.casefold().split())}"
        found = next((full for key, full in children.items() if " " in key and f" {key}" in said), "")
        if found:
            raise InvalidInput(
                name,
                "This belongs to no case, and names {name}.",
                "Write it without the name; what is about one child is written in its case.",
                name=found,
            )
