"""Lines of I dag about Samarbejde: a step of ELEVator, a description for a resource-centre meeting, a trial action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.elevator import STEP_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services.cooperation_due import CooperationDue, DueKind
from ui.house import Place
from ui.widgets.today.agreement_lines import Go, when
from ui.widgets.today.due_words import child
from ui.widgets.today.whole_line import WholeLine
from ui.words import tr

WHAT_LABELS: Mapping[DueKind, str] = {
    DueKind.DESCRIPTION: N_("The description for the resource-centre meeting must be there"),
    DueKind.CONTACT: N_("Contact the parents after the resource-centre meeting"),
}


def lines(due: tuple[CooperationDue, ...], today: dt.date, go: Go) -> list[Callable[[], QWidget]]:
    """Return how each line is made."""
    return [partial(_line, one, today, go) for one in due]


def _line(one: CooperationDue, today: dt.date, go: Go) -> QWidget:
    late = one.due < today
    line = WholeLine(
        _what(one),
        " · ".join(part for part in (_whose(one), when(one.due, today)) if part),
        icon="warning" if late else "today",
        tone="overdue" if late else "soon",
    )
    line.setToolTip(line.accessibleName())
    line.clicked.connect(lambda: go(place_of(one)))
    return line


def _what(one: CooperationDue) -> str:
    if one.kind is DueKind.STEP and one.step is not None:
        return f"ELEVator: {tr(STEP_LABELS[one.step])}"
    if one.kind is DueKind.TRIAL:
        return " ".join(one.words.split())
    return tr(WHAT_LABELS[one.kind])


def _whose(one: CooperationDue) -> str:
    return tr("Trial action, shown to the team") if one.case is None else child(one.case)


def place_of(one: CooperationDue) -> Place:
    """Return where it is done."""
    if one.case is None:
        return Place("quality", None, f"board:{one.thing.hex()}")
    part = "elevator" if one.kind is DueKind.STEP else f"resource:{one.thing.hex()}"
    return Place("case", one.case.id, f"cooperation:{part}")
