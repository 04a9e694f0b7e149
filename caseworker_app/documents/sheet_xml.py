"""The cells of one sheet from its XML, in one pass: values, formulas without one, and merged cells.

openpyxl reads the book around it (which sheets, which styles are dates). Its own way through the cells takes twice the
time a preview may take for 10,000 rows, as an object is made of every element.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from caseworker_app.domain.sheets import MOST_COLUMNS, Cell, Unread

_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SPAN: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


class NoSheet(ValueError):
    """The XML is not that of a sheet, or says something no spreadsheet writes."""


@dataclass
class Cells:
    """What stands in a sheet: rows by their number, in which cells a formula stands, what is merged.

    ``merged`` has (first row, last row, column) of what runs over several rows; columns are counted from 0.
    """

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    formulas: int = 0
    unread: int = 0
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    any_merged: bool = False


def strings(data: bytes) -> list[str]:
    """Return the book's table of texts. Raises :class:`NoSheet`."""
    found: list[str] = []
    said: list[str] = []
    deep = [False, False]  # in a text, in how it is spoken (the furigana of Japanese names)

    def start(name: str, _attributes: Mapping[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "si":
                said.clear()
            case "t":
                deep[0] = not deep[1]
            case "rPh":
                deep[1] = True

    def end(name: str) -> None:
        match name.rpartition(":")[2]:
            case "si":
                found.append("".join(said))
            case "t":
                deep[0] = False
            case "rPh":
                deep[1] = False

    def text(words: str) -> None:
        if deep[0]:
            said.append(words)

    _parse(data, start, end, text)
    return found


def cells(data: bytes, texts: Sequence[str], dates: frozenset[int], epoch: dt.date, most: int) -> Cells:
    """Return the cells of a sheet; ``dates`` are the styles that show a number as a day, ``most`` where to stop.

    The result may hold one row more than ``most``: whoever asks refuses it. Raises :class:`NoSheet`.
    """
    reading = _Reading(texts, dates, epoch, most)
    try:
        _parse(data, reading.start, reading.end, reading.text)
    except _Enough:
        pass
    except (IndexError, ValueError, OverflowError):
        raise NoSheet from None
    return reading.made


class _Enough(Exception):
    """More rows than are wanted."""


def _parse(data: bytes, start: object, end: object, text: object) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end  # type: ignore[assignment] # typeshed: None only
    parser.CharacterDataHandler = text  # type: ignore[assignment] # the same
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise NoSheet from None


def _refuse(*_declared: object) -> None:
    """A sheet declares no document type; one that does is made to do harm."""
    raise NoSheet


class _Reading:
    """What is known while a sheet is read."""

    def __init__(self, texts: Sequence[str], dates: frozenset[int], epoch: dt.date, most: int) -> None:
        self.made = Cells()
        self._texts, self._dates, self._epoch, self._most = texts, dates, epoch, most
        self._row, self._column = 0, -1
        self._kind, self._style = "n", 0
        self._said: list[str] = []
        self._listening = self._formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        bare = name.rpartition(":")[2]
        if bare == "c":
            self._place(attributes.get("r"))
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self._said.clear()
            self._formula = False
        elif bare in ("v", "t"):
            self._listening = True
        elif bare == "f":
            self._formula = True
        elif bare == "row":
            number = attributes.get("r")
            self._row = int(number) if number else self._row + 1
            self._column = -1
        elif bare == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _place(self, place: str | None) -> None:
        found = None if place is None else _PLACE.fullmatch(place)
        self._column = self._column + 1 if found is None else _column(found[1])

    def _merge(self, span: str) -> None:
        self.made.any_merged = True
        found = _SPAN.fullmatch(span)
        if found is not None and int(found[4]) > int(found[2]):
            self.made.merged.append((int(found[2]), int(found[4]), _column(found[1])))

    def text(self, words: str) -> None:
        if self._listening:
            self._said.append(words)

    def end(self, name: str) -> None:
        bare = name.rpartition(":")[2]
        if bare in ("v", "t"):
            self._listening = False
        elif bare == "c":
            self._keep()

    def _keep(self) -> None:
        said = "".join(self._said)
        value: Cell = self._value(said) if said else None
        if self._formula:
            self.made.formulas += 1
            if value is None and self._kind != "str":
                value = Unread.FORMULA
                self.made.unread += 1
        if value is None or self._column >= MOST_COLUMNS:
            return
        row = self.made.rows.get(self._row)
        if row is None:
            if len(self.made.rows) > self._most:
                raise _Enough
            row = self.made.rows[self._row] = {}
        row[self._column] = value

    def _value(self, said: str) -> Cell:
        match self._kind:
            case "s":
                return self._texts[int(said)].strip() or None
            case "str" | "inlineStr":
                return said.strip() or None
            case "b":
                return said.strip() == "1"
            case "e":
                return Unread.ERROR
            case "d":
                return dt.date.fromisoformat(said[:10])
        number = float(said)
        if self._style in self._dates:
            return self._day(number)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _day(self, number: float) -> Cell:
        if not 1 <= number < 2_958_466:  # a time of day alone, or a day after the year 9999
            return number
        early = number < 60 and self._epoch.year == 1899  # the calendar has a 29 February 1900 that never was
        return self._epoch + dt.timedelta(days=int(number) + early)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
