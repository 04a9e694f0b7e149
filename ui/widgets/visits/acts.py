"""What can be done with visits: the forms are opened, what is signed or removed is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.visit import Visit, VisitAgreement, VisitKind, VisitState
from caseworker_app.i18n import N_
from caseworker_app.services import visit_journal, visits
from ui.house import Place
from ui.widgets.time_used import use_time
from ui.widgets.visits.leaving import VisitLeaving
from ui.widgets.visits.words import OneVisit


class VisitActs(VisitLeaving):
    """Does it for the register ``at``; its dialogs stand over it."""

    def do(self, act: Callable[[Any], Any], said: str) -> None:
        """Do something in the store; ``said`` is a msgid."""
        self._at.do(act, said)

    def write(self, visit: Id) -> None:
        """Ask for the page a visit is written on."""
        self._at.write_asked.emit(visit)

    def open(self, make: Callable[..., object], *args: object, **values: object) -> None:
        """Open a form of this case; the cursor goes to what it makes."""
        if self._at.case is None:
            return
        dialog = make(self._house, self._at.case, *args, **values)
        form = getattr(dialog, "form", None)
        if form is not None:
            form.saved.connect(self._at.saved)
        dialog.open()  # type: ignore[attr-defined]  # every maker returns a dialog

    def plan(self) -> None:
        """Plan a visit."""
        from ui.dialogs import visit_forms

        self.open(visit_forms.plan, self._at, siblings=self._siblings())

    def plan_next(self) -> None:
        """Plan what the visit plan expects next."""
        from ui.dialogs import visit_forms

        loaded = self._at.loaded
        if loaded is None:
            return
        if loaded.pregnancy is not None:
            values: dict[str, object] = {"kind": VisitKind.PREGNANCY}
        elif loaded.next is not None:
            step = loaded.next.expected.step
            values = {"kind": VisitKind.SCHEDULED, "step": step.id, "purpose": step.name}
        else:
            return
        self.open(visit_forms.plan, self._at, values, siblings=self._siblings())

    def write_held(self) -> None:
        """Write a visit that was held and never planned."""
        from ui.dialogs import visit_forms

        self.open(visit_forms.plan, self._at, held=True, siblings=self._siblings())

    def hold(self, visit: Visit) -> None:
        """Say that a visit was held."""
        from ui.dialogs import visit_forms

        self.open(visit_forms.hold, visit, self._at, siblings=self._together(visit))

    def change(self, visit: Visit) -> None:
        """Change a visit."""
        from ui.dialogs import visit_forms

        self.open(visit_forms.change, visit, self._at, siblings=self._together(visit))

    def time_used(self, visit: Visit) -> None:
        """Write how long a visit took."""
        use_time(self._house, self._at, "visit", visit.id)

    def agree(self, visit: Visit, agreed: VisitAgreement | None = None) -> None:
        """Write what was agreed, or change it."""
        from ui.dialogs import visit_forms

        if self._at.case is not None:
            also = self._together(visit)
            visit_forms.agreement(self._house, self._at.case, visit, self._at, agreed, also).open()

    def _siblings(self) -> tuple[Case, ...]:
        """Return the siblings a visit may be written for too."""
        return () if self._at.loaded is None else self._at.loaded.siblings

    def _together(self, visit: Visit) -> tuple[Case, ...]:
        """Return the siblings a visit is written for too."""
        one = None if self._at.loaded is None else self._at.loaded.one(visit.id)
        return () if one is None else one.view.together

    def score(self) -> None:
        """Record a score."""
        from ui.dialogs import visit_forms

        one = None if self._at.loaded is None else self._at.loaded.one(self._at.list.key)
        if self._at.case is not None:
            visit_forms.score(self._house, self._at.case, self._at, None if one is None else one.visit).open()

    def glance(self) -> None:
        """Show what one looks at before the door."""
        from ui.dialogs.visit_glance import VisitGlance

        if self._at.case is not None:
            VisitGlance(self._house, self._at.case.id, self._at.list.key, self._at).open()

    def choose_plan(self) -> None:
        """Choose which visit plan is followed here."""
        from ui.dialogs.visit_plan_dialog import VisitPlanDialog

        VisitPlanDialog(self._house, self._at).open()

    def write_current(self) -> None:
        """Write of the visit the cursor is on."""
        key = self._at.list.key
        one = None if self._at.loaded is None else self._at.loaded.one(key)
        if one is not None and one.visit.state is not VisitState.CALLED_OFF:
            self._at.write_asked.emit(one.visit.id)

    def remove(self, visit: Visit) -> None:
        """Remove a visit."""
        self._at.do(lambda w: visits.remove(w, visit.id), N_("The visit is removed. Ctrl+Z brings it back."))

    def parents_journal(self) -> None:
        """Show the journal of each parent, across the siblings' cases."""
        from ui.dialogs.parents_journal_dialog import ParentsJournalDialog

        if self._at.case is not None:
            ParentsJournalDialog(self._house, self._at.case, self._at).open()

    def sign_parents(self, visit: Visit, parent: Id | None = None) -> None:
        """Sign the parents' part, of one of them alone where ``parent`` is her card."""
        books = self._house.books
        self._at.do(
            lambda w: visit_journal.sign_parents(w, books.forms(w), visit.id, parent),
            N_("Signed in the parents' journal."),
        )

    def correct_parents(self, one: OneVisit) -> None:
        """Write the correction of a signed entry of the parents' journal."""
        from ui.dialogs.parents_entry_dialog import ParentsEntryDialog

        ParentsEntryDialog(self._house, one.parents[-1], self._at).open()

    def to_entry(self, draft: Id) -> None:
        """Go to the entry that is being written."""
        if self._at.case is not None:
            self._house.go(Place("case", self._at.case.id, f"journal:entries:{draft.hex()}"))
