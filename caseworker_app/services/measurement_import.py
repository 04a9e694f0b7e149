"""Scores from a list (.csv or .xlsx) of another system: looked at row for row, then brought in as one act.

A row is one measurement. Columns are known by their headings: skema, dato, fase, hvem svarer, navn, cpr, egne ord, note,
and one a scale by its name. A row of another child, or one that is there already, is left out and said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import ONE, TOTAL, Instrument, Respondent, to_lines
from caseworker_app.domain.measurement import Measurement, Phase
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.sheets import Cell, Line, Sheet
from caseworker_app.domain.typed_dates import parse_date
from caseworker_app.domain.typed_numbers import hundredths
from caseworker_app.services import measurements
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.measurements_missing import key_of
from caseworker_app.services.plain_records import case_known
from caseworker_app.services.ports import Reader, Writer

_HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    "instrument": frozenset({"skema", "måling", "instrument", "måleredskab", "redskab"}),
    "taken_on": frozenset({"dato", "dag", "besvaret den", "taget den", "date"}),
    "phase": frozenset({"fase", "tidspunkt", "phase", "måletidspunkt"}),
    "respondent": frozenset({"hvem svarer", "hvem svarede", "besvaret af", "respondent", "svarer", "rolle"}),
    "who": frozenset({"navn", "name", "svarers navn"}),
    "number": frozenset({"cpr", "cpr-nummer", "cpr nummer", "cpr-nr", "cpr-nr.", "cpr. nr.", "cpr nr.", "personnummer"}),
    "own_words": frozenset({"egne ord", "borgerens egne ord", "own words"}),
    "observation": frozenset({"observation", "observationer", "iagttagelse", "det er set"}),
    "note": frozenset({"note", "bemærkning", "bemærkninger", "kommentar"}),
    "safety": frozenset({"sikkerhed", "safety", "gjort for sikkerheden"}),
    "came_from": frozenset({"kilde", "source", "system"}),
}  # fmt: skip
_TOTALS: Final = frozenset({"total", "samlet", "samlet score", "i alt", "totalscore"})
_SCORES: Final = frozenset({"score", "point", "resultat"})
_PHASES: Final[Mapping[str, Phase]] = {
    "før": Phase.BEFORE, "start": Phase.BEFORE, "before": Phase.BEFORE, "førmåling": Phase.BEFORE, "opstart": Phase.BEFORE,
    "undervejs": Phase.DURING, "midtvejs": Phase.DURING, "during": Phase.DURING, "midt": Phase.DURING,
    "efter": Phase.AFTER, "slut": Phase.AFTER, "after": Phase.AFTER, "eftermåling": Phase.AFTER, "afslutning": Phase.AFTER,
}  # fmt: skip
_PEOPLE: Final[Mapping[str, Respondent]] = {
    "barn": Respondent.CHILD, "barnet": Respondent.CHILD, "den unge": Respondent.CHILD, "ung": Respondent.CHILD,
    "selv": Respondent.CHILD, "elev": Respondent.CHILD, "child": Respondent.CHILD,
    "mor": Respondent.MOTHER, "moren": Respondent.MOTHER, "mother": Respondent.MOTHER,
    "far": Respondent.FATHER, "faren": Respondent.FATHER, "father": Respondent.FATHER,
    "forælder": Respondent.PARENT, "forældre": Respondent.PARENT, "parent": Respondent.PARENT,
    "skole": Respondent.SCHOOL, "lærer": Respondent.SCHOOL, "dagtilbud": Respondent.SCHOOL, "pædagog": Respondent.SCHOOL,
    "teacher": Respondent.SCHOOL, "school": Respondent.SCHOOL,
    "professionel": Respondent.PROFESSIONAL, "rådgiver": Respondent.PROFESSIONAL, "konsulent": Respondent.PROFESSIONAL,
    "sundhedsplejerske": Respondent.PROFESSIONAL, "professional": Respondent.PROFESSIONAL,
}  # fmt: skip


class RowState(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row as it would come in; ``problem`` says why it does not."""

    number: int
    state: RowState
    found: Measurement | None = None
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A list as it would come in. ``unknown`` are headings that mean nothing in any row."""

    rows: tuple[ImportRow, ...]
    unknown: tuple[str, ...]

    @property
    def new(self) -> tuple[ImportRow, ...]:
        """The rows that would come in."""
        return tuple(row for row in self.rows if row.state is RowState.NEW)

    def count(self, state: RowState) -> int:
        """Return how many rows are of a kind."""
        return sum(row.state is state for row in self.rows)


def preview(reader: Reader, shelf: Shelf, case: Id, sheet: Sheet, instrument: str = "") -> ImportPreview:
    """Return what each row would become; nothing is written. ``instrument`` is the one of rows that name none.

    Raises :class:`UserError` for a list without headings that are known.
    """
    found = case_known(reader, case)
    at, columns = _columns(sheet)
    rows: list[ImportRow] = []
    used: set[str] = set()
    seen: set[tuple[object, ...]] = set()
    for line in sheet.lines[at + 1 :]:
        row = _row(reader, shelf, found, sheet, _cells(columns, line), line.number, instrument, used)
        if row.found is not None and row.state is RowState.NEW:
            key = (row.found.taken_on, row.found.phase, *key_of(row.found))
            if key in seen:
                row = ImportRow(line.number, RowState.SAME, row.found, _TWICE)
            seen.add(key)
        rows.append(row)
    known = {heading for headings in _HEADINGS.values() for heading in headings}
    unknown = tuple(name for name in columns if name not in known and name not in used)
    return ImportPreview(tuple(rows), unknown)


def bring(
    writer: Writer, shelf: Shelf, case: Id, sheet: Sheet, lines: Collection[int], instrument: str = ""
) -> int:
    """Bring in the rows of some lines as one act; return how many came. A row that is none any more is left out."""
    rows = [row for row in preview(writer, shelf, case, sheet, instrument).new if row.number in lines]
    if not rows:
        raise UserError("There is no row to fetch.", "Look at why each of them is left out.")
    writer.act("Fetch measurements from a list")
    for row in rows:
        assert row.found is not None, "a new row is a measurement"
        measurements.keep(writer, row.found)
    return len(rows)


_TWICE: Final = UserError(N_("This row stands in the list twice."))


def _columns(sheet: Sheet) -> tuple[int, tuple[str, ...]]:
    """Return where the headings stand and what they are, in small letters. Raises :class:`UserError` when none is known."""
    for at, line in enumerate(sheet.lines[:20]):
        names = tuple(_plain(cell) for cell in line.cells)
        if sum(any(name in known for known in _HEADINGS.values()) for name in names) and len(set(names)) > 1:
            return at, names
    raise UserError(
        "The list has no headings that are known.",
        "The first row must say what stands in each column: skema, dato, fase, hvem svarer, and the name of each scale.",
    )


def _cells(columns: tuple[str, ...], line: Line) -> dict[str, Cell]:
    return {
        name: cell for name, cell in zip(columns, line.cells, strict=False) if name and cell not in (None, "")
    }


def _row(
    reader: Reader,
    shelf: Shelf,
    case: Case,
    sheet: Sheet,
    cells: Mapping[str, Cell],
    number: int,
    otherwise: str,
    used: set[str],
) -> ImportRow:
    try:
        values, instrument = _values(reader, shelf, sheet, cells, otherwise)
        if _another_child(case, cells):
            return ImportRow(number, RowState.OTHER, None, UserError("This row is about another child."))
        scores, names = _scores(instrument, cells)
        used |= names
        found = measurements.would_be(reader, shelf, case.id, {**values, "scores": to_lines(scores)})
    except InvalidInput as problem:
        same = problem.message == "This measurement is registered already."
        return ImportRow(number, RowState.SAME if same else RowState.BAD, None, problem)
    return ImportRow(number, RowState.NEW, found)


def _values(
    reader: Reader, shelf: Shelf, sheet: Sheet, cells: Mapping[str, Cell], otherwise: str
) -> tuple[dict[str, Any], Instrument]:
    said = {name: _said(cells, headings) for name, headings in _HEADINGS.items()}
    instrument = _instrument(shelf, said["instrument"], otherwise)
    values: dict[str, Any] = {
        name: " ".join(str(said[name]).split())
        for name in ("who", "own_words", "observation", "note", "safety", "came_from")
        if said[name] is not None
    }
    values["instrument"] = instrument.id
    values["taken_on"] = _day(said["taken_on"], reader.today, sheet.epoch)
    values["phase"] = _one_of(said["phase"], _PHASES, "phase", Phase.DURING)
    values["respondent"] = _one_of(said["respondent"], _PEOPLE, "respondent", instrument.respondents[0])
    return values, instrument


def _said(cells: Mapping[str, Cell], headings: Collection[str]) -> Cell:
    return next((cells[name] for name in cells if name in headings), None)


def _instrument(shelf: Shelf, said: Cell, otherwise: str) -> Instrument:
    name = _plain(said)
    if not name:
        found = shelf.get(otherwise)
        if found is None:
            raise InvalidInput(
                "instrument", "The row does not say which instrument it is.", "Choose it above."
            )
        return found
    for one in shelf.all.values():
        if name in {
            one.id.casefold(),
            one.name.casefold(),
            one.full_name.casefold(),
            one.name.split(" (")[0].casefold(),
        }:
            return one
    raise InvalidInput("instrument", "There is no instrument called {name}.", name=str(said))


def _day(said: Cell, today: dt.date, epoch: dt.date) -> dt.date:
    if isinstance(said, dt.datetime):
        return said.date()
    if isinstance(said, dt.date):
        return said
    if isinstance(said, int | float) and not isinstance(said, bool) and 20_000 < said < 80_000:
        return epoch + dt.timedelta(days=int(said))
    if said is None:
        raise InvalidInput("taken_on", "The row has no day.")
    return parse_date(str(said), today, lean="back", field="taken_on")


def _one_of(said: Cell, words: Mapping[str, Any], field: str, otherwise: Any) -> Any:
    name = _plain(said)
    if not name:
        return otherwise
    if name not in words:
        raise InvalidInput(field, "{word} is no word that is known here.", word=str(said))
    return words[name]


def _another_child(case: Case, cells: Mapping[str, Cell]) -> bool:
    said = "".join(
        letter for letter in str(_said(cells, _HEADINGS["number"]) or "") if letter.isalnum()
    ).upper()
    return bool(said) and said.zfill(10) != case.person_number


def _scores(instrument: Instrument, cells: Mapping[str, Cell]) -> tuple[dict[str, int], set[str]]:
    """Return the scores of a row, and under which headings they stood."""
    found: dict[str, int] = {}
    used: set[str] = set()
    scales = (*instrument.scales, *(one for one in (instrument.scale(TOTAL),) if one is not None))
    for scale in scales:
        names = {scale.id.casefold(), scale.name.casefold()}
        if scale.id == TOTAL:
            names |= _TOTALS
        elif len(instrument.shown) == 1 and not scale.alarm:
            names |= _TOTALS | _SCORES
        heading = next((name for name in cells if name in names), None)
        if heading is None:
            continue
        used.add(heading)
        found[scale.id] = _score(cells[heading], scale.name)
    return found, used


def _score(cell: Cell, name: str) -> int:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        exact = round(cell * ONE)
        if abs(exact - cell * ONE) < 1e-6:
            return exact
    try:
        value = hundredths(str(cell), "scores")
    except InvalidInput:
        value = None
    if value is None:
        raise InvalidInput("scores", "{name} is no figure.", name=name)
    return value


def _plain(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split()).casefold()
