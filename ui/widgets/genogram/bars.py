"""The buttons of the genogram's page: above the picture what concerns the whole, below the list what concerns one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from caseworker_app.i18n import N_
from caseworker_app.services.history import UndoState
from ui.house import House
from ui.theme import TARGET
from ui.undoing import Undoing
from ui.words import bind, bind_call, tr


class HeadBar(QWidget):
    """``wanted`` carries ``in``, ``out``, ``fit``, ``propose`` or ``print:profile:sheet``."""

    wanted = Signal(str)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.child, self._zoom = QLabel(), QLabel(), QLabel()
        self.title.setProperty("look", "title")
        self.child.setProperty("look", "muted")
        bind(self.title.setText, "Genogram")
        self.undo, self.redo = QPushButton(), QPushButton()
        self.undoing = Undoing(house, self)
        self.undoing.changed.connect(self._offer_undo)
        self.undo.clicked.connect(self.undoing.undo)
        self.redo.clicked.connect(self.undoing.redo)
        bind(self.undo.setText, "Undo")
        bind(self.redo.setText, "Redo")
        self.smaller = self._tool("−", N_("Smaller"), "-", "out")
        self.larger = self._tool("+", N_("Larger"), "+", "in")
        self.fit = self._tool("", N_("Fit"), "0", "fit")
        self.propose, self.print = QPushButton(), QPushButton()
        bind(self.propose.setText, "The people of the case …")
        self.propose.clicked.connect(lambda: self.wanted.emit("propose"))
        bind(self.print.setText, "Print")
        self.print.setToolTip("Ctrl+P")
        self.print.setMenu(self._papers())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.child)
        layout.addStretch(1)
        for widget in (
            self.undo,
            self.redo,
            self.smaller,
            self._zoom,
            self.larger,
            self.fit,
            self.propose,
            self.print,
        ):
            layout.addWidget(widget)
        self._offer_undo(UndoState())
        self.offer(False, False)

    def _tool(self, sign: str, words: str, keys: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setMinimumSize(TARGET, TARGET)
        if sign:
            button.setText(sign)
        else:
            bind(button.setText, words)
        bind(button.setAccessibleName, words)
        bind_call(button, lambda: button.setToolTip(f"{tr(words)} ({keys})"))
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _papers(self) -> QMenu:
        menu = QMenu(self)
        for words, name in (
            (N_("For the file, A4"), "print:file:A4"),
            (N_("For the file, A3"), "print:file:A3"),
            (N_("For the family, A4"), "print:family:A4"),
            (N_("For the family, A3"), "print:family:A3"),
        ):
            action = menu.addAction("")
            bind(action.setText, words)
            action.triggered.connect(partial(self._want, name))
        return menu

    def _want(self, name: str, _checked: bool = False) -> None:
        self.wanted.emit(name)

    def _offer_undo(self, state: UndoState) -> None:
        for button, msgid, label, keys in (
            (self.undo, N_("Undo: {what}"), state.undo, "Ctrl+Z"),
            (self.redo, N_("Redo: {what}"), state.redo, "Ctrl+Y"),
        ):
            button.setEnabled(label is not None)
            button.setToolTip(f"{tr(msgid, what=tr(label))} ({keys})" if label else keys)

    def follow(self) -> None:
        """Ask what could be undone."""
        self.undoing.ask_soon()

    def show_child(self, name: str) -> None:
        """Say whose family it is."""
        self.child.setText(name)

    def say_zoom(self, zoom: float) -> None:
        """Say how large the picture is."""
        self._zoom.setText(f"{round(zoom * 100)} %")

    def offer(self, printable: bool, proposed: bool) -> None:
        """Offer what can be done now."""
        self.print.setEnabled(printable)
        self.propose.setVisible(proposed)


class FamilyBar(QWidget):
    """``wanted`` carries ``add:parent`` and so on, ``change``, ``remove``, ``home`` or ``merge``."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu(self)
        self.add = QPushButton()
        self.add.setProperty("look", "primary")
        bind(self.add.setText, "Add (Ins)")
        self._adding = []
        for words, name in (
            (N_("&Parent …"), "add:parent"),
            (N_("Partne&r …"), "add:partner"),
            (N_("&Child …"), "add:child"),
            (N_("&Sibling …"), "add:sibling"),
            (N_("Somebody not &joined to anybody yet …"), "add:alone"),
        ):
            action = self.menu.addAction("")
            bind(action.setText, words)
            action.triggered.connect(partial(self._want, name))
            self._adding.append(action)
        self.add.setMenu(self.menu)
        self.change = self._button(N_("Change … (F2)"), "change")
        self.remove = self._button(N_("Take out (Del)"), "remove")
        self.home = self._button(N_("Who lives together …"), "home")
        self.merge = self._button(N_("The same person …"), "merge")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.add, 0, 0)
        layout.addWidget(self.change, 0, 1)
        layout.addWidget(self.remove, 0, 2)
        layout.addWidget(self.home, 1, 0, 1, 2)
        layout.addWidget(self.merge, 1, 2)
        self.setFocusProxy(self.add)

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(self)
        bind(button.setText, words)
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _want(self, name: str, _checked: bool = False) -> None:
        self.wanted.emit(name)

    def open_menu(self) -> None:
        """Open what can be added."""
        self.menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def offer(self, name: str, *, line: bool, child: bool, empty: bool) -> None:
        """Offer what can be done with ``name``, or with a line of hers; ``child`` stays in the genogram."""
        for button in (self.change, self.merge):
            button.setEnabled(bool(name))
        self.remove.setEnabled(bool(name) and (line or not child))
        self.home.setEnabled(bool(name))
        self.merge.setEnabled(bool(name) and not line)
        for action in self._adding[:-1]:
            action.setEnabled(bool(name) or empty)
        self.add.setAccessibleName(
            tr("Add somebody beside {name}", name=name) if name else tr("Add somebody")
        )
