"""Measurements before and after over the worker's own children."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain import instruments
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import RESPONDENT_LABELS, Respondent, Scale
from caseworker_app.domain.measure_groups import CAUTION, FEWEST, GroupRow, Observed, grouped
from caseworker_app.domain.measurement import Answered, Measurement
from caseworker_app.i18n import Translator
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.ports import Reader


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row with what it is called: instrument, scale and who answers. ``cases`` are those it counts."""

    names: tuple[str, ...]
    scale: Scale
    row: GroupRow
    cases: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The table. ``hides`` says that it may leave the house: what fewer than ``fewest`` stand behind is hidden."""

    rows: tuple[NamedRow, ...]
    hides: bool
    caution: str = CAUTION
    fewest: int = FEWEST


def table(reader: Reader, shelf: Shelf, words: Translator, *, leaves_the_house: bool = False) -> GroupTable:
    """Return the mean of each scale before and after, by instrument and who answers, over all of the worker's cases."""
    cases = {one.stream: one.id for one in reader.find(Case)}
    found = [one for one in reader.find(Measurement) if one.stream in cases]
    found.sort(key=lambda one: (one.taken_on or dt.date.min, one.id))
    rows = []
    observed = tuple(_observed(shelf, found))
    for row in grouped(observed, leaves_the_house=leaves_the_house):
        instrument, respondent, scale_id, asked = row.group
        few = max(row.before.n, row.after.n) < FEWEST
        if asked and few and leaves_the_house:
            continue  # a question that few are asked may tell whom it is about
        shown = shelf.all[instrument]
        scale = shown.scale(scale_id)
        assert scale is not None, "observed in it"
        called = words.gettext(RESPONDENT_LABELS[Respondent(respondent)]).lower()
        counted = dict.fromkeys(cases[one.person[0]] for one in observed if one.group == row.group)
        rows.append(NamedRow((f"{asked or shown.name} · {called}", scale.name), scale, row, tuple(counted)))
    rows.sort(key=lambda one: _order(shelf, one))
    return GroupTable(tuple(rows), leaves_the_house)


def _order(shelf: Shelf, one: NamedRow) -> tuple[str, int]:
    scales = [scale.id for scale in shelf.all[one.row.group[0]].shown]
    return one.names[0].casefold(), scales.index(one.scale.id)


def _observed(shelf: Shelf, found: Iterable[Measurement]) -> Iterable[Observed]:
    for one in found:
        shown = shelf.get(one.instrument)
        if shown is None or one.answered is not Answered.YES:
            continue
        scores = instruments.from_lines(one.scores)
        for scale in shown.shown:
            value = instruments.value_of(shown, scores, scale.id)
            if value is not None:
                group = (shown.id, one.respondent.value, scale.id, one.asked)
                yield Observed(group, (one.stream, one.who.casefold()), one.phase, value)
