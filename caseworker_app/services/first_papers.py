"""First meeting and analysis sheet on paper, blank to be written on or as they are written; and the internal agenda."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import clock_span, full_date, long_date
from caseworker_app.domain.first_meeting import AnalysisSheet
from caseworker_app.domain.form_spec import Topic, TopicKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import PROFESSION_LABELS, SPARRING_LABELS, InternalCase
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import (
    LinesPart,
    PairsPart,
    Part,
    TablePart,
    TextPaperFacts,
    TextPart,
)
from caseworker_app.services import first_meetings, internal_meetings, papers
from caseworker_app.services.books import Books
from caseworker_app.services.first_meetings import FirstView
from caseworker_app.services.internal_meetings import AgendaView
from caseworker_app.services.known_names import danish
from caseworker_app.services.plain_records import case_of, known
from caseworker_app.services.ports import Reader

_ANALYSIS = (
    ("data", "Data", "Det, der er målt, talt eller skrevet, og hvor det står."),
    ("observations", "Observationer", "Det, vi selv har set."),
    ("citizen_words", "Borgerens egne ord", "Ordret, så vidt muligt."),
    ("interpretation", "Fortolkning", "Sådan forstår vi det; og hvad kunne det ellers være?"),
    ("decision", "Beslutning", ""),
    ("next_step", "Næste skridt", ""),
)


def first_meeting_job(reader: Reader, books: Books, meeting: Id) -> PaperJob:
    """Return the checklist of the first meeting: what is written, and lines where nothing is."""
    shown = first_meetings.view(reader, meeting, books.forms(reader))
    found = shown.meeting
    pairs = (
        ("Barn", _name(shown.case)),
        ("Dato", "" if found.held_on is None else long_date(found.held_on)),
        ("Til stede", found.participants),
    )
    parts: list[Part] = [PairsPart(tuple(pair for pair in pairs if pair[1]))]
    for section in shown.spec.sections:
        parts.append(TextPart(section.label, section.help))
        for topic in section.topics:
            parts += _topic(shown, topic)
    questions = [line.strip("-• ") for line in found.own_questions.splitlines() if line.strip("-• ")]
    if questions:
        parts.append(TextPart("Egne spørgsmål"))
        for question in questions:
            parts += [TextPart(question, level=3), LinesPart(2, spacing=8.0)]
    if found.note:
        parts.append(TextPart("Bemærkninger", found.note))
    return _job(reader, Paper.FIRST_MEETING, "Første møde", "first-meeting.pdf", parts, meeting)


def _topic(shown: FirstView, topic: Topic) -> Iterator[Part]:
    answer = shown.answers.get(topic.id)
    if topic.kind is TopicKind.TAGS:
        yield TextPart(topic.label, level=3)
        boxes = (f"{'☑' if shown.ticked(topic.id, one.id) else '☐'} {one.label}" for one in topic.options)
        yield TextPart(text="\n".join(boxes))
        return
    yield TextPart(topic.label, "" if answer is None else answer.text, level=3)
    if answer is None or not answer.text:
        if topic.help:
            yield TextPart(text=topic.help, muted=True)
        yield LinesPart(2, spacing=8.0)


def analysis_job(reader: Reader, sheet: Id) -> PaperJob:
    """Return an analysis sheet; a box nobody wrote in has lines to write on."""
    found = known(reader, AnalysisSheet, sheet)
    pairs = (
        ("Barn", _name(case_of(reader, found))),
        ("Dato", "" if found.made_on is None else long_date(found.made_on)),
        ("Deltog", found.present),
    )
    parts: list[Part] = [PairsPart(tuple(pair for pair in pairs if pair[1]))]
    if found.question:
        parts.append(TextPart("Det vil vi forstå", found.question))
    for name, heading, helping in _ANALYSIS:
        text = getattr(found, name)
        if text:
            parts.append(TextPart(heading, text, quoted=name == "citizen_words"))
        else:
            parts += [TextPart(heading, helping, muted=True), LinesPart(2, spacing=8.0)]
    if found.next_who or found.next_due:
        due = "" if found.next_due is None else f"senest den {long_date(found.next_due)}"
        parts.append(TextPart(text=f"**{', '.join(p for p in (found.next_who, due) if p)}**"))
    return _job(reader, Paper.ANALYSIS_SHEET, "Analyseskema", "analysis-sheet.pdf", parts, sheet)


def agenda_job(reader: Reader, agenda: Id) -> PaperJob:
    """Return the agenda of an internal meeting: four points, a line a case with the professions it wants, no names."""
    shown = internal_meetings.agenda_view(reader, agenda)
    when = (
        ""
        if shown.when is None
        else f"{full_date(shown.when.day)} {clock_span(shown.when.start, shown.when.end)}"
    )
    pairs = (("Tid", when), ("Sted", shown.place), ("Mødeleder", shown.agenda.chair))
    parts: list[Part] = [PairsPart(tuple(pair for pair in pairs if pair[1]))]
    parts.append(TextPart("1. Mødeleder", _chair_words(shown)))
    parts.append(TextPart("2. Tid til hver sag", _time_words(shown)))
    rows = [_row(number, one.sheet) for number, one in enumerate(shown.brought, start=1)]
    others = range(len(rows) + 1, len(rows) + 1 + (shown.agenda.colleagues_cases or 0))
    rows += [(str(number), "Kollegas sag", "", "") for number in others]
    head = ("Sag", "Sparring på", "Vil gerne høre fra", "Det kom vi til")
    parts.append(
        TablePart(head, tuple(rows), (0.07, 0.4, 0.24, 0.29), heading="3. Sparring på sager", row_height=11)
    )
    parts.append(
        TextPart(
            text="Sagerne drøftes uden navne, medmindre en forældremyndighedsindehaver har sagt ja.",
            muted=True,
        )
    )
    parts.append(TextPart("4. Nyt", shown.agenda.news))
    if not shown.agenda.news:
        parts.append(LinesPart(3))
    parts.append(
        TablePart(
            ("Hvem skriver i journalen, og hvem fortæller familien", "Hvornår"), (("", ""),) * 3, (0.75, 0.25),
            heading="Bagefter", row_height=10,
        )
    )  # fmt: skip
    title = "Internt tværfagligt møde"
    return _job(reader, Paper.INTERNAL_AGENDA, title, "internal-agenda.pdf", parts, agenda, letterhead=False)


def _chair_words(shown: AgendaView) -> str:
    now = f"{shown.agenda.chair} er mødeleder." if shown.agenda.chair else "Mødelederen vælges."
    return f"{now} Næste gang: {shown.turn}." if shown.turn and shown.turn != shown.agenda.chair else now


def _time_words(shown: AgendaView) -> str:
    cases = len(shown.brought) + (shown.agenda.colleagues_cases or 0)
    if not cases:
        return "Ingen sager endnu."
    said = f"{cases} {'sag' if cases == 1 else 'sager'}"
    return f"{said}, {shown.minutes} minutter til hver." if shown.minutes else f"{said}."


def _row(number: int, sheet: InternalCase) -> tuple[str, str, str, str]:
    say = danish().gettext
    sparring = "\n".join(say(label) for kind, label in SPARRING_LABELS.items() if kind in sheet.sparring)
    wanted = "\n".join(say(label) for kind, label in PROFESSION_LABELS.items() if kind in sheet.wanted)
    return str(number), sparring, wanted, ""


def _name(case: Case) -> str:
    return case.child_name or f"ufødt barn af {case.unborn_of}"


def _job(
    reader: Reader,
    kind: Paper,
    title: str,
    file: str,
    parts: list[Part],
    about: Id,
    *,
    letterhead: bool = True,
) -> PaperJob:
    facts = TextPaperFacts(
        sender=papers.sender(reader), title=title, heading=title, dated=reader.today, parts=tuple(parts),
        letterhead=letterhead,
    )  # fmt: skip
    return PaperJob(kind, facts, file, "", about)
