"""The instruments in use: those that ship, the municipality's own beside them, and those that were retired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import (
    ONE,
    About,
    Fill,
    Instrument,
    Respondent,
    Scale,
    Total,
)
from caseworker_app.domain.measurement import (
    Measurement,
    MeasurementPlan,
    OwnInstrument,
    RetiredInstrument,
)
from caseworker_app.domain.office import Office
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import change, known, make, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

MOST_SCALES: Final = 12
HIGHEST: Final = 1000 * ONE
_STEPS: Final = 100
"""A scale of one's own has at most so many steps: more is no scale to point at."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All instruments by id, ours first; ``retired`` says from which day one is not taken any more."""

    all: Mapping[str, Instrument]
    retired: Mapping[str, RetiredInstrument]

    def get(self, instrument: str) -> Instrument | None:
        """Return an instrument, also a retired one."""
        return self.all.get(instrument)

    def offered(self, day: dt.date) -> tuple[Instrument, ...]:
        """Return what may be taken on a day, by name."""
        found = (one for one in self.all.values() if not self.is_retired(one.id, day))
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))

    def is_retired(self, instrument: str, day: dt.date) -> bool:
        """Whether an instrument is not taken any more on a day."""
        found = self.retired.get(instrument)
        return found is not None and (found.retired_on is None or found.retired_on <= day)


def shelf(reader: Reader, shipped: Mapping[str, Instrument]) -> Shelf:
    """Return the instruments of a store."""
    own = {one.id.hex(): instrument_of(one) for one in reader.find(OwnInstrument)}
    retired = {one.instrument: one for one in reader.find(RetiredInstrument)}
    return Shelf({**shipped, **own}, retired)


def instrument_of(own: OwnInstrument) -> Instrument:
    """Return an own instrument as one to measure with; its id is that of the thing in hexadecimal."""
    lowest, highest = own.lowest or 0, HIGHEST if own.highest is None else own.highest
    names = _lines(own.scales)
    if names:
        scales = tuple(
            Scale(f"s{n}", name, lowest, highest, own.better, question=own.question if n == 1 else name)
            for n, name in enumerate(names, start=1)
        )
    else:
        scales = (Scale("score", own.name, lowest, highest, own.better, question=own.question),)
    total = Total(own.name, tuple(one.id for one in scales), own.better) if len(scales) > 1 else None
    return Instrument(
        id=own.id.hex(), name=own.name, full_name=own.name, help=own.explained, about=About.FAMILY,
        fill=Fill.SCREEN if own.screen else Fill.ELSEWHERE, respondents=tuple(Respondent), scales=scales,
        total=total, source=own.source, own=True,
    )  # fmt: skip


def _lines(text: str) -> tuple[str, ...]:
    said = (" ".join(line.strip(" \t-–•*").split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in said if line))


# --- Written -------------------------------------------------------------------------------------------------


def add(writer: Writer, shipped: Mapping[str, Instrument], values: Mapping[str, Any]) -> Id:
    """Add an instrument of the municipality's own; return its id. Raises :class:`InvalidInput`."""
    checked = dict(values)
    blank = OwnInstrument(stream=_office(writer))
    _check(writer, shipped, blank, checked)
    return make(writer, blank, checked, "Add an instrument")


def edit(
    writer: Writer, shipped: Mapping[str, Instrument], instrument: Id, edits: Mapping[str, Edit]
) -> None:
    """Change an instrument of one's own. What has been measured with must still fit: range and scales only grow.

    Raises :class:`InvalidInput`.
    """
    now = known(writer, OwnInstrument, instrument)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, shipped, now, checked)
    _check_used(writer, now, replace(now, **checked))
    change(writer, now, edits, checked, "Change an instrument")


def remove(writer: Writer, instrument: Id) -> None:
    """Take an own instrument away that nothing was measured with. Raises :class:`InvalidInput` for one in use."""
    if _used(writer, instrument):
        raise InvalidInput(
            "name", "Something is measured with it.", "Retire it instead: what was measured stays readable."
        )
    take_away(writer, OwnInstrument, instrument, "Remove an instrument")


def retire(writer: Writer, instrument: str, on: dt.date, why: str = "") -> Id:
    """Say that an instrument, ours or one's own, is not taken from a day on. Raises :class:`InvalidInput`."""
    values: dict[str, Any] = {"instrument": instrument, "retired_on": on, "why": why}
    tidied(values, ("why",))
    if writer.find(RetiredInstrument, where={"instrument": instrument}):
        raise InvalidInput("instrument", "This instrument is retired already.")
    blank = RetiredInstrument(stream=_office(writer))
    return make(writer, blank, values, "Retire an instrument")


def take_up(writer: Writer, instrument: str) -> None:
    """Take an instrument into use again."""
    writer.act("Take an instrument into use again")
    for one in writer.find(RetiredInstrument, where={"instrument": instrument}):
        writer.cancel(RetiredInstrument, one.id)


def _check(
    reader: Reader, shipped: Mapping[str, Instrument], now: OwnInstrument, values: dict[str, Any]
) -> None:
    tidied(values, ("name", "source"), ("explained", "question", "scales"))
    after = replace(now, **values)
    if not after.name:
        raise InvalidInput("name", "Write what the instrument is called.")
    names = {one.name.casefold() for one in shipped.values()}
    names |= {one.name.casefold() for one in reader.find(OwnInstrument) if one.id != now.id}
    if after.name.casefold() in names:
        raise InvalidInput("name", "There is an instrument of that name already.")
    lowest, highest = after.lowest, after.highest
    if lowest is None or highest is None or highest <= lowest:
        raise InvalidInput("highest", "The highest must be more than the lowest.")
    if lowest < 0 or highest > HIGHEST:
        raise InvalidInput("highest", "A scale goes from 0 to at most 1,000.")
    if (highest - lowest) % ONE:
        raise InvalidInput("highest", "A scale of one's own goes in whole steps.")
    if after.screen and highest - lowest > _STEPS * ONE:
        raise InvalidInput(
            "highest", "That is too many steps to point at.", "Take the tick away, and write the scores only."
        )
    if len(_lines(after.scales)) > MOST_SCALES:
        raise InvalidInput("scales", "That is more than {most} scales.", most=MOST_SCALES)
    if not _lines(after.scales) and not after.question and after.screen:
        raise InvalidInput("question", "Write what is asked, so that it is asked the same way each time.")


def _check_used(reader: Reader, now: OwnInstrument, after: OwnInstrument) -> None:
    if not _used(reader, now.id):
        return
    before, then = instrument_of(now), instrument_of(after)
    for scale in before.scales:
        same = then.scale(scale.id)
        if same is None or (same.name != scale.name and len(before.scales) > 1):
            raise InvalidInput(
                "scales",
                "Something is measured with it: its scales stay in their order.",
                "Add new ones below.",
            )
        if same.lowest > scale.lowest or same.highest < scale.highest:
            raise InvalidInput(
                "highest", "Something is measured with it: the range can only grow.", "Make a new instrument."
            )


def _used(reader: Reader, instrument: Id) -> bool:
    where = {"instrument": instrument.hex()}
    return bool(reader.count(Measurement, where=where) or reader.count(MeasurementPlan, where=where))


def _office(reader: Reader) -> Id:
    offices = reader.find(Office)
    if not offices:
        raise KeyError("nobody's store")
    return offices[0].stream
