"""The topics of a form as a list: sections as headings, a tick where something is written."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from caseworker_app.domain.form_spec import FormSpec
from ui.widgets.tall_rows import TallRows
from ui.words import bind, tr

_TOPIC = Qt.ItemDataRole.UserRole


class TopicList(QListWidget):
    """``chosen`` carries the topic the cursor is on, ``wanted`` the one to write in now."""

    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: FormSpec | None = None
        self.setItemDelegate(TallRows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        bind(self.setAccessibleName, "Topics of the investigation")
        self.currentItemChanged.connect(lambda now, _before: self._on_current(now))
        self.itemActivated.connect(lambda item: self.wanted.emit(item.data(_TOPIC) or ""))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        topic = None if item is None else item.data(_TOPIC)
        if topic:
            self.chosen.emit(topic)

    @property
    def topic(self) -> str:
        """The topic the cursor is on."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_TOPIC) or "")

    def show_spec(self, spec: FormSpec, written: Collection[str]) -> None:
        """Show the topics; the cursor stays, on a form that is new it goes to the first."""
        if spec != self._spec:
            self._spec = spec
            self._fill(spec)
        for number in range(self.count()):
            item = self.item(number)
            topic = spec.topic(str(item.data(_TOPIC) or ""))
            if topic is not None:
                done = topic.id in written
                item.setText(f"{'✓' if done else '   '}  {topic.label}")
                state = tr("written in") if done else tr("nothing written")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{topic.label}, {state}")

    def _fill(self, spec: FormSpec) -> None:
        self.blockSignals(True)
        self.clear()
        for section in spec.sections:
            head = QListWidgetItem(section.label)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            font = QFont(self.font())
            font.setBold(True)
            head.setFont(font)
            self.addItem(head)
            for topic in section.topics:
                item = QListWidgetItem(topic.label)
                item.setData(_TOPIC, topic.id)
                item.setToolTip(topic.help)
                self.addItem(item)
        self.blockSignals(False)

    def go(self, topic: str) -> bool:
        """Put the cursor on a topic; return whether it is there."""
        for number in range(self.count()):
            if self.item(number).data(_TOPIC) == topic:
                self.setCurrentRow(number)
                return True
        return False

    def go_first(self) -> None:
        """Put the cursor on the first topic."""
        if self._spec is not None and self._spec.topics:
            self.go(self._spec.topics[0].id)
