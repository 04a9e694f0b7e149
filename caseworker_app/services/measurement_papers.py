"""Measurements on paper: looked at together, a sheet to fill in, and the group without anybody's name.

Whoever reads it is Danish, whatever language the screen has.
"""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import (
    ONE,
    RESPONDENT_LABELS,
    Fill,
    Instrument,
    Respondent,
    Scale,
    range_words,
    value_words,
)
from caseworker_app.domain.measure_facts import (
    MeasurePaperFacts,
    MeasurePart,
    OverTimePart,
    ScalePart,
    SourcedPart,
    SpiderPart,
)
from caseworker_app.domain.measurement import ANSWERED_LABELS, PHASE_LABELS, Answered
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import LinesPart, PairsPart, SignPart, TablePart, TextPart
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.services import measurement_charts as charts
from caseworker_app.services import papers
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.known_names import danish
from caseworker_app.services.measurement_groups import GroupTable, NamedRow
from caseworker_app.services.measurement_views import CaseMeasures, MeasurementView, Together, of_case
from caseworker_app.services.plain_records import case_known
from caseworker_app.services.ports import Reader

MOST_POINTS = 21
"""A scale of more points than this is a box to write in, no row of rings."""
_COLUMNS = 4
"""So many measurements stand side by side: the first and the last ones."""
_TITLE = "Målinger"


def together_job(reader: Reader, shelf: Shelf, case: Id, only: Id | None = None) -> PaperJob:
    """Return what was measured, looked at together: everybody's for the file, or one person's answers to one instrument,
    with nobody else's on it. Raises :class:`UserError` when nothing is measured."""
    found = of_case(reader, shelf, case_known(reader, case))
    shown = tuple(one for one in found.together if only is None or one.id == only)
    if not shown:
        raise UserError(
            "Nothing is measured yet, so there is nothing to print.", "Register a measurement first."
        )
    parts: list[MeasurePart] = [PairsPart((("Barn", _name(found.case)),))]
    for one in shown:
        parts += _group(one, found.together if only is None else (one,))
    if only is None:
        parts += _unanswered(found)
    standing = f"Kopi til sagen, som målingerne står den {long_date(reader.today)}"
    if only is not None:
        standing = f"Set sammen med {charts.person(shown[0], danish())} den {long_date(reader.today)}"
    return _job(reader, Paper.MEASUREMENTS, _TITLE, "measurements.pdf", parts, case, standing)


def _group(one: Together, all_of: tuple[Together, ...]) -> Iterator[MeasurePart]:
    words = danish()
    yield TextPart(f"{charts.person(one, words)} · {one.called}", one.instrument.help)
    web = charts.spider(one, words)
    if web is not None:
        yield SpiderPart(web)
    line = charts.over_time(one, all_of, words)
    if charts.comparable(line):
        yield OverTimePart(line)
    yield from _values(one)
    for view in one.taken:
        yield from _beside(view)
    for sentence in one.instrument.references:
        yield TextPart(text=sentence, muted=True)


def _values(one: Together) -> Iterator[TablePart]:
    """Return the values, a row a scale and a column a measurement; then what each norm set says, the set named."""
    shown = one.taken if len(one.taken) <= _COLUMNS else (one.taken[0], *one.taken[1 - _COLUMNS :])
    heads = tuple(charts.when(view, danish()) for view in shown)
    rows = []
    for scale in one.instrument.shown:
        values = tuple(value_words(scale, view.value(scale.id)) or "-" for view in shown)
        if any(value != "-" for value in values):
            rows.append((f"{scale.name} ({range_words(scale)})", *values))
    yield TablePart(("Skala", *heads), tuple(rows), _widths(len(shown)), row_heads=True)
    for norm in one.instrument.norms:
        labels = [{band.scale: band.label for band in view.bands if band.norm == norm.name} for view in shown]
        said = tuple(
            (scale.name, *(found.get(scale.id, "-") for found in labels))
            for scale in one.instrument.shown
            if any(scale.id in found for found in labels)
        )
        if said:
            yield TablePart(
                ("Skala", *heads), said, _widths(len(shown)), f"Efter {norm.name}", row_heads=True
            )


