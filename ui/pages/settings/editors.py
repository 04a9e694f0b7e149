"""Editors that only the settings need: lines of an address, a number or nothing, the logo."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.office import FUNCTION_LABELS
from caseworker_app.i18n import N_
from ui.tasks import Job, Tasks
from ui.widgets.fields import Maker
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.lines import LinesEditor
from ui.widgets.save_file import forget_places
from ui.words import bind, bind_call, error_words, tr

LARGEST_LOGO = 300 * 1024
_LOGO_SIZE = (240, 64)


class NumberEditor(FieldEditor):
    """A whole number, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(6)
        _alone(self, self.line)
        self.parts(self.line)
        self.line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        words = "" if value is None else str(value)
        if self.line.text() != words:
            self.line.setText(words)

    def value(self) -> int | None:
        text = self.line.text().strip()
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            raise InvalidInput(self.field, "Write a whole number, or nothing.")
        return int(text)

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed))


class LogoEditor(FieldEditor):
    """The picture above every letter: a PNG, shown as it is, chosen from a file."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._logo = ""
        self._error: UserError | None = None
        self.picture = QLabel()
        self.picture.setMinimumHeight(_LOGO_SIZE[1])
        self.picture.setMinimumWidth(160)
        self.picture.setProperty("look", "muted")
        self.choose_button, self.remove_button = QPushButton(), QPushButton()
        bind(self.choose_button.setText, "Choose a picture …")
        bind(self.remove_button.setText, "Remove")
        bind(self.remove_button.setAccessibleName, "Remove the logo")
        self.remove_button.setProperty("look", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.picture)
        layout.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self.parts(self.choose_button, self.remove_button)
        self.choose_button.clicked.connect(self._choose)
        self.remove_button.clicked.connect(lambda: self._take(""))
        bind_call(self, self._show)

    def show_value(self, value: Any) -> None:
        self._logo = str(value)
        self._show()

    def value(self) -> str:
        return self._logo

    def typed(self) -> Plain:
        return self._logo

    def show_typed(self, typed: Plain) -> None:
        self.show_value(typed)

    def hint(self) -> str:
        """Say why the file chosen last was not taken."""
        return (
            ""
            if self._error is None
            else " ".join((error_words(self._error)[0], *error_words(self._error)[1]))
        )

    def words(self, value: Any) -> str:
        return tr("a picture") if value else tr("nothing")

    def name_parts(self, label: str) -> None:
        self.choose_button.setAccessibleName(f"{label}: {tr('Choose a picture …')}")

    def _show(self) -> None:
        self.remove_button.setVisible(bool(self._logo))
        image = QPixmap()
        if self._logo and image.loadFromData(base64.b64decode(self._logo), "PNG"):
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(image.scaled(*_LOGO_SIZE, keep, smooth))
            self.picture.setAccessibleName(tr("The logo"))
        else:
            self.picture.setText(tr("No logo"))

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose a picture"), "", tr("Pictures (*.png)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget_places(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Read a file off the window's thread and take it if it is a picture that can stand on a letter."""
        self._tasks.job(self, Job(lambda: read_logo(Path(path)), self._take, self._refused))

    def _take(self, logo: str) -> None:
        self._error = None
        self._logo = logo
        self._show()
        self.edited.emit()

    def _refused(self, error: UserError) -> None:
        self._error = error
        self.edited.emit()


def read_logo(path: Path) -> str:
    """Return a PNG file in base64. Raises :class:`UserError` for what is no PNG, too large or cannot be read."""
    try:
        if path.stat().st_size > LARGEST_LOGO:
            raise UserError(
                N_("The picture is larger than 300 KB."),
                N_("Save it smaller, about 600 pixels wide is enough."),
            )
        data = path.read_bytes()
    except OSError:
        raise UserError(N_("The file could not be read."), N_("Choose another one.")) from None
    image = QImage()
    if not image.loadFromData(QByteArray(data), "PNG") or image.width() < 16 or image.height() < 16:
        raise UserError(
            N_("This is not a PNG picture that can stand on a letter."), N_("Choose another one.")
        )
    return base64.b64encode(data).decode("ascii")


def _alone(editor: FieldEditor, control: QWidget) -> None:
    layout = QHBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(control)


def line() -> Maker:
    """One line of text."""

    def make() -> FieldEditor:
        from ui.widgets.fields.text import LineEditor

        return LineEditor()

    return make


def function() -> Maker:
    """What the worker is."""

    def make() -> FieldEditor:
        from ui.widgets.fields.choice import ChoiceEditor

        return ChoiceEditor(FUNCTION_LABELS)

    return make


def lines() -> Maker:
    """Lines of text, one value."""
    return LinesEditor


def number() -> Maker:
    """A whole number, or nothing."""
    return NumberEditor


def logo(tasks: Tasks) -> Maker:
    """A PNG picture."""
    make: Callable[[], FieldEditor] = lambda: LogoEditor(tasks)  # noqa: E731
    return make
