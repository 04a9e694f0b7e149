"""A cost assessment on paper and as a spreadsheet."""

from __future__ import annotations

from fractions import Fraction

from caseworker_app.domain.cost import (
    COST_PHASE_LABELS,
    PROFESSION_LABELS,
    CostLine,
    CostSheet,
    Phase,
    Profession,
)
from caseworker_app.domain.cost_sums import Unit, hourly_price, percent
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kroner import kroner_words, rounded, whole_kroner
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.table_facts import Cell, Shown, TableFacts, TableSheet, number
from caseworker_app.domain.text_facts import PairsPart, Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.domain.typed_hours import many_hours
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.services import costs, papers
from caseworker_app.services.costs import PRICES, CostView
from caseworker_app.services.known_names import danish
from caseworker_app.services.ports import Reader

_COLUMNS = (
    ("year", "Pr. år"), ("per_citizen", "Pr. borger"), ("per_month", "Pr. borger pr. måned"),
    ("per_discharged", "Pr. udskrevet"), ("per_group", "Pr. gruppe"),
)  # fmt: skip
UNCERTAIN = (
    "Et usikkert skøn ud fra få observationer. Lønningerne er gennemsnit, og timerne er, som de blev skrevet. "
    "Etablering indgår ikke i driften."
)


def cost_job(reader: Reader, sheet: Id) -> PaperJob:
    """Return a cost assessment: what it comes to, with other wages and numbers, and what it is made of."""
    one = costs.view(reader, sheet)
    parts: list[Part] = [PairsPart(_pairs(one))]
    if one.lacks:
        names = ", ".join(_who(who) for who in one.lacks)
        parts.append(TextPart(text=f"Der mangler løn for: {names}. Derfor er intet lagt sammen."))
    if one.found is not None:
        parts += [_results(one), TextPart(text=UNCERTAIN, muted=True), _shares(one)]
    parts += [_hours(one), *_wages(one), *_expenses(one)]
    if one.sheet.note:
        parts.append(TextPart("Bemærkning", one.sheet.note))
    title = "Omkostningsvurdering"
    facts = TextPaperFacts(
        sender=papers.sender(reader), title=title, heading=f"{title}: {one.sheet.name}", dated=reader.today,
        parts=tuple(parts), letterhead=False,
    )  # fmt: skip
    return PaperJob(Paper.COST_SHEET, facts, "cost-sheet.pdf", "", sheet)


def _who(who: Profession) -> str:
    return danish().gettext(PROFESSION_LABELS[who]).lower()


def _pairs(one: CostView) -> tuple[tuple[str, str], ...]:
    sheet = one.sheet
    period = ""
    if sheet.begins_on is not None and sheet.ends_on is not None:
        period = f"{long_date(sheet.begins_on)} – {long_date(sheet.ends_on)}"
    if one.months:
        period += f" ({figure_words(rounded(one.months * 100))} måneder)"
    fixed = ", ".join(danish().gettext(COST_PHASE_LABELS[p]).lower() for p in Phase if p in sheet.fixed)
    pairs = (
        ("Periode", period),
        (
            "Borgere pr. år i gennemsnit",
            f"{figure_words(sheet.citizens)} {sheet.called}".strip() if sheet.citizens else "",
        ),
        ("Måneder i indsatsen i gennemsnit", figure_words(sheet.months)),
        ("Grupper pr. år", figure_words(sheet.groups)),
        ("Udskrevne pr. år", figure_words(sheet.discharged)),
        ("Regnet med", f"overhead {sheet.overhead} %, {sheet.hours} effektive timer om året"),
        ("Ens uanset antal", fixed),
    )
    return tuple(pair for pair in pairs if pair[1])


def _shown(one: CostView) -> tuple[tuple[str, str], ...]:
    assert one.found is not None
    return tuple(pair for pair in _COLUMNS if getattr(one.found.unit, pair[0]) is not None)


def _cases(one: CostView) -> list[tuple[str, Unit]]:
    found = one.found
    assert found is not None
    called = one.sheet.called or "borgere"
    lines = [("Med lønningerne, som de er", found.unit)]
    lines += [(f"Lønninger {step} % højere", unit) for step, unit in found.wages.items()]
    return lines + [
        (f"Med {figure_words(rounded(n * 100))} {called} pr. år", unit) for n, unit in found.numbers.items()
    ]


