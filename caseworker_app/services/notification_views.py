"""What is shown of a case's notifications: each with its clock, what is still to be done with it, and what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.notification import FirstContact, Notification
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services import caseload_deadlines, notifications
from caseworker_app.services.deadline import Deadline, Work
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.statutes import DENMARK, helped_on


class Step(StrEnum):
    """What is done with a notification, in the order it is done."""

    ASSESSED = "assessed"
    SECOND_OPINION = "second_opinion"
    WORKER_TOLD = "worker_told"
    CHILD_HEARD = "child_heard"
    RECEIPT = "receipt"
    GIVEN = "given"
    SCREENED = "screened"


STEP_LABELS = {
    Step.ASSESSED: "Assessment within 24 hours",
    Step.SECOND_OPINION: "Second opinion of the case",
    Step.WORKER_TOLD: "The case's worker is told",
    Step.CHILD_HEARD: "Talk with the child about abuse",
    Step.RECEIPT: "Receipt to the sender",
    Step.GIVEN: "Given to somebody to go on with",
    Step.SCREENED: "Result of the screening",
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: the day it was done (``None``: not yet), by whom or with what, and the deadline behind it, if any."""

    step: Step
    done_on: dt.date | None = None
    words: str = ""
    deadline: Deadline | None = None
    waived: bool = False

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.waived


@dataclass(frozen=True, slots=True)
class NotificationView:
    """A notification as a page shows it.

    ``helped``: the child had support or was placed when it came. ``twins`` may be the same one. ``doubt`` says that
    the computer's clock stands before the moment it came.
    """

    notification: Notification
    steps: tuple[StepView, ...]
    contacts: tuple[FirstContact, ...]
    helped: bool
    twins: tuple[Notification, ...]
    began: Investigation | None
    doubt: Phrase | None = None

    def step(self, step: Step) -> StepView | None:
        """Return one of its steps, ``None`` when it is not asked for."""
        return next((one for one in self.steps if one.step is step), None)

    @property
    def open(self) -> bool:
        """Whether anything is still to be done with it."""
        return any(one.open for one in self.steps)

    @property
    def ends_at(self) -> dt.datetime | None:
        """The moment its 24 hours are over, while nobody has assessed it."""
        assessed = self.step(Step.ASSESSED)
        running = assessed is not None and assessed.open and assessed.deadline is not None
        return assessed.deadline.at if assessed is not None and assessed.deadline and running else None


def of_case(reader: Reader, book: RuleBook, case: Id) -> tuple[NotificationView, ...]:
    """Return a case's notifications, the latest first. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    received = reader.find(Notification, stream=found.stream)
    if not received:
        return ()
    due = caseload_deadlines.of_case(reader, book, case).deadlines
    helps = reader.find(Intervention, stream=found.stream)
    contacts = reader.find(FirstContact, stream=found.stream)
    views = [
        _view(reader, found, one, received, helps, [c for c in contacts if c.notification == one.id], due)
        for one in received
    ]
    earliest = dt.datetime.min.replace(tzinfo=dt.UTC)
    views.sort(key=lambda v: v.notification.received_at or earliest, reverse=True)
    return tuple(views)


def _view(
    reader: Reader,
    case: Case,
    one: Notification,
    among: Sequence[Notification],
    helps: Sequence[Intervention],
    contacts: Sequence[FirstContact],
    due: Sequence[Deadline],
) -> NotificationView:
    received = one.received_at
    day = reader.today if received is None else received.astimezone(DENMARK).date()
    helped = helped_on(helps, day)
    own = [d for d in due if d.subject == one.id]
    doubt = None
    if received is not None and received > reader.now:
        doubt = Phrase("It came later than the computer's clock says it is now. Check the clock.")
    began = None if one.investigation is None else reader.get(Investigation, one.investigation)
    return NotificationView(
        one,
        tuple(_steps(case, one, day, own, helped=helped)),
        tuple(sorted(contacts, key=lambda c: c.held_on or dt.date.min)),
        helped,
        notifications.twins_of(one, among),
        None if began is None or began.cancelled else began,
        doubt,
    )


def _steps(
    case: Case, one: Notification, day: dt.date, own: Sequence[Deadline], *, helped: bool
) -> list[StepView]:
    def by(*outcomes: str) -> Deadline | None:
        return next((d for d in own if set(outcomes) & set(d.outcome)), None)

    def step(name: Step, done: dt.date | None, words: str, deadline: Deadline | None = None) -> StepView:
        settled = deadline is not None and not deadline.open
        if done is None and settled and deadline is not None:
            done = deadline.item.held
        return StepView(name, done, words, deadline, waived=settled and done is None)

    assessed = None if one.assessed_at is None else one.assessed_at.astimezone(DENMARK).date()
    found = [step(Step.ASSESSED, assessed, one.assessed_by, by("danger_assessed"))]
    if helped:
        found.append(step(Step.SECOND_OPINION, one.second_on, one.second_by, by("case_reassessed")))
    elif case.opened_on is not None and case.opened_on < day:
        found.append(step(Step.WORKER_TOLD, one.told_on, ""))
    if one.abuse_suspected:
        found.append(step(Step.CHILD_HEARD, one.child_heard_on, "", by("talk_without_parents")))
    if one.answerable:
        receipt = next((d for d in own if d.work is Work.RECEIPT), None)
        found.append(step(Step.RECEIPT, one.receipt_sent_on, "", receipt))
    found.append(step(Step.GIVEN, one.given_on, one.given_to))
    found.append(step(Step.SCREENED, one.screened_on, ""))
    return found
