"""The plan of measurements: what is missing first, who introduces it, gives feedback and registers it, at which meeting."""

from __future__ import annotations

from functools import partial

from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Fill
from caseworker_app.domain.measurement import PHASE_LABELS, MeasurementPlan, Phase
from caseworker_app.i18n import N_
from caseworker_app.services import measurements
from caseworker_app.services.measurement_views import CaseMeasures, PlanView, Standing
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.measures import words
from ui.widgets.measures.part import MeasuresPart
from ui.words import tr


class PlanPart(MeasuresPart):
    """A line a planned measurement, those that are missing first."""

    list_name = N_("Planned measurements")
    nothing_yet = N_(
        "No measurement is planned. Plan the one before the help begins; the one after is planned with it, and asked for "
        "when the case is closed."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("Plan a measurement (Ins)"), "Ins", lambda: self.acts.plan()),
            (N_("Register an answer …"), "", lambda: self.acts.choose(self.buttons[1])),
            (N_("Sheet on paper … (Ctrl+P)"), "Ctrl+P", self.print),
            (N_("Fetch scores from a list …"), "", lambda: self.acts.fetch()),
            (N_("Instruments …"), "", lambda: self.acts.instruments()),
        ]

    def lines(self, loaded: CaseMeasures) -> list[ListLine]:
        return [words.plan_line(one) for one in loaded.plans]

    def page(self, loaded: CaseMeasures, key: Id) -> Page | None:
        one = next((view for view in loaded.plans if view.plan.id == key), None)
        if one is None:
            return None
        plan = one.plan
        heading = f"{tr(PHASE_LABELS[plan.phase])} · {words.instrument_name(one.instrument)}"
        quiet = f"{words.person(plan.respondent, plan.who)} · {words.standing(one)}"
        return Page(
            heading, quiet, tuple(self._minds(one)),
            facts=(self._facts(one), words.about(one.instrument, retired=one.retired)),
            lead=Facts("", (), self._doings(one)),
        )  # fmt: skip

    @staticmethod
    def _minds(one: PlanView) -> list[str]:
        minds = []
        if one.standing is Standing.LATE:
            minds.append(tr("It is missing. Take it, set another day, or say why it is not taken."))
        if one.standing is Standing.NO_DAY and one.plan.phase is Phase.AFTER:
            minds.append(
                tr(
                    "Set the day as soon as you know when the help ends. The case asks for it when it is closed."
                )
            )
        if one.retired and one.plan.settled_on is None:
            minds.append(tr("This instrument is retired."))
        return minds

    def _doings(self, one: PlanView) -> tuple[Doing, ...]:
        plan, instrument = one.plan, one.instrument
        about = tr("the planned measurement")
        found: list[Doing] = []
        if plan.settled_on is None and instrument is not None:
            ours = instrument.fill is Fill.SCREEN
            if ours:
                fill = partial(self.acts.fill_in, instrument, plan)
                found.append(Doing(tr("Fill in together …"), fill, primary=True, about=about))
            register = partial(self.acts.register, instrument, plan)
            found.append(Doing(tr("Register the answer …"), register, primary=not ours, about=about))
            sheet = partial(self.acts.sheet, instrument, plan)
            found.append(Doing(tr("Sheet on paper …"), sheet, about=about, icon="print"))
        if plan.settled_on is None:
            found.append(Doing(tr("Change …"), partial(self.acts.plan, plan), about=about))
            found.append(Doing(tr("It is not taken …"), partial(self.acts.let_go, plan), about=about))
        elif plan.let_go:
            again = partial(self.do, lambda w: measurements.take_up(w, plan.id), N_("It is planned again."))
            found.append(Doing(tr("Plan it again"), again, about=about))
        removed = N_("The planned measurement is removed. Ctrl+Z brings it back.")
        found.append(self.removing(lambda w: measurements.remove_plan(w, plan.id), removed, about))
        return tuple(found)

    @staticmethod
    def _facts(one: PlanView) -> Facts:
        plan = one.plan
        meeting = "" if one.meeting is None or one.meeting.when is None else day_words(one.meeting.when.day)
        rows = (
            (tr("To be taken by"), day_words(plan.due)),
            (tr("What is asked"), plan.asked),
            (tr("Who introduces it"), plan.introduces),
            (tr("Who gives feedback"), plan.feedback),
            (tr("Who registers it"), plan.registers),
            (tr("At which meeting"), ", ".join(part for part in (meeting, plan.meeting_words) if part)),
            (tr("Why it is not taken"), plan.let_go),
        )
        return Facts("", rows)

    def chosen(self) -> MeasurementPlan | None:
        """Return the planned measurement that is shown."""
        plans = () if self.loaded is None else self.loaded.plans
        return next((one.plan for one in plans if one.plan.id == self.list.key), None)

    def print(self) -> None:
        """Show the sheet of what is chosen, or ask for which instrument."""
        plan = self.chosen()
        found = None if plan is None or self.loaded is None else self.loaded.shelf.get(plan.instrument)
        if found is None:
            self.acts.choose_sheet(self.buttons[2])
        else:
            self.acts.sheet(found, plan)
