"""An effort course and a group course on paper."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.effort_course import (
    COURSE_ANSWER_LABELS,
    COURSE_STATE_LABELS,
    INTENSITY_UNIT_LABELS,
    VERDICT_LABELS,
    FastFall,
)
from caseworker_app.domain.group_course import MEMBER_STATE_LABELS
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import (
    LinesPart,
    ListPart,
    PairsPart,
    Part,
    TablePart,
    TextPaperFacts,
    TextPart,
    TogetherPart,
)
from caseworker_app.domain.typed_hours import many_hours
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.services import effort_courses, group_views, papers
from caseworker_app.services.effort_courses import CourseView
from caseworker_app.services.group_views import GroupView, MemberView
from caseworker_app.services.known_names import danish
from caseworker_app.services.plain_records import case_of
from caseworker_app.services.ports import Reader

_PARTS = {"include": "skal passe", "include_some": "nogle skal passe", "exclude": "udelukker"}


def course_job(reader: Reader, course: Id, shipped: Iterable[Effort]) -> PaperJob:
    """Return a child's course: target group, core elements, intensity over time, time used."""
    one = effort_courses.view(reader, course, shipped)
    child = case_of(reader, one.course)
    parts: list[Part] = [PairsPart(_pairs(one, child.child_name or f"ufødt barn af {child.unborn_of}"))]
    parts += [TextPart(text=fall_words(fall)) for fall in one.falls]
    parts += [_intensity(one), *_elements(one), *_checklist(one)]
    if one.course.judged:
        parts.append(TextPart("Vores vurdering af målgruppen", one.course.judged))
    if one.course.note:
        parts.append(TextPart("Bemærkning", one.course.note))
    facts = TextPaperFacts(
        sender=papers.sender(reader), title="Indsatsforløb", heading=f"Indsatsforløb: {one.course.name}",
        dated=reader.today, parts=tuple(parts),
    )  # fmt: skip
    return PaperJob(Paper.EFFORT_COURSE, facts, "effort-course.pdf", "", course)


def _pairs(one: CourseView, child: str) -> tuple[tuple[str, str], ...]:
    course, say = one.course, danish().gettext
    goal = "" if one.effort is None else one.effort.goal
    pairs = (
        ("Barn", child),
        ("Hvor langt", say(COURSE_STATE_LABELS[course.state])),
        ("Begyndt", "" if course.begun_on is None else long_date(course.begun_on)),
        ("Planlagt slut", "" if course.planned_end is None else long_date(course.planned_end)),
        ("Afsluttet", "" if course.ended_on is None else long_date(course.ended_on)),
        ("Hvorfor", course.why),
        ("Hvem arbejder i det", course.team),
        ("Indsatsens mål", goal),
        ("Senest set på sammen (KIK)", "" if one.kik_on is None else long_date(one.kik_on)),
        ("Næste gang (KIK)", "" if one.kik_due is None else long_date(one.kik_due)),
        ("Tid brugt", f"{many_hours(one.minutes)} timer" if one.minutes else ""),
    )
    return tuple(pair for pair in pairs if pair[1])


def fall_words(fall: FastFall) -> str:
    """Return the warning of a fast tapering."""
    unit = danish().gettext(INTENSITY_UNIT_LABELS[fall.unit])
    to = figure_words(fall.after) if fall.after else "ingenting"
    return (
        f"Hurtig nedtrapning: den {long_date(fall.day)} går indsatsen fra {figure_words(fall.before)} til {to} {unit}, "
        "mere end det halve inden for fire uger."
    )


def _intensity(one: CourseView) -> Part:
    if not one.steps:
        return TextPart("Intensitet", "Ikke planlagt endnu.", muted=True)
    unit = danish().gettext
    rows = tuple(
        (
            "" if step.begins_on is None else short_date(step.begins_on),
            f"{figure_words(step.amount) or '0'} {unit(INTENSITY_UNIT_LABELS[step.unit])}",
            step.reason,
        )
        for step in one.steps
    )
    return TablePart(("Fra", "Hvor meget", "Hvorfor"), rows, (0.18, 0.28, 0.54), "Intensitet", row_heads=True)


