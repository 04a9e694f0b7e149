"""The papers of a resource-centre meeting: the teacher's form to be filled in, on the screen or by hand; and the agenda.

The form is the teacher's and the parents' to read: it names the child by its first name and class, and holds no CPR
number. The words are Danish, whatever language the screen has.
"""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.form_spec import FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.resource_meeting import LEVEL_LABELS, LEVEL_ORDER, Level
from caseworker_app.domain.text_facts import (
    FieldPart,
    LinesPart,
    ListPart,
    PairsPart,
    Part,
    SignPart,
    TablePart,
    TextPaperFacts,
    TextPart,
)
from caseworker_app.services import papers, resource_meetings
from caseworker_app.services.books import Books
from caseworker_app.services.known_names import danish
from caseworker_app.services.ports import Reader
from caseworker_app.services.resource_meetings import REMARKS, DescriptionView

TEACHER, FUNCTION, SHOWN = "teacher", "function", "shown_on"
"""Names of the form's fields besides its topics and the parents' remarks."""
_LINES = {"since": 2, "presence": 2}


def form_job(reader: Reader, books: Books, description: Id) -> PaperJob:
    """Return the form as a file to be filled in, with what is written already in its fields.

    Raises :class:`UserError` when a CPR number stands in what is written.
    """
    shown = _view(reader, books, description)
    spec = resource_meetings.spec_of(shown.description, books.forms(reader))
    parts: list[Part] = [_head(shown, form=True)]
    parts.append(FieldPart(TEACHER, "Udfyldt af", value=shown.description.teacher, lines=1))
    parts.append(FieldPart(FUNCTION, "Funktion", value=shown.description.function, lines=1))
    fields = _fields(shown, spec)
    parts += fields
    parts.append(
        TextPart("Forældrenes bemærkninger", "Beskrivelsen er vist for forældrene, før den afleveres.")
    )
    parts.append(
        FieldPart(
            REMARKS, "Bemærkninger", "Med jeres egne ord. Intet rettes i dem.", shown.description.remarks, 5
        )
    )
    parts.append(FieldPart(SHOWN, "Vist for forældrene den", lines=1))
    parts.append(SignPart(("Forælder",)))
    _refuse_numbers(part.value for part in parts if isinstance(part, FieldPart))
    return _job(reader, shown, parts, "Beskrivelse til ressourcecentermøde", "resource-description-form.pdf")


