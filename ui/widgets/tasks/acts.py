"""What can be done about an agreement: ticked, postponed, changed, let fall, reminded of, written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import NO_ID
from caseworker_app.i18n import N_
from caseworker_app.services import agreements
from caseworker_app.services.agreed import Agreed
from caseworker_app.services.ports import Draft
from caseworker_app.services.tasks import Row
from ui.house import Place
from ui.widgets.assessment.sheet import Doing
from ui.widgets.tasks import words
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.tasks.desk import TasksDesk


class Acts(QObject):
    """Does things to what the cursor of a desk is on."""

    def __init__(self, desk: TasksDesk) -> None:
        super().__init__(desk)
        self._desk = desk

    def doings(self, row: Row, *, whole: bool) -> tuple[Doing, ...]:
        """Return the buttons under an agreement; ``whole`` says that the list is of all cases."""
        one, about, house = row.agreed, tr("the agreement"), self._desk.house
        if one.open:
            doings = [
                Doing(tr("Done today (Space)"), self.tick, primary=True, about=about),
                Doing(tr("Done another day …"), partial(self._form, "settle"), about=about),
                Doing(tr("Postpone … (Ctrl+Shift+U)"), self.postpone, about=about),
                *(() if one.mine else (Doing(tr("Remind … (Ctrl+R)"), self.remind, about=about),)),
                Doing(tr("Change … (F2)"), self.change, about=about),
                Doing(tr("Falls away …"), partial(self._form, "drop"), about=about),
            ]
        else:
            doings = [
                Doing(tr("Open it again"), partial(self._reopen, one), about=about),
                Doing(tr("Change … (F2)"), self.change, about=about),
            ]
        place = words.place_of(row.case, one)
        if place is not None:
            doings.append(Doing(tr("Go to where it was agreed"), partial(house.go, place)))
        if whole:
            to = Place("case", row.case.id, f"agreements:tasks:{one.id.hex()}")
            doings.append(Doing(tr("Go to the case"), partial(house.go, to)))
        return tuple(doings)

    # by the keys

    def tick(self) -> None:
        """Say that it is done today; the cursor goes on to the next."""
        row = self._desk.current
        if row is None or not row.agreed.open:
            return
        one = row.agreed
        self._desk.go_on()
        said = N_("What was agreed is done. Ctrl+Z takes it back.")
        self._desk.do(lambda w: agreements.settle(w, one.kept, one.id), said)

    def change(self) -> None:
        """Open its form."""
        self._form("edit")

    def postpone(self) -> None:
        """Ask for a later day and the reason."""
        self._form("move", among_open=True)

    def remind(self) -> None:
        """Show the message and the card."""
        from ui.dialogs.reminder_dialog import remind_of

        row = self._desk.current
        if row is not None and row.agreed.open and not row.agreed.mine:
            self._desk.complaint.clear()
            remind_of(self._desk.house, self._desk, row, self._desk.complaint.show_error)

    def remind_all(self) -> None:
        """Show everybody to be reminded of something by the next working day."""
        from ui.dialogs.reminder_dialog import remind_all

        case = self._desk.case
        remind_all(self._desk.house, self._desk, case.id if case is not None and case.id != NO_ID else None)

    def _reopen(self, one: Agreed) -> None:
        self._desk.do(lambda w: agreements.reopen(w, one.kept, one.id), N_("It is open again."))

    def _form(self, act: str, *, among_open: bool = False) -> None:
        row = self._desk.current
        if row is None or (among_open and not row.agreed.open):
            return
        self._desk.complaint.clear()
        self._open(act, row)

    def _open(self, act: str, row: Row) -> None:
        from ui.dialogs import agreement_forms

        dialog = agreement_forms.ACTS[act](self._desk.house, row.case, self._desk, row.agreed)
        if act in ("settle", "drop"):
            dialog.form.saved.connect(lambda _key: self._desk.go_on())
        dialog.open()

    # writing one

    def add(self) -> None:
        """Write an agreement, in the case that is shown, or in one that is chosen."""
        from ui.dialogs.choose_case_dialog import ChooseCaseDialog

        desk = self._desk
        if desk.case is not None and desk.case.id != NO_ID:
            self.add_in(desk.case)
            return
        row = desk.current
        chooser = ChooseCaseDialog(desk.house, desk, None if row is None else row.case.id)
        chooser.chosen.connect(self.add_in)
        chooser.open()

    def add_in(self, case: Case) -> None:
        """Write an agreement in a case that has been chosen."""
        from ui.dialogs import agreement_forms

        dialog = agreement_forms.agreement(self._desk.house, case, self._desk)
        dialog.form.saved.connect(self._desk.saved)
        dialog.open()

    def resume(self, draft: Draft) -> None:
        """Go on with a form that was left; what it was about may be gone."""
        from ui.dialogs import agreement_forms

        parts = draft.key.split(":")
        if parts[1] == "new":
            self.add()
        elif len(parts) == 4 and parts[3] in agreement_forms.ACTS:
            row = self._desk.row(bytes.fromhex(parts[2]))
            if row is not None:
                self._desk.choose(row.agreed.id)
                self._open(parts[3], row)
