"""Underretninger of one child: the clock of each, what is to be done with it, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.receipt_facts import as_text
from caseworker_app.i18n import N_
from caseworker_app.services import notification_papers, notification_views, notifications, settling
from caseworker_app.services.notification_views import NotificationView, Step, StepView
from caseworker_app.services.ports import Draft, Reader
from ui.house import House, Place
from ui.tasks import Query
from ui.value_words import moment
from ui.widgets.assessment import notification_page as words
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.today.due_words import said
from ui.words import tr

CLOCK_MS = 20_000
"""How often the countdown is said anew; it is said in hours, and in minutes during the last one."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case's notifications, and the moment they were read."""

    views: tuple[NotificationView, ...]
    now: dt.datetime
    today: dt.date
    read_at: dt.datetime


class NotificationsPart(Register[Loaded]):
    """``want`` goes to a notification by its id; I dag's clock comes here."""

    follows = frozenset(
        {
            "notification", "first_contact", "deadline_mark", "intervention", "investigation", "case", "print",
            "worker", "office",
        }
    )  # fmt: skip
    carried = "notification"
    list_name = N_("Notifications of concern")
    nothing_yet = N_(
        "No notification of concern has come about this child. When one comes, record it here: its 24 hours begin to "
        "run, and everything that is to be done with it stands in its place."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.papers = PaperDesk(house, self)
        self.papers.refused.connect(self.complaint.show_error)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def doings(self) -> list[Button]:
        return [(N_("A notification has come (Ins)"), "Ins", self.receive)]

    def load(self, reader: Reader, case: Case) -> Loaded:
        views = notification_views.of_case(reader, self.house.books.rules(reader), case.id)
        return Loaded(views, reader.now, reader.today, dt.datetime.now(dt.UTC))

    def _now(self) -> dt.datetime:
        """Return the store's moment, moved on by what has passed since it was read."""
        loaded = self.loaded
        if loaded is None:
            return dt.datetime.now(dt.UTC)
        return loaded.now + (dt.datetime.now(dt.UTC) - loaded.read_at)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [words.line_of(view, self._now()) for view in loaded.views]

    def view(self, key: Id) -> NotificationView | None:
        """Return a notification that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((view for view in views if view.notification.id == key), None)

    def _tick(self) -> None:
        """Say the countdown anew; a page out of sight says nothing."""
        key = self.list.key
        view = None if key is None or not self.isVisible() else self.view(key)
        if view is not None:
            self.sheet.say_clock(*words.clock_words(view, self._now()))

    # the sheet

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        view = self.view(key)
        if view is None:
            return None
        one = view.notification
        came = "" if one.received_at is None else moment(one.received_at)
        clock, tone = words.clock_words(view, self._now())
        groups = [Facts(heading, tuple(rows)) for heading, rows in words.facts_of(view)]
        first, *others = groups
        return Page(
            words.sender_words(one),
            tr("Received {moment}", moment=came),
            self._minds(view),
            clock,
            tr("What is done with it"),
            tuple(self._task(view, step) for step in view.steps),
            (self._contacts(view), *others),
            self._doings(view),
            clock_tone="overdue" if tone == "overdue" else "soon",
            lead=first,
        )

    def _minds(self, view: NotificationView) -> tuple[str, ...]:
        found = []
        if view.doubt is not None:
            found.append(said(view.doubt))
        if view.twins:
            found.append(
                tr(
                    "Another one came from the same sender on that day. Both are kept; remove one if it is the same."
                )
            )
        if view.helped:
            found.append(tr("The child had an intervention when it came: the case is looked at again."))
        return tuple(found)

    def _task(self, view: NotificationView, step: StepView) -> Task:
        name, quiet = words.step_words(step)
        late = step.deadline is not None and step.deadline.lateness.value == "overdue"
        return Task(name, quiet, not step.open, self._step_doings(view, step), "overdue" if late else "soon")

    def _step_doings(self, view: NotificationView, step: StepView) -> tuple[Doing, ...]:
        one, again = view.notification, tr("Change …")
        match step.step:
            case Step.ASSESSED if step.open and step.deadline is not None:
                return (Doing(tr("Assess …"), partial(self.assess, view), primary=True),)
            case Step.SECOND_OPINION:
                return (
                    Doing(
                        tr("Record …") if step.open else again, partial(self._form, "second_opinion", view)
                    ),
                )
            case Step.WORKER_TOLD if step.open:
                return (Doing(tr("Told today"), partial(self._today, notifications.tell_worker, one.id)),)
            case Step.CHILD_HEARD if step.open:
                return (Doing(tr("Held today"), partial(self._today, notifications.hear_child, one.id)),)
            case Step.RECEIPT:
                letter = Doing(tr("The letter …"), partial(self.receipt, one.id))
                copied = Doing(tr("Copy as text"), partial(self.copy_receipt, one.id))
                sent = (
                    (Doing(tr("Sent today"), partial(self.sent, step)),)
                    if step.open and step.deadline
                    else ()
                )
                return (letter, copied, *sent)
            case Step.GIVEN:
                return (Doing(tr("Record …") if step.open else again, partial(self._form, "hand_on", view)),)
            case Step.SCREENED:
                return (Doing(tr("Screen …") if step.open else again, partial(self._form, "screen", view)),)
        return ()

    def _contacts(self, view: NotificationView) -> Facts:
        add = Doing(tr("Add a first contact …"), partial(self._form, "contact", view))
        return Facts(tr("First contacts"), tuple(map(words.contact_words, view.contacts)), (add,))

    def _doings(self, view: NotificationView) -> tuple[Doing, ...]:
        one, about = view.notification, tr("the notification")
        found = [Doing(tr("Change …"), partial(self._form, "change", view), about=about)]
        if view.began is not None:
            found.append(Doing(tr("Go to what it began"), partial(self._go_on, view.began.id)))
        remove = partial(
            self.do,
            lambda w: notifications.remove(w, one.id),
            N_("The notification is removed. Ctrl+Z brings it back."),
        )
        found.append(Doing(tr("Remove"), remove, about=about))
        return tuple(found)

    # what is done

    def receive(self) -> None:
        """Record one that has come."""
        from ui.dialogs import notification_forms

        if self.case is not None:
            self._open(notification_forms.receive(self.house, self.case, self))

    def _open(self, dialog: QDialog) -> None:
        form = getattr(dialog, "form", None)
        if form is not None:
            form.saved.connect(self.saved)
        dialog.open()

    def _form(self, name: str, view: NotificationView) -> None:
        from ui.dialogs import notification_forms

        if self.case is not None:
            make = getattr(notification_forms, name)
            make(self.house, self.case, view.notification, self).open()

    def assess(self, view: NotificationView) -> None:
        """Open the assessment within 24 hours."""
        from ui.dialogs.assessment_dialog import AssessmentDialog

        step = view.step(Step.ASSESSED)
        if step is not None and step.deadline is not None:
            AssessmentDialog(self.house, step.deadline, self).open()

    def _today(self, act: object, one: Id) -> None:
        loaded = self.loaded
        if loaded is not None and callable(act):
            self.do(lambda w: act(w, one, loaded.today), N_("It is noted as done. Ctrl+Z opens it again."))

    def sent(self, step: StepView) -> None:
        """Note that the receipt left today."""
        one = step.deadline
        if one is not None:
            self.do(
                lambda w: settling.mark_done(w, one, w.today),
                N_("It is noted as done. Ctrl+Z opens it again."),
            )

    def receipt(self, one: Id) -> None:
        """Show the receipt as a letter."""
        title = tr("Receipt of a notification")
        ask = Query(
            lambda r: notification_papers.receipt(r, one), lambda job: self.papers.preview(job, title, title)
        )
        self.complaint.clear()
        self.house.tasks.query(self, ask)

    def copy_receipt(self, one: Id) -> None:
        """Put the receipt on the clipboard as text."""

        def copy(text: str) -> None:
            QApplication.clipboard().setText(text)
            self.house.say(tr("The receipt is on the clipboard."))

        ask = Query(lambda r: as_text(notification_papers.receipt_facts(r, one)), copy)
        self.house.tasks.query(self, ask)

    def _go_on(self, investigation: Id) -> None:
        if self.case is not None:
            self.house.go(Place("case", self.case.id, f"assessment:investigation:{investigation.hex()}"))

    def resume(self, draft: Draft) -> None:
        from ui.dialogs import notification_forms

        kind, *rest = draft.key.split(":")
        if kind == "notification" and rest[:1] == ["new"]:
            self.receive()
            return
        about = rest[1] if rest[0] == "new" else rest[0]
        view = self.view(bytes.fromhex(about)) if len(about) == 32 else None
        if view is None or self.case is None:
            return
        if kind == "first_contact":
            notification_forms.contact(self.house, self.case, view.notification, self).open()
        elif kind == "assessment":
            self.assess(view)
        else:
            names = {"": "change", "second": "second_opinion", "given": "hand_on", "screening": "screen"}
            self._form(names.get("".join(rest[1:]), "change"), view)
