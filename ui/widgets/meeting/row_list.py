"""Lines under each other that save themselves, and below them always an empty one to go on in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Writer
from ui.widgets.meeting.saved_row import Kept, SavedRow


def _nothing(_writer: Writer) -> None:
    """Do nothing more in the act."""


Item = tuple[Id, Mapping[str, Field[Any]]]


class RowList(QWidget):
    """``make`` makes a line; the list connects it. ``typed``: something was written in one of them.

    ``rest`` says what is done in the same act as keeping a line: what else is unsaved stays a draft."""

    typed = Signal()
    stored = Signal()
    focused = Signal(QWidget)

    def __init__(self, make: Callable[[], SavedRow], spacing: int = 0) -> None:
        super().__init__()
        self._make = make
        self.rest: Callable[[SavedRow], Callable[[Writer], None]] | None = None
        self._rows: list[SavedRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._append()

    @property
    def rows(self) -> tuple[SavedRow, ...]:
        """The lines from above; the last is the empty one."""
        return tuple(self._rows)

    @property
    def fresh(self) -> SavedRow:
        """The empty line at the end."""
        return self._rows[-1]

    def _append(self) -> SavedRow:
        return self._insert(len(self._rows))

    def _insert(self, place: int) -> SavedRow:
        row = self._make()
        row.typed.connect(self.typed)
        row.stored.connect(self.stored)
        row.began.connect(lambda: self._began(row))
        row.in_same_act = lambda: self._rest(row)
        self._rows.insert(place, row)
        self._layout.insertWidget(place, row)
        return row

    def _began(self, row: SavedRow) -> None:
        if row is self.fresh:
            self._append()

    def _rest(self, row: SavedRow) -> Callable[[Writer], None]:
        return _nothing if self.rest is None else self.rest(row)

    # going from line to line

    def next_of(self, row: SavedRow) -> None:
        """Go to the line below, the empty one after the last."""
        self.go(self._rows.index(row) + 1)

    def before(self, row: SavedRow) -> None:
        """Go to the line above."""
        self.go(self._rows.index(row) - 1)

    def go(self, place: int) -> None:
        """Go to a line; places outside are the first and the last."""
        row = self._rows[max(0, min(place, len(self._rows) - 1))]
        next(iter(row.editors.values())).setFocus(Qt.FocusReason.TabFocusReason)
        self.focused.emit(row)
        # once more when a new line has got its height
        QTimer.singleShot(0, row, lambda: self.focused.emit(row))

    # what is shown

    def show_items(self, items: Sequence[Item]) -> None:
        """Show the store's lines in their order; what is being written stays, also in a line taken back elsewhere."""
        known = {row.entity: row for row in self._rows if row.entity is not None}
        wanted = {entity for entity, _fields in items}
        for entity, row in known.items():
            if entity not in wanted:
                self._gone(row)
        for place, (entity, fields) in enumerate(items):
            row = known.get(entity) or self._insert(place)
            if row.entity is None:
                row.form.entity = entity
            row.follow(fields)
            if self._rows[place] is not row:
                self._rows.remove(row)
                self._rows.insert(place, row)
                self._layout.insertWidget(place, row)

    def _gone(self, row: SavedRow) -> None:
        """A line was taken back. What was written in it and not saved becomes a line of its own."""
        if row.under_way:
            return
        unsaved = row.unsaved()
        had_focus = (
            row.isAncestorOf(row.focusWidget()) and row.focusWidget().hasFocus()
            if row.focusWidget()
            else False
        )
        place = self._rows.index(row)
        self._drop([row])
        if unsaved:
            self.resume_new([unsaved])
        if had_focus:
            self.go(place)

    def forget(self) -> None:
        """Show nothing: another meeting is opened."""
        self._drop(self._rows)
        self._append()

    def forget_unsaved(self) -> None:
        """Let go what is not in the store, as it is shown again from there and from its draft."""
        self._drop([row for row in self._rows if row.entity is None or row.under_way or row.unsaved()])
        self._append()

    def _drop(self, rows: Sequence[SavedRow]) -> None:
        for row in tuple(rows):
            self._rows.remove(row)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()

    def commit(self) -> None:
        """Send every line on that was written in."""
        for row in self.rows:
            row.commit()

    # drafts

    def unsaved(self, but: SavedRow | None = None) -> tuple[dict[Id, Kept], list[Kept]]:
        """Return what is unsaved in the store's lines by identity, and in new ones; ``but`` is left out."""
        known: dict[Id, Kept] = {}
        new: list[Kept] = []
        for row in self._rows:
            kept = {} if row is but else row.unsaved()
            if kept and row.entity is not None:
                known[row.entity] = kept
            elif kept:
                new.append(kept)
        return known, new

    def resume(self, entity: Id, kept: Kept) -> bool:
        """Put back what a draft kept of a line of the store's; return whether the line is there."""
        for row in self._rows:
            if row.entity == entity:
                row.resume(kept)
                return True
        return False

    def resume_new(self, kept: Sequence[Kept]) -> None:
        """Put back lines that had not been stored; the last becomes the one at the end."""
        for number, one in enumerate(kept):
            row = (
                self._insert(len(self._rows) - 1)
                if number < len(kept) - 1 or not self.fresh.empty
                else self.fresh
            )
            row.resume(one)
