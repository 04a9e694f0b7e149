"""Going through everything somebody may see of a case: given whole, without some words, or left out with a ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.access_request import CHOICE_LABELS, GROUND_LABELS, Choice, Ground
from caseworker_app.domain.document import FileKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.i18n import N_
from caseworker_app.services import access_request_papers, access_requests, papers
from caseworker_app.services.access_items import Item
from caseworker_app.services.access_requests import LACK_LABELS, ItemRow, Lack, RequestView
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Job, Op, Query
from ui.widgets.access.passage_text import PassageText
from ui.widgets.access.review_layout import SHOWN, lay_out
from ui.widgets.assessment.line_list import LineList, ListLine
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

_SIZE = (1240, 700)
_KEY = int(Qt.ItemDataRole.UserRole)


class AccessReviewDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, request: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Access to documents")
        self._house, self._request = house, request
        self.view: RequestView | None = None
        self._shown: tuple[PaperJob, Made] | None = None
        self._next = False
        self.heading, self.count = label("heading"), label("muted")
        self.only, self.list = Combo(), LineList(N_("Everything there is in the case"), self)
        self.title, self.hint, self.state = label("subheading"), label("note"), label("soon")
        self.text, self.passages = PassageText(self), QListWidget(self)
        self.ground, self.note, self.pages = Combo(), QLineEdit(self), QLineEdit(self)
        self.give, self.leave_out = button("Give it whole (Ctrl+G)"), button("Leave it out whole (Ctrl+D)")
        self.strike = button("Leave out the words chosen (Ctrl+U)")
        self.everywhere = button("… in everything")
        self.without_pages, self.apart = (
            button("Leave out these pages"),
            button("Give it as a file of its own"),
        )
        self.back = button("Give the passage after all")
        self.draft, self.finish = (
            button("Show the paper (Ctrl+P)"),
            button("Give it: keep what was given", "primary"),
        )
        self.close_button, self.complaint = button("Close"), Complaint(self)
        lay_out(self)
        self._join()
        bind_call(self, self._say)
        resize(self, *_SIZE)
        self._ask()

    def _join(self) -> None:
        self.list.chosen.connect(lambda _key: self._say_row())
        self.only.activated.connect(lambda _row: self._say())
        for one, act in (
            (self.give, lambda: self._decide(Choice.INCLUDE)),
            (self.leave_out, lambda: self._decide(Choice.LEAVE_OUT)),
            (self.apart, lambda: self._decide(Choice.APART)),
            (self.without_pages, lambda: self._decide(Choice.PARTS)),
            (self.strike, lambda: self._strike(everywhere=False)),
            (self.everywhere, lambda: self._strike(everywhere=True)),
            (self.back, self._give_back),
            (self.draft, self.show_paper),
            (self.finish, self.keep),
            (self.close_button, self.reject),
        ):
            one.clicked.connect(act)
        for keys, widget in (
            ("Ctrl+G", self.give), ("Ctrl+D", self.leave_out), ("Ctrl+U", self.strike), ("Ctrl+P", self.draft),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(widget.click)
        self.passages.itemSelectionChanged.connect(self._say_back)

    # showing

    def _ask(self) -> None:
        request = self._request
        self._house.tasks.query(self, Query(lambda r: access_requests.view(r, request), self._take))

    def _take(self, view: RequestView) -> None:
        first = self.view is None
        self.view = view
        self._say()
        if first and view.lacking:
            self.only.setCurrentIndex(1)
            self._say()
        if self._next:
            self._next = False
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next thing that is to be decided, from the one that has just been."""
        rows, now = self._rows(), self.current()
        at = next((n for n, row in enumerate(rows) if now is not None and row.item.key == now.item.key), 0)
        wanted = next((row for row in (*rows[at:], *rows[:at]) if row.lack is not None), None)
        if wanted is not None:
            self._show_list(wanted.item.key.encode())
            self._say_row()

    def _rows(self) -> list[ItemRow]:
        rows = [] if self.view is None else list(self.view.rows)
        return [row for row in rows if row.lack is not None] if self.only.currentIndex() == 1 else rows

    def _say(self) -> None:
        for row, msgid in enumerate(GROUND_LABELS.values()):
            self.ground.setItemText(row, tr(msgid))
        for row, msgid in enumerate(SHOWN):
            self.only.setItemText(row, tr(msgid))
        if self.view is None:
            return
        who = self.view.request.name or tr("the child")
        self.heading.setText(tr("Access for {who}", who=who))
        self._show_list(None)
        lacking = self.view.lacking
        words = i18n.ngettext("{n} is still to be decided", "{n} are still to be decided", lacking)
        self.count.setText(words if lacking else tr("Everything is decided."))
        self.draft.setEnabled(not lacking)
        self.finish.setEnabled(self._shown is not None and not lacking)
        self._say_row()

    def _show_list(self, wanted: bytes | None) -> None:
        with QSignalBlocker(self.list):
            self.list.show_lines([_line(row) for row in self._rows()], wanted)

    def current(self) -> ItemRow | None:
        """Return the thing that is shown."""
        key = self.list.key
        rows = () if self.view is None else self.view.rows
        return next((row for row in rows if key is not None and row.item.key.encode() == key), None)

    def _say_row(self) -> None:
        row = self.current()
        for widget in (
            self.text,
            self.ground,
            self.note,
            self.give,
            self.leave_out,
            self.strike,
            self.everywhere,
        ):
            widget.setEnabled(row is not None)
        if row is None:
            self.title.setText(tr("Everything is decided.") if self.view is not None else "")
            for words in (self.hint, self.state):
                words.setText("")
            self.text.show_text("", ())
            self.passages.clear()
        else:
            self._say_item(row)
        file = None if row is None else row.item.file
        is_pdf = file is not None and file.kind is FileKind.PDF
        for widget in (self.pages, self.without_pages):
            widget.setVisible(is_pdf)
        self.apart.setVisible(file is not None)
        self._say_back()

    def _say_item(self, row: ItemRow) -> None:
        item = row.item
        day = tr("no day") if item.day is None else short_day(item.day)
        self.title.setText(f"{_called(item)} · {day}")
        hint = i18n.say(row.hint.words)
        if row.hint.names:
            hint = f"{hint} {tr('Names: {names}', names=', '.join(row.hint.names))}"
        self.hint.setText(hint)
        self.state.setText(_state(row))
        self.state.setProperty("look", "soon" if row.lack is not None else "muted")
        self.state.style().polish(self.state)
        struck = [one.words for one in (*row.passages, *(self.view.everywhere if self.view else ()))]
        words = item.text if item.file is None else f"{item.text}\n\n{item.file.text}".strip()
        self.text.show_text(words, struck)
        ground = row.ground or row.hint.ground or Ground.OTHERS
        self.ground.setCurrentIndex(list(GROUND_LABELS).index(ground))
        self.note.setText("" if row.decision is None else row.decision.note)
        self.pages.setText("" if row.decision is None else row.decision.pages)
        self.passages.clear()
        for one in (*row.passages, *(self.view.everywhere if self.view else ())):
            where = "" if one.item else f" ({tr('in everything')})"
            listed = QListWidgetItem(f"{one.words}{where} – {tr(GROUND_LABELS[one.ground])}")
            listed.setData(_KEY, one.id)
            self.passages.addItem(listed)

    def _say_back(self) -> None:
        self.passages.setVisible(self.passages.count() > 0)
        self.back.setVisible(self.passages.count() > 0)
        self.back.setEnabled(bool(self.passages.selectedItems()))

    # deciding

    def _do(self, act: Callable[[Any], Any], *, go_on: bool = False) -> None:
        self.complaint.clear()
        self._shown = None

        def done(_answer: object) -> None:
            self._next = go_on
            self._ask()

        self._house.tasks.op(self, Op(act, done=done, failed=self.complaint.show_error))

    def _decide(self, choice: Choice) -> None:
        row = self.current()
        if row is None:
            return
        ground = self._why()
        request, key, note = self._request, row.item.key, self.note.text()
        pages = self.pages.text() if choice is Choice.PARTS else ""
        why = None if choice in (Choice.INCLUDE, Choice.APART) else ground
        self._do(
            lambda w: access_requests.decide(w, request, key, choice, why, note, pages),
            go_on=True,
        )

    def _why(self) -> Ground:
        return list(GROUND_LABELS)[max(0, self.ground.currentIndex())]

    def _strike(self, *, everywhere: bool) -> None:
        row, chosen = self.current(), self.text.chosen()
        if row is None:
            return
        if not chosen.strip():
            self.complaint.show_message(
                N_("Choose the words in the text first, with the mouse or Shift and the arrows.")
            )
            return
        request, key, ground = self._request, row.item.key, self._why()
        self._do(lambda w: access_requests.take_out(w, request, key, chosen, ground, everywhere=everywhere))

    def _give_back(self) -> None:
        chosen = [bytes(one.data(_KEY)) for one in self.passages.selectedItems()]
        if chosen:
            self._do(lambda w: access_requests.put_back(w, chosen[0]))

    # the paper

    def show_paper(self) -> None:
        """Make the paper and show it; only then can it be given."""
        self.complaint.clear()
        request = self._request
        make = self._house.papers.make

        def made(job: PaperJob, paper: Made) -> None:
            from ui.dialogs.preview_dialog import PreviewDialog

            self._shown = (job, paper)
            self.finish.setEnabled(True)
            words = tr("Access to documents")
            note = tr("Not given yet: look through it, close it, and keep it as given.")
            self._house.tasks.op(self, Op(lambda w: papers.record_shown(w, job)))
            PreviewDialog(
                self._house, paper.data, words, parent=self, file_name=job.file_name, about=words, notes=(note,),
                keeps=False,
            ).open()  # fmt: skip

        def ready(job: PaperJob) -> None:
            work = Job(lambda: make(job), lambda paper: made(job, paper), self.complaint.show_error)
            self._house.tasks.job(self, work)

        self._house.tasks.query(self, Query(lambda r: access_request_papers.job(r, request), ready))

    def keep(self) -> None:
        """Keep what was given; it stands among the documents, from where it is printed and saved."""
        if self._shown is None:
            return
        job, paper = self._shown
        op = Op(
            lambda w: access_request_papers.give(w, job, paper), done=lambda _document: self.accept(),
            said=N_("The access is given and kept among the case's documents. Print or save it from there."),
            failed=self.complaint.show_error,
        )  # fmt: skip
        self._house.tasks.op(self, op)


def _state(row: ItemRow) -> str:
    if row.lack is not None:
        return tr(LACK_LABELS[row.lack])
    words = tr(CHOICE_LABELS[row.choice])
    ground = row.ground
    return words if ground is None else f"{words}: {tr(GROUND_LABELS[ground])}"


def _called(item: Item) -> str:
    return item.title if item.title == item.kind else f"{item.kind}: {item.title}"


def _line(row: ItemRow) -> ListLine:
    item = row.item
    day = "" if item.day is None else f"{short_day(item.day)} · "
    words = _called(item)
    if row.lack is not None:
        tone = "overdue" if row.lack is not Lack.UNDECIDED else "soon"
        return ListLine(item.key.encode(), words, f"{day}{tr(LACK_LABELS[row.lack])}", "warning", tone)
    icon, tone = ("close", "muted") if row.choice is Choice.LEAVE_OUT else ("done", "done")
    return ListLine(item.key.encode(), words, f"{day}{tr(CHOICE_LABELS[row.choice])}", icon, tone)