def _fields(shown: DescriptionView, spec: FormSpec) -> list[Part]:
    made: list[Part] = []
    for section in spec.sections:
        made.append(TextPart(section.label, section.help))
        for topic in section.topics:
            answer = shown.answers.get(topic.id)
            value = "" if answer is None else answer.text
            lines = max(_LINES.get(topic.id, 4), min(14, value.count("\n") + len(value) // 80 + 1))
            made.append(FieldPart(topic.id, topic.label, topic.help, value, lines))
    return made


def filled_job(reader: Reader, books: Books, description: Id) -> PaperJob:
    """Return the description as it is written, for the meeting and the parents. Raises as :func:`form_job`."""
    shown = _view(reader, books, description)
    spec = resource_meetings.spec_of(shown.description, books.forms(reader))
    parts: list[Part] = [_head(shown)]
    for section in spec.sections:
        written = [t for t in section.topics if shown.answers.get(t.id) and shown.answers[t.id].text]
        if written:
            parts.append(TextPart(section.label))
            parts += [TextPart(topic.label, shown.answers[topic.id].text, level=3) for topic in written]
    remarks = shown.description.remarks
    if remarks:
        parts.append(TextPart("Forældrenes bemærkninger", remarks, quoted=True))
        parts.append(TextPart(text=f"Skrevet af: {shown.description.remarks_by}", muted=True))
    else:
        parts.append(LinesPart(4, "Forældrenes bemærkninger"))
    _refuse_numbers(part.text for part in parts if isinstance(part, TextPart))
    return _job(reader, shown, parts, "Beskrivelse til ressourcecentermøde", "resource-description.pdf")


def agenda_job(reader: Reader, books: Books, description: Id) -> PaperJob:
    """Return the agenda of the meeting, in its four steps, what was decided before first; with room for decisions."""
    shown = _view(reader, books, description)
    parts: list[Part] = [_head(shown)]
    if shown.earlier:
        rows = tuple((a.what, a.who, "" if a.due is None else short_date(a.due)) for a in shown.earlier)
        parts.append(
            TablePart(
                ("Aftalt", "Ansvarlig", "Senest"), rows, (0.56, 0.26, 0.18), "Opfølgning på sidste gang"
            )
        )
    parts.append(TextPart("Dagsorden", "Punkterne tages i denne rækkefølge."))
    for number, level in enumerate(LEVEL_ORDER, start=1):
        points = tuple(one.text for one in shown.points if one.level is level)
        if level is Level.CHILD:
            points = (_child(shown.case), *points)
        heading = f"{number}. {danish().gettext(LEVEL_LABELS[level])}"
        parts.append(TextPart(heading, "" if points else "Ingen punkter.", level=3, muted=not points))
        if points:
            parts.append(ListPart(points))
    decided = tuple((a.what, a.who, "" if a.due is None else short_date(a.due)) for a in shown.decisions)
    blank = (("", "", ""),) * max(0, 4 - len(decided))
    parts.append(
        TablePart(
            ("Beslutning", "Ansvarlig", "Slutter"),
            (*decided, *blank),
            (0.56, 0.26, 0.18),
            "Beslutninger",
            row_height=10,
        )
    )
    parts.append(TextPart(text=_contacted(shown)))
    return _job(
        reader,
        shown,
        parts,
        "Dagsorden til ressourcecentermøde",
        "resource-agenda.pdf",
        Paper.RESOURCE_AGENDA,
    )


def _contacted(shown: DescriptionView) -> str:
    done = shown.description.contacted_on
    if done is None:
        return "☐ Forældrene er kontaktet samme dag. Af: ______________________"
    by = f" af {shown.description.contacted_by}" if shown.description.contacted_by else ""
    return f"☑ Forældrene blev kontaktet den {long_date(done)}{by}."


def _view(reader: Reader, books: Books, description: Id) -> DescriptionView:
    return resource_meetings.view(reader, description, books.rules(reader).holidays)


def _child(case: Case) -> str:
    return ", ".join(
        part for part in (case.first_name or f"ufødt barn af {case.unborn_of}", case.school_class) if part
    )


def _head(shown: DescriptionView, *, form: bool = False) -> PairsPart:
    rows = [("Barn", _child(shown.case)), ("Skole eller dagtilbud", shown.description.place)]
    if shown.day is not None:
        rows.append(("Mødet er", long_date(shown.day)))
    if shown.deadline is not None and form:
        rows.append(("Afleveres senest", f"{long_date(shown.deadline)} (14 dage før, en arbejdsdag)"))
    if not form:
        who = ", ".join(p for p in (shown.description.teacher, shown.description.function) if p)
        rows.append(("Beskrevet af", who))
    return PairsPart(tuple((name, words) for name, words in rows if words))


def _refuse_numbers(texts: Iterable[str]) -> None:
    if any(contains_person_number(text) for text in texts):
        raise UserError("A CPR number stands in what is written: take it out, then print again.")


def _job(
    reader: Reader,
    shown: DescriptionView,
    parts: list[Part],
    title: str,
    file: str,
    kind: Paper = Paper.RESOURCE_DESCRIPTION,
) -> PaperJob:
    facts = TextPaperFacts(
        sender=papers.sender(reader), title=title, heading=title, dated=reader.today, parts=tuple(parts)
    )
    return PaperJob(kind, facts, file, "", shown.description.id)
