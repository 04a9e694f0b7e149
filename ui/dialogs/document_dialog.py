"""The card of a document: what it is called, its day, from whom it is, what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import documents, entries, journal_desk
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.fields.tags import TagsLine
from ui.widgets.form_view import FormView, Row
from ui.widgets.journal.editors import LinksEditor
from ui.words import tr

ROWS = (
    Row("title", makers.text(), width=12),
    Row("dated", makers.date("back"), width=6, help=N_("The day that stands in it, or the day it came.")),
    Row("sender", makers.text(), width=6),
    Row("note", makers.long_text(3), width=12),
    Row("links", LinksEditor, width=12),
    Row("tags", TagsLine, width=12),
)


class DocumentDialog(FormDialog):
    """Opened with ``open()``; closes when it is saved."""

    def __init__(self, house: House, case: Case, document: Id, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Document"), N_("The file itself is not changed: a newer one is attached beside it."), parent
        )
        self.form = FormView(
            house, Document, ROWS, _save, title=_title, said=N_("The document's card is saved."),
            keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self._begin)
        self.form.saved.connect(lambda _document: self.close())
        links = self.form.rows["links"].editor
        if isinstance(links, LinksEditor):
            own = entries.link_to("document", document)
            house.tasks.query(
                self,
                Query(
                    lambda r: journal_desk.linkable(r, case),
                    lambda found: links.offer([one for one in found if one.name != own]),
                ),
            )
        self.form.edit(document)

    def _begin(self) -> None:
        editor = self.form.rows["title"].editor
        editor.setFocus()


def _save(writer: Writer, document: Id | None, edits: Mapping[str, Edit]) -> Id:
    assert document is not None, "a document's card is of one that is attached"
    documents.edit(writer, document, edits)
    return document


def _title(form: Form[Any]) -> str:
    name = form.fields["title"].value
    return tr("Document: {name}", name=name) if name else tr("Document")
