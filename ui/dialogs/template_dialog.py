"""The wording of one paper, as text: checked while it is written, and never used while it has a fault."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import resources
from caseworker_app import i18n
from caseworker_app.domain.template_contracts import CONTRACTS
from caseworker_app.domain.template_parts import Fault, TemplateError
from caseworker_app.domain.templates import load_template
from caseworker_app.i18n import N_
from caseworker_app.services import office
from caseworker_app.services.ports import Draft, Writer
from ui.house import House
from ui.tasks import Op, Query
from ui.words import bind, bind_call, tr

LANGUAGE = "da"
"""Letters of a Danish municipality are Danish."""
_CHECK_MS = 400
_DRAFT_MS = 1500


def standard(name: str) -> str:
    """Return the wording that ships."""
    return resources.text("templates", f"{name}.{LANGUAGE}.toml")


def faults_of(name: str, text: str) -> tuple[Fault, ...]:
    """Return what is wrong with a text; nothing when it can be used."""
    try:
        load_template(text, CONTRACTS[name])
    except TemplateError as error:
        return tuple(sorted(error.faults, key=lambda fault: fault.line))
    return ()


class TemplateDialog(QDialog):
    """Edits one template. What is half-written is kept as a draft; saving needs a text without faults."""

    def __init__(self, house: House, name: str, title: str, own: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._house, self._name, self._title, self._own = house, name, title, own
        self._faults: tuple[Fault, ...] = ()
        self._base = own if own is not None else standard(name)
        bind(self.setWindowTitle, "Change the wording")
        self.text = QPlainTextEdit()
        self.verdict = QLabel()
        self.faults = QListWidget()
        self.save_button, self.standard_button, self.close_button = (
            QPushButton(),
            QPushButton(),
            QPushButton(),
        )
        self._lay_out()
        self._check_timer, self._draft_timer = QTimer(self), QTimer(self)
        for timer, wait, act in (
            (self._check_timer, _CHECK_MS, self.check),
            (self._draft_timer, _DRAFT_MS, self._keep_draft),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(act)
        self.text.setPlainText(self._base)
        self.text.textChanged.connect(self._typed)
        bind_call(self, self._say)
        self.check()
        house.tasks.query(self, Query(lambda reader: reader.draft(self._key), self._resume))

    @property
    def _changed(self) -> bool:
        return self.text.toPlainText() != self._base

    @property
    def _key(self) -> str:
        return f"template:{self._name}"

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        bind_call(heading, lambda: heading.setText(tr(self._title)))
        help_words = QLabel()
        help_words.setWordWrap(True)
        help_words.setProperty("look", "muted")
        bind(
            help_words.setText,
            "Change the words between the quotation marks. Words in braces, such as {example}, are filled in.",
            example="{child}",
        )
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.text.setFont(font)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        bind(self.text.setAccessibleName, "The wording")
        bind(self.faults.setAccessibleName, "What is wrong")
        self.faults.setFixedHeight(96)
        self.faults.itemActivated.connect(self._go_to)
        self.faults.itemClicked.connect(self._go_to)
        bind(self.save_button.setText, "Save (Ctrl+S)")
        bind(self.standard_button.setText, "Back to the standard wording")
        bind(self.close_button.setText, "Close")
        self.save_button.setProperty("look", "primary")
        for button, act in (
            (self.save_button, self.save),
            (self.standard_button, self._back_to_standard),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(self.standard_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (heading, help_words, self.text, self.verdict, self.faults):
            layout.addWidget(widget, 1 if widget is self.text else 0)
        layout.addLayout(foot)
        self.resize(960, 640)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.activated.connect(self.save)

    # checking

    def _typed(self) -> None:
        self._check_timer.start()
        self._draft_timer.start()
        self.save_button.setEnabled(False)

    def check(self) -> None:
        """Look what is wrong with the text as it stands."""
        self._check_timer.stop()
        self._faults = faults_of(self._name, self.text.toPlainText())
        self._say()

    def _say(self) -> None:
        self.faults.clear()
        for fault in self._faults:
            where = tr("Line {line}", line=fault.line) if fault.line else fault.key
            item = QListWidgetItem(f"{where}: {i18n.say(fault.what)}")
            item.setData(Qt.ItemDataRole.UserRole, fault.line)
            self.faults.addItem(item)
        self.faults.setVisible(bool(self._faults))
        self.verdict.setProperty("look", "overdue" if self._faults else "muted")
        self.verdict.style().polish(self.verdict)
        self.verdict.setText(
            i18n.ngettext(
                "{n} fault: it cannot be saved.", "{n} faults: it cannot be saved.", len(self._faults)
            )
            if self._faults
            else tr("No faults.")
        )
        self.save_button.setEnabled(self._changed and not self._faults)
        self.standard_button.setEnabled(self._own is not None)

    def _go_to(self, item: QListWidgetItem) -> None:
        line = item.data(Qt.ItemDataRole.UserRole)
        if line:
            block = self.text.document().findBlockByNumber(line - 1)
            self.text.setTextCursor(QTextCursor(block))
            self.text.setFocus()

    # keeping

    def save(self) -> None:
        """Save the text, if it has no fault."""
        self.check()
        if not self.save_button.isEnabled():
            return
        name, key, text = self._name, self._key, self.text.toPlainText()

        def run(writer: Writer) -> None:
            office.set_template(writer, name, text)
            writer.drop_draft(key)

        self._draft_timer.stop()
        op = Op(run, lambda _none: self._saved(), N_("The wording is saved."))
        self._house.tasks.op(self, op)

    def _back_to_standard(self) -> None:
        name, key = self._name, self._key

        def run(writer: Writer) -> None:
            office.reset_template(writer, name)
            writer.drop_draft(key)

        self._draft_timer.stop()
        op = Op(run, lambda _none: self._saved(), N_("The standard wording counts again."))
        self._house.tasks.op(self, op)

    def _saved(self) -> None:
        self._base = self.text.toPlainText()
        self.accept()

    def _keep_draft(self) -> None:
        self._draft_timer.stop()
        if not self._changed or self._house.tasks.store is None:
            return
        draft = Draft(
            self._key, "template", None, None, tr(self._title), {"text": (self.text.toPlainText(), ())}
        )
        keep = Op(lambda writer: writer.save_draft(draft), keeps=self._key)
        self._house.tasks.op(self, keep)

    def _resume(self, draft: Draft | None) -> None:
        if draft is not None and "text" in draft.fields:
            self.text.setPlainText(str(draft.fields["text"][0]))
            self.check()

    def done(self, result: int) -> None:
        """Keep what is half-written when the dialog is closed."""
        self._keep_draft()
        super().done(result)
