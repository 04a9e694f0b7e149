"""The forms of a cost assessment: the sheet, hours, a wage, an expense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.cost import (
    COST_PHASE_LABELS,
    PROFESSION_LABELS,
    CostExpense,
    CostLine,
    CostSheet,
    CostWage,
    Profession,
)
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import costs
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.cooperation_forms import number
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.widgets.measures.editors import named
from ui.words import tr

SAVE = N_("Save (Ctrl+S)")


def kroner() -> FieldEditor:
    """Return an editor of an amount, kept in øre."""
    from caseworker_app.domain.kroner import kroner_words, ore
    from ui.widgets.fields.figures import FigureEditor

    return FigureEditor(ore, kroner_words)


def figure() -> FieldEditor:
    """Return an editor of a figure with a comma, kept in hundredths."""
    from ui.widgets.fields.figures import figure as made

    return made()


def many_hours() -> FieldEditor:
    """Return an editor of hours, kept in minutes, with room for thousands."""
    from caseworker_app.domain.typed_hours import many_hours as say
    from caseworker_app.domain.typed_hours import many_minutes
    from ui.widgets.fields.figures import FigureEditor

    return FigureEditor(many_minutes, say)


def _sheet_rows(efforts: Iterable[Effort]) -> tuple[Row | Section, ...]:
    offered = {one.id: one.title for one in efforts}
    return (
        Row("name", makers.text(N_("Family treatment, children's groups …")), width=6),
        Row("effort", named({"": tr("None of them"), **offered}), width=6),
        Row("begins_on", makers.date("back"), width=4),
        Row("ends_on", makers.date("back"), width=4),
        Row("called", makers.text(N_("families, children, young people …")), width=4),
        Row("citizens", figure, width=4, help=N_("Such as 7,6.")),
        Row("months", figure, width=4, help=N_("Such as 9,7.")),
        Row("price_year", number, width=4, help=N_("The wages of 2019 are known; others are written.")),
        Section(N_("More: groups, discharged, other numbers, overhead"), folded=True),
        Row("groups", figure, width=4),
        Row("discharged", figure, width=4),
        Row("numbers", makers.text(), width=4, help=N_("With a space between, such as 8 10 12.")),
        Row("fixed", makers.several(COST_PHASE_LABELS), width=12),
        Row("overhead", number, width=4),
        Row("hours", number, width=4),
        Row("with_log", makers.flag(N_("Count the hours of my time log too")), width=8),
        Row("note", makers.long_text(2), width=12),
    )


def sheet(
    house: House,
    parent: QWidget,
    efforts: Iterable[Effort],
    found: CostSheet | None = None,
    first: str = "name",
) -> RecordDialog:
    """Begin a cost assessment, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return costs.begin(writer, dict(values_of(edits)))
        costs.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=CostSheet, caption=N_("Cost assessment"), rows=_sheet_rows(efforts), save=save, press=SAVE,
        explained=N_("What an effort costs in a year, for each, and each month. No child is named."),
        told=N_("The cost assessment is saved."), title=lambda: tr("Cost assessment"), first=first,
        key="cost_sheet:new" if found is None else f"cost_sheet:{found.id.hex()}",
        entity=None if found is None else found.id, shown=lambda _reader: {"price_year": costs.PRICES},
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_HOURS_ROWS: tuple[Row | Section, ...] = (
    Row("profession", makers.choice(PROFESSION_LABELS), width=6),
    Row("phase", makers.choice(COST_PHASE_LABELS), width=6),
    Row("minutes", many_hours, width=4, help=N_("Hours such as 120 or 1.234,5.")),
    Row("posts", figure, width=4, help=N_("Instead of hours: employees in the whole period.")),
    Row("month", makers.date("back"), width=4, help=N_("Any day of the month; may be left empty.")),
    Row("with_citizen", makers.flag(N_("With citizens")), width=4),
    Row("what", makers.text(), width=8),
)


def hours(house: House, parent: QWidget, of: Id, found: CostLine | None = None) -> RecordDialog:
    """Write hours, or change some."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            costs.add_hours(writer, of, dict(values_of(edits)))
        else:
            costs.edit_hours(writer, entity, edits)
        return of

    record = Record(
        cls=CostLine, caption=N_("Hours of a cost assessment"), rows=_HOURS_ROWS, save=save, press=SAVE,
        told=N_("The hours are saved."), title=lambda: tr("Hours of a cost assessment"), first="profession",
        key=f"cost_line:new:{of.hex()}" if found is None else f"cost_line:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


def wage(house: House, parent: QWidget, of: Id, who: Profession, monthly: int | None) -> RecordDialog:
    """Write the monthly wage of a profession."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        said = dict(values_of(edits))
        costs.set_wage(writer, of, said.get("profession", who), said.get("monthly", monthly))
        return of

    rows = (
        Row("profession", makers.choice(PROFESSION_LABELS), width=6),
        Row("monthly", kroner, width=6, help=N_("With supplements, holiday pay and pension.")),
    )
    record = Record(
        cls=CostWage, caption=N_("Wage a month"), rows=rows, save=save, press=SAVE, told=N_("The wage is saved."),
        title=lambda: tr("Wage a month"), first="monthly", key=f"cost_wage:{of.hex()}:{who.value}",
        shown=lambda _reader: {"profession": who, "monthly": monthly},
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_EXPENSE_ROWS: tuple[Row | Section, ...] = (
    Row("what", makers.text(N_("Transport, materials, training, licences …")), width=8),
    Row("amount", kroner, width=4),
    Row("establishing", makers.flag(N_("Paid once, to begin with: it stands apart")), width=8),
    Row("paid_on", makers.date("back"), width=4),
)


def expense(house: House, parent: QWidget, of: Id, found: CostExpense | None = None) -> RecordDialog:
    """Write an expense, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            costs.add_expense(writer, of, dict(values_of(edits)))
        else:
            costs.edit_expense(writer, entity, edits)
        return of

    record = Record(
        cls=CostExpense, caption=N_("Expense of a cost assessment"), rows=_EXPENSE_ROWS, save=save, press=SAVE,
        told=N_("The expense is saved."), title=lambda: tr("Expense of a cost assessment"), first="what",
        key=f"cost_expense:new:{of.hex()}" if found is None else f"cost_expense:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)
