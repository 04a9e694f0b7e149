"""Overblik: what is known of the child, her siblings, and who lives with her."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services import cases
from caseworker_app.services.cases import CaseView, Sibling
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.models.people_rows import role_said
from ui.widgets.case_rows import CASE_ROWS, SIBLING_KIND_LABELS, let_birth_follow
from ui.widgets.form_view import FormView
from ui.widgets.honour_card import HonourCard
from ui.words import bind, bind_call, tr

SIDE = 272
"""Width of what stands beside the form, px; with larger text up to :data:`WIDER` times as much."""
WIDER = 1.4
_LINE = 20
"""Height of a line of text of the usual size, px."""


class CaseOverview(QWidget):
    """The form over the case, and beside it siblings and household.

    ``opened`` carries a sibling's case to go to, ``unlinked`` one to unlink; ``link_pressed`` asks for a new link.
    """

    opened = Signal(object)
    unlinked = Signal(object)
    link_pressed = Signal()

    def __init__(self, house: House, keys_within: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CaseView | None = None
        self._area, self._inner = self._scrolled()
        self._side, self._beside = self._scrolled()
        self.form = FormView(
            house,
            Case,
            CASE_ROWS,
            _save,
            title=lambda form: child_title(form.fields),
            keys_within=keys_within,
            parent=self._inner,
        )
        let_birth_follow(self.form)
        self.siblings, self.household = QVBoxLayout(), QLabel(self._beside)
        self.honour = HonourCard(house, self._beside)
        self.link = QPushButton(self._beside)
        bind(self.link.setText, "Link a sibling …")
        self.link.clicked.connect(self.link_pressed)
        self._lay_out()
        bind_call(self, self._say)

    def _scrolled(self) -> tuple[QScrollArea, QWidget]:
        """Return the area that scrolls and what is in it, in place before it is filled."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        area.setWidget(inner)
        return area, inner

    def _lay_out(self) -> None:
        padded = QVBoxLayout(self._inner)
        padded.setContentsMargins(0, 8, 16, 8)
        padded.addWidget(self.form)
        padded.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._area, 1)
        left.addWidget(self.form.footer)
        side = QVBoxLayout(self._beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self._card("Siblings", self.siblings, self.link))
        side.addWidget(self._card("Household", self.household))
        side.addWidget(self.honour)
        side.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addLayout(left, 1)
        across.addWidget(self._side)
        self._widen()

    def _widen(self) -> None:
        """Give the side the width its text needs; what is too high is scrolled to."""
        larger = min(WIDER, max(1.0, self.fontMetrics().lineSpacing() / _LINE - 0.1))
        self._side.setFixedWidth(round(SIDE * larger))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widen()

    def _card(self, msgid: str, *parts: QWidget | QVBoxLayout) -> QFrame:
        card = QFrame(self._beside)
        card.setProperty("look", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        heading = QLabel(card)
        heading.setProperty("look", "subheading")
        heading.setWordWrap(True)
        bind(heading.setText, msgid)
        layout.addWidget(heading)
        for part in parts:
            if isinstance(part, QVBoxLayout):
                layout.addLayout(part)
            else:
                layout.addWidget(part)
        self.household.setWordWrap(True)
        self.household.setTextFormat(Qt.TextFormat.PlainText)
        return card

    def show_case(self, view: CaseView) -> None:
        """Show siblings and household; the form is asked for its case by the page."""
        self._view = view
        self.honour.show_case(view.case)
        self._say()

    def _say(self) -> None:
        view = self._view
        if view is None:
            return
        self.household.setText(_household(view))
        while self.siblings.count():
            item = self.siblings.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sibling in view.siblings:
            self.siblings.addWidget(self._sibling(sibling))
        if not view.siblings:
            none = QLabel(tr("No siblings are linked."))
            none.setProperty("look", "muted")
            self.siblings.addWidget(none)

    def _sibling(self, sibling: Sibling) -> QWidget:
        name, kind = child_words(sibling.case), tr(SIBLING_KIND_LABELS[sibling.kind])
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        words = QLabel(
            f"{name} – {kind}" if sibling.case.active else tr("{name} – {kind}, closed", name=name, kind=kind)
        )
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        go, unlink = QPushButton(tr("Open the case")), QPushButton(tr("Unlink"))
        go.setAccessibleName(tr("Open the case of {name}", name=name))
        unlink.setAccessibleName(tr("Unlink {name}", name=name))
        unlink.setProperty("look", "quiet")
        go.clicked.connect(lambda: self.opened.emit(sibling.case.id))
        unlink.clicked.connect(lambda: self.unlinked.emit(sibling.case.id))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(go)
        buttons.addWidget(unlink)
        buttons.addStretch(1)
        layout.addWidget(words)
        layout.addLayout(buttons)
        return row


def child_title(fields: Mapping[str, object]) -> str:
    """Return what a draft of the case is called."""
    name = getattr(fields["child_name"], "value", "") or getattr(fields["unborn_of"], "value", "")
    return str(name) or tr("Case")


def _save(writer: Writer, case: Id | None, edits: Mapping[str, Edit]) -> Id:
    if case is None:
        raise RuntimeError("a case is made by its own dialog")
    cases.edit(writer, case, edits)
    return case


def _household(view: CaseView) -> str:
    at_home = [person for person in view.people if person.lives_with_child]
    lines = [f"{person.name} – {role_said(person)}" for person in at_home]
    if view.case.address is not None and view.case.address:
        lines.append(", ".join(view.case.address.lines()))
    return "\n".join(lines) or tr("Mark on a person's card that she lives with the child.")
