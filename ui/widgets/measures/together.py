"""Look together: one person's answers to one instrument as a spider web and over time, beside the words, never alone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import value_words
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.i18n import N_
from caseworker_app.services import measurement_charts as charts
from caseworker_app.services.measurement_views import CaseMeasures, Together
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.measures import words
from ui.widgets.measures.part import MeasuresPart
from ui.words import tr


class TogetherPart(MeasuresPart):
    """A line a person and instrument."""

    list_name = N_("Measurements looked at together")
    nothing_yet = N_(
        "Nothing to look at yet. When something is measured, it stands here as a drawing with the words beside it."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("Print this person's alone (Ctrl+P)"), "Ctrl+P", self.print),
            (N_("Print everything for the file …"), "", lambda: self.acts.together()),
        ]

    def lines(self, loaded: CaseMeasures) -> list[ListLine]:
        return [words.together_line(one) for one in loaded.together]

    def page(self, loaded: CaseMeasures, key: Id) -> Page | None:
        one = next((found for found in loaded.together if found.id == key), None)
        if one is None:
            return None
        spider = charts.spider(one, i18n.current())
        line = charts.over_time(one, loaded.together, i18n.current())

        def drawn(parent: QWidget) -> QWidget:
            from ui.widgets.measures.charts import stacked

            return stacked(spider, line if charts.comparable(line) else None, parent)

        quiet = tr("The others who answered stand in the line drawing beside this person.")
        doings = (Doing(tr("Print this person's alone …"), self.print, icon="print"),)
        return Page(
            f"{words.person(one.respondent, one.who)} · {one.called}",
            quiet if len(line.lines) > 1 else "",
            insert=drawn,
            facts=(_moved(one), *_words(one), *words.norms(one.taken[-1]), words.about(one.instrument)),
            doings=doings,
        )

    def print(self) -> None:
        """Show the paper of what is chosen, with nobody else's answers on it."""
        key = self.list.key
        if key is not None:
            self.acts.together(key)


def _moved(one: Together) -> Facts:
    """Return each scale's way from the first to the last, with the change."""
    rows = []
    for scale in one.instrument.shown:
        values = [
            f"{value_words(scale, value)} ({charts.when(view, i18n.current()).lower()})"
            for view in one.taken
            if (value := view.value(scale.id)) is not None
        ]
        moved = one.moved(scale.id)
        change = "" if moved is None else figure_words(moved[1] - moved[0])
        if moved is not None and moved[1] > moved[0]:
            change = f"+{change}"
        way = charts.better(scale, i18n.current())
        tail = f"   {tr('change')}: {change}{f' ({way})' if way else ''}" if change else ""
        if values:
            rows.append((scale.name, f"{' → '.join(values)}{tail}"))
    return Facts(tr("Scores"), tuple(rows))


def _words(one: Together) -> list[Facts]:
    """Return what stood beside each measurement, the latest first."""
    found = []
    for view in reversed(one.taken):
        facts = words.beside(view)
        when = charts.when(view, i18n.current())
        rows = tuple(row for row in facts.rows if row[1])
        if rows:
            found.append(Facts(tr("Beside the numbers: {when}", when=when), rows))
        else:
            nothing = (("", tr("Nothing was written of what was said or seen.")),)
            found.append(Facts(tr("Beside the numbers: {when}", when=when), nothing))
    return found
