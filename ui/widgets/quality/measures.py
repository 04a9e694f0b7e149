"""Measurements across the worker's own children: before and after, those with both apart, and never without the caution."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.measure_groups import CAUTION, Mean
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.i18n import N_
from caseworker_app.services import cases, measurement_groups, measurement_papers
from caseworker_app.services.known_names import danish
from caseworker_app.services.measurement_charts import better
from caseworker_app.services.measurement_groups import GroupTable, NamedRow
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.cooperation.part import CooperationPart
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """The table, and what the children behind it are called."""

    table: GroupTable
    names: dict[Id, str]

    def rows(self, key: Id) -> tuple[NamedRow, ...]:
        """Return the rows of one instrument and who answers."""
        return tuple(row for row in self.table.rows if key_of(row.names[0]) == key)


def key_of(name: str) -> Id:
    """Return what stands for an instrument and who answers in the list."""
    return hashlib.sha256(name.casefold().encode()).digest()[: len(NO_ID)]


class MeasuresAcross(CooperationPart[Loaded]):
    """It belongs to no case."""

    follows = frozenset({"measurement", "own_instrument", "case"})
    list_name = N_("Measurements across cases")
    nothing_yet = N_(
        "Nothing is measured yet. Measurements are planned and registered in the child's case, under Measurements."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
            (N_("Instruments …"), "", self.instruments),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        shelf = self.house.books.instruments(reader)
        table = measurement_groups.table(reader, shelf, i18n.current())
        counted = {case_id for row in table.rows for case_id in row.cases}
        found = {one.id: cases.display_name(one) for one in reader.find(Case) if one.id in counted}
        return Loaded(table, found)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        found: dict[str, list[NamedRow]] = {}
        for row in loaded.table.rows:
            found.setdefault(row.names[0], []).append(row)
        lines = []
        for name, rows in found.items():
            children = {case for row in rows for case in row.cases}
            pairs = max(row.row.pairs for row in rows)
            quiet = i18n.ngettext("{n} child", "{n} children", len(children))
            said = f"{quiet} · {tr('with both: {n}', n=pairs)}"
            lines.append(
                ListLine(
                    key_of(name), name, said, "done" if pairs else "note", "accent" if pairs else "muted"
                )
            )
        return lines

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        rows = loaded.rows(key)
        if not rows:
            return None
        facts = tuple(_facts(row) for row in rows)
        children = dict.fromkeys(case for row in rows for case in row.cases)
        doings = tuple(
            Doing(loaded.names.get(case, ""), partial(self._go, case), about=tr("open the case"))
            for case in children
        )
        minds = (
            tr(CAUTION),
            tr(
                "Here you see your own children. On paper groups of fewer than {n} are hidden.",
                n=loaded.table.fewest,
            ),
        )
        behind = Facts(tr("The children behind the numbers"), (), doings)
        return Page(rows[0].names[0], "", minds, facts=(*facts, behind))

    def _go(self, case: Id) -> None:
        self.house.go(Place("case", case, "measures:together"))

    def print(self) -> None:
        """Show the table as a paper: it leaves the house, so few are hidden and no child is named."""
        books = self.house.books

        def job(reader: Reader) -> PaperJob:
            shelf = books.instruments(reader)
            table = measurement_groups.table(reader, shelf, danish(), leaves_the_house=True)
            return measurement_papers.groups_job(reader, table)

        self.show_paper(job, tr("Measurements across cases"))

    def instruments(self) -> None:
        """Show the instruments: own ones are added, any is retired."""
        from ui.dialogs.instruments_dialog import InstrumentsDialog

        InstrumentsDialog(self.house, self).open()

    def want(self, part: str) -> None:
        """Go on with an own instrument that was begun, too."""
        if part.startswith("draft:own_instrument"):
            self.instruments()
        else:
            super().want(part)


def _facts(row: NamedRow) -> Facts:
    found = row.row
    way = better(row.scale, i18n.current())
    change = found.change
    pairs = tr("none has both")
    if change is not None:
        sign = "+" if change > 0 else ""
        then, now = figure_words(found.before_of_pairs.value), figure_words(found.after_of_pairs.value)
        pairs = tr(
            "{then} → {now}, change {change} (n = {n})",
            then=then, now=now, change=f"{sign}{figure_words(change)}", n=found.pairs,
        )  # fmt: skip
    rows = (
        (tr("Before, mean"), _mean(found.before)),
        (tr("After, mean"), _mean(found.after)),
        (tr("Those with both"), pairs),
    )
    return Facts(f"{row.scale.name} ({way})" if way else row.scale.name, rows)


def _mean(mean: Mean) -> str:
    if mean.value is None:
        return tr("nobody")
    return tr("{value} (n = {n})", value=figure_words(mean.value), n=mean.n)