def _widths(columns: int) -> tuple[float, ...]:
    """Return the shares of scale and measurements: a column holds the longest word of a norm set in one piece."""
    first = 0.34 if columns < _COLUMNS else 0.24
    return (first, *((1 - first) / columns,) * columns)


def _beside(view: MeasurementView) -> Iterator[MeasurePart]:
    """Return what was said, seen and noted at a measurement; a number never stands alone."""
    one, day = view.measurement, _day(view)
    who = one.who or danish().gettext(RESPONDENT_LABELS[one.respondent])
    told = (
        ("Med egne ord", one.own_words, one.own_words_by or who, True),
        ("Det har vi set", one.observation, one.observed_by or one.registered_by, False),
        ("Note", one.note, one.note_by or one.registered_by, False),
    )
    for scale in view.alarms:
        words = f"Der er svaret {figure_words(view.scores[scale.id])} til {scale.name.lower()}. Det er gjort: {one.safety}"
        yield SourcedPart("Sikkerhed", words, f"{one.registered_by}, {day}")
    if not any(words for _heading, words, _source, _quoted in told):
        text = (
            f"Til målingen {charts.when(view, danish()).lower()} er der ikke skrevet ord eller iagttagelser."
        )
        yield TextPart(text=text, muted=True)
    for heading, words, source, quoted in told:
        if words:
            yield SourcedPart(heading, f"»{words}«" if quoted else words, f"{source}, {day}", quoted)
    origin = "; ".join(
        part
        for part in (
            "udfyldt sammen" if one.together else "",
            f"scorerne er fra {one.came_from}" if one.came_from else "",
            f"registreret af {one.registered_by}" if one.registered_by else "",
        )
        if part
    )
    if origin:
        yield TextPart(text=f"Måling {day}: {origin}.", muted=True)


def _unanswered(found: CaseMeasures) -> Iterator[MeasurePart]:
    rows = []
    for view in reversed(found.taken):
        one = view.measurement
        if one.answered is not Answered.YES and view.instrument is not None:
            who = one.who or danish().gettext(RESPONDENT_LABELS[one.respondent])
            what = f"{danish().gettext(ANSWERED_LABELS[one.answered])}: {one.reason}"
            rows.append((_day(view), f"{view.instrument.name}, {who}", what))
    if rows:
        yield TablePart(
            ("Dag", "Måling", "Hvorfor der ikke er svar"), tuple(rows), (0.2, 0.3, 0.5), "Uden svar"
        )
    open_ = tuple(
        (p.instrument.name if p.instrument else "", p.plan.who or danish().gettext(RESPONDENT_LABELS[p.plan.respondent]),
         danish().gettext(PHASE_LABELS[p.plan.phase]), "" if p.plan.due is None else short_date(p.plan.due))
        for p in found.plans if p.plan.settled_on is None
    )  # fmt: skip
    if open_:
        yield TablePart(
            ("Skema", "Hvem svarer", "Fase", "Senest"), open_, (0.3, 0.32, 0.18, 0.2), "Mangler endnu"
        )


# --- A sheet to fill in --------------------------------------------------------------------------------------


def sheet_job(
    reader: Reader,
    shelf: Shelf,
    case: Id,
    instrument: str,
    respondent: Respondent,
    who: str = "",
    asked: str = "",
) -> PaperJob:
    """Return a sheet to take along: our own scales to draw a ring on, of any other boxes for the scores. Raises
    ``KeyError`` for an instrument there is not."""
    found, child = shelf.all[instrument], case_known(reader, case)
    pairs = (
        ("Barn", _name(child)),
        ("Hvem svarer", who or danish().gettext(RESPONDENT_LABELS[respondent])),
        ("Dato", "_" * 24),
    )
    parts: list[MeasurePart] = [PairsPart(pairs)]
    parts += _own(found, asked) if found.fill is Fill.SCREEN else _boxes(found)
    parts += [
        LinesPart(3, "Med dine egne ord", 9.0),
        LinesPart(3, "Det har vi set (hvem og hvornår)", 9.0),
        SignPart(("den, der har udfyldt arket sammen med borgeren",)),
    ]
    title = f"Måleark: {found.name}"
    return _job(reader, Paper.MEASUREMENT_SHEET, title, "measurement-sheet.pdf", parts, case, found.full_name)


