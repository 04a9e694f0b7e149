"""Changes of worker: recorded in the child's case, and counted in Tal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.worker_change import WorkerChange
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy


def record(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Record that a child's worker changed; return its id.

    Raises :class:`InvalidInput` for a day that has not come or lies before the case was opened; ``KeyError`` when there
    is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"changed_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    _check(writer, checked, found)
    writer.act("Record a change of worker")
    made = writer.new_id()
    writer.create(WorkerChange(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, change: Id, edits: Mapping[str, Edit]) -> None:
    """Correct a change of worker. Raises :class:`InvalidInput`."""
    now = _known(writer, change)
    values = {name: one.value for name, one in edits.items()}
    _check(writer, values, next(iter(writer.find(Case, stream=now.stream, cancelled=True)), None))
    writer.act("Correct a change of worker")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, WorkerChange, change, checked)


def remove(writer: Writer, change: Id) -> None:
    """Take back a change that was recorded by mistake."""
    _known(writer, change)
    writer.act("Remove a change of worker")
    writer.cancel(WorkerChange, change)


def of_case(reader: Reader, case: Id) -> tuple[WorkerChange, ...]:
    """Return a case's changes of worker, the latest first. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    made = reader.find(WorkerChange, stream=found.stream)
    return tuple(sorted(made, key=lambda one: one.changed_on or dt.date.min, reverse=True))


def _known(reader: Reader, change: Id) -> WorkerChange:
    found = reader.get(WorkerChange, change)
    if found is None:
        raise KeyError("no such change of worker")
    return found


def _check(reader: Reader, values: dict[str, Any], case: Case | None) -> None:
    for name in ("before", "after"):
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "reason" in values:
        values["reason"] = tidy("reason", str(values["reason"]), TEXT_LENGTH)
    if "changed_on" not in values:
        return
    day = values["changed_on"]
    if day is None:
        raise InvalidInput("changed_on", "Write the day the worker changed.")
    if day > reader.today:
        raise InvalidInput("changed_on", "That day has not come yet.")
    if case is not None and case.born is not None and day < case.born:
        raise InvalidInput("changed_on", "That is before the child was born.")
