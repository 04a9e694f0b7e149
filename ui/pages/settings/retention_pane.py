"""Closed cases and how long they are kept: those that are due, holds, archive copies, and erasing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTreeWidgetItem

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import retention
from caseworker_app.services.cases import display_name
from caseworker_app.services.opening import Doors
from caseworker_app.services.ports import Store
from caseworker_app.services.retention import STANDING_LABELS, Closed, Standing
from ui.dialogs.key_dialogs import KeyDialog, ProveDialog
from ui.house import House
from ui.pages.opening.sheet import labelled
from ui.pages.settings.pane import Pane
from ui.tasks import Job, Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.save_file import ask_where
from ui.widgets.sync.plain import button, label
from ui.widgets.tall_rows import Sheet
from ui.words import bind_call, tr

WIDE = 1240
_ERASE = (
    N_("Erase the case"),
    N_("Everything written in it, its files and its key are erased for good; only who wrote when is left. It cannot be "
       "undone. Backups hold the case until they are 30 days old, and the hub has its own copy."),
    N_("Erase for good"),
    N_("The case is erased."),
)  # fmt: skip


class RetentionPane(Pane):
    """The pane. ``list`` holds the closed cases, the next one due in front; the buttons are about the marked one."""

    def __init__(self, house: House, doors: Doors) -> None:
        super().__init__(
            N_("A closed case gets a date by the longest of the rules that fit it: a health visitor's journal ten years "
               "from its last entry. Nothing is erased by itself. Make the archive copy, keep it in the record system, "
               "and erase the case here."),
            width=WIDE,
        )  # fmt: skip
        self._house, self._doors = house, doors
        self._rows: tuple[Closed, ...] = ()
        self._erased = 0
        self.dialog: KeyDialog | None = None
        self.list = Sheet((6, 3, 3, 7, 5))
        self.list.setMinimumHeight(320)
        self.told, self.counted = label("note"), label("muted")
        self.complaint = Complaint()
        self.archive_button = button("Archive copy …", "primary")
        self.reason = QLineEdit()
        self.reason.setMaxLength(400)
        self.hold_button, self.lift_button = button("Hold it back"), button("Lift the hold")
        self.erase_button = button("Erase …")
        self._lay_out()
        self._join()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        acts, holding = QHBoxLayout(), QHBoxLayout()
        for row, made in ((acts, (self.archive_button, self.erase_button, self.lift_button)),):
            row.setSpacing(8)
            for one in made:
                row.addWidget(one)
            row.addStretch(1)
        holding.setSpacing(8)
        holding.addLayout(labelled("Why the case must not be erased", self.reason), 1)
        holding.addWidget(self.hold_button)
        holding.setAlignment(self.hold_button, Qt.AlignmentFlag.AlignBottom)
        for part in (self.list, self.told):
            self.column.addWidget(part)
        self.column.addLayout(acts)
        self.column.addLayout(holding)
        self.column.addWidget(self.complaint)
        self.column.addWidget(self.counted)

    def _join(self) -> None:
        self.list.itemSelectionChanged.connect(self._offer)
        self.archive_button.clicked.connect(self.archive)
        self.hold_button.clicked.connect(self.hold)
        self.lift_button.clicked.connect(self.lift)
        self.erase_button.clicked.connect(self.erase)
        self.reason.textEdited.connect(lambda _words: self._offer())
        self.reason.returnPressed.connect(self.hold)

    def begin(self) -> None:
        """Ask which closed cases there are."""
        rules = self._doors.retention_rules()
        ask = Query(lambda r: (retention.closed(r, rules), len(retention.erased(r))), self._show)
        self._house.tasks.query(self, ask)

    def follow(self, touched: Touched) -> None:
        if any(kind in ("case", "legal_hold", "case_archive", "erasure") for kind, _id in touched):
            self.begin()

    @property
    def marked(self) -> Closed | None:
        """The case that is marked."""
        item = self.list.currentItem()
        index = -1 if item is None else self.list.indexOfTopLevelItem(item)
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def _show(self, found: tuple[tuple[Closed, ...], int]) -> None:
        before = self.marked
        self._rows, self._erased = found
        self._fill(None if before is None else before.case.id)

    def _fill(self, before: Id | None) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        items = [QTreeWidgetItem(_cells(one)) for one in self._rows]
        self.list.addTopLevelItems(items)
        places = [number for number, one in enumerate(self._rows) if one.case.id == before]
        if items:
            self.list.setCurrentItem(items[places[0] if places else 0])
        self.list.blockSignals(False)
        self._offer()

    def _say(self) -> None:
        self.list.setAccessibleName(tr("Closed cases"))
        self.list.setHeaderLabels(
            [tr("Child"), tr("Closed"), tr("Kept until"), tr("By which rule"), tr("How it stands")]
        )
        marked = self.marked
        self._fill(None if marked is None else marked.case.id)

    def _offer(self) -> None:
        one = self.marked
        self.told.setVisible(one is not None)
        self.told.setText("" if one is None else _told(one))
        self.archive_button.setEnabled(one is not None)
        held = one is not None and one.hold is not None
        self.lift_button.setVisible(held)
        self.hold_button.setEnabled(one is not None and not held and bool(self.reason.text().strip()))
        self.erase_button.setEnabled(one is not None and one.standing is Standing.ARCHIVED)
        due = sum(one.standing in (Standing.DUE, Standing.ARCHIVED) for one in self._rows)
        words = [tr("No closed case is here.")] if not self._rows else [_due_words(due)]
        if self._erased:
            words.append(
                i18n.ngettext("{n} case has been erased.", "{n} cases have been erased.", self._erased)
            )
        self.counted.setText(" ".join(words))

    # what can be done

    def hold(self) -> None:
        """Hold the marked case back."""
        one, words = self.marked, self.reason.text()
        if one is not None and self.hold_button.isEnabled():
            op = Op(
                lambda w: retention.hold(w, one.case.id, words), lambda _id: self.reason.clear(),
                N_("The case is held back."), self.complaint.show_error,
            )  # fmt: skip
            self._house.tasks.op(self, op)

    def lift(self) -> None:
        """Lift the hold of the marked case."""
        one = self.marked
        if one is not None and one.hold is not None:
            hold = one.hold.id
            said = N_("The hold is lifted.")
            self._house.tasks.op(
                self, Op(lambda w: retention.lift(w, hold), None, said, self.complaint.show_error)
            )

    def archive(self) -> None:
        """Make the archive copy of the marked case and save it."""
        one, store = self.marked, self._house.tasks.store
        if one is None or store is None:
            return
        keeping, case = self._doors.case_keeping(self._house.papers), one.case.id
        self.archive_button.setEnabled(False)
        self.complaint.clear()
        work = Job(
            lambda: keeping.archive(store, case), lambda data: self._save(store, case, data), self._refused
        )
        self._house.tasks.job(self, work)

    def _save(self, store: Store, case: Id, data: bytes) -> None:
        self._offer()
        keeping = self._doors.case_keeping(self._house.papers)

        def noted() -> None:
            self._house.say(
                tr("The archive copy is saved. It is not encrypted: put it in the record system.")
            )
            self.begin()

        def write(path: str) -> None:
            def save() -> None:
                _write(path, data)
                keeping.note_archived(store, case, data)

            self._house.tasks.job(self, Job(save, lambda _n: noted(), self._refused, leaves=True))

        ask_where(self, tr("Save the archive copy"), "arkiv.zip", "ZIP (*.zip)", write)

    def erase(self) -> None:
        """Erase the marked case, after the passphrase."""
        one, store = self.marked, self._house.tasks.store
        if one is None or store is None:
            return
        keeping, case, doors = self._doors.case_keeping(self._house.papers), one.case.id, self._doors

        def act(typed: str) -> int:
            doors.check_passphrase(typed)
            return keeping.erase(store, case)

        self.dialog = ProveDialog(self._house, self._doors, _ERASE, act, self.window())
        self.dialog.done_well.connect(lambda said: self._house.say(tr(said)))
        self.dialog.finished.connect(lambda _result: self.begin())
        self.dialog.open()

    def _refused(self, error: UserError) -> None:
        self._offer()
        self.complaint.show_error(error)


def _write(path: str, data: bytes) -> None:
    from caseworker_app.files import write_atomically

    try:
        write_atomically(Path(path), data)
    except OSError:
        raise UserError(
            N_("The file could not be saved there."), N_("Nothing is noted. Choose another folder.")
        ) from None


def _day(day: dt.date | None) -> str:
    return "" if day is None else short_date(day, i18n.current().language)


def _rule(one: Closed) -> str:
    title = one.rule.title
    return title.get(i18n.current().language) or title.get("da", "")


def _cells(one: Closed) -> list[str]:
    return [
        display_name(one.case), _day(one.case.closed_on), _day(one.until), _rule(one), tr(STANDING_LABELS[one.standing]),
    ]  # fmt: skip


def _told(one: Closed) -> str:
    source = one.rule.source
    lines = [source.get(i18n.current().language) or source.get("da", "")]
    if one.hold is not None:
        lines.append(tr("Held back since {day}: {reason}", day=_day(one.hold.since), reason=one.hold.reason))
    if one.archive is not None and one.archive.made_at is not None:
        made = one.archive.made_at.astimezone().date()
        lines.append(tr("Archive copy of {day}, SHA-256 {sum}…", day=_day(made), sum=one.archive.sha256[:16]))
    return "\n".join(lines)


def _due_words(due: int) -> str:
    if not due:
        return tr("No case is due yet.")
    return i18n.ngettext("{n} case need not be kept any more.", "{n} cases need not be kept any more.", due)