def _results(one: CostView) -> TablePart:
    shown = _shown(one)
    rows = tuple(
        (words, *(_kroner(getattr(unit, column)) for column, _head in shown)) for words, unit in _cases(one)
    )
    widths = (0.4, *(0.6 / len(shown),) * len(shown))
    return TablePart(
        ("Kroner", *(head for _column, head in shown)), rows, widths, "Hvad den koster", row_heads=True,
        figures=frozenset(range(1, len(widths))),
    )  # fmt: skip


def _kroner(amount: Fraction | None) -> str:
    return "–" if amount is None else whole_kroner(amount)


def _split(one: CostView) -> list[tuple[str, Fraction, Fraction]]:
    """Return name, amount of the period, and the whole it is a part of."""
    found = one.found
    assert found is not None
    share, say = found.share, danish().gettext
    wages = share.with_citizen + share.without
    lines = [
        ("Timer med borgere", share.with_citizen, share.all),
        ("Timer uden borgere", share.without, share.all),
        ("Øvrige udgifter", share.other, share.all),
    ]
    return lines + [
        (f"Af timerne: {say(COST_PHASE_LABELS[phase]).lower()}", part, wages)
        for phase, part in found.by_phase.items() if part
    ]  # fmt: skip


def _percent(part: Fraction, whole: Fraction) -> str:
    found = percent(part, whole)
    return "–" if found is None else f"{rounded(found)} %"


def _shares(one: CostView) -> TablePart:
    assert one.found is not None and one.months
    a_year = Fraction(12) / one.months
    rows = [(words, _percent(part, whole), whole_kroner(part * a_year)) for words, part, whole in _split(one)]
    if one.found.establishing:
        rows.append(("Etablering, én gang (ikke i driften)", "", whole_kroner(one.found.establishing)))
    return TablePart(
        ("Hvad pengene går til", "Andel", "Kr. pr. år"), tuple(rows), (0.6, 0.15, 0.25), row_heads=True,
        figures=frozenset({1, 2}),
    )  # fmt: skip


def _hours_of(line: CostLine) -> str:
    return f"{figure_words(line.posts)} fuldtid" if line.posts is not None else many_hours(line.minutes or 0)


def _hours(one: CostView) -> Part:
    say = danish().gettext
    rows = [
        (_who(line.profession).capitalize(), say(COST_PHASE_LABELS[line.phase]), _together(line.with_citizen),
         f"{line.month:%m-%Y}" if line.month is not None else "", _hours_of(line))
        for line in one.hours
    ]  # fmt: skip
    rows += [
        (_who(work.profession).capitalize(), say(COST_PHASE_LABELS[work.phase]), _together(work.with_citizen),
         "tidsregistrering", many_hours(work.minutes))
        for work in one.logged
    ]  # fmt: skip
    if not rows:
        return TextPart("Timer", "Ingen timer er skrevet.", muted=True)
    head = ("Faggruppe", "Fase", "Borgere", "Måned", "Timer")
    return TablePart(head, tuple(rows), (0.32, 0.24, 0.12, 0.18, 0.14), "Timer", figures=frozenset({4}))


def _together(with_citizen: bool) -> str:
    return "med" if with_citizen else "uden"


def _hour(sheet: CostSheet, monthly: int | None) -> Fraction | None:
    return None if monthly is None else hourly_price(monthly, sheet.overhead or 0, sheet.hours or 1)


def _wages(one: CostView) -> list[Part]:
    sheet = one.sheet
    rows = tuple(
        (
            _who(wage.profession).capitalize(),
            "mangler" if wage.monthly is None else kroner_words(wage.monthly),
            _kroner(_hour(sheet, wage.monthly)),
            "skrevet her" if wage.own else f"prisniveau {PRICES}" if wage.monthly else "",
        )
        for wage in one.wages
    )
    head = ("Faggruppe", "Løn pr. måned, kr.", "Timepris, kr.", "Kilde")
    return (
        [TablePart(head, rows, (0.38, 0.22, 0.18, 0.22), "Lønninger", figures=frozenset({1, 2}))]
        if rows
        else []
    )


