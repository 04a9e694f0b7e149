"""KIK sheets: the latest first; each core element with degree, quality and how it moved since the sheet before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kik_sheet import DEGREE_LABELS, OCCASION_LABELS, QUALITY_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services import kik, quality_papers
from caseworker_app.services.kik import ElementView, SheetView
from caseworker_app.services.ports import Reader
from ui.dialogs.record_dialog import RecordDialog
from ui.house import House, Place
from ui.tasks import Op
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.part import CooperationPart
from ui.words import tr


class KikPart(CooperationPart[tuple[SheetView, ...]]):
    """It belongs to no case."""

    follows = frozenset({"kik_sheet", "kik_element", "trial_action"})
    list_name = N_("KIK sheets")
    nothing_yet = N_(
        "No KIK sheet yet. Each quarter, or after the third and the seventh session of a group: one core element at a "
        "time, in what degree and how well. What could be better becomes a trial action."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [
            (N_("New KIK sheet (Ins)"), "Ins", self.begin),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
        ]

    def load(self, reader: Reader, case: Case) -> tuple[SheetView, ...]:
        return kik.sheets(reader)

    def lines(self, loaded: tuple[SheetView, ...]) -> list[ListLine]:
        return [self._line(one) for one in loaded]

    @staticmethod
    def _line(one: SheetView) -> ListLine:
        filled = tr("{n} of {all} looked at", n=one.filled, all=len(one.elements))
        done = one.elements and one.filled == len(one.elements)
        words = f"{short_day(one.sheet.made_on)} · {filled}"
        return ListLine(
            one.sheet.id, one.sheet.effort, words, *(("done", "done") if done else ("today", "soon"))
        )

    def view(self, key: Id | None) -> SheetView | None:
        """Return a sheet that is shown."""
        return next((one for one in self.loaded or () if one.sheet.id == key), None)

    def page(self, loaded: tuple[SheetView, ...], key: Id) -> Page | None:
        one = self.view(key)
        if one is None:
            return None
        found, about = one.sheet, tr("the KIK sheet")
        quiet = [tr(OCCASION_LABELS[found.occasion]), day_words(found.made_on)]
        if one.before is not None:
            quiet.append(tr("last time {day}", day=short_day(one.before)))
        rows = (
            (tr("Who took part"), found.present),
            (tr("Next time"), day_words(found.next_on)),
            (tr("What we do differently"), found.agreed),
        )
        agree = partial(self.change, found.id, "agreed")
        doings = (
            Doing(tr("What we do differently …"), agree, about=about),
            Doing(tr("Change …"), partial(self.change, found.id, "effort"), about=about),
            Doing(tr("Show and print …"), self.print, icon="print"),
            self.removing(
                lambda w: kik.remove(w, found.id), N_("The sheet is removed. Ctrl+Z brings it back."), about
            ),
        )
        add = Doing(tr("Another core element …"), partial(self.look_at, found.id, None))
        return Page(
            found.effort, " · ".join(quiet), tasks_heading=tr("Core elements") if one.elements else "",
            tasks=tuple(self._element(one, e) for e in one.elements),
            facts=(Facts("", (), (add,)), Facts("", rows)), doings=doings,
        )  # fmt: skip

    def _element(self, one: SheetView, shown: ElementView) -> Task:
        found = shown.element
        done = found.degree is not None and found.quality is not None
        said = []
        if found.degree is not None:
            said.append(tr(DEGREE_LABELS[found.degree]))
        if found.quality is not None:
            said.append(tr(QUALITY_LABELS[found.quality]).lower())
        if shown.moved:
            said.append(tr("up since last time") if shown.moved > 0 else tr("down since last time"))
        lines = [" · ".join(said) or tr("not looked at yet")]
        if found.seen:
            lines.append(tr("seen by: {words}", words=found.seen))
        if found.better:
            lines.append(tr("better: {words}", words=found.better))
        look = partial(self.look_at, one.sheet.id, found.id)
        doings = [Doing(tr("Change …") if done else tr("Look at it …"), look, about=found.name)]
        if found.better:
            words = tr("Try this") if found.trial is None else tr("To the board")
            doings.append(Doing(words, partial(self.try_it, found.id), about=found.name))
        removed = N_("The core element is removed. Ctrl+Z brings it back.")
        doings.append(self.removing(partial(kik.remove_element, element=found.id), removed, found.name))
        return Task(found.name, "\n".join(lines), done, tuple(doings))

    # what is done

    def _open_own(self, dialog: RecordDialog) -> None:
        dialog.form.saved.connect(self.saved)
        dialog.open()

    def begin(self) -> None:
        """Begin a sheet."""
        from ui.dialogs import quality_forms

        self._open_own(quality_forms.sheet(self.house, self))

    def change(self, sheet: Id, first: str) -> None:
        """Change a sheet."""
        from ui.dialogs import quality_forms

        found = self.view(sheet)
        if found is not None:
            self._open_own(quality_forms.sheet(self.house, self, found.sheet, first))

    def look_at(self, sheet: Id, element: Id | None) -> None:
        """Look at a core element, or add one."""
        from ui.dialogs import quality_forms

        found = self.view(sheet)
        shown = () if found is None else found.elements
        one = next((e.element for e in shown if e.element.id == element), None)
        self._open_own(quality_forms.element(self.house, self, sheet, one))

    def try_it(self, element: Id) -> None:
        """Put what could be better on the board, and go there."""

        def go(trial: Id) -> None:
            self.house.go(Place("quality", None, f"board:{trial.hex()}"))

        self.complaint.clear()
        failed = self.complaint.show_error
        self.house.tasks.op(self, Op(lambda w: kik.try_it(w, element), go, failed=failed))

    def print(self) -> None:
        """Show the sheet as a paper."""
        key = self.list.key
        if key is not None and self.view(key) is not None:
            self.show_paper(lambda r: quality_papers.kik_job(r, key), tr("KIK sheet"))

    def forms(self) -> dict[str, Callable[[], None]]:
        found: dict[str, Callable[[], None]] = {"kik_sheet:new": self.begin}
        for one in self.loaded or ():
            sheet = one.sheet.id
            found[f"kik_sheet:{sheet.hex()}"] = partial(self.change, sheet, "effort")
            found[f"kik_element:new:{sheet.hex()}"] = partial(self.look_at, sheet, None)
            for e in one.elements:
                found[f"kik_element:{e.element.id.hex()}"] = partial(self.look_at, sheet, e.element.id)
        return found
