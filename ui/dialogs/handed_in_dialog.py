"""What was handed in at the hub and not taken, for a team leader: who, when and why; to be let in, one at a time."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.sync_desk import HandedIn
from ui.dialogs.put_aside_dialog import PutAsideDialog
from ui.house import House
from ui.models.sync_words import reason_words
from ui.tasks import Job
from ui.value_words import moment
from ui.widgets.sync.plain import button
from ui.words import bind, tr

_WAYS: Mapping[str, str] = {
    "revoked": N_("Let it in, if it belongs in the case."),
    "not_a_member": N_("Share the case with its author again; then it can be let in."),
    "read_only": N_("Let its author write in the case; then it can be let in."),
}
"""What a leader can do about it, where that is another thing than what its author can."""


class HandedInDialog(PutAsideDialog[HandedIn]):
    """The rows at the hub, one at the cursor."""

    heads = (N_("When"), N_("By whom"), N_("Unit"), N_("Case"))
    widths = (200, 220, 220)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.let_in_button = button("Let it in", "primary")
        super().__init__(house, house.sync.handed_in, (self.let_in_button,), parent)
        self.call(N_("Handed in and not taken"))
        bind(
            self.about.setText,
            "Colleagues of your unit wrote this, and the hub did not take it: their computer was closed, or the case was "
            "no longer shared with them. The hub keeps it until somebody decides.",
        )
        bind(self.empty.setText, "Nothing waits for you at the hub.")
        self.let_in_button.clicked.connect(self.let_in)
        self.begin(960)

    def words_of(self, row: HandedIn) -> tuple[str, ...]:
        child = tr("not shared with you") if row.stream is None else self.children_of.get(row.stream, "")
        return (moment(row.at), row.author or tr("Unknown"), row.unit, child)

    def show_chosen(self) -> None:
        row = self.chosen
        why, way = ("", "") if row is None else reason_words(row.reason)
        if row is not None and row.reason in _WAYS:
            way = tr(_WAYS[row.reason])
        if row is not None and row.stream is None:
            way = tr("Whoever is responsible for the case must share it with you before you can let this in.")
        self.why.setText(why)
        self.way.setText(way)
        self.let_in_button.setEnabled(row is not None and row.stream is not None)

    def let_in(self) -> None:
        """Have the hub judge the row anew; it is said when it stays where it is, and why."""
        row = self.chosen
        if row is None:
            return
        desk = self.house.sync
        self.complaint.clear()
        self.let_in_button.setEnabled(False)
        self.house.tasks.job(self, Job(lambda: desk.let_in(row.row), self._done, self._not_done))

    def _done(self, reason: str) -> None:
        if reason:
            why, _way = reason_words(reason)
            self.said.setText(tr("It stays where it is. {why}", why=why))
        else:
            self.said.setText(tr("It has been let in, and comes to everybody who shares the case."))
        self.ask()

    def _not_done(self, error: UserError) -> None:
        self.let_in_button.setEnabled(True)
        self.complaint.show_error(error)
