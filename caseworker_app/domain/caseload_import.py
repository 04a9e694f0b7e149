"""What each row of a list says of a child, or why it cannot be read.

Nothing is bent: a number, a day or a step that cannot be read makes the row one to be put right in the list, with its
reason. What is doubtful but can be read is said beside the row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from caseworker_app.domain.case import Address
from caseworker_app.domain.caseload_columns import MEANING_LABELS, Columns, Meaning
from caseworker_app.domain.cpr import parse
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.person import Role
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.sheets import Cell, Line, Unread
from caseworker_app.domain.typed_dates import parse_date
from caseworker_app.domain.typed_text import tidied

LONGEST: Final = 200
LONGEST_NOTE: Final = 20_000
_NO: Final = frozenset({"nej", "n", "no", "0", "false", "falsk", "-", "ingen"})
_TOTAL: Final = re.compile(r"(?i)(i alt|total|sum|antal|subtotal)\b")
_WITH_TOWN: Final = re.compile(r"(?s)(.+?)[,\n]\s*(?:DK-)?([0-9]{4})\s+(.+)")
_POSTCODE: Final = re.compile(r"(?:DK-)?([0-9]{4})(?:\s+(.+))?")
_STEP: Final = re.compile(r"(?i)(?:trin|step)?\s*([0-9]+)\.?(?:\s*[-–:]?\s*[^\W\d].*)?")
_CLOCK: Final = re.compile(r"(?:T|\s+|\s*kl\.?\s*)[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\.[0-9]+)?Z?$")
_WHOLE_DATE: Final = re.compile(
    r"(?i).*[0-9]{1,4}\s*[-./ ]\s*[0-9]{1,2}\s*[-./ ]\s*[0-9]{2,4}|[0-9]{6}|[0-9]{8}"
    r"|.*[0-9]{1,2}\.? ?[a-zæøå]{3,}[.,]? [0-9]{2,4}"
)
_PHONE_AT_END: Final = re.compile(r"(?i)[,;/\s]*(?:tlf|telefon|mobil)?[.:]?\s*((?:\+45\s*)?(?:[0-9]\s?){8})$")
_PLAIN: Final[Mapping[Meaning, str]] = {
    Meaning.UNBORN_OF: "unborn_of",
    Meaning.PHONE: "phone",
    Meaning.SCHOOL: "school",
    Meaning.SCHOOL_CLASS: "school_class",
    Meaning.DISTRICT: "district",
    Meaning.LANGUAGE: "language",
    Meaning.RECORD_NUMBER: "record_number",
}


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row: fields of a case and of the parents' cards; ``problems`` say why it cannot be brought in."""

    number: int
    values: Mapping[str, Any]
    parents: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Phrase, ...] = ()
    hints: tuple[Phrase, ...] = ()
    name: str = ""


@dataclass
class _Reading:
    """A row while it is read."""

    line: Line
    columns: Columns
    today: dt.date
    epoch: dt.date
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Phrase] = field(default_factory=list)
    hints: list[Phrase] = field(default_factory=list)

    def cell(self, meaning: Meaning) -> Cell:
        """Return what stands under a heading; ``None`` for nothing, or what cannot be known, which is said."""
        if meaning not in self.columns.columns:
            return None
        column = self.columns.columns.index(meaning)
        value = self.line.cells[column] if column < len(self.line.cells) else None
        if value is Unread.FORMULA:
            self.trouble(meaning, N_("{column}: a formula without a result."))
            return None
        if value is Unread.ERROR:
            self.trouble(meaning, N_("{column}: a formula that came to no result."))
            return None
        return value

    def trouble(self, meaning: Meaning, msgid: str, **values: object) -> None:
        """Say why the row cannot be brought in."""
        self.problems.append(Phrase(msgid, {"column": Phrase(MEANING_LABELS[meaning]), **values}))

    def text(self, meaning: Meaning, longest: int = LONGEST) -> str:
        """Return what stands under a heading as text."""
        words = tidied(written(self.cell(meaning)), lines=longest > LONGEST)
        if len(words) > longest:
            self.trouble(
                meaning,
                N_("{column}: {length} characters; there is room for {longest}."),
                length=len(words),
                longest=longest,
            )
            return ""
        return words

    def day(self, meaning: Meaning, *, past: bool) -> dt.date | None:
        """Return the day under a heading."""
        cell = self.cell(meaning)
        if cell is None:
            return None
        day = read_day(cell, self.today, self.epoch)
        if day is None:
            self.trouble(meaning, N_("{column}: this is not a whole date. Write day, month and year."))
        elif past and day > self.today:
            self.trouble(meaning, N_("{column}: the day lies in the future."))
            return None
        return day


def read_row(line: Line, columns: Columns, today: dt.date, epoch: dt.date) -> RowRead:
    """Return what a row says."""
    it = _Reading(line, columns, today, epoch)
    name = _name(it)
    it.values["child_name"] = name
    for meaning, target in _PLAIN.items():
        if words := it.text(meaning):
            it.values[target] = words
    _number_and_birth(it)
    _address(it)
    _case(it)
    parents = tuple(
        card
        for role, who, phone in (
            (Role.MOTHER, Meaning.MOTHER, Meaning.MOTHER_PHONE),
            (Role.FATHER, Meaning.FATHER, Meaning.FATHER_PHONE),
        )
        if (card := _parent(it, role, who, phone))
    )
    if not name and not it.values.get("unborn_of") and not it.problems:
        it.problems.append(Phrase(N_("There is no name in the row.")))
    kept = {target: value for target, value in it.values.items() if value not in ("", None)}
    called = name or str(it.values.get("unborn_of", ""))
    return RowRead(line.number, kept, parents, tuple(it.problems), tuple(it.hints), called)


