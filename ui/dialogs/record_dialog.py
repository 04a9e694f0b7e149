"""A dialog over one record of a register: what it is called, its rows, and how it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.ports import Reader
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.consent_note import ConsentNote
from ui.widgets.form_view import FormView, Row, Save, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a form is over and how it is said (msgids).

    ``title`` returns what its draft is called, translated. With ``entity`` it changes a thing that is there; ``key`` is
    the draft's, filed under the case, else under ``stream``. ``shown`` stands in a new one beforehand without being
    typed, ``values`` as if typed. ``leaves`` says that information goes out by it: which consents stand is said above.
    """

    cls: type[Entity]
    caption: str
    rows: Sequence[Row | Section]
    save: Save
    told: str
    key: str
    title: Callable[[], str]
    first: str
    explained: str = ""
    press: str = N_("Record (Ctrl+S)")
    entity: Id | None = None
    shown: Callable[[Reader], Mapping[str, Any]] | None = None
    values: Mapping[str, Any] | None = None
    stream: Id | None = None
    leaves: bool = False


class RecordDialog(FormDialog):
    """Opened with ``open()``; closes when it is saved. ``form.saved`` carries the record's id."""

    def __init__(
        self, house: House, case: Case | None, record: Record, parent: QWidget | None = None
    ) -> None:
        super().__init__(record.caption, record.explained, parent)
        self.form = FormView(
            house, record.cls, record.rows, record.save, title=lambda _form: record.title(),
            said=record.told, button=record.press, keys_within=self, parent=self.room,
        )  # fmt: skip
        if record.leaves and case is not None:
            self.add(ConsentNote(house, case.id, self))
        self.hold(self.form)
        self.form.shown.connect(lambda: self.form.go_to(record.first))
        self.form.saved.connect(lambda _made: self.close())
        if record.entity is not None:
            self.form.edit(record.entity, record.key)
        else:
            stream, about = (record.stream, None) if case is None else (case.stream, case.id)
            self.form.make(record.key, stream=stream, values=record.values, shown=record.shown, about=about)
