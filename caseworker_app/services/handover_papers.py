"""The paper beside a handover pack: what runs, what is not sent, what is not signed, and the chronology of each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.rules.model import Title
from caseworker_app.domain.text_facts import NewPage, PairsPart, Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.services import caseload_deadlines, chronology_papers, entries, papers
from caseworker_app.services.books import Books
from caseworker_app.services.deadline import WORK_LABELS, Deadline, Work
from caseworker_app.services.plain_records import case_known
from caseworker_app.services.ports import Reader
from caseworker_app.services.thing_words import danish

FILE_NAME = "handover.pdf"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands when it is given. ``drafts`` is what its worker has begun and not signed or saved."""

    case: Case
    running: tuple[Deadline, ...]
    drafts: int

    @property
    def child(self) -> str:
        """What the child is called."""
        return self.case.child_name or f"Ufødt barn af {self.case.unborn_of}"


def standing(reader: Reader, books: Books, case: Id) -> Standing:
    """Return how a case stands. Raises ``KeyError`` when there is no such case."""
    found = case_known(reader, case)
    running = caseload_deadlines.of_case(reader, books.rules(reader), case).open
    forms = sum(one.stream == found.stream for one in reader.drafts())
    drafts = len(entries.drafts_of(reader, case)) + forms
    return Standing(found, tuple(sorted(running, key=lambda one: one.due)), drafts)


def deadline_words(one: Deadline) -> str:
    """Return a deadline in Danish: the day and what it is."""
    return f"{long_date(one.due)}: {_title(one)}"


def _title(one: Deadline) -> str:
    title = one.title.say("da") if isinstance(one.title, Title) else danish().say(one.title)
    if one.work is Work.FOLLOW_UP and not one.law:
        return f"{danish().gettext(WORK_LABELS[one.work])}: {title[:1].lower()}{title[1:]}"
    return title


def job(
    reader: Reader, books: Books, cases: Sequence[Id], *, unsent: int | None = None, receiver: str = ""
) -> PaperJob:
    """Return the paper of some cases. ``unsent`` is how many operations of theirs had not come back from the
    hub; ``None`` where there is none."""
    found = [standing(reader, books, case) for case in cases]
    parts = [part for number, one in enumerate(found) for part in _case(reader, one, first=number == 0)]
    to_whom = f" til {receiver}" if receiver else ""
    one = len(found) == 1
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Overlevering",
        heading=f"Overlevering af {found[0].child}" if one else f"Overlevering af {len(found)} sager",
        dated=reader.today,
        standing=f"Følger overleveringspakken{to_whom}, {long_date(reader.today)}. {_unsent(unsent)}",
        parts=tuple(parts),
    )
    return PaperJob(Paper.HANDOVER_CHRONOLOGY, facts, FILE_NAME, receiver, cases[0])


def _unsent(count: int | None) -> str:
    if count is None:
        return "Sagen ligger kun på denne computer; alt, der er skrevet i den, er med i pakken."
    if not count:
        return "Alt var sendt."
    return f"{count} {'ændring var' if count == 1 else 'ændringer var'} ikke sendt; de er med i pakken."


def _case(reader: Reader, one: Standing, *, first: bool) -> Iterator[Part]:
    if not first:
        yield NewPage()
    case = one.case
    pairs = [
        ("Barn", one.child),
        ("Født", "" if case.born is None else long_date(case.born)),
        ("Fagsystem", case.record_number),
        ("Åbnet", "" if case.opened_on is None else long_date(case.opened_on)),
        (
            "Ikke underskrevet",
            f"{one.drafts} {'kladde' if one.drafts == 1 else 'kladder'}, ikke med i pakken",
        ),
    ]
    kept = tuple((name, words) for name, words in pairs if words and not words.startswith("0 "))
    yield PairsPart(kept, heading=one.child)
    yield from _deadlines(one.running)
    yield TextPart(heading="Kronologi")
    yield from _chronology(reader, case.id)


def _deadlines(running: Iterable[Deadline]) -> Iterator[Part]:
    rows = tuple((long_date(one.due), _title(one), danish().say(one.source)) for one in running)
    if rows:
        head = ("Senest", "Frist", "Hvorfra")
        yield TablePart(head, rows, (0.23, 0.35, 0.42), heading="Løbende frister")
    else:
        yield TextPart(heading="Løbende frister", text="Ingen.", muted=True)


def _chronology(reader: Reader, case: Id) -> Iterator[Part]:
    facts = chronology_papers.job(reader, case).facts
    assert isinstance(facts, TextPaperFacts)
    yield from facts.parts
