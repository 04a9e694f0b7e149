"""Lines of I dag about visits: which, when, where, and what was agreed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from caseworker_app import i18n
from caseworker_app.domain.dates import day_and_month, weekday
from caseworker_app.services.visit_days import RowKind, VisitRow
from ui.house import Place
from ui.widgets.line_button import LineButton
from ui.widgets.today.due_words import child, said
from ui.widgets.today.whole_line import WholeLine
from ui.words import tr

_ICONS = {RowKind.UNMARKED: "warning", RowKind.PREGNANCY: "today", RowKind.AGREED: "today", RowKind.VISIT: ""}


def visit_line(row: VisitRow, today: dt.date, go: Callable[[Place], None]) -> LineButton:
    """Return a row as a line that leads to its visit, or to the visits of the case."""
    language = i18n.current().language
    what = said(row.what) if not isinstance(row.what, str) else row.what
    lead = "" if row.start is None or row.day != today else i18n.current().time(row.start)
    parts = [what]
    if row.day is not None and row.day != today:
        parts.append(f"{weekday(row.day, language)} {day_and_month(row.day, language)}")
    parts.append(row.quiet)
    if row.late and row.kind is not RowKind.UNMARKED:
        parts.append(tr("overdue"))
    tone = "overdue" if row.late and row.kind is not RowKind.UNMARKED else "soon"
    icon = "warning" if row.late else _ICONS[row.kind]
    line = WholeLine(
        child(row.case),
        " · ".join(part for part in parts if part),
        lead,
        icon=icon,
        tone=tone if icon else "muted",
    )
    line.setToolTip(line.accessibleName())
    part = "visits:visits" if row.visit is None else f"visits:visits:{row.visit.hex()}"
    line.clicked.connect(lambda: go(Place("case", row.case.id, part)))
    return line