def _expenses(one: CostView) -> list[Part]:
    rows = tuple(
        (paid.what, "etablering" if paid.establishing else "drift",
         "" if paid.paid_on is None else short_date(paid.paid_on), kroner_words(paid.amount or 0))
        for paid in one.expenses
    )  # fmt: skip
    head = ("Udgift", "Hører til", "Betalt", "Kr.")
    return (
        [TablePart(head, rows, (0.48, 0.18, 0.16, 0.18), "Øvrige udgifter", figures=frozenset({3}))]
        if rows
        else []
    )


# --- As a spreadsheet --------------------------------------------------------------------------------------------


def cost_table_job(reader: Reader, sheet: Id) -> PaperJob:
    """Return a cost assessment as a spreadsheet: results and what they are made of, with numbers to count on with."""
    one = costs.view(reader, sheet)
    sheets = (*((_result_sheet(one),) if one.found is not None else ()), _basis_sheet(one))
    facts = TableFacts("Omkostningsvurdering", papers.sender(reader).municipality, reader.today, sheets)
    return PaperJob(Paper.COST_SHEET, facts, "cost-sheet.xlsx", "", sheet)


def _money(amount: Fraction | None) -> Cell:
    return "" if amount is None else number(amount / 100, Shown.KRONER)


def _result_sheet(one: CostView) -> TableSheet:
    assert one.found is not None and one.months
    a_year = Fraction(12) / one.months
    shown = _shown(one)
    rows: list[tuple[Cell, ...]] = [(one.sheet.name,), *_pairs(one), ("",)]
    heads = {0, len(rows)}
    rows.append(("Kroner", *(head for _column, head in shown)))
    rows += [
        (words, *(_money(getattr(unit, column)) for column, _head in shown)) for words, unit in _cases(one)
    ]
    rows += [(UNCERTAIN,), ("",)]
    heads.add(len(rows))
    rows.append(("Hvad pengene går til", "Procent", "Kr. pr. år"))
    for words, part, whole in _split(one):
        share = percent(part, whole)
        rows.append((words, "" if share is None else number(share, Shown.NUMBER), _money(part * a_year)))
    rows.append(("Etablering, én gang (ikke i driften)", "", _money(one.found.establishing)))
    return TableSheet("Omkostninger", tuple(rows), frozenset(heads), (44, 20, 20, 22, 18, 18))


def _basis_sheet(one: CostView) -> TableSheet:
    say = danish().gettext
    rows: list[tuple[Cell, ...]] = [
        ("Faggruppe", "Fase", "Borgere", "Måned", "Timer", "Fuldtid", "Bemærkning")
    ]
    for line in one.hours:
        rows.append(
            (_who(line.profession).capitalize(), say(COST_PHASE_LABELS[line.phase]), _together(line.with_citizen),
             f"{line.month:%Y-%m}" if line.month is not None else "",
             "" if line.minutes is None else number(Fraction(line.minutes, 60), Shown.HOURS),
             "" if line.posts is None else number(Fraction(line.posts, 100), Shown.NUMBER), line.what)
        )  # fmt: skip
    for work in one.logged:
        rows.append(
            (_who(work.profession).capitalize(), say(COST_PHASE_LABELS[work.phase]), _together(work.with_citizen), "",
             number(work.minutes / 60, Shown.HOURS), "", "tidsregistrering")
        )  # fmt: skip
    heads = {0, len(rows) + 1}
    rows += [("",), ("Faggruppe", "Løn pr. måned", "Timepris")]
    for wage in one.wages:
        price = _hour(one.sheet, wage.monthly)
        monthly = None if wage.monthly is None else Fraction(wage.monthly)
        rows.append((_who(wage.profession).capitalize(), _money(monthly), _money(price)))
    heads.add(len(rows) + 1)
    rows += [("",), ("Udgift", "Hører til", "Betalt", "Kr.")]
    for paid in one.expenses:
        day = "" if paid.paid_on is None else paid.paid_on.isoformat()
        kind = "etablering" if paid.establishing else "drift"
        rows.append((paid.what, kind, day, _money(Fraction(paid.amount or 0))))
    return TableSheet("Grundlag", tuple(rows), frozenset(heads), (40, 24, 14, 14, 12, 12, 30))
