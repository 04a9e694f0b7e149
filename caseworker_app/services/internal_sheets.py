"""The sheet of a case on an internal meeting, made by itself from the case.

Anonymous by habit: what goes on it is an allow-list (age, functions, what kind of case and help it is, for how long, what
weighs and what carries) and the worker's own words, in which every known name is replaced and what is doubted is shown to
her. Nothing of the house stands on it either: no letterhead, no sender in the file. With a consent that stands it is
named. The words are Danish, whatever language the screen has.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.age import age_on, age_phrase, months_on
from caseworker_app.domain.anonymous import Anonymiser, Found, Known, Piece
from caseworker_app.domain.case import CASE_KIND_LABELS, Case, SiblingLink
from caseworker_app.domain.consent import Consent, ConsentUse
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.factors import Direction, Factor
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import PROFESSION_LABELS, SPARRING_LABELS, InternalCase
from caseworker_app.domain.intervention import INTERVENTION_KIND_LABELS, Intervention
from caseworker_app.domain.papers import Paper, PaperJob, Sender
from caseworker_app.domain.person import PARENTS, Person
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.text_facts import LinesPart, ListPart, PairsPart, Part, TextPaperFacts, TextPart
from caseworker_app.services import consents, internal_meetings, papers
from caseworker_app.services.books import Books
from caseworker_app.services.known_names import child_word, danish, known_names, role_word
from caseworker_app.services.ports import Reader

NOBODY = Sender("", "", (), "", "", "", "", "", "", "")
"""Whose paper an anonymous sheet is: it does not say."""
_AFTERWARDS = (
    "Bagefter vurderer hver deltager sin egen journalpligt, og den, der lagde sagen frem, fortæller familien, hvad mødet "
    "kom til."
)
TEXTS = (
    ("question", "Det ønsker jeg sparring på"),
    ("situation", "Det handler om"),
    ("tried", "Det har været prøvet"),
)
"""The worker's own words on the sheet, with their headings."""
TEXT_LABELS = {
    "question": N_("What I want sparring on"),
    "situation": N_("What it is about"),
    "tried": N_("What has been tried"),
    "facts": N_("Facts from the case"),
}


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as the worker reads it before it is printed: facts, and her texts in pieces.

    ``consent`` is the one that lets it be named; ``refused`` says that it is to be named and none stands.
    """

    sheet: InternalCase
    case: Case
    facts: tuple[tuple[str, tuple[Piece, ...]], ...]
    texts: tuple[tuple[str, tuple[Piece, ...]], ...]
    consent: Consent | None

    @property
    def named(self) -> bool:
        """Whether it is named."""
        return self.sheet.named and self.consent is not None

    @property
    def refused(self) -> bool:
        """Whether it is to be named although no consent stands."""
        return self.sheet.named and self.consent is None

    def of(self, *found: Found) -> tuple[Piece, ...]:
        """Return the pieces of some kinds, in the order they stand."""
        everything = (piece for _name, pieces in (*self.facts, *self.texts) for piece in pieces)
        return tuple(piece for piece in everything if piece.found in found)

    @property
    def doubts(self) -> tuple[Piece, ...]:
        """What the machine could not judge."""
        return self.of(Found.MASKED, Found.DOUBTED)


def view(reader: Reader, books: Books, sheet: Id) -> SheetView:
    """Return a sheet as it would be printed. Raises ``KeyError`` when there is none."""
    found = internal_meetings.known(reader, sheet)
    return _view(reader, books, found, internal_meetings.case_of(reader, found), None)


def views(reader: Reader, books: Books, case: Id) -> tuple[SheetView, ...]:
    """Return every sheet of a case as it would be printed; the names are collected once for all of them."""
    sheets = internal_meetings.of_case(reader, case)
    if not sheets:
        return ()
    of = internal_meetings.case_of(reader, sheets[0])
    names = known_names(reader, of, books.name_lists())
    return tuple(_view(reader, books, one, of, names) for one in sheets)


def _view(
    reader: Reader, books: Books, found: InternalCase, case: Case, names: tuple[Known, ...] | None
) -> SheetView:
    consent = consents.for_use(reader, case.id, ConsentUse.INTERNAL_MEETING)
    named = found.named and consent is not None
    lists = books.name_lists()
    known = () if named else known_names(reader, case, lists) if names is None else names
    cleaner = Anonymiser(known, lists, hidden=found.hidden, kept=found.kept)

    def pieces(text: str, *, strict: bool = False) -> tuple[Piece, ...]:
        return (Piece(text),) if named else cleaner.read(text, strict=strict)

    facts = tuple(
        (name, tuple(_across(pieces(line, strict=True) for line in lines)))
        for name, lines in _facts(reader, case, named)
    )
    texts = tuple((name, pieces(getattr(found, name))) for name, _heading in TEXTS if getattr(found, name))
    return SheetView(found, case, facts, texts, consent)


def _across(lines: Iterator[tuple[Piece, ...]]) -> Iterator[Piece]:
    for number, line in enumerate(lines):
        if number:
            yield Piece("\n")
        yield from line


# --- What the case says by itself ------------------------------------------------------------------------------


def _facts(reader: Reader, case: Case, named: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield names and lines of the facts: an allow-list, in which nothing is a day, a place or a number."""
    rows = [
        ("Barnet" if child_word(case) == "barnet" else "Den unge", [_child(reader, case, named)]),
        ("Familien", _family(reader, case, named)),
        ("Fagpersoner", [", ".join(_professionals(reader, case, named))]),
        ("Sagen", [", ".join(_case(reader, case))]),
        ("Hjælp nu", _help(reader, case)),
        ("Det tynger", _factors(reader, case, Direction.RISK)),
        ("Det bærer", _factors(reader, case, Direction.PROTECTIVE)),
    ]
    yield from ((name, lines) for name, lines in rows if any(lines))


