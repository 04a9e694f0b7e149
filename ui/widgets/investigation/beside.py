"""What stands beside an investigation: its clock, what the law asks for, its maps and contributions, the help around it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.investigation import Contribution
from caseworker_app.domain.map_words import VOICE_LABELS
from caseworker_app.domain.network_map import NetworkMap
from caseworker_app.services import investigation_views
from caseworker_app.services.investigation_views import InvestigationView
from ui.widgets.line_button import LineButton
from ui.widgets.today.due_words import said
from ui.words import tr

WIDTH = 320
PRESSING = 30
"""So many days before its end a clock stands out."""


class BesidePanel(QScrollArea):
    """``attach``, ``detach`` and ``opened`` carry a map; ``asked`` a contribution to write in, ``None`` for a new one."""

    attach = Signal(object)
    detach = Signal(object)
    opened = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        self.contributions: dict[bytes, LineButton] = {}
        self.attach_button: QPushButton | None = None
        self.ask_button: QPushButton | None = None

    def show_view(self, view: InvestigationView) -> None:
        """Show what stands beside an investigation."""
        at = self.verticalScrollBar().value()
        ground = QWidget(self.viewport())
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(8)
        for card in (
            self._clock(view),
            self._maps(view),
            self._asked(view),
            self._help(view),
            self._law(view),
        ):
            if card is not None:
                column.addWidget(card)
        column.addStretch(1)
        self.setWidget(ground)
        ground.show()
        self.verticalScrollBar().setValue(at)

    def _clock(self, view: InvestigationView) -> QWidget | None:
        clock, ended = view.clock, view.investigation.ended_on
        if clock is None:
            return None
        language = i18n.current().language
        day = long_date(clock.due, language)
        if ended is not None:
            lines = [_label(tr("Concluded on {day}.", day=long_date(ended, language)), "")]
        elif view.late:
            days = (view.today - clock.due).days
            lines = [_label(tr("Should have ended on {day}: {n} days ago.", day=day, n=days), "overdue")]
            if view.investigation.preliminary_on is None:
                lines.append(
                    _label(tr("Write the preliminary assessment now; it ends as soon as it can."), "")
                )
        else:
            left = (clock.due - view.today).days
            words = tr("Ends no later than {day}: {n} days left.", day=day, n=left)
            lines = [_label(words, "soon" if left <= PRESSING else "")]
        return _card(tr("Four months"), [*lines, _label(said(clock.source), "muted")])

    def _maps(self, view: InvestigationView) -> QWidget | None:
        if not view.maps and not view.lacking and not view.offered:
            return None
        lines: list[QWidget] = [_label(said(words), "soon") for words in view.missing_maps]
        for one in view.maps:
            lines.append(self._map(one))
        button = QPushButton(tr("Attach a map …"))
        menu = QMenu(button)
        for one in view.offered:
            words = said(investigation_views.map_words(one)).replace("&", "&&")
            menu.addAction(words).triggered.connect(partial(self._attach, one))
        button.setMenu(menu)
        button.setEnabled(bool(view.offered))
        if not view.offered and view.lacking:
            lines.append(
                _label(tr("Draw the maps under Network maps; then they can be attached here."), "muted")
            )
        lines.append(button)
        self.attach_button = button
        return _card(tr("Network maps"), lines)

    def _attach(self, one: NetworkMap, _checked: bool = False) -> None:
        self.attach.emit(one)

    def _map(self, one: NetworkMap) -> QWidget:
        words = said(investigation_views.map_words(one))
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        voice = tr(VOICE_LABELS[one.voice])
        day = "" if one.drawn_on is None else short_date(one.drawn_on, i18n.current().language)
        line = LineButton(voice, day, icon="done", tone="done")
        line.setAccessibleName(words)
        line.setToolTip(words)
        line.clicked.connect(lambda: self.opened.emit(one))
        off = QPushButton(tr("Take off"))
        off.setProperty("look", "quiet")
        off.setAccessibleName(tr("Take off: {what}", what=words))
        off.clicked.connect(lambda: self.detach.emit(one))
        across.addWidget(line, 1)
        across.addWidget(off)
        return holder

    def _asked(self, view: InvestigationView) -> QWidget:
        self.contributions = {}
        lines: list[QWidget] = []
        for one in view.contributions:
            late = one.overdue(view.today)
            came = one.received_on is not None
            icon, tone = ("warning", "overdue") if late else ("done", "done") if came else ("today", "muted")
            line = LineButton(_who(one), _state(one, late), icon=icon, tone=tone)
            line.setToolTip(line.accessibleName())
            line.clicked.connect(lambda one=one: self.asked.emit(one))
            self.contributions[one.id] = line
            lines.append(line)
        button = QPushButton(tr("Ask for a contribution …"))
        button.clicked.connect(lambda: self.asked.emit(None))
        self.ask_button = button
        return _card(tr("Contributions from others"), [*lines, button])

    def _help(self, view: InvestigationView) -> QWidget | None:
        if not view.beside:
            return None
        lines: list[QWidget] = []
        for each in view.beside:
            found, language = each.intervention, i18n.current().language
            start = "" if found.start is None else short_date(found.start, language)
            end = tr("still running") if found.ended_on is None else short_date(found.ended_on, language)
            lines += [_label(found.name, ""), _label(f"{start} – {end}", "muted")]
        return _card(tr("Help before and during it"), lines)

    def _law(self, view: InvestigationView) -> QWidget | None:
        if not view.demanded:
            return None
        lines = [_label("•  " + said(words), "") for words in view.demanded]
        return _card(tr("Not written yet (barnets lov §§ 20-22)"), lines)


def _who(one: Contribution) -> str:
    return ", ".join(part for part in (one.whom, one.profession) if part)


def _state(one: Contribution, late: bool) -> str:
    language = i18n.current().language
    if one.received_on is not None:
        return tr("Received {day}", day=short_date(one.received_on, language))
    if one.due_by is None:
        return tr("Not received yet")
    day = short_date(one.due_by, language)
    return tr("Overdue since {day}", day=day) if late else tr("Wanted by {day}", day=day)


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    return label


def _card(heading: str, lines: Iterable[QWidget]) -> QFrame:
    card = QFrame()
    card.setProperty("look", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 12)
    column.setSpacing(4)
    column.addWidget(_label(heading, "subheading"))
    for line in lines:
        column.addWidget(line)
    return card
