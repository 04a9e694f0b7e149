"""A dialog around one form: a heading, the form in what room there is, its buttons below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.dialogs.fitting import resize
from ui.widgets.form_view import FormView
from ui.words import bind

WIDTH = 744


class FormDialog(QDialog):
    """Opened with ``open()``; gone when closed. Escape and the window's cross keep the draft, Cancel discards it.

    ``heading`` and ``explanation`` are msgids.
    """

    def __init__(self, heading: str, explanation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, heading)
        self._form: FormView | None = None
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 16, 24, 16)
        self._layout.setSpacing(12)
        self._layout.addWidget(_label(heading, "heading"))
        if explanation:
            self._layout.addWidget(_label(explanation, "muted"))
        self.setMinimumWidth(WIDTH)

    @property
    def room(self) -> QWidget:
        """What the form is made in."""
        return self._area.viewport()

    def add(self, widget: QWidget) -> None:
        """Put something above the form."""
        self._layout.addWidget(widget)

    def add_below(self, widget: QWidget) -> None:
        """Put something between the form and its buttons."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def hold(self, form: FormView) -> None:
        """Put the form in; its footer stays in sight while its fields scroll."""
        self._form = form
        self._area.setWidget(form)
        self._layout.addWidget(self._area, 1)
        self._layout.addWidget(form.footer)
        form.cancelled.connect(self.close)
        form.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """As tall as the form needs, as far as the window allows."""
        form = self._form
        inner = 200
        if form is not None:
            width = WIDTH - 48
            inner = form.heightForWidth(width) if form.hasHeightForWidth() else form.sizeHint().height()
        layout = self.layout()
        others = (
            0
            if layout is None
            else sum(
                item.sizeHint().height() + layout.spacing()
                for item in (layout.itemAt(number) for number in range(layout.count()))
                if item is not None and item.widget() is not self._area
            )
        )
        return QSize(WIDTH, inner + others + 36)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        resize(self, WIDTH, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow when the form does: a section is unfolded, a sentence appears."""
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self._grow)
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        resize(self, self.width(), self.sizeHint().height(), grow_only=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft, and go: Qt's own answer to the cross is to reject, which would close again."""
        if self._form is not None:
            self._form.leave()
        event.accept()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()


def _label(msgid: str, look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    bind(label.setText, msgid)
    return label
