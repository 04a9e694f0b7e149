"""The head of the map's page: whose map it is, when and where it was drawn, in whose words, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.map_words import STATE_LABELS, VOICE_LABELS, Wording
from caseworker_app.domain.network_map import MapState, NetworkMap
from caseworker_app.domain.phrases import N_
from caseworker_app.services.network_maps import OpenMap
from ui import icons
from ui.network_map.elided import ElidedLabel, WrappedLabel
from ui.network_map.overlay import tall
from ui.words import bind, bind_call, tr

_WORDINGS = {Wording.CHILD: N_("The child's words"), Wording.PROFESSIONAL: N_("The words of the file")}


def when_and_where(found: NetworkMap, language: str) -> str:
    """Return day, place and who was there, as far as it is said."""
    parts = [long_date(found.drawn_on, language) if found.drawn_on is not None else "", found.place]
    if found.present:
        parts.append(tr("present: {names}", names=", ".join(found.present)))
    return " · ".join(part for part in parts if part)


class MapHeader(QWidget):
    """``wanted`` carries what is to be done: back, about, keep, draw_on, print, family, compare, remove, meeting, list,
    genogram."""

    wanted = Signal(str)
    worded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back, self.about, self.more = QPushButton(self), QPushButton(self), QPushButton(self)
        self.title, self.standing = ElidedLabel(self), WrappedLabel(self)
        self.keep, self.draw_on, self.print = QPushButton(self), QPushButton(self), QPushButton(self)
        self.family, self.list = QPushButton(self), QPushButton(self)
        self.words = {wording: QPushButton(self) for wording in Wording}
        self._opened: OpenMap | None = None
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.title.setProperty("look", "heading")
        self.standing.setProperty("look", "muted")
        self.back.setProperty("look", "quiet")
        self.about.setProperty("look", "quiet")
        self.draw_on.setProperty("look", "primary")
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.standing, 1)
        line.addWidget(self.about)
        titles.addLayout(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.back)
        layout.addLayout(titles, 1)
        group = QButtonGroup(self)
        switch = QHBoxLayout()
        switch.setSpacing(0)
        for button in self.words.values():
            button.setCheckable(True)
            tall(button, 32)
            group.addButton(button)
            switch.addWidget(button)
        layout.addLayout(switch)
        for widget in (self.list, self.keep, self.draw_on, self.print, self.family, self.more):
            layout.addWidget(widget)

    def _connect(self) -> None:
        for button, name in (
            (self.back, "back"),
            (self.about, "about"),
            (self.keep, "keep"),
            (self.draw_on, "draw_on"),
            (self.print, "print"),
            (self.family, "family"),
            (self.list, "list"),
        ):
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
        for wording, button in self.words.items():
            button.clicked.connect(lambda _on=False, wording=wording: self.worded.emit(wording))
            bind(button.setText, _WORDINGS[wording])
        self.more.clicked.connect(self._show_more)
        self.list.setCheckable(True)
        tall(self.list, 32)
        icons.dress(self.back, "back")
        icons.dress(self.print, "print")
        icons.dress(self.about, "pencil")
        bind(self.back.setAccessibleName, "To the case")
        bind(self.back.setToolTip, "To the case (Alt+Left)")
        bind(self.about.setAccessibleName, "About the map: whose, when, where, who was there")
        bind(self.about.setToolTip, "Whose map it is, when and where it was drawn, who was there")
        bind(self.keep.setText, "Keep as a version")
        bind(self.draw_on.setText, "Draw on")
        bind(self.print.setText, "Print …")
        self.print.setToolTip("Ctrl+P")
        bind(self.family.setText, "Show the family")
        bind(self.list.setText, "List")
        bind(self.list.setToolTip, "The same map as a list (F4)")
        bind(self.more.setText, "More …")

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [
            ("meeting", N_("Invite people of the map to a meeting …")),
            ("compare", N_("Compare with another map …")),
            ("genogram", N_("Genogram of the family")),
        ]
        if self._opened is not None and not self._opened.locked:
            entries.append(("remove", N_("Remove the whole map")))
        for name, msgid in entries:
            menu.addAction(tr(msgid)).triggered.connect(lambda _on=False, name=name: self.wanted.emit(name))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_map(self, opened: OpenMap, wording: Wording) -> None:
        """Show what is said of a map."""
        self._opened = opened
        self.words[wording].setChecked(True)
        self._say()

    def _say(self) -> None:
        opened = self._opened
        if opened is None:
            return
        found, locked = opened.map, opened.locked
        title = found.title or tr("The network map of {child}", child=opened.case.first_name)
        self.title.say(title)
        state = "" if found.state is MapState.DRAFT else tr(STATE_LABELS[found.state])
        if found.number is not None and found.state is MapState.LOCKED:
            state = tr("Version {n}", n=found.number)
        parts = (tr(VOICE_LABELS[found.voice]), when_and_where(found, i18n.current().language), state)
        self.standing.say(" · ".join(part for part in parts if part))
        self.keep.setVisible(not locked)
        self.draw_on.setVisible(locked)
        self.about.setVisible(not locked)
