"""Giving a case to a colleague in an encrypted file: for whom, what runs and is not sent, and the paper beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.handover import ENDING
from caseworker_app.i18n import N_
from caseworker_app.services import handover_papers
from caseworker_app.services.handover_desk import Given, HandoverDesk, Receiver
from caseworker_app.services.handover_papers import Standing
from caseworker_app.services.ports import Reader
from ui import printing
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.tasks import Job, Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.save_file import ask_where
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

FILE_NAME = f"overlevering{ENDING}"
"""No name and no number stands in it."""
_SIZE = (680, 560)
_WAYS = (N_("Whoever knows a passphrase"), N_("A colleague's computer, by its code"))


class GivePackDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Give a case in a file")
        self._house, self._case = house, case
        self._standing: Standing | None = None
        self._people: tuple[Receiver, ...] = ()
        self._given: Given | None = None
        self._receiver = ""
        self.child, self.running, self.drafts = label("subheading"), label("muted"), label("soon")
        self.way, self.code = Combo(), QLineEdit(self)
        self.first = PassphraseField(N_("Passphrase of the pack"), self)
        self.again = PassphraseField(N_("The same once more"), self)
        self.hint, self.said, self.complaint = label("muted"), label("note"), Complaint(self)
        self.make_button, self.paper_button = button("Make the file …", "primary"), button("Show the paper")
        self.close_button = button("Close")
        self._lay_out()
        self.way.activated.connect(lambda _row: self._say())
        self.make_button.clicked.connect(self.make)
        self.paper_button.clicked.connect(self.show_paper)
        self.close_button.clicked.connect(self.reject)
        bind_call(self, self._say)
        resize(self, *_SIZE)
        self._ask()

    def _desk(self) -> HandoverDesk | None:
        store = self._house.tasks.store
        return None if store is None else self._house.handover(store)

    def _lay_out(self) -> None:
        words = label("", "The file holds the whole case, encrypted: everything that was written and signed, and the "
                      "attached files. Whoever takes it in is told what came. Your own case stays here.")  # fmt: skip
        bind(self.way.setAccessibleName, "Who can open it")
        bind(self.code.setAccessibleName, "The code of the colleague's computer")
        bind(self.code.setPlaceholderText, "The colleague finds it under Fetch from a colleague")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label("heading", "Give a case in a file"))
        for widget in (self.child, self.running, self.drafts, words):
            layout.addWidget(widget)
        layout.addSpacing(8)
        named = label("muted", "Who can open it")
        named.setBuddy(self.way)
        for shown in (named, self.way, self.code, self.first, self.again):
            layout.addWidget(shown)
        bind(self.first.line.setPlaceholderText, "Passphrase of the pack")
        bind(self.again.line.setPlaceholderText, "The same once more")
        for line in (self.hint, self.said):
            layout.addWidget(line)
        layout.addWidget(self.complaint)
        layout.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.paper_button)
        foot.addStretch(1)
        for one in (self.close_button, self.make_button):
            foot.addWidget(one)
        layout.addLayout(foot)

    def _ask(self) -> None:
        case, books = self._case.id, self._house.books

        def ask(reader: Reader) -> Standing:
            return handover_papers.standing(reader, books, case)

        def show(found: Standing) -> None:
            self._standing = found
            self._say()

        self._house.tasks.query(self, Query(ask, show))
        desk = self._desk()
        if desk is not None:
            self._house.tasks.job(self, Job(desk.receivers, self._show_people, self.complaint.show_error))

    def _show_people(self, people: tuple[Receiver, ...]) -> None:
        self._people = people
        self._say()

    def _say(self) -> None:
        now = max(0, self.way.currentIndex())
        self.way.clear()
        self.way.addItems([*(tr(one) for one in _WAYS), *(one.name for one in self._people)])
        self.way.setCurrentIndex(now)
        self.child.setText(child_words(self._case))
        found = self._standing
        running = 0 if found is None else len(found.running)
        self.running.setText(i18n.ngettext("{n} deadline runs", "{n} deadlines run", running))
        drafts = 0 if found is None else found.drafts
        self.drafts.setVisible(drafts > 0)
        self.drafts.setText(
            i18n.ngettext(
                "{n} draft is not signed, and is not in the file. Sign it first.",
                "{n} drafts are not signed, and are not in the file. Sign them first.",
                drafts,
            )
        )
        by_words, by_code = now == 0, now == 1
        for widget in (self.first, self.again):
            widget.setVisible(by_words)
        self.code.setVisible(by_code)
        self.hint.setText(
            tr("Tell the passphrase by telephone, never with the file.")
            if by_words
            else tr("Nobody but that computer can open it; the code is no secret.")
            if by_code
            else tr("Only this colleague's computers can open it.")
        )
        self.paper_button.setVisible(self._given is not None)
        self.said.setVisible(bool(self.said.text()))

    # making

    def make(self) -> None:
        """Make the file, and ask where it goes."""
        desk, case = self._desk(), self._case.id
        self.complaint.clear()
        now = self.way.currentIndex()
        words, code = self.first.text(), self.code.text()
        if desk is None:
            return
        if now == 0 and words != self.again.text():
            self.complaint.show_message(N_("The two passphrases are not the same."))
            return
        people = self._people

        def work() -> tuple[Given, str]:
            to = words if now == 0 else desk.receiver_of(code) if now == 1 else people[now - len(_WAYS)]
            return desk.make([case], to), "" if isinstance(to, str) else to.name

        def made(answer: tuple[Given, str]) -> None:
            self._given, self._receiver = answer
            kinds = f"{tr('Handover pack')} (*{ENDING})"
            ask_where(self, tr("Save the handover pack"), FILE_NAME, kinds, self.save_to)
            self._say()

        self._house.tasks.job(self, Job(work, made, self.complaint.show_error))

    def save_to(self, path: str) -> None:
        """Save the file at a place that has been chosen, and note that it left the house."""
        given, desk, case, who = self._given, self._desk(), self._case.id, self._receiver
        if given is None or desk is None:
            return

        def work() -> None:
            printing.save_copy(path, given.data)
            desk.note_given([case], who)

        def saved(_nothing: None) -> None:
            self.said.setText(
                tr("The file is saved, and noted in the case. Give it away, and the passphrase by itself.")
            )
            for one in (self.first, self.again):
                one.clear()
            self._say()

        self._house.tasks.job(self, Job(work, saved, self.complaint.show_error, leaves=True))

    def show_paper(self) -> None:
        """Show the chronology that goes with it."""
        from ui.widgets.meeting.paper_desk import PaperDesk

        if self._given is not None:
            title = tr("Handover")
            desk = PaperDesk(self._house, self)
            desk.refused.connect(self.complaint.show_error)
            desk.preview(self._given.paper, title, title)
