"""Choosing several of the family: whom to begin the genogram with, who lives together, who is the same human."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.genogram_view import SeenHome
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_, current
from caseworker_app.services import genogram_merging, genogram_proposal, genogram_relatives
from caseworker_app.services.genogram_words import name_of
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.widgets.genogram.loaded import Loaded
from ui.words import bind, tr

_ID = Qt.ItemDataRole.UserRole


class ChoosingDialog(QDialog):
    """A list with boxes, or of which one is chosen, and the button that does it."""

    chose = Signal()

    def __init__(
        self,
        house: House,
        heading: str,
        why: str,
        does: str,
        said: str,
        *,
        boxes: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._house, self._said, self._boxes = house, said, boxes
        bind(self.setWindowTitle, heading)
        self.list, self.name = QListWidget(), QLineEdit()
        self.complaint, self.save, self.cancel = Complaint(self), QPushButton(), QPushButton()
        self.list.setWordWrap(True)
        self.list.setStyleSheet("QListWidget::item { padding: 4px 2px; }")
        bind(self.list.setAccessibleName, heading)
        self.save.setProperty("look", "primary")
        self.save.setDefault(True)
        bind(self.save.setText, does)
        bind(self.cancel.setText, "Cancel")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        for words, look in ((heading, "heading"), (why, "muted")):
            label = QLabel()
            label.setProperty("look", look)
            label.setWordWrap(True)
            bind(label.setText, words)
            layout.addWidget(label)
        self._above = QVBoxLayout()
        layout.addLayout(self._above)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.complaint)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        layout.addLayout(foot)
        self.resize(520, 460)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close)
        self.finished.connect(self.deleteLater)

    def offer(self, words: str, what: Id, *, chosen: bool = False) -> None:
        """Put something in the list; ``words`` are translated."""
        item = QListWidgetItem(words)
        item.setData(_ID, what)
        if self._boxes:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def chosen(self) -> tuple[Id, ...]:
        """Return what is ticked, or the one the cursor is at."""
        items = [self.list.item(row) for row in range(self.list.count())]
        if self._boxes:
            items = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        else:
            items = [item for item in items if item is self.list.currentItem()]
        return tuple(bytes(item.data(_ID)) for item in items)

    def run(self, chosen: Sequence[Id]) -> Callable[[Writer], object]:
        """Return what the button does."""
        raise NotImplementedError

    def _save(self) -> None:
        self.complaint.clear()
        run = self.run(self.chosen())
        self._house.tasks.op(self, Op(run, done=self._done, said=self._said, failed=self._refused))

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)

    def _done(self, _made: object) -> None:
        self.chose.emit()
        self.close()


class ProposalDialog(ChoosingDialog):
    """Begins the genogram with those of the case's persons the worker says yes to."""

    def __init__(self, house: House, loaded: Loaded, parent: QWidget | None = None) -> None:
        super().__init__(
            house, N_("Begin with the people of the case"),
            N_("This is proposed from their roles. Take the tick from whoever does not belong there; nothing is drawn "
               "before you say so."),
            N_("Draw the ticked ones"), N_("The genogram is begun."), boxes=True, parent=parent,
        )  # fmt: skip
        self._case = loaded.case.id
        for one in loaded.proposed:
            self.offer(f"{one.name}: {current().say(one.words)}", one.id, chosen=True)
        self.list.setCurrentRow(0)

    def run(self, chosen: Sequence[Id]) -> Callable[[Writer], object]:
        return lambda w: genogram_proposal.accept(w, self._case, chosen)


class HomeDialog(ChoosingDialog):
    """Says who lives together; ``home`` is the one to be changed."""

    def __init__(
        self,
        house: House,
        loaded: Loaded,
        home: SeenHome | None,
        who: Id | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            house, N_("Who lives together"), N_("An outline is drawn around them. A child may live in two homes."),
            N_("Save"), N_("Saved."), boxes=True, parent=parent,
        )  # fmt: skip
        self._case, self._home = loaded.case.id, home.id if home is not None else None
        self.name.setText(home.label if home is not None else "")
        label = QLabel()
        label.setProperty("look", "muted")
        bind(label.setText, "What the home is called")
        bind(self.name.setAccessibleName, "What the home is called")
        label.setBuddy(self.name)
        self._above.addWidget(label)
        self._above.addWidget(self.name)
        there = home.members if home is not None else {who}
        names = {one.id: name_of(one, current()) for one in loaded.view.members}
        by_name = sorted(loaded.view.members, key=lambda m: (m.id not in there, sort_key(names[m.id])))
        for one in by_name:
            self.offer(names[one.id], one.id, chosen=one.id in there)
        self.list.setCurrentRow(0)

    def run(self, chosen: Sequence[Id]) -> Callable[[Writer], object]:
        label = self.name.text()
        return lambda w: genogram_relatives.set_home(w, self._case, label, chosen, self._home)


class MergeDialog(ChoosingDialog):
    """Says that somebody is the same human as another of the genogram."""

    def __init__(self, house: House, loaded: Loaded, who: Id, parent: QWidget | None = None) -> None:
        super().__init__(
            house, N_("The same person twice"),
            N_("Choose who it is too. The two become one with all lines of both; if they differ in something, you are "
               "told, and nothing is changed."),
            N_("Make them one"), N_("The two are one now."), boxes=False, parent=parent,
        )  # fmt: skip
        self._who = who
        twins = {b if a == who else a for a, b in loaded.twins if who in (a, b)}
        others = sorted((m for m in loaded.view.members if m.id != who), key=lambda m: m.id not in twins)
        for one in others:
            years = f" ({one.born})" if one.born is not None else ""
            self.offer(f"{name_of(one, current())}{years}", one.id)
        self.list.setCurrentRow(0)

    def run(self, chosen: Sequence[Id]) -> Callable[[Writer], object]:
        if not chosen:
            raise UserError(N_("Choose who it is too."))
        return lambda w: genogram_merging.merge(w, self._who, chosen[0])

    def _save(self) -> None:
        try:
            super()._save()
        except UserError as error:
            self.complaint.show_error(error)


def said_of(loaded: Loaded) -> str:
    """Return in words what the family's copy does not hold; empty when it holds everything."""
    left_out = [current().say(one) for one in loaded.family_view.left_out]
    return tr("Not on this copy: {what}.", what=tuple(left_out)) if left_out else ""
