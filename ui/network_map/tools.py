"""The bar under the map: what can be done, undo and redo always in sight, and how near one looks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import icons
from ui.network_map.hand import Mode
from ui.network_map.overlay import tall
from ui.words import bind, bind_call, tr


class Tools(QWidget):
    """Each button is a signal; ``zoomed`` carries a factor, 0 for the whole map."""

    added = Signal()
    lined = Signal()
    moved = Signal()
    grouped = Signal()
    tidied = Signal()
    undone = Signal()
    redone = Signal()
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add, self.line, self.move_, self.group = (QPushButton(self) for _n in range(4))
        self.tidy, self.undo, self.redo = (QPushButton(self) for _n in range(3))
        self.out, self.fit, self.near = (QPushButton(self) for _n in range(3))
        self.share = QLabel(self)
        self._undo = self._redo = ""
        self._lay_out()
        self._connect()
        bind_call(self, self._say)
        self.offer(None, None)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        for button in (self.add, self.line, self.move_, self.group, self.tidy):
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        layout.addStretch(1)
        for widget in (self.out, self.share, self.near, self.fit):
            layout.addWidget(widget)
        for any_button in self.findChildren(QAbstractButton):
            tall(any_button)
        for button in (self.out, self.near):
            tall(button, also="padding: 0; font-size: 16pt; min-width: 42px;")
        for button in (self.line, self.move_, self.group):
            button.setCheckable(True)
        self.share.setMinimumWidth(52)
        self.share.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.dress(self.add, "plus")
        icons.dress(self.undo, "undo")
        icons.dress(self.redo, "redo")

    def _connect(self) -> None:
        for button, signal in (
            (self.add, self.added),
            (self.line, self.lined),
            (self.move_, self.moved),
            (self.group, self.grouped),
            (self.tidy, self.tidied),
            (self.undo, self.undone),
            (self.redo, self.redone),
        ):
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.out.clicked.connect(lambda: self.zoomed.emit(0.8))
        self.near.clicked.connect(lambda: self.zoomed.emit(1.25))
        self.fit.clicked.connect(lambda: self.zoomed.emit(0.0))
        for button in (self.out, self.near, self.fit):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bind(self.add.setText, "Person")
        bind(self.add.setToolTip, "Write a name (N)")
        bind(self.line.setText, "A line")
        bind(self.line.setToolTip, "Draw a line: press here, then the two it is between (R)")
        bind(self.move_.setText, "Move")
        bind(self.move_.setToolTip, "Move who is chosen: press here, then the place")
        bind(self.group.setToolTip, "Those who live together: press here, then each of them (G)")
        bind(self.tidy.setText, "Tidy up")
        bind(self.tidy.setToolTip, "Move people apart; rings and sectors stay as they are")
        self.out.setText("−")
        bind(self.out.setAccessibleName, "Farther away")
        bind(self.out.setToolTip, "Farther away (-)")
        self.near.setText("+")
        bind(self.near.setAccessibleName, "Nearer")
        bind(self.near.setToolTip, "Nearer (+)")
        bind(self.fit.setText, "Fit")
        bind(self.fit.setToolTip, "Show the whole map (0)")

    def _say(self) -> None:
        self.undo.setText(tr("Undo"))
        self.redo.setText(tr("Redo"))
        self.undo.setToolTip(f"{self._undo} (Ctrl+Z)" if self._undo else "Ctrl+Z")
        self.redo.setToolTip(f"{self._redo} (Ctrl+Y)" if self._redo else "Ctrl+Y")
        self.group.setText(tr("Done") if self.group.isChecked() else tr("Household"))

    def offer(self, undo: str | None, redo: str | None) -> None:
        """Say what undo and redo would do (msgids); ``None`` is nothing."""
        self._undo, self._redo = tr(undo) if undo else "", tr(redo) if redo else ""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self._say()

    def show_mode(self, mode: Mode) -> None:
        """Show what the next taps do."""
        for button, own in ((self.line, Mode.LINE), (self.move_, Mode.MOVE), (self.group, Mode.GROUP)):
            button.setChecked(mode is own)
        self._say()

    def show_zoom(self, share: int) -> None:
        """Show how near one looks, in per cent of the whole map."""
        self.share.setText(f"{share} %")

    def allow(self, *, drawing: bool, moving: bool) -> None:
        """Say whether the map can be drawn on, and whether anybody is chosen who can be moved."""
        for button in (self.add, self.line, self.group, self.tidy):
            if button.parentWidget() is self:  # whoever has less to offer takes a button out
                button.setVisible(drawing)
        self.move_.setVisible(drawing)
        self.move_.setEnabled(moving or self.move_.isChecked())