def _child(reader: Reader, case: Case, named: bool) -> str:
    age = age_words(case, reader.today)
    if not named:
        return age
    return ", ".join(part for part in (case.child_name or f"Ufødt barn af {case.unborn_of}", age) if part)


def age_words(case: Case, today: dt.date) -> str:
    """Return the age as it is said on paper; weeks to term for a child that is not born."""
    if case.born is not None and case.born <= today:
        return danish().say(age_phrase(case.born, today))
    if case.term is not None and case.term >= today:
        weeks = (case.term - today).days // 7
        return f"ufødt, termin om {weeks} {'uge' if weeks == 1 else 'uger'}"
    return "ufødt" if case.unborn_of else ""


def _family(reader: Reader, case: Case, named: bool) -> list[str]:
    lines = []
    for card in reader.find(Person, stream=case.stream):
        if not card.private:
            continue
        said = [role_word(card.role)]
        if card.has_custody:
            said.append("har forældremyndighed")
        if card.lives_with_child:
            said.append(f"bor sammen med {child_word(case)}")
        elif card.role in PARENTS:
            said.append(f"bor ikke sammen med {child_word(case)}")
        if card.interpreter:
            said.append("bruger tolk")
        lines.append(", ".join([card.name, *said] if named else said))
    for link in reader.find(SiblingLink, stream=case.stream):
        other = None if link.other_case is None else reader.get(Case, link.other_case)
        if other is not None and not other.cancelled:
            said = ["søskende", age_words(other, reader.today)]
            lines.append(", ".join(part for part in ([other.child_name, *said] if named else said) if part))
    return lines


def _professionals(reader: Reader, case: Case, named: bool) -> list[str]:
    cards = [card for card in reader.find(Person, stream=case.stream) if not card.private]
    if named:
        return [", ".join(p for p in (c.name, c.function or role_word(c.role)) if p) for c in cards]
    counted = Counter((card.function or role_word(card.role)).strip() for card in cards)
    return [function if count == 1 else f"{count} × {function}" for function, count in counted.items()]


