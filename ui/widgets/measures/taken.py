"""What was measured: the scores with what each norm set says, beside what was said, seen and noted."""

from __future__ import annotations

from functools import partial

from caseworker_app.domain.ids import Id
from caseworker_app.domain.measurement import ANSWERED_LABELS, PHASE_LABELS, Answered
from caseworker_app.i18n import N_
from caseworker_app.services import measurements
from caseworker_app.services.measurement_views import CaseMeasures, MeasurementView
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.measures import words
from ui.widgets.measures.part import MeasuresPart
from ui.words import tr


class TakenPart(MeasuresPart):
    """A line a measurement, the latest first."""

    list_name = N_("Measurements")
    nothing_yet = N_(
        "Nothing is measured yet. Register an answer: the scores of the paper, and beside them what was said and seen."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("Register an answer … (Ins)"), "Ins", lambda: self.acts.choose(self.buttons[0])),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", lambda: self.acts.together()),
            (N_("Fetch scores from a list …"), "", lambda: self.acts.fetch()),
        ]

    def lines(self, loaded: CaseMeasures) -> list[ListLine]:
        return [words.taken_line(one) for one in loaded.taken]

    def page(self, loaded: CaseMeasures, key: Id) -> Page | None:
        one = next((view for view in loaded.taken if view.measurement.id == key), None)
        if one is None:
            return None
        found = one.measurement
        heading = f"{tr(PHASE_LABELS[found.phase])} · {found.asked or words.instrument_name(one.instrument)}"
        quiet = f"{words.person(found.respondent, found.who)} · {day_words(found.taken_on)}"
        about = tr("the measurement")
        removed = N_("The measurement is removed. Ctrl+Z brings it back.")
        doings = (
            Doing(
                tr("Change …"), partial(self.acts.change, one.instrument, found), primary=True, about=about
            ),
            self.removing(lambda w: measurements.remove(w, found.id), removed, about),
        )
        return Page(
            heading, quiet, tuple(_minds(one)),
            facts=(words.scores(one), words.beside(one), *words.norms(one), _origin(one), words.about(one.instrument)),
            lead=Facts("", (), doings),
        )  # fmt: skip


def _minds(one: MeasurementView) -> list[str]:
    found, minds = one.measurement, []
    if one.alarms:
        minds.append(
            tr("{name} is above 0: it needs action whatever the total is. Done: {safety}", name=one.alarms[0].name,
               safety=found.safety)
        )  # fmt: skip
    if one.wrong_age and one.instrument is not None:
        minds.append(
            tr("{name} is made for {low}-{high} years; the child was {age}.", name=one.instrument.name,
               low=one.instrument.from_age, high=one.instrument.to_age, age=one.age)
        )  # fmt: skip
    alone = not (found.own_words or found.observation or found.note)
    if found.answered is Answered.YES and alone:
        minds.append(tr("The numbers stand alone. Write what was said or seen: they are read together."))
    return minds


def _origin(one: MeasurementView) -> Facts:
    found = one.measurement
    answer = (
        "" if found.answered is Answered.YES else f"{tr(ANSWERED_LABELS[found.answered])}: {found.reason}"
    )
    rows = (
        (tr("Answer"), answer),
        (tr("Where the scores come from"), found.came_from),
        (tr("Filled in together"), tr("Yes") if found.together else ""),
        (tr("Registered by"), found.registered_by),
    )
    return Facts(tr("Where it comes from"), rows)
