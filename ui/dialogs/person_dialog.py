"""Somebody around the child: a new card, or one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.i18n import N_
from caseworker_app.services import people
from caseworker_app.services.forms import Edit, Form, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.case_rows import PERSON_ROWS
from ui.widgets.form_view import FormView
from ui.words import tr


class PersonDialog(FormDialog):
    """Adds a person to a case (``stream`` is the case's), or edits ``person``."""

    def __init__(
        self, house: House, case: Id, stream: Id, person: Id | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(N_("Add a person") if person is None else N_("Person"), parent=parent)
        self._case = case
        self.form = FormView(
            house, Person, PERSON_ROWS, self._save,
            title=_title, said=N_("The person is added.") if person is None else N_("Saved."),
            keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["name"].editor.setFocus)
        self.form.saved.connect(lambda _person: self.close())
        house.tasks.touched.connect(self.form.follow)
        if person is None:
            self.form.make(f"person:new:{case.hex()}", stream=stream)
        else:
            self.form.edit(person)

    def _save(self, writer: Writer, person: Id | None, edits: Mapping[str, Edit]) -> Id:
        if person is None:
            return people.add(writer, self._case, dict(values_of(edits)))
        people.edit(writer, person, edits)
        return person


def _title(form: Form[Any]) -> str:
    name = form.fields["name"].value
    return tr("Person: {name}", name=name) if name else tr("Person")
