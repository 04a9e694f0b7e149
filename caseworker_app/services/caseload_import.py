"""The caseload from a list: looked at first, row for row, then brought in whole or not at all.

Each case is an act of its own, so that it can be undone and read in the history alone; all of them lie in one
transaction, so that a list is never half there. A :class:`CaseImport` names them, and takes all of them back at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from caseworker_app.domain.case import Case
from caseworker_app.domain.case_import import CaseImport
from caseworker_app.domain.caseload_columns import Columns, Meaning
from caseworker_app.domain.caseload_import import RowRead, read_row
from caseworker_app.domain.cpr import mask
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.sheets import Book, Line, Sheet
from caseworker_app.services import cases, office
from caseworker_app.services.entries import own_stream
from caseworker_app.services.ports import Progress, Reader, Writer


class SheetReader(Protocol):
    """Reads lists, in the worker process."""

    def read_sheet(self, name: str, data: bytes) -> Book:
        """Return what stands in a list. Raises :class:`UserError` when it cannot be read."""


class RowState(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    """Possibly a child that has a case already, or stands in the list twice: it is chosen whether it is brought in."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it would come in. ``same`` are the cases it may be, ``twice`` the line of the list it repeats."""

    read: RowRead
    state: RowState
    same: tuple[tuple[Id, str], ...] = ()
    twice: int | None = None

    @property
    def number(self) -> int:
        """The line, as the spreadsheet counts."""
        return self.read.number

    @property
    def masked(self) -> str:
        """The personal number as it is shown until it is asked for."""
        number = str(self.read.values.get("person_number", ""))
        return mask(number) if number else ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it would come in; nothing has been written. ``headings`` are the words over the columns, ``above`` the
    number of rows over them, ``room`` how many cases fit below the limit (``None`` without one)."""

    columns: Columns
    headings: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    above: int
    room: int | None

    def count(self, state: RowState) -> int:
        """Return how many rows are of a kind."""
        return sum(row.state is state for row in self.rows)

    @property
    def first_choice(self) -> frozenset[int]:
        """The lines brought in unless something else is chosen: the new ones."""
        return frozenset(row.number for row in self.rows if row.state is RowState.NEW)

    def over(self, chosen: int) -> int:
        """Return how many of so many chosen rows would stand above the limit."""
        return 0 if self.room is None else max(0, chosen - self.room)

    @property
    def lacks_name(self) -> bool:
        """Whether no column is the child's name: it has to be said which one is."""
        named = (Meaning.NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.UNBORN_OF)
        return not any(self.columns.means(meaning) for meaning in named)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in: the import, its cases, and how many of them stand above the limit."""

    id: Id
    cases: tuple[Id, ...]
    above: int


# --- Looking ---------------------------------------------------------------------------------------------------


def preview(reader: Reader, sheet: Sheet, columns: Columns) -> Preview:
    """Return what each row of a sheet would become; nothing is written."""
    begin = 0 if columns.header is None else columns.header + 1
    known = _Known(reader.find(Case))
    rows = []
    heading = None if columns.header is None else sheet.lines[columns.header].cells
    for line in sheet.lines[begin:]:
        rows.append(known.judge(_read(line, columns, heading, reader.today, sheet.epoch)))
    most = office.limit(office.house(reader))
    room = None if most is None else max(0, most - cases.active_count(reader))
    return Preview(columns, _headings(sheet, columns), tuple(rows), max(0, begin - 1), room)


def _read(line: Line, columns: Columns, heading: object, today: dt.date, epoch: dt.date) -> RowRead:
    if line.cells == heading:
        return RowRead(line.number, {}, problems=(Phrase(N_("The headings stand here once more.")),))
    return read_row(line, columns, today, epoch)


def _headings(sheet: Sheet, columns: Columns) -> tuple[str, ...]:
    cells = () if columns.header is None else sheet.lines[columns.header].cells
    return tuple(str(cells[n]) if n < len(cells) and cells[n] else "" for n in range(len(columns.columns)))


class _Known:
    """The children there are already, and those met in the list so far, found by number and by name."""

    def __init__(self, there: Collection[Case]) -> None:
        self._numbers: dict[str, list[Case]] = {}
        self._names: dict[str, list[Case]] = {}
        self._met_numbers: dict[str, int] = {}
        self._met_names: dict[str, list[tuple[Any, int]]] = {}
        for case in there:
            self._numbers.setdefault(case.person_number, []).append(case)
            self._names.setdefault(_letters(case.child_name), []).append(case)

    def judge(self, read: RowRead) -> PreviewRow:
        """Return a row with what becomes of it."""
        if read.problems:
            return PreviewRow(read, RowState.BAD)
        same = tuple((case.id, cases.display_name(case)) for case in self._same(read))
        twice = self._met(read)
        state = RowState.SAME if same or twice is not None else RowState.NEW
        return PreviewRow(read, state, same, twice)

    def _same(self, read: RowRead) -> list[Case]:
        """Return the cases it may be, judged as :func:`cases.possible_duplicates` does."""
        number, born = str(read.values.get("person_number", "")), read.values.get("born")
        found = list(self._numbers.get(number, ())) if number else []
        letters = _letters(str(read.values.get("child_name", "")))
        for case in self._names.get(letters, ()) if letters else ():
            both = number and case.person_number
            if not both and (born is None or case.born in (None, born)) and case not in found:
                found.append(case)
        return found

    def _met(self, read: RowRead) -> int | None:
        """Return the line of the list that this one repeats, and remember it."""
        number, born = str(read.values.get("person_number", "")), read.values.get("born")
        if number:
            if number in self._met_numbers:
                return self._met_numbers[number]
            self._met_numbers[number] = read.number
        letters = _letters(str(read.values.get("child_name", "")))
        if not letters:
            return None
        there = self._met_names.setdefault(letters, [])
        for (other_number, other_born), line in there:
            if not (number and other_number) and (born is None or other_born in (None, born)):
                return line
        there.append(((number, born), read.number))
        return None


def _letters(name: str) -> str:
    return sort_key(name).partition("\x01")[0]


# --- Bringing in -----------------------------------------------------------------------------------------------


def bring_in(
    writer: Writer, looked_at: Preview, chosen: Collection[int], progress: Progress | None = None
) -> Brought:
    """Bring the chosen lines in, in their order. Cases above the limit come in too, marked so.

    Raises :class:`UserError` when nothing is chosen, when a row is chosen that cannot be read, or when a case has come
    meanwhile that a row may be; then nothing is written.
    """
    wanted = [row for row in looked_at.rows if row.number in chosen]
    if not wanted or any(row.state is RowState.BAD for row in wanted):
        raise UserError(
            N_("There is nothing to fetch in what is chosen."),
            N_("Choose at least one row that can be read."),
        )
    known = _Known(writer.find(Case))
    for row in wanted:
        now = known.judge(row.read)
        if {one for one, _name in now.same} - {one for one, _name in row.same}:
            raise UserError(
                N_("Meanwhile a case has come that line {line} may be."),
                N_("Nothing was fetched. Look at the list once more."),
                line=row.number,
            )
    made: list[Id] = []
    above = 0
    for done, row in enumerate(wanted, start=1):
        case = _bring(writer, row.read)
        made.append(case.id)
        above += case.above_limit
        if progress is not None:
            progress(done, len(wanted))
    named = writer.new_id()
    writer.act("Fetch cases from a list", final=True)
    writer.create(
        CaseImport(id=named, stream=own_stream(writer), brought_on=writer.today, cases=frozenset(made))
    )
    writer.flush()
    return Brought(named, tuple(made), above)


def _bring(writer: Writer, read: RowRead) -> Case:
    """Write one case with the parents' cards, as one act."""
    case = cases.opened(writer, read.values, arrives=True)
    for values in read.parents:
        writer.create(Person(id=writer.new_id(), stream=case.stream, **values))
    writer.act("Fetch a case from a list")
    writer.flush()
    return case


