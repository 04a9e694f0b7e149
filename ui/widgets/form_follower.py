"""What others do while a form stands open: taken in, shown beside, answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.services import forms
from caseworker_app.services.forms import Form
from caseworker_app.services.ports import Reader
from ui.tasks import Op, Query, Touched
from ui.widgets.form_desk import Desk


class Follower(QObject):
    """Keeps the form on a desk in step with the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.answers = self

    def follow(self, touched: Touched) -> None:
        """Take in what changed: an untouched field shows it, a touched one says so."""
        desk, form = self._desk, self._desk.form
        if form is None or form.entity is None or desk.saving:
            return
        entity, known = form.entity, desk.house.sync.directory().authors
        if (desk.declared.name, entity) not in touched:
            return

        def ask(reader: Reader) -> tuple[Mapping[str, Field[Any]], Mapping[Id, str]]:
            fresh = Form.load(reader, desk.cls, entity)
            return {n: f.shown for n, f in fresh.fields.items()}, forms.authors(reader, fresh, known)

        def take_in(answer: tuple[Mapping[str, Field[Any]], Mapping[Id, str]]) -> None:
            if form is desk.form and not desk.saving:
                desk.learn_names(answer[1])
                desk.refresh(form.follow(answer[0]))
                desk.announce()

        desk.house.tasks.query(self, Query(ask, take_in))

    def settle(self, name: str, value: Any) -> None:
        """End a disagreement of the store's live values by naming one of them."""
        desk, form = self._desk, self._desk.form
        if form is None or form.entity is None:
            return
        entity, heads = form.entity, form.fields[name].shown.heads
        end = Op(lambda w: forms.settle(w, desk.cls, entity, name, value, heads), said="Settled.")
        desk.house.tasks.op(self, end)

    def answer_meanwhile(self, name: str, *, take: bool) -> None:
        """Take what came meanwhile, or keep what was written over it."""
        desk = self._desk
        if desk.form is None:
            return
        if take:
            desk.form.take(name)
        else:
            desk.form.keep(name)
        desk.refresh([name])
        desk.drafts.note()
        desk.announce()