def written(cell: Cell) -> str:
    """Return a cell as a person would write it."""
    if cell is None or isinstance(cell, Unread):
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, dt.date):
        return f"{cell.day:02d}-{cell.month:02d}-{cell.year:04d}"
    return str(cell)


def read_day(cell: Cell, today: dt.date, epoch: dt.date) -> dt.date | None:
    """Return the day in a cell: a day, a spreadsheet's serial number, or text in a Danish form with its year.

    ``None`` for what is no whole date: nobody knows which year "21/11" meant in a list.
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        whole = int(cell)
        if 1 <= whole <= (today - epoch).days + 400:
            return epoch + dt.timedelta(days=whole)
        cell = str(whole).zfill(8 if whole > 999_999 else 6) if whole > 0 else ""
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    typed = _CLOCK.sub("", cell.strip())
    if typed.isascii() and typed.isdigit() and len(typed) == 5:
        return read_day(int(typed), today, epoch)
    if not _WHOLE_DATE.fullmatch(typed):
        return None
    try:
        day = parse_date(typed, today, lean="back")
    except InvalidInput:
        return None
    two_digits = re.search(r"(?<![0-9])[0-9]{2}$|^[0-9]{6}$", typed) is not None
    if day > today and two_digits and day.year > today.year + 1:
        return day.replace(year=day.year - 100) if (day.month, day.day) != (2, 29) else None
    return day


def _name(it: _Reading) -> str:
    whole = it.text(Meaning.NAME)
    last, comma, first = whole.partition(",")
    if comma and "," not in first and first.strip() and last.strip():
        whole = f"{first.strip()} {last.strip()}"
    if not whole:
        whole = " ".join(part for part in (it.text(Meaning.FIRST_NAME), it.text(Meaning.LAST_NAME)) if part)
    if whole and (_TOTAL.match(whole) or not any(letter.isalpha() for letter in whole)):
        it.problems.append(Phrase(N_("What stands where the name should be is none.")))
        return ""
    return whole


def _number_and_birth(it: _Reading) -> None:
    born = it.day(Meaning.BORN, past=True)
    cell = it.cell(Meaning.NUMBER)
    typed = written(cell).strip()
    if re.fullmatch(r"[0-9][.,][0-9]+E\+?[0-9]+", typed, re.IGNORECASE):
        it.trouble(
            Meaning.NUMBER, N_("{column}: the spreadsheet has shortened the number. Write it as text.")
        )
        return
    if typed:
        if typed.isascii() and typed.isdigit() and len(typed) == 9:
            typed = typed.zfill(10)  # a spreadsheet takes it for an amount, and drops the nought before it
        try:
            number = parse(typed, it.today)
        except InvalidInput as problem:
            it.trouble(Meaning.NUMBER, N_("{column}: {why}"), why=Phrase(problem.message, problem.values))
            return
        if born is not None and born != number.birth_date:
            it.trouble(
                Meaning.BORN, N_("{column}: the birth date and the CPR number say two different days.")
            )
        it.values["person_number"], born = number.normalised, number.birth_date
        if number.checksum_warning:
            it.hints.append(Phrase(N_("The check digit does not fit; that is so for some real numbers.")))
    it.values["born"] = born
    term = it.day(Meaning.TERM, past=False)
    if term is not None and born is None:
        it.values["term"] = term
    if not typed and born is None and term is None:
        it.hints.append(Phrase(N_("Neither CPR number nor birth date.")))


def _address(it: _Reading) -> None:
    street, city = it.text(Meaning.ADDRESS, LONGEST * 3), it.text(Meaning.CITY)
    code = it.text(Meaning.POSTCODE)
    if code.isascii() and code.isdigit() and len(code) < 4:
        code = code.zfill(4)
    if (found := _POSTCODE.fullmatch(code)) is not None:
        code, city = found[1], city or (found[2] or "")
    if not code and (within := _WITH_TOWN.fullmatch(street)) is not None:
        street, code, city = within[1], within[2], city or within[3]
    street = tidied(street, lines=False)
    if len(street) > LONGEST:
        it.trouble(
            Meaning.ADDRESS,
            N_("{column}: {length} characters; there is room for {longest}."),
            length=len(street),
            longest=LONGEST,
        )
        return
    said = it.text(Meaning.PROTECTED).casefold()
    if (said and said not in _NO) or "beskyt" in f"{street} {city}".casefold():
        it.values["address_protected"] = True
        it.hints.append(Phrase(N_("Taken as name and address protection.")))
    it.values["address"] = Address(street, code, tidied(city, lines=False)) or None


def _case(it: _Reading) -> None:
    opened = it.day(Meaning.OPENED, past=True)
    if opened is not None:
        it.values["opened_on"] = opened
    step = it.text(Meaning.STEP)
    if step:
        found = _STEP.fullmatch(step)
        if found is None or not 1 <= int(found[1]) <= 6:
            it.trouble(Meaning.STEP, N_("{column}: the ladder has the steps 1 to 6."))
        else:
            it.values["step"] = int(found[1])
    intervention, note = it.text(Meaning.INTERVENTION), it.text(Meaning.NOTE, LONGEST_NOTE)
    said = f"Indsats ifølge listen: {intervention}" if intervention else ""
    it.values["note"] = "\n".join(part for part in (said, note) if part)


def _parent(it: _Reading, role: Role, who: Meaning, phone: Meaning) -> dict[str, Any]:
    name, number = it.text(who), it.text(phone)
    if not number and (found := _PHONE_AT_END.search(name)) is not None:
        number, name = found[1].strip(), name[: found.start()].rstrip(" ,;/")
    if not name and not number:
        return {}
    called = name or ("Mor" if role is Role.MOTHER else "Far")
    return {"name": called, "role": role, **({"phone": number} if number else {})}
