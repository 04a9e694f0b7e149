"""Concerns about honour-related conflict: noted, assessed, taken back; and the gate they hold shut (BL § 18, stk. 3).

Everything that would involve parents or network from a map asks :func:`gate` first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.honour import EVERYBODY, HonourConcern, Involved
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services import office
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

ASSESSMENT = ("assessed_on", "assessed_by", "conclusion", "parents", "network")
"""The fields that are the risk assessment."""


class GateShut(UserError):
    """Parents or network must not be involved; ``case`` is the case whose risk assessment says so, or is missing."""

    def __init__(self, case: Id, why: Phrase) -> None:
        super().__init__(
            why.msgid,
            "Talk with the child alone, and with your team leader.",
            "Write the risk assessment in the case's overview.",
        )
        self.case = case


def note(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Note a concern, with its risk assessment when that is there already; return its id. Raises :class:`InvalidInput`."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = _checked(writer, {"noted_on": writer.today, **values}, None)
    concern = writer.new_id()
    writer.act("Note a concern about honour-related conflict")
    writer.create(HonourConcern(id=concern, stream=found.stream, **checked))
    return concern


def edit(writer: Writer, concern: Id, edits: Mapping[str, Edit]) -> None:
    """Change a concern, or write its risk assessment. Raises :class:`InvalidInput`."""
    now = known(writer, concern)
    values = _checked(writer, {name: one.value for name, one in edits.items()}, now)
    assessed = any(name in ASSESSMENT for name in values)
    writer.act("Record the risk assessment" if assessed else "Change the concern")
    written = {name: Edit(v, edits[name].parents) for name, v in values.items() if name in edits}
    apply_edits(writer, HonourConcern, concern, written)
    for name in values.keys() - edits.keys():
        writer.set(HonourConcern, concern, name, values[name], parents=None)


def assess(writer: Writer, concern: Id, values: Mapping[str, Any]) -> None:
    """Record the risk assessment over what is there. Raises :class:`InvalidInput` for one that is not whole."""
    heads = {name: writer.heads(concern, name) for name in values}
    edit(writer, concern, {name: Edit(value, heads[name]) for name, value in values.items()})


def take_back(writer: Writer, concern: Id, reason: str) -> None:
    """Take back a concern that turned out not to be one. Raises :class:`InvalidInput` without a reason."""
    known(writer, concern)
    words = tidy("reason", reason, TEXT_LENGTH)
    if not words:
        raise InvalidInput("reason", "Write why the concern is taken back.")
    writer.act("Take back the concern", reason=words)
    writer.cancel(HonourConcern, concern)


def known(reader: Reader, concern: Id) -> HonourConcern:
    """Return a concern. Raises ``KeyError`` when there is none."""
    found = reader.get(HonourConcern, concern)
    if found is None:
        raise KeyError("no such concern")
    return found


def concerns(reader: Reader, case: Id) -> tuple[HonourConcern, ...]:
    """Return the concerns of a case, those without a risk assessment first, then the latest."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    these = reader.find(HonourConcern, stream=found.stream)
    return tuple(sorted(these, key=lambda c: (c.assessed, -(c.noted_on or dt.date.min).toordinal(), c.id)))


def gate(reader: Reader, case: Id, involved: Collection[Involved] = EVERYBODY) -> Phrase | None:
    """Say why ``involved`` must not be involved in a case now; ``None`` when nothing stands against it.

    Until the risk assessment of every concern is recorded, the gate is shut for all, also when nobody but the child
    looks on: the family may come in. Then it opens for whom each assessment allows.
    """
    these = concerns(reader, case)
    if any(not concern.assessed for concern in these):
        return Phrase(
            "There may be an honour-related conflict: the risk assessment is made before parents and network are "
            "involved (Barnets lov § 18, stk. 3)."
        )
    for one in (Involved.PARENTS, Involved.NETWORK):
        if one in involved and not all(concern.allows(one) for concern in these):
            return Phrase(
                "The risk assessment says that the parents must not be involved now."
                if one is Involved.PARENTS
                else "The risk assessment says that the network must not be involved now."
            )
    return None


def pass_gate(reader: Reader, case: Id, involved: Collection[Involved] = EVERYBODY) -> None:
    """Raise :class:`GateShut` when :func:`gate` has something against it."""
    why = gate(reader, case, involved)
    if why is not None:
        raise GateShut(case, why)


def _checked(writer: Writer, given: dict[str, Any], now: HonourConcern | None) -> dict[str, Any]:
    """Return values tidied, and an assessment completed with today and the worker's own name."""
    values = dict(given)
    for name, most in (("reason", TEXT_LENGTH), ("conclusion", TEXT_LENGTH), ("assessed_by", NAME_LENGTH)):
        if name in values:
            values[name] = tidy(name, str(values[name] or ""), most)
    for name in ("noted_on", "assessed_on"):
        if values.get(name) is not None and values[name] > writer.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")
    after = {name: getattr(now, name, None) for name in ("noted_on", "reason", *ASSESSMENT)} | values
    if not after["reason"]:
        raise InvalidInput("reason", "Write what gives the concern.")
    if after["noted_on"] is None:
        raise InvalidInput("noted_on", "Write when the concern was noted.")
    if any(values.get(name) for name in ASSESSMENT) or (now is not None and now.assessed):
        values |= _whole(writer, after)
    return values


def _whole(writer: Writer, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what completes a risk assessment. Raises :class:`InvalidInput` for what only the worker can say."""
    if not after["conclusion"]:
        raise InvalidInput("conclusion", "Write what the risk assessment came to.")
    for name in ("parents", "network"):
        if after[name] is None:
            raise InvalidInput(name, "Say whether they may be involved.")
    more: dict[str, Any] = {}
    if after["assessed_on"] is None:
        more["assessed_on"] = writer.today
    if not after["assessed_by"]:
        more["assessed_by"] = office.house(writer).worker.name
    return more
