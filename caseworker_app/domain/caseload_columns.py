"""Which column of a list from outside is what: guessed from its headings, or from what stands in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseworker_app.domain.phrases import N_
from caseworker_app.domain.sheets import Cell, Line, Sheet


class Meaning(StrEnum):
    """What a column holds."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    NUMBER = "number"
    BORN = "born"
    TERM = "term"
    UNBORN_OF = "unborn_of"
    ADDRESS = "address"
    POSTCODE = "postcode"
    CITY = "city"
    PROTECTED = "protected"
    PHONE = "phone"
    SCHOOL = "school"
    SCHOOL_CLASS = "school_class"
    DISTRICT = "district"
    LANGUAGE = "language"
    MOTHER = "mother"
    MOTHER_PHONE = "mother_phone"
    FATHER = "father"
    FATHER_PHONE = "father_phone"
    RECORD_NUMBER = "record_number"
    OPENED = "opened"
    STEP = "step"
    INTERVENTION = "intervention"
    NOTE = "note"


MEANING_LABELS: Mapping[Meaning, str] = {
    Meaning.NAME: N_("The child's name"),
    Meaning.FIRST_NAME: N_("First name"),
    Meaning.LAST_NAME: N_("Last name"),
    Meaning.NUMBER: N_("CPR number"),
    Meaning.BORN: N_("Born"),
    Meaning.TERM: N_("Expected date of birth"),
    Meaning.UNBORN_OF: N_("Unborn child of"),
    Meaning.ADDRESS: N_("Address"),
    Meaning.POSTCODE: N_("Postcode"),
    Meaning.CITY: N_("Town"),
    Meaning.PROTECTED: N_("Name and address protection"),
    Meaning.PHONE: N_("Telephone"),
    Meaning.SCHOOL: N_("School or day-care"),
    Meaning.SCHOOL_CLASS: N_("Class or group"),
    Meaning.DISTRICT: N_("District"),
    Meaning.LANGUAGE: N_("Language"),
    Meaning.MOTHER: N_("Mother"),
    Meaning.MOTHER_PHONE: N_("The mother's telephone"),
    Meaning.FATHER: N_("Father"),
    Meaning.FATHER_PHONE: N_("The father's telephone"),
    Meaning.RECORD_NUMBER: N_("Number in the record system"),
    Meaning.OPENED: N_("Opened on"),
    Meaning.STEP: N_("Step on the ladder"),
    Meaning.INTERVENTION: N_("Intervention (into the note)"),
    Meaning.NOTE: N_("Note"),
}
_HEADINGS: Final[Mapping[Meaning, str]] = {
    Meaning.NAME: "navn|barnets navn|barn|barnet|borger|borgernavn|borgerens navn|fulde navn|fuldt navn|elev"
    "|barnets fulde navn|unge|den unge|barn/ung|child|name",
    Meaning.FIRST_NAME: "fornavn|fornavne|barnets fornavn|first name",
    Meaning.LAST_NAME: "efternavn|barnets efternavn|last name|surname",
    Meaning.NUMBER: "cpr|cpr nr|cprnr|cpr nummer|cprnummer|personnummer|personnr|barnets cpr|barnets cpr nr"
    "|borger cpr|p nr",
    Meaning.BORN: "født|fødselsdato|fødselsdag|fødselsdata|fdato|født den|barnets fødselsdato|fødsel|born|birth date",
    Meaning.TERM: "termin|terminsdato|forventet termin|term",
    Meaning.UNBORN_OF: "gravid|mor til ufødt|ufødt barn af|vordende mor",
    Meaning.ADDRESS: "adresse|vej|gade|vejnavn|bopæl|gadenavn|bopælsadresse|address",
    Meaning.POSTCODE: "postnr|postnummer|post nr|postcode|post",
    Meaning.CITY: "by|bynavn|postdistrikt|city|town",
    Meaning.PROTECTED: "adressebeskyttelse|adressebeskyttet|navne og adressebeskyttelse|beskyttet adresse|beskyttelse"
    "|hemmelig adresse",
    Meaning.PHONE: "telefon|tlf|tlf nr|telefonnr|telefonnummer|mobil|mobilnr|barnets telefon|barnets tlf|phone",
    Meaning.SCHOOL: "skole|institution|daginstitution|dagtilbud|skole/institution|skole/dagtilbud|børnehave|vuggestue"
    "|dagpleje|skolenavn|school",
    Meaning.SCHOOL_CLASS: "klasse|stue|klassetrin|gruppe|class",
    Meaning.DISTRICT: "distrikt|skoledistrikt|område|district",
    Meaning.LANGUAGE: "sprog|modersmål|language",
    Meaning.MOTHER: "mor|moder|mors navn|moderens navn|navn mor|mother",
    Meaning.MOTHER_PHONE: "mors telefon|mors tlf|mors mobil|mor tlf|mor telefon|mor mobil|tlf mor|telefon mor|mobil mor",
    Meaning.FATHER: "far|fader|fars navn|faderens navn|navn far|father",
    Meaning.FATHER_PHONE: "fars telefon|fars tlf|fars mobil|far tlf|far telefon|far mobil|tlf far|telefon far|mobil far",
    Meaning.RECORD_NUMBER: "sagsnr|sagsnummer|sag|sags nr|dubu nr|dubu|journalnr|journalnummer|esdh|esdh nr|sagsid"
    "|sags id|novax",
    Meaning.OPENED: "oprettet|sag oprettet|oprettelsesdato|startdato|sagsstart|opstart|modtaget|start|åbnet|sagen oprettet",
    Meaning.STEP: "trin|indsatstrin|trin på indsatstrappen|indsatstrappe|indsatstrappen|step",
    Meaning.INTERVENTION: "indsats|indsatser|foranstaltning|foranstaltninger|støtte|tiltag",
    Meaning.NOTE: "note|noter|bemærkning|bemærkninger|bemærk|notat|kommentar|kommentarer|andet",
}
"""What such columns are called in Danish lists, folded as :func:`_folded` folds a heading."""
_FIRST_LINES: Final = 40
"""So many rows are looked through for the headings."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which line holds the headings (its place in the sheet, ``None`` for none) and what each column is."""

    header: int | None
    columns: tuple[Meaning | None, ...]

    def with_column(self, column: int, meaning: Meaning | None) -> Columns:
        """Return it with one column said anew; what another column meant until now, it means no more."""
        columns = [None if meaning is not None and one is meaning else one for one in self.columns]
        columns[column] = meaning
        return Columns(self.header, tuple(columns))

    def means(self, meaning: Meaning) -> bool:
        """Whether some column is that."""
        return meaning in self.columns


