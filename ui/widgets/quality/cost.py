"""Cost assessments: the latest first; what an effort costs a year, for each and each month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.cost import CostExpense, CostLine, Profession
from caseworker_app.domain.cost_sums import hourly_price
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kroner import whole_kroner
from caseworker_app.i18n import N_
from caseworker_app.services import cost_papers, costs, efforts
from caseworker_app.services.costs import CostView, WageView
from caseworker_app.services.ports import Reader
from ui.dialogs.record_dialog import RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Page
from ui.widgets.cooperation.part import CooperationPart
from ui.widgets.quality.cost_page import cost_page
from ui.words import tr


@dataclass(frozen=True, slots=True)
class CostsLoaded:
    """The sheets, and the efforts one can be about."""

    views: tuple[CostView, ...]
    efforts: tuple[Effort, ...]


class CostPart(CooperationPart[CostsLoaded]):
    """It belongs to no case."""

    follows = frozenset({"cost_sheet", "cost_wage", "cost_line", "cost_expense", "time_entry", "own_effort"})
    list_name = N_("Cost assessments")
    nothing_yet = N_(
        "No cost assessment yet. Hours by profession and phase, with citizens and without, and other expenses: what an "
        "effort costs in a year, for each, and each month."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [
            (N_("New cost assessment (Ins)"), "Ins", self.begin),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
            (N_("Save as a spreadsheet …"), "", self.export),
        ]

    def load(self, reader: Reader, case: Case) -> CostsLoaded:
        return CostsLoaded(costs.sheets(reader), efforts.offered(reader, self.house.books.efforts()))

    def lines(self, loaded: CostsLoaded) -> list[ListLine]:
        return [self._line(one) for one in loaded.views]

    @staticmethod
    def _line(one: CostView) -> ListLine:
        sheet, found = one.sheet, one.found
        until = short_day(sheet.ends_on)
        if one.lacks:
            return ListLine(sheet.id, sheet.name, tr("a wage is missing"), "warning", "soon")
        if found is None or not found.share.all:
            return ListLine(sheet.id, sheet.name, tr("nothing to sum yet"), "today", "soon")
        cost = found.unit.per_citizen
        words = (
            tr("{kroner} kr. a year", kroner=whole_kroner(found.unit.year))
            if cost is None
            else tr("{kroner} kr. for each", kroner=whole_kroner(cost))
        )
        return ListLine(
            sheet.id, sheet.name, " · ".join(part for part in (words, until) if part), "done", "done"
        )

    def view(self, key: Id | None) -> CostView | None:
        """Return a sheet that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((one for one in views if one.sheet.id == key), None)

    def page(self, loaded: CostsLoaded, key: Id) -> Page | None:
        one = self.view(key)
        return None if one is None else cost_page(self, one)

    @staticmethod
    def hour_words(one: CostView, wage: WageView) -> str:
        """Return what an hour of a profession costs."""
        if wage.monthly is None:
            return "–"
        return whole_kroner(hourly_price(wage.monthly, one.sheet.overhead or 0, one.sheet.hours or 1))

    # what is done

    def _open_own(self, dialog: RecordDialog) -> None:
        dialog.form.saved.connect(self.saved)
        dialog.open()

    def _efforts(self) -> tuple[Effort, ...]:
        return () if self.loaded is None else self.loaded.efforts

    def begin(self) -> None:
        """Begin a sheet."""
        from ui.dialogs import cost_forms

        self._open_own(cost_forms.sheet(self.house, self, self._efforts()))

    def change(self, sheet: Id, first: str) -> None:
        """Change a sheet."""
        from ui.dialogs import cost_forms

        found = self.view(sheet)
        if found is not None:
            self._open_own(cost_forms.sheet(self.house, self, self._efforts(), found.sheet, first))

    def hours(self, sheet: Id, found: CostLine | None) -> None:
        """Write hours, or change some."""
        from ui.dialogs import cost_forms

        self._open_own(cost_forms.hours(self.house, self, sheet, found))

    def wage(self, sheet: Id, who: Profession, monthly: int | None) -> None:
        """Write a wage."""
        from ui.dialogs import cost_forms

        self._open_own(cost_forms.wage(self.house, self, sheet, who, monthly))

    def expense(self, sheet: Id, found: CostExpense | None) -> None:
        """Write an expense, or change one."""
        from ui.dialogs import cost_forms

        self._open_own(cost_forms.expense(self.house, self, sheet, found))

    def print(self) -> None:
        """Show the sheet as a paper."""
        key = self.list.key
        if key is not None and self.view(key) is not None:
            self.show_paper(lambda r: cost_papers.cost_job(r, key), tr("Cost assessment"))

    def export(self) -> None:
        """Save the sheet as a spreadsheet."""
        key = self.list.key
        if key is None or self.view(key) is None:
            return
        self.complaint.clear()
        kinds = tr("Spreadsheet") + " (*.xlsx)"
        title = tr("Save as a spreadsheet …")
        asked = Query(
            lambda r: cost_papers.cost_table_job(r, key), lambda job: self.desk.save(job, title, kinds)
        )
        self.house.tasks.query(self, asked)

    def forms(self) -> dict[str, Callable[[], None]]:
        found: dict[str, Callable[[], None]] = {"cost_sheet:new": self.begin}
        for one in () if self.loaded is None else self.loaded.views:
            sheet = one.sheet.id
            found[f"cost_sheet:{sheet.hex()}"] = partial(self.change, sheet, "name")
            found[f"cost_line:new:{sheet.hex()}"] = partial(self.hours, sheet, None)
            found[f"cost_expense:new:{sheet.hex()}"] = partial(self.expense, sheet, None)
            for line in one.hours:
                found[f"cost_line:{line.id.hex()}"] = partial(self.hours, sheet, line)
            for paid in one.expenses:
                found[f"cost_expense:{paid.id.hex()}"] = partial(self.expense, sheet, paid)
            for wage in one.wages:
                key = f"cost_wage:{sheet.hex()}:{wage.profession.value}"
                found[key] = partial(self.wage, sheet, wage.profession, wage.monthly)
        return found
