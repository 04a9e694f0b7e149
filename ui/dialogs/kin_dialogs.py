"""Changing what stands in the genogram: somebody, a line between two."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.family import FamilyCouple, FamilyMember, FamilySibling, FamilyTie
from caseworker_app.domain.genogram_view import SeenMember
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import genogram_relatives, genograms
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.form_view import FormView
from ui.widgets.genogram.editors import CARD_ROWS, COUPLE_ROWS, OWN_ROWS, SIBLING_ROWS, TIE_ROWS
from ui.words import tr


class MemberDialog(FormDialog):
    """Changes somebody in the genogram; with a card or a case of her own the name is changed there."""

    def __init__(
        self, house: House, member: SeenMember, *, has_card: bool, parent: QWidget | None = None
    ) -> None:
        why = N_("The name stands on the card, and is changed there.") if has_card else ""
        super().__init__(N_("In the genogram"), why, parent=parent)
        self._member = member.id
        self.form = FormView(
            house, FamilyMember, CARD_ROWS if has_card else OWN_ROWS, self._save,
            title=lambda _form: tr("In the genogram: {name}", name=member.name), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["sex" if has_card else "name"].editor.setFocus)
        self.form.saved.connect(lambda _member: self.close())
        house.tasks.touched.connect(self.form.follow)
        self.form.edit(member.id)

    def _save(self, writer: Writer, _member: Id | None, edits: Mapping[str, Edit]) -> Id:
        genograms.edit_member(writer, self._member, edits)
        return self._member


_ROWS = {FamilyTie: TIE_ROWS, FamilyCouple: COUPLE_ROWS, FamilySibling: SIBLING_ROWS}


class LineDialog(FormDialog):
    """Changes a line between two: its kind, its years. ``words`` (translated) say which line."""

    def __init__(
        self,
        house: House,
        cls: type[FamilyTie | FamilyCouple | FamilySibling],
        line: Id,
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(N_("Line in the genogram"), parent=parent)
        self._cls, self._line = cls, line
        self.form = FormView(
            house, cls, _ROWS[cls], self._save,
            title=lambda _form: words, keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["kind"].editor.setFocus)
        self.form.saved.connect(lambda _line: self.close())
        house.tasks.touched.connect(self.form.follow)
        self.form.edit(line)

    def _save(self, writer: Writer, _line: Id | None, edits: Mapping[str, Edit]) -> Id:
        genogram_relatives.edit_link(writer, self._cls, self._line, edits)
        return self._line
