"""The demo's efforts: a cost assessment, a time log, one course in a family before birth, one that tapers fast, and a group
of children with two who wait."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import resources
from caseworker_app.demo.telling import edits_of
from caseworker_app.demo.when import Days
from caseworker_app.domain.case import Case
from caseworker_app.domain.cost import Phase, Profession
from caseworker_app.domain.effort import Effort, Evidence, read_efforts
from caseworker_app.domain.effort_course import Answer, CourseElement, EffortCourse
from caseworker_app.domain.group_course import GroupMember
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.time_log import Activity
from caseworker_app.services import costs, effort_courses, efforts, group_courses, group_views, time_log
from caseworker_app.services.ports import Writer

_INFANTS, _GROUPS, _CONSULTANT = "spaedbarn_jammerbugt", "boernegrupper_favrskov", "familiekonsulent_thisted"
_HOURS: Final = (
    (Profession.FAMILY_THERAPIST, Phase.COURSE, True, 2_450),
    (Profession.FAMILY_THERAPIST, Phase.COURSE, False, 730),
    (Profession.FAMILY_THERAPIST, Phase.BEFORE, True, 310),
    (Profession.HEALTH_VISITOR, Phase.COURSE, True, 640),
    (Profession.SOCIAL_WORKER, Phase.BEFORE, False, 265),
    (Profession.FAMILY_THERAPIST, Phase.AFTER, False, 120),
)
_EXPENSES: Final = (
    ("Kørsel", 21_400_00, False), ("Barnets bog og materialer", 12_650_00, False), ("Kursus i COS-P", 96_000_00, True),
)  # fmt: skip
_CHILDREN: Final = (
    "Asger Lund", "Bertha Dam", "Carla Høj", "Ditte Krag", "Egon Riis", "Fie Skov", "Gorm Toft", "Hjalte Vad",
    "Ingrid Wind", "Jens Ask",
)  # fmt: skip
_SPENT: Final = (
    (1, Activity.VISIT, 75), (1, Activity.TRANSPORT, 40), (1, Activity.JOURNAL, 30), (2, Activity.CALL, 15),
    (4, Activity.MEETING, 90), (4, Activity.JOURNAL, 25), (8, Activity.VISIT, 60), (9, Activity.BOOKING, 20),
    (31, Activity.VISIT, 80), (33, Activity.SUPERVISION, 120), (36, Activity.CALL, 20),
)  # fmt: skip


def write_costs(writer: Writer, days: Days) -> None:
    """Write all of it."""
    shipped = read_efforts(resources.text("catalogues", "efforts.toml"))
    judged = {"evidence": Evidence.TWO, "evidence_source": "Rambøll 2020; egen erfaring siden 2023"}
    efforts.judge(writer, _INFANTS, judged)
    writer.flush()
    _sheet(writer, days)
    cases = writer.find(Case)
    unborn = next((one for one in cases if not one.child_name and one.closed_on is None), None)
    if unborn is not None:
        _infant(writer, days, unborn.id, shipped)
    older = next((one for one in cases if one.child_name.startswith("Felix")), None)
    if older is not None:
        _tapering(writer, days, older.id, shipped)
    _group(writer, days, shipped)


def _sheet(writer: Writer, days: Days) -> None:
    year = days.today.year - 1
    values = {
        "name": "Spædbarnsindsatsen", "effort": _INFANTS, "begins_on": dt.date(year, 1, 1), "citizens": 760,
        "ends_on": dt.date(year, 12, 31), "months": 970, "called": "familier", "numbers": "10 12",
    }  # fmt: skip
    sheet = costs.begin(writer, values)
    writer.flush()
    for profession, phase, together, hours in _HOURS:
        line = {"profession": profession, "phase": phase, "with_citizen": together, "minutes": hours * 60}
        costs.add_hours(writer, sheet, line)
        writer.flush()
    for what, amount, begun in _EXPENSES:
        costs.add_expense(writer, sheet, {"what": what, "amount": amount, "establishing": begun})
        writer.flush()


def _course(writer: Writer, case: Id, effort: Effort, begun: dt.date, values: dict[str, Any]) -> Id:
    shipped = (effort,)
    looked = {"effort": effort.id, "considered_on": begun - dt.timedelta(days=20)}
    course = effort_courses.consider(writer, case, looked, shipped)
    writer.flush()
    for criteria, said in (
        (effort.include, Answer.YES),
        (effort.include_some, Answer.YES),
        (effort.exclude, Answer.NO),
    ):
        for criterion in criteria:
            effort_courses.answer(writer, course, criterion, said)
            writer.flush()
    edits = edits_of(writer, EffortCourse, course, {"begun_on": begun, **values})
    effort_courses.edit(writer, course, edits, shipped)
    writer.flush()
    return course


def _step(writer: Writer, course: Id, day: dt.date, amount: int, reason: str = "") -> None:
    effort_courses.plan_step(writer, course, {"begins_on": day, "amount": amount * 100, "reason": reason})
    writer.flush()


def _infant(writer: Writer, days: Days, case: Id, shipped: tuple[Effort, ...]) -> None:
    effort = next(one for one in shipped if one.id == _INFANTS)
    begun = days.near(days.today - dt.timedelta(days=62))
    end = days.near(days.today + dt.timedelta(days=300))
    team = "Familiekonsulent Nete Falk, sundhedsplejerske Mie Brandt"
    course = _course(writer, case, effort, begun, {"planned_end": end, "team": team})
    _step(writer, course, begun, 6)
    _step(
        writer,
        course,
        days.near(begun + dt.timedelta(days=35)),
        10,
        "Terminen nærmer sig; besøg også om aftenen.",
    )
    (first, second, *_rest) = sorted(
        writer.find(CourseElement, where={"course": course}), key=lambda one: one.order
    )
    for element, how, agreed in (
        (
            first,
            "Første besøg i uge 19. Vi taler om barnet hver gang.",
            "Begge forældre er med hver anden gang.",
        ),
        (second, "Dukken bruges til at øve kontakt før fødslen.", ""),
    ):
        words = edits_of(writer, CourseElement, element.id, {"how": how, "agreed": agreed})
        effort_courses.write_element(writer, element.id, words)
        writer.flush()
    for ago, activity, minutes in _SPENT:
        together = activity in (Activity.VISIT, Activity.MEETING, Activity.CALL)
        values = {
            "spent_on": days.near(days.today - dt.timedelta(days=ago)), "activity": activity, "minutes": minutes,
            "with_citizen": together, "case": case, "course": course, "effort": _INFANTS,
        }  # fmt: skip
        time_log.spend(writer, values)
        writer.flush()


def _tapering(writer: Writer, days: Days, case: Id, shipped: tuple[Effort, ...]) -> None:
    effort = next(one for one in shipped if one.id == _CONSULTANT)
    begun = days.near(days.today - dt.timedelta(days=330))
    course = _course(writer, case, effort, begun, {"team": "Familiekonsulent Bo Strand"})
    _step(writer, course, begun, 5)
    _step(writer, course, days.near(begun + dt.timedelta(days=200)), 4, "Skolen tager mere over.")
    _step(writer, course, days.near(days.today + dt.timedelta(days=9)), 1, "Familien vil prøve selv.")


def _group(writer: Writer, days: Days, shipped: tuple[Effort, ...]) -> None:
    first = days.near(days.today - dt.timedelta(days=33))
    values = {
        "name": "Børnegruppe, efterår", "effort": _GROUPS, "ages": "8-10 år", "place": "Mødelokalet i Familiehuset",
        "leaders": "Nete Falk (psykolog) og Bo Strand (pædagog)",
        "first": TimeSpan(first, dt.time(15, 0), dt.time(17, 0)),
    }  # fmt: skip
    group = group_courses.begin(writer, values, shipped)
    writer.flush()
    for number, name in enumerate(_CHILDREN):
        contact = f"Forældre, 00 00 00 {number:02d}"
        member = group_courses.add(writer, group, {"name": name, "contact": contact})
        writer.flush()
        if number < 6:
            talk = {"talk_start": days.near(first - dt.timedelta(days=7))}
            group_courses.edit_member(writer, member, edits_of(writer, GroupMember, member, talk))
            writer.flush()
    shown = group_views.view(writer, group, shipped)
    held = [one for one in shown.sessions if one.when is not None and one.when.day < writer.today][:4]
    for number, session in enumerate(held):
        came = {one.member.id: place != number for place, one in enumerate(shown.inside)}
        group_courses.attend(writer, session.id, came)
        writer.flush()
