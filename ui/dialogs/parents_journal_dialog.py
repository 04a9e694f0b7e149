"""The journal of a parent across the cases of all her children: read, and put on paper apart from the children's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.person import ROLE_LABELS
from caseworker_app.services import parents_journal
from caseworker_app.services.parents_journal import Parent, Written
from caseworker_app.services.ports import Reader
from ui import icons
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import bind, bind_call, tr

SIZE = (860, 900)
Journals = tuple[tuple[Parent, tuple[Written, ...]], ...]


class ParentsJournalDialog(QDialog):
    """Opened with ``open()``; ``shown`` comes when the journals have been read."""

    shown = Signal()

    def __init__(self, house: House, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._journals = house, Journals()
        bind(self.setWindowTitle, "The parents' journal")
        heading, hint, whose = QLabel(self), QLabel(self), QLabel(self)
        heading.setProperty("look", "heading")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(heading.setText, "The parents' journal")
        bind(
            hint.setText,
            "What is signed of one parent at the visits of all her children. It is kept and printed apart from the "
            "children's journals.",
        )
        self.chosen, self.text, self.complaint = Combo(), QPlainTextEdit(self), Complaint(self)
        whose.setBuddy(self.chosen)
        bind(whose.setText, "Whose journal")
        bind(self.chosen.setAccessibleName, "Whose journal")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        bind(self.text.setAccessibleName, "The parents' journal")
        self.paper, close = QPushButton(self), QPushButton(self)
        icons.dress(self.paper, "print")
        bind(self.paper.setText, "On paper …")
        bind(close.setText, "Close (Esc)")
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self.chosen.activated.connect(lambda _n: self._say())
        self.paper.clicked.connect(self.put_on_paper)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.paper)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for widget in (heading, hint, whose, self.chosen, self.complaint):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        resize(self, *SIZE)
        bind_call(self, self._say_again)
        self._ask(case)

    def _ask(self, case: Case) -> None:
        def ask(reader: Reader) -> Journals:
            parents = parents_journal.parents_of(reader, case.id)
            return tuple((one, parents_journal.written_of(reader, one)) for one in parents)

        self._house.tasks.query(self, Query(ask, self._show))

    def _show(self, journals: Journals) -> None:
        self._journals = journals
        self._say_again()
        self.chosen.setFocus()
        self.shown.emit()

    def _say_again(self) -> None:
        at = max(self.chosen.currentIndex(), 0)
        self.chosen.clear()
        for parent, written in self._journals:
            role = parent.card.role_words or tr(ROLE_LABELS[parent.card.role])
            many = i18n.ngettext("{n} entry", "{n} entries", len(written))
            self.chosen.addItem(f"{parent.card.name} · {role} · {many}")
        self.chosen.setCurrentIndex(min(at, self.chosen.count() - 1))
        self._say()

    def _say(self) -> None:
        at = self.chosen.currentIndex()
        written = self._journals[at][1] if 0 <= at < len(self._journals) else ()
        self.chosen.setEnabled(bool(self._journals))
        self.paper.setEnabled(bool(written))
        if not self._journals:
            self.text.setPlainText(tr("No parent is among the persons of the case yet."))
        elif not written:
            self.text.setPlainText(tr("Nothing is signed in this parent's journal yet."))
        else:
            self.text.setPlainText(f"\n\n{'—' * 24}\n\n".join(map(_words, written)))

    def put_on_paper(self) -> None:
        """Show the journal that is chosen as a paper."""
        at, title = self.chosen.currentIndex(), tr("The parents' journal")
        if 0 <= at < len(self._journals):
            parent = self._journals[at][0]
            self.complaint.clear()
            ask = Query(
                lambda r: parents_journal.job(r, parent),
                lambda job: self.desk.preview(job, title, title),
            )
            self._house.tasks.query(self, ask)


def _words(one: Written) -> str:
    entry = one.entry
    day = entry.held_on or entry.written_on
    language = i18n.current().language
    head = [
        tr("Correction: {heading}", heading=entry.heading) if entry.corrects else entry.heading,
        "" if day is None else long_date(day, language),
        tr("at the visit with {child}", child=one.case.first_name or one.case.unborn_of),
    ]
    return "\n\n".join((" · ".join(part for part in head if part), plain(entry.text), entry.signed_by))
