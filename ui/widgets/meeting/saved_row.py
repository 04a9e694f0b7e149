"""A line that saves itself: what is written in it is an act of its own when Enter is pressed or the focus goes away.

No key asks the store for anything. While a line is on its way to the store it can be written in further; what others
wrote in it meanwhile stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.services import forms
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Draft, Writer
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.widgets.field_row import Beside
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_beside import beside
from ui.words import tr

Kept = dict[str, tuple[Plain, tuple[Id, ...]]]
"""What a draft keeps of a line: by field the plain value and the heads it was written over."""


@dataclass(frozen=True)
class Keeping:
    """How a line is kept: made (``None`` where lines are not made by writing), changed, and what Ctrl+Z would say."""

    cls: type[Entity]
    add: Callable[[Writer, dict[str, Any]], Id] | None
    edit: Callable[[Writer, Id, Mapping[str, Edit]], None]
    main: str = ""
    """The field without which the line is nothing; emptied, the line is taken back."""
    taken_back: str = ""
    """The msgid of what to say then."""
    check: Callable[[Mapping[str, Any]], object] | None = None
    """Judges values before they are sent, without the store. Raises :class:`InvalidInput`."""


class SavedRow(QWidget):
    """See the module. ``typed``: something was written; ``began``: the line is on its way to the store."""

    typed = Signal()
    began = Signal()
    stored = Signal()

    def __init__(self, house: House, keeping: Keeping, editors: Mapping[str, FieldEditor]) -> None:
        super().__init__()
        self._house, self._keeping = house, keeping
        self.editors = dict(editors)
        self.form: Form[Any] = Form.blank(keeping.cls)
        self.in_same_act: Callable[[], Callable[[Writer], None]] | None = None
        self._sent: dict[str, Edit] | None = None
        self._is_stored = self._again = False
        self._complaint: Complaint | None = None
        self._beside: list[QFrame] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        for name, editor in self.editors.items():
            editor.field = name
            editor.edited.connect(self._on_edited)
            editor.left.connect(self._on_left)
            editor.show_value(self.form.fields[name].value)

    def add_body(self, body: QWidget) -> None:
        """Put the editors' widget in its place."""
        self._lines.insertWidget(0, body)

    @property
    def entity(self) -> Id | None:
        """The line's identity, ``None`` until it has been stored."""
        return self.form.entity

    def start_again(self, entity: Id) -> None:
        """Be the line of another thing; what stood in it is let go."""
        self.form = Form.blank(self._keeping.cls)
        self.form.entity = entity
        self._sent, self._is_stored, self._again = None, False, False
        self.complain(None)
        self._show(tuple(self.editors))

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        self._read()
        return not self.form.dirty

    @property
    def under_way(self) -> bool:
        """Whether it is on its way to the store and has not arrived there."""
        return self._sent is not None and not self._is_stored

    def _read(self) -> None:
        """Take what stands in the editors into the form."""
        for name, editor in self.editors.items():
            try:
                self.form.write(name, editor.value())
            except InvalidInput:
                self.form.write_unread(name, editor.typed())

    def _show(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name in self.editors and name not in self.form.unread:
                self.editors[name].show_value(self.form.fields[name].value)
        self._say_beside()

    def unsaved(self) -> Kept:
        """Return what would be lost if the computer stopped now; empty when nothing would."""
        self._read()
        main = self._keeping.main
        if self.entity is None and main and not str(self.form.fields[main].value).strip():
            others = any(f.touched for name, f in self.form.fields.items() if name != main)
            if not others and not self.form.unread:
                return {}
        kept = dict(self.form.draft("", "").fields)
        if self._sent is not None and not self._complaining:
            for name, edit in self._sent.items():
                if self.form.fields[name].value == edit.value:
                    kept.pop(name, None)
        return kept

    def resume(self, kept: Kept) -> None:
        """Put back what a draft kept."""
        declared = type_of(self._keeping.cls)
        self.form.resume(Draft("", declared.name, self.entity, None, "", kept))
        self._show(tuple(self.editors))
        for name, typed in self.form.unread.items():
            if name in self.editors:
                self.editors[name].show_typed(typed)

    # saving

    def _on_edited(self) -> None:
        self.typed.emit()

    def _on_left(self) -> None:
        then = QApplication.focusWidget()
        if then is None or not self.isAncestorOf(then):
            self.commit()

    def commit(self) -> None:
        """Send what was written to the store; nothing when nothing was."""
        if self._sent is not None:
            self._again = True
            return
        self._read()
        if self.form.unread:
            self._complain_of_unread()
            return
        self.complain(None)
        edits = self.form.edits()
        if not edits:
            return
        entity, keeping = self.entity, self._keeping
        if entity is None and keeping.main and not str(self.form.fields[keeping.main].value).strip():
            return
        if not self._judged(edits):
            return
        self._sent = edits
        self.began.emit()
        rest = None if self.in_same_act is None else self.in_same_act()
        emptied = keeping.main in edits and not str(edits[keeping.main].value).strip()

        def run(writer: Writer) -> Id | None:
            made: Id | None = None
            if entity is not None:
                keeping.edit(writer, entity, edits)
            elif keeping.add is not None:
                made = keeping.add(writer, {name: edit.value for name, edit in edits.items()})
            if rest is not None:
                rest(writer)
            return made

        said = keeping.taken_back if emptied and entity is not None else ""
        self._house.tasks.op(self, Op(run, self._on_stored, said, self._on_refused))

    def _judged(self, edits: Mapping[str, Edit]) -> bool:
        """Say what is wrong with the values, if anything, before they are sent."""
        if self._keeping.check is None:
            return True
        try:
            self._keeping.check({name: edit.value for name, edit in edits.items()})
        except InvalidInput as problem:
            self.complain(problem)
            return False
        return True

    def _on_stored(self, made: Id | None) -> None:
        if made is not None:
            self.form.entity = made
        self._is_stored = True
        self.stored.emit()

    def _on_refused(self, error: UserError) -> None:
        self._sent, self._again = None, False
        self.complain(error)
        self.typed.emit()

    def follow(self, fresh: Mapping[str, Field[Any]]) -> None:
        """Take in what the store shows; what was written since stays."""
        if self._sent is not None and not self._is_stored:
            return  # an answer from before it arrived there; another one follows
        self._read()
        sent, self._sent, self._is_stored = self._sent, None, False
        self._show(self.form.follow(fresh) if sent is None else self.form.saved(sent, fresh))
        again, self._again = self._again, False
        if again:
            self.commit()

    # what is said in and under the line

    @property
    def _complaining(self) -> bool:
        return self._complaint is not None and not self._complaint.isHidden()

    def complain(self, error: UserError | None) -> None:
        """Say under the line what is wrong, or that nothing is."""
        if error is None:
            if self._complaint is not None:
                self._complaint.clear()
            return
        if self._complaint is None:
            self._complaint = Complaint()
            self._lines.insertWidget(1, self._complaint)
        self._complaint.show_error(error)

    def _complain_of_unread(self) -> None:
        for editor in self.editors.values():
            try:
                editor.value()
            except InvalidInput as problem:
                self.complain(problem)
                return

    def _say_beside(self) -> None:
        for frame in self._beside:
            frame.hide()
            frame.deleteLater()
        self._beside = []
        for name, editor in self.editors.items():
            for value in beside(name, self.form.fields[name], editor.words, {}, self):
                self._beside.append(_frame(value))
                self._lines.addWidget(self._beside[-1])

    @property
    def beside(self) -> list[QFrame]:
        """The frames with what others wrote in this line."""
        return self._beside

    def settle(self, name: str, value: Any) -> None:
        """End a disagreement of the store's live values by naming one of them."""
        entity, cls, heads = self.entity, self._keeping.cls, self.form.fields[name].shown.heads
        if entity is not None:
            end = Op(lambda w: forms.settle(w, cls, entity, name, value, heads), said="Settled.")
            self._house.tasks.op(self, end)

    def answer_meanwhile(self, name: str, *, take: bool) -> None:
        """Take what came meanwhile, or keep what was written over it."""
        if take:
            self.form.take(name)
        else:
            self.form.keep(name)
        self._show((name,))
        self.commit()


def _frame(value: Beside) -> QFrame:
    frame = QFrame()
    frame.setProperty("look", "banner")
    words = QLabel(value.words)
    words.setWordWrap(True)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(8, 2, 8, 2)
    layout.addWidget(words, 1)
    for msgid, act in value.actions:
        button = QPushButton(tr(msgid))
        button.setAccessibleName(f"{tr(msgid)}: {value.words}")
        button.clicked.connect(act)
        layout.addWidget(button)
    return frame
