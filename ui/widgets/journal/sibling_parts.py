"""What an entry written for several siblings says of each alone: a text a child, each with a draft of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryPart
from caseworker_app.i18n import N_
from caseworker_app.services import entries
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.tasks import Query, Touched
from ui.widgets.form_view import FormView, Row
from ui.widgets.journal.light_edit import LightEditor
from ui.words import bind, bind_call, tr


def part_key(draft: Id, case: Id) -> str:
    """Return the key of the draft of one child's part."""
    return f"entry_part:{draft.hex()}:{case.hex()}"


@dataclass
class _Part:
    case: Case
    holder: QWidget
    form: FormView


class SiblingParts(QWidget):
    """Shown while an entry is written for more than one child. ``phrase_wanted`` carries the editor that asks."""

    phrase_wanted = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._draft: Id | None = None
        self._parts: dict[Id, _Part] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(8)
        heading, hint = QLabel(self), QLabel(self)
        heading.setProperty("look", "subheading")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(heading.setText, "About each child alone")
        bind(
            hint.setText,
            "The text above stands in every child's journal; what is written here only in that child's.",
        )
        self._column.addWidget(heading)
        self._column.addWidget(hint)
        self.hide()

    @property
    def forms(self) -> list[FormView]:
        """The forms that are open, in the order of the children."""
        return [part.form for part in self._parts.values()]

    def by_case(self) -> list[tuple[Id, FormView]]:
        """Return each child's case with its form."""
        return [(case, part.form) for case, part in self._parts.items() if part.form.form is not None]

    def form_of(self, case: Id) -> FormView:
        """Return one child's form. Raises ``KeyError`` when the entry is not written for it."""
        return self._parts[case].form

    def show_parts(self, draft: Id, cases: Sequence[Case]) -> None:
        """Show a text for each child when there are several; what was written of one no longer among them is kept."""
        if draft != self._draft:
            self.clear()
            self._draft = draft
        wanted = {case.id: case for case in cases} if len(cases) > 1 else {}
        for gone in [case for case in self._parts if case not in wanted]:
            part = self._parts.pop(gone)
            part.form.leave()
            part.holder.hide()
            part.holder.deleteLater()
        for case_id, case in wanted.items():
            if case_id not in self._parts:
                self._parts[case_id] = self._made(draft, case)
        self.setVisible(bool(self._parts))

    def clear(self) -> None:
        """Keep the drafts and show nothing."""
        for part in self._parts.values():
            part.form.leave()
            part.holder.hide()
            part.holder.deleteLater()
        self._parts = {}
        self._draft = None
        self.hide()

    def _made(self, draft: Id, case: Case) -> _Part:
        holder = QWidget(self)
        name = QLabel(holder)
        name.setProperty("look", "note")
        name.setText(child_words(case))

        def save(writer: Writer, _part: Id | None, edits: Mapping[str, Edit]) -> Id:
            entries.say_of(writer, draft, case.id, str(edits["text"].value) if "text" in edits else "")
            return _part_of(writer, draft, case.id) or draft

        form = FormView(
            self._house, EntryPart, (Row("text", lambda: LightEditor(4), width=12),), save, footer=False, said="",
            title=lambda _form: tr("About {name} alone", name=child_words(case)), parent=holder,
        )  # fmt: skip
        editor = form.rows["text"].editor
        bind_call(editor, lambda: editor.name_parts(tr("About {name} alone", name=child_words(case))))
        if isinstance(editor, LightEditor):
            editor.phrase_wanted.connect(lambda: self.phrase_wanted.emit(editor))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(name)
        column.addWidget(form)
        self._column.addWidget(holder)
        form.saved.connect(lambda _part: self._open(form, draft, case))
        self._open(form, draft, case)
        return _Part(case, holder, form)

    def _open(self, form: FormView, draft: Id, case: Case) -> None:
        def ask(reader: Reader) -> Id | None:
            return _part_of(reader, draft, case.id)

        def show(found: Id | None) -> None:
            key = part_key(draft, case.id)
            if found is None:
                form.make(key, stream=case.stream, about=draft)
            elif form.entity != found:
                form.edit(found, key)

        self._house.tasks.query(form, Query(ask, show))

    def follow(self, touched: Touched) -> None:
        """Let each form follow the store."""
        for form in self.forms:
            form.follow(touched)


def _part_of(reader: Reader, draft: Id, case: Id) -> Id | None:
    found = reader.find(EntryPart, where={"draft": draft, "case": case})
    return found[0].id if found else None


CHOOSE_SIBLINGS = N_("Write also for …")
"""The label of the ticks that choose them."""
