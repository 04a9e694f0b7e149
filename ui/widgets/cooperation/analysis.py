"""Analysis sheets: data, observations, the citizen's words, interpretation, decision, next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from caseworker_app.domain.case import Case
from caseworker_app.domain.first_meeting import AnalysisSheet
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import first_meetings, first_papers
from caseworker_app.services.ports import Reader
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.words import tr


class AnalysisPart(CooperationPart[tuple[AnalysisSheet, ...]]):
    """The latest sheet first."""

    follows = frozenset({"analysis_sheet", "case"})
    list_name = N_("Analysis sheets")
    nothing_yet = N_(
        "No analysis sheet yet. Six boxes that keep what is known, seen and said apart from how it is understood and what "
        "is decided; the next step becomes an agreement."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("New analysis sheet (Ins)"), "Ins", self.add),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
        ]

    def load(self, reader: Reader, case: Case) -> tuple[AnalysisSheet, ...]:
        return first_meetings.analyses_of(reader, case.id)

    def lines(self, loaded: tuple[AnalysisSheet, ...]) -> list[ListLine]:
        return [
            ListLine(
                one.id,
                " ".join((one.question or one.data or one.observations).split()),
                short_day(one.made_on),
            )
            for one in loaded
        ]

    def page(self, loaded: tuple[AnalysisSheet, ...], key: Id) -> Page | None:
        one = next((sheet for sheet in loaded if sheet.id == key), None)
        if one is None:
            return None
        about = tr("the analysis sheet")
        due = tr("by {day}", day=day_words(one.next_due)) if one.next_due else ""
        rows = (
            (tr("Data"), one.data),
            (tr("Observations"), one.observations),
            (tr("The citizen's own words"), f"»{one.citizen_words}«" if one.citizen_words else ""),
            (tr("Interpretation"), one.interpretation),
            (tr("What we decide"), one.decision),
            (
                tr("Next step"),
                "\n".join(p for p in (one.next_step, ", ".join(p for p in (one.next_who, due) if p)) if p),
            ),
            (tr("Who took part"), one.present),
        )
        removed = N_("The analysis sheet is removed. Ctrl+Z brings it back.")
        doings = (
            Doing(tr("Change …"), partial(self._change, one), primary=True, about=about),
            Doing(tr("Show and print …"), self.print, icon="print"),
            self.removing(lambda w: first_meetings.remove_analysis(w, one.id), removed, about),
        )
        return Page(
            one.question or tr("Analysis sheet"),
            day_words(one.made_on),
            facts=(Facts("", rows),),
            doings=doings,
        )

    # what is done

    def add(self) -> None:
        """Write an analysis sheet."""
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.analysis(self.house, case, self))

    def _change(self, one: AnalysisSheet) -> None:
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.analysis(self.house, case, self, one))

    def print(self) -> None:
        """Show the sheet as a paper."""
        key = self.list.key
        if key is not None and self.loaded:
            self.show_paper(lambda r: first_papers.analysis_job(r, key), tr("Analysis sheet"))

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None:
            return {}
        found = {new_key("analysis_sheet", self.case.id): self.add}
        for one in self.loaded or ():
            found[f"analysis_sheet:{one.id.hex()}"] = partial(self._change, one)
        return found