def _elements(one: CourseView) -> list[Part]:
    rows = tuple((element.name, element.how, element.agreed) for element in one.elements)
    head = ("Kerneelement", "Sådan gør vi her", "Aftalt med familien")
    return [TablePart(head, rows, (0.34, 0.36, 0.3), "Kerneelementer", row_heads=True)] if rows else []


def _checklist(one: CourseView) -> list[Part]:
    say = danish().gettext
    rows = tuple(
        (line.criterion, _PARTS[line.part], say(COURSE_ANSWER_LABELS[line.answer]), line.note)
        for line in one.checklist
    )
    heading = f"Målgruppe: {say(VERDICT_LABELS[one.verdict]).lower()}"
    widths = (0.46, 0.16, 0.14, 0.24)
    return [TablePart(("Kriterium", "", "Svar", "Bygger på"), rows, widths, heading)] if rows else []


# --- A group -----------------------------------------------------------------------------------------------------


def group_job(reader: Reader, group: Id, shipped: Iterable[Effort]) -> PaperJob:
    """Return a group for its leaders: the children in it with a box a session, who waits, what keeps a child out; and on
    one page the sessions with their topics, with lines to write on."""
    one = group_views.view(reader, group, shipped)
    found = one.group
    pairs = (
        ("Alder og sted", " · ".join(part for part in (found.ages, found.place) if part)),
        ("Gruppeledere", found.leaders),
        (
            "Børn og gange",
            f"{len(one.inside)} af {found.most} børn · {one.held} af {len(one.sessions)} gange holdt",
        ),
    )
    parts: list[Part] = [PairsPart(tuple(pair for pair in pairs if pair[1]))]
    if one.kik_due:
        said = " og ".join(f"{number}." for number in one.kik_due)
        parts.append(TextPart(text=f"KIK-ark mangler efter {said} gang."))
    parts += [_attendance(one), *_waiting(one)]
    if one.effort is not None and one.effort.exclude:
        parts.append(ListPart(one.effort.exclude, "Det udelukker fra gruppen"))
    parts.append(TogetherPart((_sessions(one), LinesPart(3, "Bemærkninger"))))
    facts = TextPaperFacts(
        sender=papers.sender(reader), title="Gruppeforløb", heading=f"Gruppeforløb: {found.name}",
        dated=reader.today, parts=tuple(parts), letterhead=False,
    )  # fmt: skip
    return PaperJob(Paper.GROUP_COURSE, facts, "group-course.pdf", "", group)


def _attendance(one: GroupView) -> Part:
    sessions = one.sessions[:12]

    def mark(member: MemberView, session: Id) -> str:
        came = one.came.get((session, member.member.id))
        return "☐" if came is None else "✓" if came.came else "–"

    rows = tuple(
        (member.member.name, f"{member.talks} af 3", *(mark(member, session.id) for session in sessions))
        for member in one.inside
    )
    head = ("Barn", "Samtaler", *(str(session.number or "") for session in sessions))
    narrow = 0.58 / len(sessions) if sessions else 0.58
    widths = (0.28, 0.14, *(narrow,) * len(sessions))
    if not rows:
        return TextPart("I gruppen", "Ingen endnu.", muted=True)
    return TablePart(head, rows, widths, "I gruppen", row_heads=True)


def _since(one: MemberView) -> str:
    return "" if one.member.since is None else short_date(one.member.since.astimezone().date())


def _waiting(one: GroupView) -> list[Part]:
    say = danish().gettext
    waiting = one.waiting
    rows = tuple((str(one.number), one.member.name, _since(one), one.member.contact) for one in waiting)
    heading = say(MEMBER_STATE_LABELS[one.waiting[0].member.state]) if one.waiting else ""
    return (
        [TablePart(("Nr.", "Barn", "Siden", "Forældre"), rows, (0.08, 0.36, 0.18, 0.38), heading)]
        if rows
        else []
    )


def _sessions(one: GroupView) -> Part:
    rows = tuple(
        (str(session.number or ""), "" if session.when is None else short_date(session.when.day), session.topic,
         "ja" if session.held else "")
        for session in one.sessions
    )  # fmt: skip
    if not rows:
        return TextPart("Gange", "Ingen tider endnu.", muted=True)
    return TablePart(("Nr.", "Dag", "Emne", "Holdt"), rows, (0.1, 0.2, 0.55, 0.15), "Gange")
