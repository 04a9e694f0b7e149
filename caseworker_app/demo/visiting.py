"""Visits of the demo: behovsbesøg side by side in a family with a small child, a graviditetsbesøg ahead, a home visit with
what was agreed. Deterministic: it follows from the families and today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import resources
from caseworker_app.demo.agenda import Act
from caseworker_app.demo.families import ChildStory
from caseworker_app.demo.telling import Known
from caseworker_app.domain.form_spec import Forms, FormSpec
from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.visit import VisitKind
from caseworker_app.services import entries, screening_scores, visit_journal, visit_notes, visits
from caseworker_app.services.ports import Writer

NURSE: Final = "sundhedsplejerske Bente Aagaard"
_INFANT, _UNBORN, _SCHOOL = "thorsen", "dam", "dalsgaard"
"""The families that are visited: one with an infant, one that waits for a child, one with a child at school."""
_SEEN: Final[tuple[tuple[str, Mapping[str, Any], Mapping[str, str]], ...]] = (
    (
        "-26w",
        {"tags": ("avoids", "quiet", "sleeps_little")},
        {
            "development": "Løfter hovedet, men bliver hurtigt træt. Vågner hver anden time om natten.",
            "interplay": "Ser væk, når mor bøjer sig frem. Mor bliver stille og venter længe, før hun prøver igen.",
            "mood": "Lavmælt. Gardinerne er trukket for.",
            "network": "Mormor kommer om fredagen. Ellers er mor meget alene.",
        },
    ),
    (
        "-13w",
        {"tags": ("eye_contact", "sounds", "calms")},
        {
            "development": "Sidder med støtte, griber efter ting og putter dem i munden. Sover fire timer i træk.",
            "interplay": "Søger mors blik og pludrer tilbage. Mor svarer og griner.",
            "mentalising": 'Mor siger: "Nu keder hun sig vist" og rækker ham skeen.',
            "mood": "Lettere stemning; der er åbnet op til haven.",
            "structure": "Mad og søvn på faste tider de fleste dage.",
        },
    ),
    (
        "-2w",
        {"tags": ("eye_contact", "smiles", "lively", "eats")},
        {
            "development": "Kravler og rejser sig ved sofaen. Spiser med ved bordet.",
            "interplay": "Kravler hen til mor, da jeg kommer ind, og kigger frem bag hendes ben.",
            "network": "Mormor henter om onsdagen, og naboen er begyndt at komme til kaffe.",
            "work": "Mor har aftalt en samtale på jobcentret.",
        },
    ),
)
_HOME: Final = {
    "agreed": "Aftensmaden er blevet flyttet frem, og det hjælper på humøret.",
    "goals": "Alle tre kan fortælle, hvad målet om morgenerne handler om.",
    "child_words": '"Jeg vil gerne vise dig min seng."',
    "home": "Ryddeligt, varmt; der er hængt tegninger op.",
    "assessment": "Familien er godt i gang. Morgenerne skal stadig øves.",
}


@cache
def forms() -> Forms:
    """Return the forms of visits that ship."""
    made: dict[tuple[str, int], FormSpec] = {}
    for name in ("needs_visit", "pregnancy_visit", "home_visit"):
        for form in read_forms(resources.text("forms", f"{name}.toml"), name):
            made[form.id, form.version] = form
    return made


def visit(known: Known) -> None:
    """Lay the family's visits on the agenda."""
    child = known.family.children[0]
    if known.family.name == _INFANT:
        for number, (span, seen, texts) in enumerate(_SEEN):
            day = known.days.past(known.on(span))
            if day > known.opened(child):
                last = number == len(_SEEN) - 1
                _lay(known, day, _needs(known, child, day, seen, texts, last=last))
        _lay(known, known.days.yesterday, _plan(known, child, VisitKind.NEEDS, "+3d"))
    if known.family.name == _UNBORN:
        _lay(known, known.days.yesterday, _plan(known, child, VisitKind.PREGNANCY, "+2d"))
    if known.family.name == _SCHOOL:
        day = known.days.past(known.on("-4w"))
        _lay(known, day, _home_visit(known, child, day))
        _lay(known, known.days.yesterday, _plan(known, child, VisitKind.HOME, "+4d", whom=""))


def _lay(known: Known, day: dt.date, act: Act) -> None:
    known.agenda.add(known.days.moment(day, dt.time(15, 40)), act)


def _needs(
    known: Known,
    child: ChildStory,
    day: dt.date,
    seen: Mapping[str, Any],
    texts: Mapping[str, str],
    *,
    last: bool,
) -> Act:
    def write(writer: Writer) -> None:
        values = {
            "kind": VisitKind.NEEDS,
            "held_on": day,
            "joint_with": NURSE,
            "participants": ("Mor", "Barnet"),
        }
        made = visits.plan(writer, known.cases[child.key], values)
        writer.flush()
        visit_notes.write_note(writer, forms(), made, "seen", seen)
        writer.flush()
        for topic, text in texts.items():
            note = visit_notes.write_note(writer, forms(), made, topic, {"text": text})
            writer.flush()
            if topic == "interplay":
                visit_notes.let_into_investigation(writer, note)
                writer.flush()
        _finish(known, writer, child, made, day, last)

    return write


def _finish(known: Known, writer: Writer, child: ChildStory, made: Id, day: dt.date, last: bool) -> None:
    case = known.cases[child.key]
    if last:
        home = {"dog": "Lille hund, gør, men bider ikke", "way_in": "Bagdøren; klokken er i stykker"}
        visits.write_home(writer, case, home)
        writer.flush()
        for what, who, span in (("Tid hos lægen", "Mor", "+1d"), ("Legestue om tirsdagen", NURSE, "+9d")):
            due = known.on(span)
            visits.add_agreement(writer, made, {"what": what, "who": who, "due": due})
            writer.flush()
        return
    draft = visit_journal.draft_of(writer, made)
    if draft is not None:
        entries.sign(writer, draft.id)
        writer.flush()
    visit_journal.sign_parents(writer, forms(), made)
    writer.flush()
    score = {
        "instrument": "EPDS",
        "score": 9,
        "about": "Mor",
        "taken_on": day,
        "taken_by": NURSE,
        "visit": made,
    }
    screening_scores.record(writer, case, score)


def _plan(known: Known, child: ChildStory, kind: VisitKind, span: str, whom: str = NURSE) -> Act:
    when = TimeSpan(known.on(span), dt.time(10, 0), dt.time(11, 15))
    values = {"kind": kind, "when": when, "place": "Hjemme hos familien", "joint_with": whom}
    return lambda writer: visits.plan(writer, known.cases[child.key], values)


def _home_visit(known: Known, child: ChildStory, day: dt.date) -> Act:
    def write(writer: Writer) -> None:
        values = {"kind": VisitKind.HOME, "held_on": day, "participants": ("Magnus",)}
        made = visits.plan(writer, known.cases[child.key], values)
        writer.flush()
        for topic, text in _HOME.items():
            visit_notes.write_note(writer, forms(), made, topic, {"text": text})
            writer.flush()
        visits.add_agreement(
            writer, made, {"what": "Ringe til skolen", "who": "Karen", "due": known.on("+4d")}
        )
        writer.flush()
        draft = visit_journal.draft_of(writer, made)
        if draft is not None:
            entries.sign(writer, draft.id)

    return write