def guess(sheet: Sheet) -> Columns:
    """Return where the headings are and what they mean: the line in which most cells are known headings.

    Where no line has any, the columns are judged by what stands in them: numbers, dates, and names.
    """
    best: tuple[int, int | None, dict[int, Meaning]] = (0, None, {})
    for place, line in enumerate(sheet.lines[:_FIRST_LINES]):
        found = _known(line.cells)
        if len(found) > best[0]:
            best = (len(found), place, found)
    width = max((len(line.cells) for line in sheet.lines), default=0)
    _count, header, known = best
    if header is None:
        known = _by_contents(sheet.lines[:200], width)
    return Columns(header, tuple(known.get(column) for column in range(width)))


def _known(cells: Iterable[Cell]) -> dict[int, Meaning]:
    """Return the columns whose cell is a known heading, each meaning once."""
    found: dict[int, Meaning] = {}
    table = _table()
    for column, cell in enumerate(cells):
        meaning = table.get(_folded(cell)) if isinstance(cell, str) else None
        if meaning is not None and meaning not in found.values():
            found[column] = meaning
    return found


def _table() -> dict[str, Meaning]:
    return {word: meaning for meaning, words in _HEADINGS.items() for word in words.split("|")}


def _folded(heading: str) -> str:
    """Return a heading without what differs from list to list: capitals, dots, hyphens, brackets and line breaks."""
    bare = re.sub(r"\(.*?\)", " ", heading.casefold())
    return " ".join(re.sub(r"[.:;*_\-–\s]+", " ", bare).split())


_CPR_LIKE: Final = re.compile(r"\s*[0-9]{6}[- ]?[0-9][0-9A-Za-z]{3}\s*")
_DATE_LIKE: Final = re.compile(r"\s*[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4}\s*")
_NAME_LIKE: Final = re.compile(r"[^\W\d_][\w'’.-]*(?:,? [^\W\d_][\w'’.-]*)+")


def _by_contents(lines: Sequence[Line], width: int) -> dict[int, Meaning]:
    """Return what columns without headings hold, where more than half of what stands in one is of a kind."""
    found: dict[int, Meaning] = {}
    for column in range(width):
        filled = [line.cells[column] for line in lines if column < len(line.cells)]
        said = [_looks_like(cell) for cell in filled if cell is not None]
        for meaning in (Meaning.NUMBER, Meaning.BORN, Meaning.NAME):
            if meaning not in found.values() and 2 * said.count(meaning) > len(said):
                found[column] = meaning
                break
    return found


def _looks_like(cell: Cell) -> Meaning | None:
    if isinstance(cell, dt.date):
        return Meaning.BORN
    if not isinstance(cell, str):
        return None
    short = cell[:200]
    if _CPR_LIKE.fullmatch(short):
        return Meaning.NUMBER
    if _DATE_LIKE.fullmatch(short):
        return Meaning.BORN
    return Meaning.NAME if _NAME_LIKE.fullmatch(short) else None
