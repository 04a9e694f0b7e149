"""A cost assessment as a sheet: what it comes to, what it would with other wages and numbers, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.domain.cost import COST_PHASE_LABELS, PROFESSION_LABELS, CostLine, Phase
from caseworker_app.domain.cost_sums import Unit, Work, percent
from caseworker_app.domain.kroner import kroner_words, rounded, whole_kroner
from caseworker_app.domain.typed_hours import many_hours
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.i18n import N_
from caseworker_app.services import costs
from caseworker_app.services.costs import PRICES, CostView, WageView
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.quality.ledger import Ledger, LedgerRow, ledgers
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.quality.cost import CostPart

COST_COLUMN_LABELS: Mapping[str, str] = {
    "year": N_("A year"),
    "per_citizen": N_("For each"),
    "per_month": N_("Each, a month"),
    "per_discharged": N_("For each discharged"),
    "per_group": N_("A group"),
}


def figure(number: Fraction) -> str:
    """Return a number with at most two decimals."""
    return figure_words(rounded(number * 100))


def columns(one: CostView) -> tuple[str, ...]:
    """Return which columns can be said of a sheet."""
    found = one.found
    return () if found is None else tuple(c for c in COST_COLUMN_LABELS if getattr(found.unit, c) is not None)


def cost_page(part: CostPart, one: CostView) -> Page:
    """Return the sheet."""
    sheet, about = one.sheet, tr("the cost assessment")
    quiet = []
    if sheet.begins_on is not None and sheet.ends_on is not None:
        quiet.append(f"{day_words(sheet.begins_on)} – {day_words(sheet.ends_on)}")
    if one.months:
        quiet.append(tr("{n} months", n=figure(one.months)))
    fixed = ", ".join(tr(COST_PHASE_LABELS[p]).lower() for p in Phase if p in sheet.fixed)
    rows = (
        (tr("Citizens a year, on average"), _counted(sheet.citizens, sheet.called)),
        (tr("Months in the effort, on average"), figure_words(sheet.months)),
        (tr("Groups a year"), figure_words(sheet.groups)),
        (tr("Discharged a year"), figure_words(sheet.discharged)),
        (
            tr("Overhead and hours of a year"),
            tr("{n} % · {hours} hours", n=sheet.overhead, hours=sheet.hours),
        ),
        (tr("The same whatever the number"), fixed),
        (tr("Note"), sheet.note),
    )
    doings = (
        Doing(tr("Write hours …"), partial(part.hours, sheet.id, None), primary=True, about=about),
        Doing(tr("Write an expense …"), partial(part.expense, sheet.id, None), about=about),
        Doing(tr("Change …"), partial(part.change, sheet.id, "name"), about=about),
    )
    removed = N_("The cost assessment is removed. Ctrl+Z brings it back.")
    last = (part.removing(lambda w: costs.remove(w, sheet.id), removed, about),)
    return Page(
        sheet.name, " · ".join(quiet), minds=_minds(one), lead=Facts("", (), doings),
        insert=lambda parent: ledgers(parent, _cards(part, one)), facts=(Facts(tr("What it is counted with"), rows),),
        doings=last,
    )  # fmt: skip


def _counted(number: int | None, called: str) -> str:
    return "" if number is None else f"{figure_words(number)} {called}".strip()


def _minds(one: CostView) -> tuple[str, ...]:
    minds = []
    if one.lacks:
        names = ", ".join(tr(PROFESSION_LABELS[who]).lower() for who in one.lacks)
        missing = N_(
            "A wage is missing: {names}. Nothing is summed until it is written: half a cost is no cost."
        )
        minds.append(tr(missing, names=names))
    if one.months is None:
        minds.append(tr("Write the period: a year's cost is counted from it."))
    elif one.found is not None and one.sheet.citizens is None:
        minds.append(tr("Write how many citizens there are a year, and the cost for each is counted."))
    return tuple(minds)


def _cards(part: CostPart, one: CostView) -> list[Ledger]:
    cards = []
    if one.found is not None:
        cards.append(_results(one))
        cards.append(_shares(one))
    cards.append(_hours(part, one))
    if one.wages:
        cards.append(_wages(part, one))
    cards.append(_expenses(part, one))
    return cards


def _results(one: CostView) -> Ledger:
    found, shown = one.found, columns(one)
    assert found is not None
    lines: list[tuple[str, Unit, bool]] = [(tr("With the wages there are"), found.unit, True)]
    lines += [(tr("Wages up {n} percent", n=step), unit, False) for step, unit in found.wages.items()]
    called = one.sheet.called or tr("citizens")
    lines += [
        (tr("With {n} {called} a year", n=figure(n), called=called), unit, False)
        for n, unit in found.numbers.items()
    ]
    rows = tuple(
        LedgerRow((words, *(_amount(getattr(unit, column)) for column in shown)), strong=strong)
        for words, unit, strong in lines
    )
    head = ("", *(tr(COST_COLUMN_LABELS[column]) for column in shown))
    note = tr(
        "Kroner. An uncertain estimate of few observations: wages are averages, and hours are as they were written."
    )
    return Ledger(tr("What it costs"), head, rows, note=note)


def _amount(amount: Fraction | None) -> str:
    return "–" if amount is None else whole_kroner(amount)


def _shares(one: CostView) -> Ledger:
    found = one.found
    assert found is not None and one.months is not None
    share, a_year = found.share, Fraction(12) / one.months
    parts = (
        (tr("Hours with citizens"), share.with_citizen),
        (tr("Hours without citizens"), share.without),
        (tr("Other expenses"), share.other),
    )
    rows = [
        LedgerRow((words, _percent(part, share.all), whole_kroner(part * a_year))) for words, part in parts
    ]
    wages = share.with_citizen + share.without
    rows += [
        LedgerRow((tr("of the hours: {phase}", phase=tr(COST_PHASE_LABELS[phase]).lower()), _percent(part, wages),
                   whole_kroner(part * a_year)))
        for phase, part in found.by_phase.items() if part
    ]  # fmt: skip
    if found.establishing:
        words = tr("To begin with, once: not in the running cost")
        rows.append(LedgerRow((words, "", whole_kroner(found.establishing)), strong=True))
    return Ledger(tr("What it goes to"), ("", tr("Percent"), tr("A year, kr.")), tuple(rows))


def _percent(part: Fraction, whole: Fraction) -> str:
    found = percent(part, whole)
    return "–" if found is None else f"{rounded(found)} %"


def _hours(part: CostPart, one: CostView) -> Ledger:
    rows = [
        LedgerRow(
            (_work_words(line), _with_words(line.with_citizen), _length(line)),
            (
                Doing(tr("Change …"), partial(part.hours, one.sheet.id, line), about=_work_words(line)),
                part.removing(
                    partial(costs.remove_hours, line=line.id),
                    N_("The hours are removed. Ctrl+Z brings them back."), _work_words(line),
                ),
            ),
        )
        for line in one.hours
    ]  # fmt: skip
    rows += [
        LedgerRow(
            (_logged_words(work), _with_words(work.with_citizen), tr("{hours} hours", hours=many_hours(work.minutes)))
        )
        for work in one.logged
    ]  # fmt: skip
    empty = tr("No hours yet. Write them by profession and phase, or let the time log count.")
    return Ledger(tr("Hours"), ("", "", tr("How much")), tuple(rows), empty=empty, words=frozenset({1}))


def _work_words(line: CostLine) -> str:
    words = f"{tr(PROFESSION_LABELS[line.profession])}, {tr(COST_PHASE_LABELS[line.phase]).lower()}"
    if line.month is not None:
        words += f", {line.month:%m-%Y}"
    return f"{words} · {line.what}" if line.what else words


def _logged_words(work: Work) -> str:
    words = f"{tr(PROFESSION_LABELS[work.profession])}, {tr(COST_PHASE_LABELS[work.phase]).lower()}"
    return f"{words} · {tr('from the time log')}"


def _with_words(with_citizen: bool) -> str:
    return tr("with citizens") if with_citizen else tr("without citizens")


def _length(line: CostLine) -> str:
    if line.posts is not None:
        return tr("{n} full-time", n=figure_words(line.posts))
    return tr("{hours} hours", hours=many_hours(line.minutes or 0))


def _wages(part: CostPart, one: CostView) -> Ledger:
    def row(wage: WageView) -> LedgerRow:
        monthly = tr("missing") if wage.monthly is None else kroner_words(wage.monthly)
        source = tr("written here") if wage.own else tr("as of {year}", year=PRICES) if wage.monthly else ""
        act: Callable[[], None] = partial(part.wage, one.sheet.id, wage.profession, wage.monthly)
        name = tr(PROFESSION_LABELS[wage.profession])
        return LedgerRow(
            (name, source, monthly, part.hour_words(one, wage)), (Doing(tr("Change …"), act, about=name),)
        )

    head = ("", "", tr("Wage a month, kr."), tr("An hour, kr."))
    return Ledger(tr("Wages"), head, tuple(row(one_wage) for one_wage in one.wages), words=frozenset({1}))


def _expenses(part: CostPart, one: CostView) -> Ledger:
    rows = tuple(
        LedgerRow(
            (expense.what, tr("to begin with") if expense.establishing else short_day(expense.paid_on),
             kroner_words(expense.amount or 0)),
            (
                Doing(tr("Change …"), partial(part.expense, one.sheet.id, expense), about=expense.what),
                part.removing(partial(costs.remove_expense, expense=expense.id),
                              N_("The expense is removed. Ctrl+Z brings it back."), expense.what),
            ),
        )
        for expense in one.expenses
    )  # fmt: skip
    empty = tr(
        "No other expenses yet: transport, materials, supervision; training and licences to begin with."
    )
    return Ledger(tr("Other expenses"), ("", "", tr("Amount, kr.")), rows, empty=empty, words=frozenset({1}))
