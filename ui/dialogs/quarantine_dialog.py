"""What was not taken: each row with who would not take it and why, to be saved as a file for the IT department."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.sync_desk import QuarantineRow
from ui.dialogs.put_aside_dialog import PutAsideDialog
from ui.house import House
from ui.models.sync_words import place_words, reason_words
from ui.tasks import Job
from ui.value_words import moment
from ui.widgets.sync.plain import button
from ui.words import bind, tr


class QuarantineDialog(PutAsideDialog[QuarantineRow]):
    """The rows of this computer, one at the cursor."""

    heads = (N_("When"), N_("What"), N_("By whom"), N_("Case"), N_("Not taken by"))
    widths = (200, 280, 160, 180)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.again_button, self.save_button = button("Try again"), button("Save as a file …")
        ways = (self.again_button, self.save_button)
        super().__init__(house, house.sync.quarantine, ways, parent)
        self.call(N_("Not taken"))
        bind(
            self.about.setText,
            "These could not be taken in. Nothing else waits for them, and they are kept until somebody decides.",
        )
        bind(self.empty.setText, "Everything has been taken.")
        self.save_button.clicked.connect(self.save)
        self.again_button.clicked.connect(self.try_again)
        self.begin(1040)

    def words_of(self, row: QuarantineRow) -> tuple[str, ...]:
        what = tr(row.label) if row.label else tr("Something that cannot be read")
        child = self.children_of.get(row.stream, "") if row.stream else ""
        return (moment(row.at), what, row.author or tr("Unknown"), child, place_words(row.place))

    def show_chosen(self) -> None:
        row = self.chosen
        why, way = ("", "") if row is None else reason_words(row.reason)
        self.why.setText(why)
        self.way.setText(way)
        self.save_button.setEnabled(row is not None)
        self.again_button.setEnabled(row is not None)

    # trying again, saving

    def try_again(self) -> None:
        """Offer the row once more; it comes back here when it is refused again."""
        row = self.chosen
        if row is None:
            return
        desk = self.house.sync
        self.complaint.clear()
        self.again_button.setEnabled(False)
        work = Job(lambda: desk.try_again(row.row), lambda _nothing: self._tried(), self._not_tried)
        self.house.tasks.job(self, work)

    def _tried(self) -> None:
        self.said.setText(tr("It is tried again at the next sync, which begins now."))
        self.ask()

    def _not_tried(self, error: UserError) -> None:
        self.again_button.setEnabled(True)
        self.complaint.show_error(error)

    def save(self) -> None:
        """Ask where, and save the row as a file; it stays encrypted as it is."""
        row = self.chosen
        if row is None:
            return
        from ui.widgets.save_file import ask_where

        name = f"taet-paa-{row.row.hex()[:8]}.json"
        ask_where(self, tr("Save as a file"), name, tr("JSON (*.json)"), lambda path: self.save_to(path, row))

    def save_to(self, path: str, row: QuarantineRow) -> None:
        """Save a row at a place that was chosen."""
        from ui import printing

        desk = self.house.sync
        self.complaint.clear()
        work = Job(
            lambda: printing.save_copy(path, desk.quarantined(row.row)),
            self._saved,
            self.complaint.show_error,
            leaves=True,
        )
        self.house.tasks.job(self, work)

    def _saved(self, _nothing: None) -> None:
        self.said.setText(tr("Saved. The file is encrypted; the IT department can see who, when and why."))
