"""Risk and protective factors of one child, each followed over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.factors import DIRECTION_LABELS, STRENGTH_WORDS, Direction, FactorMark
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import factors
from caseworker_app.services.factors import Evidence, FactorView
from caseworker_app.services.ports import Draft, Reader
from ui.widgets.assessment.factor_words import course_of, evidence_words
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """A child's factors, and what their marks point at, by link."""

    today: dt.date
    views: tuple[FactorView, ...]
    evidence: Mapping[str, Evidence | None]


class FactorsPart(Register[Loaded]):
    """Risks first, then what protects."""

    follows = frozenset({"factor", "factor_mark", "entry", "follow_up", "visit"})
    list_name = N_("Risk and protective factors")
    nothing_yet = N_(
        "No factor is in the register. Note what weighs on the child and what carries it, and mark it again when you "
        "see it change: the course over time is what counts."
    )

    def doings(self) -> list[Button]:
        return [(N_("New factor (Ins)"), "Ins", self.add), (N_("Mark how strong it is (M)"), "M", self.mark)]

    def load(self, reader: Reader, case: Case) -> Loaded:
        views = factors.of_case(reader, case.id)
        links = {mark.evidence for view in views for mark in view.marks if mark.evidence}
        return Loaded(reader.today, views, {link: factors.evidence_at(reader, link) for link in links})

    def lines(self, loaded: Loaded) -> list[ListLine]:
        found = []
        for view in loaded.views:
            factor, latest = view.factor, view.latest
            quiet = [tr(DIRECTION_LABELS[factor.direction])]
            if latest is None or latest.strength is None:
                quiet.append(tr("not marked yet"))
            else:
                quiet += [tr(STRENGTH_WORDS[latest.strength]), short_day(latest.marked_on)]
            risk = factor.direction is Direction.RISK
            icon, tone = ("warning", "soon") if risk else ("done", "done")
            found.append(ListLine(factor.id, factor.name, " · ".join(quiet), icon, tone))
        return found

    def view(self, key: Id | None) -> FactorView | None:
        """Return a factor that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((view for view in views if view.factor.id == key), None)

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        view = self.view(key)
        if view is None:
            return None
        factor, about = view.factor, tr("the factor")
        removed = N_("The factor is removed. Ctrl+Z brings it back.")
        doings = [
            Doing(tr("Mark how strong it is …"), self.mark, primary=True, about=about),
            Doing(tr("Change …"), partial(self._change, view), about=about),
            Doing(
                tr("Remove"), partial(self.do, lambda w: factors.remove(w, factor.id), removed), about=about
            ),
        ]
        marks = tuple(self._mark_words(loaded, mark) for mark in reversed(view.marks))
        latest = view.latest
        undo = N_("The mark is removed. Ctrl+Z brings it back.")
        if latest is not None:
            remove = partial(self.do, lambda w: factors.remove_mark(w, latest.id), undo)
            doings.insert(1, Doing(tr("Remove the latest mark"), remove))
        groups = (Facts("", ((tr("Note"), factor.note),)), Facts(tr("Marks"), marks))
        return Page(
            factor.name, tr(DIRECTION_LABELS[factor.direction]), facts=groups, doings=tuple(doings),
            insert=partial(self._chart, view, loaded.today),
        )  # fmt: skip

    @staticmethod
    def _chart(view: FactorView, today: dt.date, parent: QWidget) -> QWidget:
        from ui.widgets.assessment.factor_view import FactorChart

        return FactorChart(course_of(view, today), parent)

    @staticmethod
    def _mark_words(loaded: Loaded, mark: FactorMark) -> tuple[str, str]:
        lines = [tr(STRENGTH_WORDS[mark.strength or 0]), mark.words]
        if mark.evidence:
            shown = loaded.evidence.get(mark.evidence)
            lines.append(
                tr("Shown by a thing that is no longer there.")
                if shown is None
                else tr("Shown by: {what}", what=evidence_words(shown))
            )
        return day_words(mark.marked_on), "\n".join(line for line in lines if line)

    # what is done

    def add(self) -> None:
        """Note a factor."""
        from ui.dialogs import factor_forms

        if self.case is not None:
            dialog = factor_forms.factor(self.house, self.case, self)
            dialog.form.saved.connect(self.saved)
            dialog.open()

    def mark(self) -> None:
        """Mark the factor in sight."""
        from ui.dialogs import factor_forms

        view = self.view(self.list.key)
        if view is not None and self.case is not None:
            factor_forms.mark(self.house, self.case, view.factor, self).open()

    def _change(self, view: FactorView) -> None:
        from ui.dialogs import factor_forms

        if self.case is not None:
            factor_forms.factor(self.house, self.case, self, view.factor).open()

    def resume(self, draft: Draft) -> None:
        kind, *rest = draft.key.split(":")
        if kind == "factor" and rest[:1] == ["new"]:
            self.add()
            return
        view = self.view(bytes.fromhex(rest[-1])) if len(rest[-1]) == 32 else None
        if view is not None:
            self.list.show_lines(self.lines(self.loaded) if self.loaded else [], view.factor.id)
            if kind == "factor":
                self._change(view)
            else:
                self.mark()