# --- Taking back -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """The latest import that still has cases: when, which, and how many have been worked on since."""

    id: Id
    brought_on: dt.date | None
    cases: tuple[Case, ...]
    worked_on: frozenset[Id]

    @property
    def untouched(self) -> int:
        """How many cases would be taken back."""
        return len(self.cases) - len(self.worked_on)


def latest(reader: Reader) -> Fetched | None:
    """Return the latest import of which something can be taken back, ``None`` when there is none."""
    for found in reversed(reader.find(CaseImport)):
        there = [
            case for one in found.cases if (case := reader.get(Case, one)) is not None and not case.cancelled
        ]
        worked_on = frozenset(case.id for case in there if _worked_on(reader, case))
        if len(there) > len(worked_on):
            return Fetched(found.id, found.brought_on, tuple(there), worked_on)
    return None


def _worked_on(reader: Reader, case: Case) -> bool:
    """Whether anything was done in a case since it came from the list: its log holds its key and that one act."""
    return len(reader.history(stream=case.stream, limit=3)) > 2


def take_back(writer: Writer, found: Id) -> tuple[int, int]:
    """Take back what came from one list; return how many cases went, and how many stay because of work in them.

    One act: what is taken back comes again with a redo. Raises ``KeyError`` when there is no such import.
    """
    named = writer.get(CaseImport, found)
    if named is None:
        raise KeyError("no such import")
    gone = stay = 0
    writer.act("Take back the cases of a list")
    for one in sorted(named.cases):
        case = writer.get(Case, one)
        if case is None or case.cancelled:
            continue
        if _worked_on(writer, case):
            stay += 1
            continue
        for person in writer.find(Person, stream=case.stream):
            writer.cancel(Person, person.id)
        writer.cancel(Case, case.id)
        gone += 1
    return gone, stay