def _own(found: Instrument, asked: str) -> Iterator[MeasurePart]:
    yield TextPart(text="Sæt en ring om det tal, der passer bedst lige nu. Der er ingen forkerte svar.")
    for scale in found.scales:
        points = _points(scale)
        if points:
            yield ScalePart(asked or scale.question or scale.name, points)
        else:
            yield TablePart(
                (scale.question or scale.name, range_words(scale)), (("", ""),), (0.8, 0.2), row_height=11
            )


def _points(scale: Scale) -> tuple[tuple[str, str], ...]:
    count = (scale.highest - scale.lowest) // scale.step + 1
    if count > MOST_POINTS:
        return ()
    values = [scale.lowest + n * scale.step for n in range(count)]
    return tuple(
        (figure_words(value), scale.words[n] if n < len(scale.words) else "")
        for n, value in enumerate(values)
    )


def _boxes(found: Instrument) -> Iterator[MeasurePart]:
    yield TextPart(text=found.help)
    if found.licence:
        yield TextPart(text=found.licence, muted=True)
    scales = (*found.shown, *(one for one in found.scales if one.alarm))
    rows = tuple((scale.name, _range(scale), "") for scale in scales)
    yield TablePart(("Skala", "Går fra-til", "Score"), rows, (0.55, 0.25, 0.2), row_height=9)
    if any(scale.alarm for scale in found.scales):
        yield LinesPart(2, "Er svaret over 0: det er gjort for sikkerheden", 9.0)


def _range(scale: Scale) -> str:
    points = ", ".join(f"{n}: {word}" for n, word in enumerate(scale.words, start=scale.lowest // ONE))
    return points or range_words(scale)


# --- Over several children -----------------------------------------------------------------------------------


def groups_job(reader: Reader, table: GroupTable) -> PaperJob:
    """Return measurements before and after over several children; ``table`` is one that may leave the house."""
    rows = tuple(
        (
            "\n".join(row.names), _mean(row.row.before.n, row.row.before.value, hidden=row.row.before.hidden),
            _mean(row.row.after.n, row.row.after.value, hidden=row.row.after.hidden), _pairs(row),
        )
        for row in table.rows
    )  # fmt: skip
    parts: list[MeasurePart] = [
        TextPart(text=f"**{danish().gettext(table.caution)}**"),
        TextPart(
            text="Gennemsnit af første måling før og sidste efter. »Parvis« er kun dem, der har begge. Grupper på under "
            f"{table.fewest} er skjult.",
            muted=True,
        ),
        TablePart(("Måling", "Før", "Efter", "Parvis"), rows, (0.35, 0.16, 0.16, 0.33)),
    ]
    return _job(
        reader, Paper.MEASUREMENT_GROUPS, "Målinger på tværs", "measurement-groups.pdf", parts, reader.author
    )


def _mean(n: int, value: int | None, *, hidden: bool) -> str:
    if hidden:
        return "skjult"
    return "ingen" if value is None else f"{figure_words(value)} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n})"


def _pairs(row: NamedRow) -> str:
    shown = row.row
    if shown.before_of_pairs.hidden:
        return "skjult"
    if shown.change is None:
        return "ingen"
    sign = "+" if shown.change > 0 else ""
    then, now = figure_words(shown.before_of_pairs.value), figure_words(shown.after_of_pairs.value)
    return f"fra {then} til {now} ({sign}{figure_words(shown.change)}), n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{shown.pairs}"


def _name(case: Case) -> str:
    return case.child_name or case.unborn_of


def _day(view: MeasurementView) -> str:
    return "" if view.measurement.taken_on is None else long_date(view.measurement.taken_on)


def _job(
    reader: Reader,
    kind: Paper,
    title: str,
    file: str,
    parts: list[MeasurePart],
    about: Id,
    standing: str = "",
) -> PaperJob:
    facts = MeasurePaperFacts(
        sender=papers.sender(reader), title=title, heading=title, dated=reader.today, parts=tuple(parts),
        standing=standing, letterhead=kind is Paper.MEASUREMENTS,
    )  # fmt: skip
    return PaperJob(kind, facts, file, "", about)