def _case(reader: Reader, case: Case) -> list[str]:
    kinds = [danish().gettext(CASE_KIND_LABELS[kind]).lower() for kind in sorted(case.kinds)]
    lines = [", ".join(kinds)] if kinds else []
    if case.step is not None:
        lines.append(f"trin {case.step} på indsatstrappen")
    if case.opened_on is not None and case.opened_on <= reader.today:
        lines.append(f"åben {_since(case.opened_on, reader.today)}")
    return lines


def _help(reader: Reader, case: Case) -> list[str]:
    running = [one for one in reader.find(Intervention, stream=case.stream) if one.open_on(reader.today)]
    return [
        f"{danish().gettext(INTERVENTION_KIND_LABELS[one.kind]).lower()} {_since(one.start, reader.today)}".strip()
        for one in running
    ]


def _since(start: dt.date | None, today: dt.date) -> str:
    if start is None or start > today:
        return ""
    months = months_on(start, today)
    if months < 1:
        return "i under en måned"
    if months < 24:
        return f"i {months} {'måned' if months == 1 else 'måneder'}"
    return f"i {age_on(start, today)} år"


def _factors(reader: Reader, case: Case, direction: Direction) -> list[str]:
    found = reader.find(Factor, stream=case.stream)
    return [one.name for one in found if one.direction is direction]


# --- On paper --------------------------------------------------------------------------------------------------


def job(reader: Reader, books: Books, sheet: Id) -> PaperJob:
    """Return the sheet as a paper. Raises :class:`UserError` when it is to be named and no consent stands, or when a CPR
    number stands in a named one."""
    shown = view(reader, books, sheet)
    if shown.refused:
        raise UserError(
            "The sheet is to be named, and no consent for an internal meeting stands.",
            "Print it anonymous: take the tick away.",
            "Record the consent first, asked for an internal meeting.",
        )
    parts = tuple(_parts(shown))
    if any(contains_person_number(text) for part in parts for text in _said(part)):
        raise UserError("A CPR number stands in what is written: take it out, then print again.")
    named = shown.named
    facts = TextPaperFacts(
        sender=papers.sender(reader) if named else NOBODY,
        title="Sag til internt tværfagligt møde",
        heading=_heading(shown),
        dated=reader.today,
        standing=f"{'Med samtykke, kun til mødets deltagere' if named else 'Anonym'}. {_AFTERWARDS}",
        parts=parts,
        letterhead=named,
    )
    return PaperJob(Paper.INTERNAL_SHEET, facts, "internal-sheet.pdf", "", sheet)


def _heading(shown: SheetView) -> str:
    if shown.named:
        return f"Internt tværfagligt møde: {shown.case.child_name or shown.case.unborn_of}"
    return "Internt tværfagligt møde: en anonym sag"


def _parts(shown: SheetView) -> Iterator[Part]:
    by_name = {name: "".join(piece.text for piece in pieces) for name, pieces in shown.texts}
    first, *others = TEXTS
    yield TextPart(first[1], by_name.get(first[0], ""))
    sparring = [
        danish().gettext(label) for kind, label in SPARRING_LABELS.items() if kind in shown.sheet.sparring
    ]
    wanted = _labels(PROFESSION_LABELS, shown.sheet.wanted)
    if sparring or wanted:
        yield ListPart((*sparring, *([f"Jeg vil gerne høre fra: {wanted}"] if wanted else [])), "Sparring på")
    pairs = ((name, "".join(piece.text for piece in pieces)) for name, pieces in shown.facts)
    yield PairsPart(tuple(pairs), "Kort om sagen")
    for name, heading in others:
        if name in by_name:
            yield TextPart(heading, by_name[name])
    yield LinesPart(2, "Det kom vi til", spacing=8.5)


def _labels(labels: Mapping[Any, str], chosen: frozenset[Any]) -> str:
    return ", ".join(danish().gettext(label).lower() for kind, label in labels.items() if kind in chosen)


def _said(part: Part) -> Iterator[str]:
    match part:
        case TextPart(_heading, text):
            yield text
        case PairsPart(pairs):
            yield from (words for _name, words in pairs)
