"""What is done with measurements: planned, filled in together, registered, put on paper, fetched from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QPushButton

from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Fill, Instrument
from caseworker_app.domain.measurement import Measurement, MeasurementPlan
from caseworker_app.services import measurement_papers
from caseworker_app.services.measurement_views import CaseMeasures
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.measures.part import MeasuresPart


class MeasureActs(QObject):
    """The acts of one part over one case."""

    def __init__(self, part: MeasuresPart) -> None:
        super().__init__(part)
        self._part = part

    @property
    def _loaded(self) -> CaseMeasures | None:
        return self._part.loaded

    # the plan

    def plan(self, found: MeasurementPlan | None = None) -> None:
        """Plan a measurement, or change a planned one."""
        from ui.dialogs import measure_forms

        loaded = self._loaded
        if loaded is not None:
            house = self._part.house
            self._part.open(lambda _case: measure_forms.plan(house, self._part, loaded, found))

    def let_go(self, found: MeasurementPlan) -> None:
        """Say why a planned measurement is not taken."""
        from ui.dialogs import measure_forms

        self._part.open(lambda case: measure_forms.let_go(self._part.house, case, self._part, found))

    # an answer

    def choose(self, button: QPushButton) -> None:
        """Choose with which instrument, and register an answer."""
        self._menu(button, self.register)

    def choose_sheet(self, button: QPushButton) -> None:
        """Choose which instrument's sheet is wanted."""
        self._menu(button, self.sheet)

    def _menu(self, button: QPushButton, act: Callable[[Instrument], None]) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        menu = QMenu(self._part)
        menu.setAccessibleName(tr("Instruments"))
        for one in loaded.shelf.offered(loaded.today):
            menu.addAction(one.name.replace("&", "&&")).triggered.connect(lambda _on=False, one=one: act(one))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        self.menu = menu

    def register(self, instrument: Instrument, planned: MeasurementPlan | None = None) -> None:
        """Register an answer; one of our own scales can be filled in with the citizen."""
        from ui.dialogs import measure_forms

        loaded = self._loaded
        if loaded is not None:
            house = self._part.house
            self._part.open(
                lambda _case: measure_forms.measurement(house, self._part, loaded, instrument, planned)
            )

    def fill_in(self, instrument: Instrument, planned: MeasurementPlan | None = None) -> None:
        """Fill in together with the citizen on the whole screen; what is answered stands in the form under it."""
        from ui.dialogs import measure_forms
        from ui.widgets.measures.fill_in import FillIn

        loaded = self._loaded
        if loaded is None or instrument.fill is not Fill.SCREEN:
            return
        form = measure_forms.measurement(self._part.house, self._part, loaded, instrument, planned)
        form.form.saved.connect(self._part.saved)
        asked = "" if planned is None else planned.asked
        form.form.shown.connect(lambda: FillIn.over(form, instrument, asked))
        form.open()

    def change(self, instrument: Instrument | None, found: Measurement) -> None:
        """Change a measurement."""
        from ui.dialogs import measure_forms

        loaded = self._loaded
        if loaded is not None and instrument is not None:
            house = self._part.house
            self._part.open(
                lambda _case: measure_forms.measurement(house, self._part, loaded, instrument, found=found)
            )

    def fetch(self) -> None:
        """Fetch scores from a list."""
        from ui.dialogs.measure_import_dialog import MeasureImportDialog

        if self._loaded is not None:
            MeasureImportDialog(self._part.house, self._loaded, self._part).open()

    def instruments(self) -> None:
        """Show the instruments: own ones are added, any is retired."""
        from ui.dialogs.instruments_dialog import InstrumentsDialog

        InstrumentsDialog(self._part.house, self._part).open()

    # paper

    def sheet(self, instrument: Instrument, planned: MeasurementPlan | None = None) -> None:
        """Show a sheet to fill in on paper."""
        loaded = self._loaded
        if loaded is None:
            return
        case, shelf = loaded.case.id, loaded.shelf
        respondent = instrument.respondents[0] if planned is None else planned.respondent
        who, asked = ("", "") if planned is None else (planned.who, planned.asked)
        self._part.show_paper(
            lambda r: measurement_papers.sheet_job(r, shelf, case, instrument.id, respondent, who, asked),
            tr("Sheet: {name}", name=instrument.name),
        )

    def together(self, only: Id | None = None) -> None:
        """Show what was measured on paper: everything for the file, or one person's alone."""
        loaded = self._loaded
        if loaded is not None:
            case, shelf = loaded.case.id, loaded.shelf
            self._part.show_paper(
                lambda r: measurement_papers.together_job(r, shelf, case, only), tr("Measurements")
            )

    # drafts

    def forms(self) -> Mapping[str, Callable[[], None]]:
        """Return by the key of a draft how its form is opened."""
        from ui.dialogs.measure_forms import measurement_key

        loaded = self._loaded
        if loaded is None:
            return {}
        case = loaded.case.id
        found: dict[str, Callable[[], None]] = {f"measurement_plan:new:{case.hex()}": self.plan}
        for instrument in loaded.shelf.all.values():
            found[measurement_key(case, instrument.id, None)] = partial(self.register, instrument)
        for one in loaded.plans:
            found[f"measurement_plan:{one.plan.id.hex()}"] = partial(self.plan, one.plan)
            found[f"measurement_plan:{one.plan.id.hex()}:let_go"] = partial(self.let_go, one.plan)
            if one.instrument is not None:
                key = measurement_key(case, one.instrument.id, one.plan)
                found[key] = partial(self.register, one.instrument, one.plan)
        for view in loaded.taken:
            key = f"measurement:{view.measurement.id.hex()}"
            found[key] = partial(self.change, view.instrument, view.measurement)
        return found
