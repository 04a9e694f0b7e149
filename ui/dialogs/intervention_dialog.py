"""Registering an intervention from the catalogue, or changing one: what, from when, why, how it will end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.catalogue import Catalogue, CatalogueEntry
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import DECIDED, Intervention, InterventionKind
from caseworker_app.i18n import N_
from caseworker_app.services import catalogues, interventions
from caseworker_app.services.forms import Edit, Form, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.models.intervention_words import basis_words
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.follow_up.choosing import CatalogueEditor
from ui.widgets.follow_up.editors import PriceEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.words import bind_call, tr

_NEW = (
    Row("start", makers.date("near")),
    Row("catalogue", CatalogueEditor, label=N_("Intervention")),
)
_OLD = (Row("name", makers.text()), Row("start", makers.date("near")))
_COMMON = (
    Row(
        "purpose",
        makers.long_text(2),
        width=12,
        help=N_("The decision states it (barnets lov § 32, stk. 3)."),
    ),
    Row("expected_duration", makers.text("For instance: 6 months")),
    Row("planned_end", makers.date("ahead")),
    Row("supplier", makers.text()),
    Row("price", PriceEditor),
    Row("without_consent", makers.flag(N_("Decided without consent")), width=12),
    Section(N_("The stay is a treatment with an end")),
    Row("next_step", makers.text()),
    Row("coming_carer", makers.text()),
    Row("child_wants", makers.long_text(2)),
    Row("parents_want", makers.long_text(2)),
    Section(N_("The decision")),
    Row("decided_on", makers.date("back")),
    Row("told_on", makers.date("back"), help=N_("The four weeks to complain are counted from here.")),
    Section(N_("More"), folded=True),
    Row("note", makers.long_text(2), width=12),
)
_END = ("next_step", "coming_carer", "child_wants", "parents_want")


class InterventionDialog(FormDialog):
    """Registers an intervention in a case, or changes ``found``; ``first`` is the field it opens at."""

    def __init__(
        self,
        house: House,
        case: Case,
        found: Intervention | None = None,
        parent: QWidget | None = None,
        first: str = "name",
    ) -> None:
        super().__init__(
            N_("Register an intervention") if found is None else N_("Change the intervention"), parent=parent
        )
        self._house, self._case, self._found, self._first = house, case, found, first
        self._catalogue: Catalogue | None = None
        self._today = dt.date(2000, 1, 1)
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        self._about.setProperty("look", "muted")
        self.add(self._about)
        self.form = FormView(
            house, Intervention, (*(_NEW if found is None else _OLD), *_COMMON), self._save,
            title=_title, said=N_("The intervention is registered.") if found is None else N_("Saved."),
            button=N_("Register (Ctrl+S)") if found is None else N_("Save (Ctrl+S)"),
            keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self._shown)
        self.form.edited.connect(self._edited)
        self.form.saved.connect(lambda _intervention: self.close())
        house.tasks.touched.connect(self.form.follow)
        house.tasks.query(self, Query(lambda r: (house.books.catalogue(r).catalogue, r.today), self._open))
        bind_call(self, self._say)

    def _open(self, answer: tuple[Catalogue, dt.date]) -> None:
        self._catalogue, self._today = answer
        self._offer(self._today)
        if self._found is None:
            self.form.make(
                f"intervention:new:{self._case.id.hex()}",
                stream=self._case.stream,
                shown=lambda reader: {"start": reader.today},
            )
        else:
            self.form.edit(self._found.id)

    @property
    def chooser(self) -> CatalogueEditor | None:
        """The editor of the catalogue, of a new one."""
        row = self.form.rows.get("catalogue")
        return row.editor if row is not None and isinstance(row.editor, CatalogueEditor) else None

    def _offer(self, day: dt.date) -> None:
        if self.chooser is not None and self._catalogue is not None:
            self.chooser.offer(self._catalogue.offered(day))

    def _shown(self) -> None:
        if self._found is None:
            start = self.form.value("start")
            self._offer(start or self._today)
            self.form.rows["catalogue"].editor.setFocus()
        else:
            self._go_to(self._first)
        self._say()

    def _go_to(self, name: str) -> None:
        self.form.rows[name].editor.setFocus()
        if name != "name":  # the sections show and hide first; then there is a place to bring into sight
            QTimer.singleShot(0, self.form, lambda: self._show_row(name))

    def _show_row(self, name: str) -> None:
        self._area.ensureWidgetVisible(self.form.rows[name], 0, 24)

    def _edited(self, name: str) -> None:
        if name == "start" and self._found is None:
            self._offer(self.form.value("start") or self._today)
        if name == "catalogue":
            self._chosen()
        if name in ("start", "catalogue", "without_consent", "planned_end"):
            self._say()

    def _chosen(self) -> None:
        """Let supplier and the price's unit follow from the catalogue, where nothing is written yet."""
        entry = self.chooser.entry if self.chooser is not None else None
        price = self.form.rows["price"].editor
        if entry is not None:
            if isinstance(price, PriceEditor):
                price.offer_unit(entry.price_unit)
            known = {e.supplier for e in self._catalogue.entries} if self._catalogue is not None else set()
            if not self.form.value("supplier") or self.form.value("supplier") in known:
                self.form.set_value("supplier", entry.supplier)

    def _kind(self) -> InterventionKind | None:
        if self._found is not None:
            return self._found.kind
        entry = self.chooser.entry if self.chooser is not None else None
        return None if entry is None else entry.kind

    def _say(self) -> None:
        """Say step, law and rule of what is chosen, and ask an institution how it will end."""
        kind = self._kind()
        ends = kind is InterventionKind.INSTITUTION
        for name in _END:
            self.form.rows[name].setVisible(ends)
        self._heading("next_step", ends)
        for name in ("decided_on", "told_on"):
            self.form.rows[name].setVisible(kind in DECIDED)
        self._heading("decided_on", kind in DECIDED)
        self._about.setText(" · ".join(self._facts()))
        self._about.setVisible(bool(self._about.text()))

    def _heading(self, field: str, shown: bool) -> None:
        """Show the section of a field, or hide it with its heading."""
        part = self.form.rows[field].parentWidget()
        section = None if part is None else part.parentWidget()
        if section is not None:
            section.setVisible(shown)

    def _facts(self) -> list[str]:
        form = self.form.form
        if form is None:
            return []
        start, forced = form.fields["start"].value, bool(form.fields["without_consent"].value)
        entry = self.chooser.entry if self.chooser is not None else None
        if entry is not None:
            basis = entry.forced_basis if forced and entry.forced_basis else entry.basis
            return _facts_of(entry.step, basis_words(basis, start), entry.rule)
        found = self._found
        return (
            [] if found is None else _facts_of(found.step, basis_words(found.basis, found.start), found.rule)
        )

    def _save(self, writer: Writer, intervention: Id | None, edits: Mapping[str, Edit]) -> Id:
        if intervention is not None:
            interventions.edit(writer, intervention, edits)
            return intervention
        values = dict(values_of(edits))
        chosen = str(values.pop("catalogue", ""))
        if not chosen:
            raise InvalidInput("catalogue", "Choose the intervention.")
        start = values.setdefault("start", writer.today)
        forced = bool(values.pop("without_consent", False))
        entry = self._entry(writer, chosen, start)
        return interventions.register(writer, self._case.id, entry, values, without_consent=forced)

    def _entry(self, reader: Reader, chosen: str, start: dt.date | None) -> CatalogueEntry:
        catalogue = self._house.books.catalogue(reader).catalogue
        return catalogues.choose(catalogue, chosen, start or reader.today)


def _facts_of(step: int | None, basis: str, rule: str) -> list[str]:
    said = [] if step is None else [tr("Step {step}", step=step)]
    said.append(basis or tr("No legal basis of its own"))
    if not rule:
        said.append(tr("No local follow-up rule"))
    return said


def _title(form: Form[Any]) -> str:
    name = form.fields["name"].value
    return tr("Intervention: {name}", name=name) if name else tr("New intervention")
