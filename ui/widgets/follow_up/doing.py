"""Opening the right form for what is due, or for what is to be done with an intervention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import full_date
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import Goal
from caseworker_app.i18n import N_
from caseworker_app.services import interventions, settling, taking_back
from caseworker_app.services.case_desk import Agreed, CaseDesk
from caseworker_app.services.deadline import Deadline, MissingDay, Work
from caseworker_app.services.interventions import InterventionView
from caseworker_app.services.settling import Settled
from caseworker_app.services.taking_back import TakenBack
from ui.house import House, Place
from ui.tasks import Op
from ui.widgets.today.due_words import place_of
from ui.words import tr


def hold_key(intervention: Id) -> str:
    """Return the key of the draft of a follow-up that is being written."""
    return f"follow_up:hold:{intervention.hex()}"


def do(house: House, desk: CaseDesk, one: Deadline, parent: QWidget) -> None:
    """Open what does a deadline."""
    match one.work:
        case Work.FOLLOW_UP:
            hold(house, desk, one.subject, None if one.law else one.due, parent)
        case Work.HEARING:
            hearing(house, desk, one.subject, parent)
        case Work.RHYTHM:
            rhythm(house, desk, one.subject, parent)
        case Work.PLAN:
            house.go(Place("case", one.case.id, "plan"))
        case Work.COMPLAINT | Work.PARENT_HEARD | Work.INVESTIGATION:
            house.go(place_of(one))
        case Work.ASSESSMENT:
            from ui.dialogs.assessment_dialog import AssessmentDialog

            AssessmentDialog(house, one, parent).open()
        case _:
            from ui.dialogs.waive_dialog import DoneDialog

            DoneDialog(house, one, parent).open()


def waive(house: House, one: Deadline, parent: QWidget) -> None:
    """Let a deadline go, with the reason."""
    from ui.dialogs.waive_dialog import WaiveDialog

    WaiveDialog(house, one, parent).open()


def open_settled(house: House, desk: CaseDesk, one: Deadline, parent: QWidget) -> None:
    """Open what settled a deadline, where it is something to be read and changed."""
    by = desk.settled.get(one.name)
    if isinstance(by, FollowUp):
        open_follow_up(house, desk.case, by.id, parent)
    elif by is None and one.work is Work.HEARING:
        hearing(house, desk, one.subject, parent)
    elif by is None and one.work is Work.PLAN:
        house.go(Place("case", one.case.id, "plan"))


def opens(desk: CaseDesk, one: Deadline) -> bool:
    """Whether there is something to open of what settled a deadline."""
    by = desk.settled.get(one.name)
    return isinstance(by, FollowUp) or (by is None and not one.open and one.work in (Work.HEARING, Work.PLAN))


def open_follow_up(house: House, case: Case, follow_up: Id, parent: QWidget) -> None:
    """Open a follow-up that is written."""
    from ui.dialogs.written_follow_up_dialog import WrittenFollowUpDialog

    WrittenFollowUpDialog(house, case, follow_up, parent).open()


def take_back(house: House, by: Settled, owner: QObject) -> None:
    """Take back what settled a due date; undo brings it again."""
    if isinstance(by, FollowUp):
        take = Op(lambda w: taking_back.take_back(w, by.id), lambda back: house.say(taken_back_words(back)))
        house.tasks.op(owner, take)
    else:
        said = N_("What was noted as done or waived is open again. Ctrl+Z brings it back.")
        house.tasks.op(owner, Op(lambda w: settling.take_back_mark(w, by.id), said=said))


def taken_back_words(back: TakenBack) -> str:
    """Say that a follow-up is taken back, and what was put back with it."""
    first = tr("The follow-up is taken back, and what it settled is open again.")
    return " ".join((first, *put_back(back), tr("Ctrl+Z brings it back.")))


def put_back(back: TakenBack) -> list[str]:
    """Say what is put back with a follow-up, and what is left because it was changed since."""
    language, said = i18n.current().language, []
    if back.waived:
        days = ", ".join(full_date(one.due, language) for one in back.waived if one.due is not None)
        said.append(tr("The earlier dates let go with it are open again: {days}.", days=days))
    if back.goals:
        said.append(tr("Goals that stand as before it: {goals}.", goals=_quoted(back.goals)))
    if back.kept:
        said.append(tr("Changed since, and left as they are: {goals}.", goals=_quoted(back.kept)))
    return said


def _quoted(goals: Iterable[Goal]) -> str:
    return ", ".join(f"„{goal.text}“" for goal in goals)


def enter_day(house: House, desk: CaseDesk, missing: MissingDay, parent: QWidget) -> None:
    """Go to the field of a day that is missing."""
    from ui.dialogs.intervention_dialog import InterventionDialog

    found = desk.intervention(missing.subject)
    if found is not None:
        InterventionDialog(house, desk.case, found, parent, first=missing.field).open()


def hold(house: House, desk: CaseDesk, intervention: Id, due: dt.date | None, parent: QWidget) -> None:
    """Hold a follow-up; ``due`` is the due date it is to settle, ``None`` for the earliest open one."""
    from ui.dialogs.follow_up_dialog import FollowUpDialog

    FollowUpDialog(house, desk.case, intervention, due, parent).open()


def register(house: House, case: Case, parent: QWidget) -> None:
    """Register an intervention."""
    from ui.dialogs.intervention_dialog import InterventionDialog

    InterventionDialog(house, case, None, parent).open()


def hearing(house: House, desk: CaseDesk, intervention: Id, parent: QWidget) -> None:
    """Record the child's hearing before an intervention."""
    from ui.dialogs.party_hearing_dialog import PartyHearingDialog

    view = next(v for v in desk.interventions.rows if v.intervention.id == intervention)
    PartyHearingDialog(house, desk.case, view, parent).open()


def rhythm(house: House, desk: CaseDesk, intervention: Id, parent: QWidget) -> None:
    """Record how follow-up goes on after the first one."""
    from ui.dialogs.rhythm_dialog import RhythmDialog

    found = desk.intervention(intervention)
    if found is not None:
        RhythmDialog(house, found, parent).open()


def act(house: House, desk: CaseDesk, name: str, view: InterventionView, parent: QWidget) -> None:
    """Do something with an intervention, by the name it has on its card."""
    found = view.intervention
    match name:
        case "hold":
            hold(house, desk, found.id, None, parent)
        case "edit":
            from ui.dialogs.intervention_dialog import InterventionDialog

            InterventionDialog(house, desk.case, found, parent).open()
        case "end":
            from ui.dialogs.end_intervention_dialog import EndInterventionDialog

            EndInterventionDialog(house, found, parent).open()
        case "hearing":
            hearing(house, desk, found.id, parent)
        case "rhythm":
            rhythm(house, desk, found.id, parent)
        case "exception":
            from ui.dialogs.exception_dialog import ExceptionDialog

            offered = desk.agreed.get(found.id, Agreed()).offered
            ExceptionDialog(house, found, offered, parent).open()
        case "exceptions":
            from ui.dialogs.exceptions_dialog import ExceptionsDialog

            ExceptionsDialog(house, desk, found, parent).open()
        case "follow_ups":
            from ui.dialogs.follow_ups_dialog import FollowUpsDialog

            FollowUpsDialog(house, desk.case, found, parent).open()
        case "go_on":
            said = N_("The intervention goes on.")
            house.tasks.op(parent, Op(lambda w: interventions.go_on(w, found.id), said=said))
        case "remove":
            said = N_("The intervention is removed. Ctrl+Z brings it back.")
            house.tasks.op(parent, Op(lambda w: interventions.remove(w, found.id), said=said))
