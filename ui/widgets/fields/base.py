"""What every field editor is: a widget that shows a value, hears the typing and says what was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import Plain
from ui.words import tr


class FieldEditor(QWidget):
    """The editor of one field.

    ``edited`` comes at each change the user makes, ``left`` when the focus leaves the editor as a whole; ``field`` is
    the field's name, for errors; ``today`` the day of the store's clock, set by the form.
    """

    edited = Signal()
    left = Signal()
    asked = Signal()
    """The user asks for what is masked; the form notes it in the access log and calls :meth:`reveal`."""

    says_label = False
    """Whether the editor itself says what it is about, so that no label stands above it."""

    def __init__(self) -> None:
        super().__init__()
        self.field = ""
        self.today = dt.datetime.now(dt.UTC).astimezone().date()
        self._parts: tuple[QWidget, ...] = ()

    def parts(self, *controls: QWidget) -> None:
        """Declare the controls that take the focus, in tab order; the first stands for the editor."""
        self._parts = controls
        self.setFocusProxy(controls[0])
        for control in controls:
            control.installEventFilter(self)

    @property
    def control(self) -> QWidget:
        """The control that a label belongs to."""
        return self._parts[0]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear when the focus leaves every part."""
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, QWidget):
            then = QApplication.focusWidget()
            if then not in self._parts and not self.keeps_focus():
                self.on_left()
                self.left.emit()
        return super().eventFilter(watched, event)

    def keeps_focus(self) -> bool:
        """Whether the focus is at something of the editor's own, such as its calendar."""
        return False

    def on_left(self) -> None:
        """Tidy what stands in the editor when the focus has left."""

    def show_value(self, value: Any) -> None:
        """Show a value without ``edited``."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return what the user means. Raises :class:`InvalidInput` for what cannot be read (yet)."""
        raise NotImplementedError

    def typed(self) -> Plain:
        """Return what stands in the editor as plain data, for a draft of what cannot be read yet."""
        raise NotImplementedError

    def show_typed(self, typed: Plain) -> None:
        """Show again what :meth:`typed` returned."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Show for a while what is masked."""

    def hint(self) -> str:
        """Return a soft sentence about what stands there now, translated; empty for none."""
        return ""

    def live_problem(self) -> InvalidInput | None:
        """Return what is wrong already while it is typed; most editors wait until the focus leaves."""
        return None

    def words(self, value: Any) -> str:
        """Return a value in words, translated: for what somebody else wrote."""
        return str(value) if value not in (None, "") else tr("nothing")

    def name_parts(self, label: str) -> None:
        """Say the field's label (translated) to screen readers, for every part."""
        self.control.setAccessibleName(label)
