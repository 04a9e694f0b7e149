"""Taking cases in that a colleague has given in a file: looked at first, then taken in whole, with a report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.handover import ENDING, NOT_READ_LABELS, Contents, Report
from caseworker_app.i18n import N_
from caseworker_app.services.handover_desk import HandoverDesk
from ui.clipboard import copied
from ui.dialogs.fitting import resize
from ui.house import House, Place
from ui.tasks import Job
from ui.value_words import moment
from ui.widgets.complaint import Complaint
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.save_file import forget_places
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

_SIZE = (720, 620)


class TakePackDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Fetch from a colleague")
        self._house = house
        self.file: Path | None = None
        self._needs = False
        self.contents: Contents | None = None
        self.report: Report | None = None
        self.code, self.chosen = QLineEdit(self), label("subheading")
        self.words = PassphraseField(N_("Passphrase of the pack"), self)
        self.told, self.complaint = label(), Complaint(self)
        self.choose_button, self.copy_button = button("Choose the file …"), button("Copy the code")
        self.look_button, self.take_button = button("See what is in it"), button("Take it in", "primary")
        self.go_button, self.close_button = button("Go to the case"), button("Close")
        self._lay_out()
        self._join()
        bind_call(self, self._say)
        resize(self, *_SIZE)
        desk = self._desk()
        if desk is not None:
            house.tasks.job(self, Job(desk.code, self._show_code, self.complaint.show_error))

    def _show_code(self, code: str) -> None:
        self.code.setText(code)
        self.code.setCursorPosition(0)

    def _desk(self) -> HandoverDesk | None:
        store = self._house.tasks.store
        return None if store is None else self._house.handover(store)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label("heading", "Fetch from a colleague"))
        layout.addWidget(
            label("", "A colleague can give you a case in an encrypted file. Nothing you have is written over, and "
                  "either all of it comes or nothing.")
        )  # fmt: skip
        named = label("muted", "The code of this computer: with it the file can be made for you alone")
        named.setBuddy(self.code)
        self.code.setReadOnly(True)
        bind(self.code.setAccessibleName, "The code of this computer")
        layout.addWidget(named)
        layout.addLayout(_row(self.code, self.copy_button))
        layout.addSpacing(8)
        layout.addLayout(_row(self.chosen, self.choose_button))
        bind(self.words.line.setPlaceholderText, "Passphrase of the pack")
        layout.addWidget(self.words)
        layout.addWidget(self.complaint)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area.setWidget(self.told)
        layout.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for one in (self.close_button, self.look_button, self.go_button, self.take_button):
            foot.addWidget(one)
        layout.addLayout(foot)

    def _join(self) -> None:
        for one, act in (
            (self.choose_button, self.choose),
            (self.copy_button, lambda: copied().copy(self.code.text())),
            (self.look_button, self.look),
            (self.take_button, self.take_in),
            (self.go_button, self._go),
            (self.close_button, self.reject),
        ):
            one.clicked.connect(act)
        self.words.entered.connect(self.look)

    # the file

    def choose(self) -> None:
        """Ask which file."""
        dialog = QFileDialog(self, tr("Choose the handover pack"), "", f"{tr('Handover pack')} (*{ENDING})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget_places(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.use)
        dialog.open()

    def use(self, path: str) -> None:
        """Take a file that has been chosen."""
        desk, file = self._desk(), Path(path)
        if desk is None:
            return
        self.complaint.clear()
        self.contents, self.report = None, None

        def found(needs: bool) -> None:
            self.file, self._needs = file, needs
            self._say()
            if needs:
                self.words.setFocus()
            else:
                self.look()

        self._house.tasks.job(self, Job(lambda: desk.needs_passphrase(file), found, self._refuse))

    def _refuse(self, error: UserError) -> None:
        self.file, self.contents = None, None
        self._say()
        self.complaint.show_error(error)

    def look(self) -> None:
        """Say what is in it."""
        desk, file, words = self._desk(), self.file, self.words.text()
        if desk is None or file is None:
            return
        self.complaint.clear()

        def show(said: Contents) -> None:
            self.contents = said
            self._say()
            self.take_button.setFocus()

        self._house.tasks.job(self, Job(lambda: desk.look(file, words), show, self.complaint.show_error))

    def take_in(self) -> None:
        """Take it in."""
        desk, file, words = self._desk(), self.file, self.words.text()
        if desk is None or file is None:
            return
        self.complaint.clear()

        def show(report: Report) -> None:
            self.report = report
            self.words.clear()
            self._say()
            if report.touched:
                self._house.tasks.touched.emit(report.touched)

        self._house.tasks.job(self, Job(lambda: desk.take_in(file, words), show, self.complaint.show_error))

    def _go(self) -> None:
        if self.report is not None and self.report.cases:
            place = Place("case", self.report.cases[0])
            self.accept()
            self._house.go(place)

    # words

    def _say(self) -> None:
        there = self.file is not None
        self.chosen.setText(tr("No file is chosen yet.") if self.file is None else self.file.name)
        self.words.setVisible(there and self._needs and self.report is None)
        self.look_button.setVisible(self.report is None and self.contents is None)
        self.look_button.setEnabled(there)
        self.take_button.setVisible(self.report is None)
        self.take_button.setEnabled(self.contents is not None)
        self.go_button.setVisible(self.report is not None and bool(self.report.cases))
        self.choose_button.setVisible(self.report is None)
        if self.report is not None:
            self.told.setText("\n".join(_report_words(self.report)))
        elif self.contents is not None:
            self.told.setText("\n".join(_contents_words(self.contents)))
        else:
            self.told.setText("")


def _contents_words(said: Contents) -> list[str]:
    lines = [
        tr("From {who}, {municipality}, {moment}", who=said.giver, municipality=said.municipality,
           moment=moment(said.made)),
        *(f"• {child}" for child in said.children),
        "",
        i18n.ngettext("{n} deadline runs", "{n} deadlines run", len(said.running)),
        *(f"• {one}" for one in said.running),
        "",
    ]  # fmt: skip
    if said.unsent and said.hub:
        lines.append(
            i18n.ngettext(
                "{n} change was not sent when the file was made; it is in it.",
                "{n} changes were not sent when the file was made; they are in it.",
                said.unsent,
            )
        )
    if said.drafts:
        lines.append(
            i18n.ngettext(
                "{n} draft was not signed, and is not in it.",
                "{n} drafts were not signed, and are not in it.",
                said.drafts,
            )
        )
    return lines


def _report_words(report: Report) -> list[str]:
    lines = [
        tr("It is taken in."),
        "",
        i18n.ngettext("{n} case is new here.", "{n} cases are new here.", report.new_cases),
        i18n.ngettext("{n} change came.", "{n} changes came.", report.came),
        i18n.ngettext("{n} attached file came.", "{n} attached files came.", report.files),
        i18n.ngettext("{n} change was here already.", "{n} changes were here already.", report.known),
    ]
    if report.not_read:
        lines += ["", tr("Not read:")]
        lines += [f"• {count}: {tr(NOT_READ_LABELS[reason])}" for reason, count in report.not_read]
    return lines


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 0 if number else 1)
    return row
