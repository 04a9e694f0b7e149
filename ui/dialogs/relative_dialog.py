"""Putting somebody beside another in the genogram: who, what the two are to each other, and since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family import (
    COUPLE_LABELS,
    MEMBER_KIND_LABELS,
    SEX_LABELS,
    SIBLING_LABELS,
    TIE_LABELS,
    CoupleKind,
    MemberKind,
    SiblingTie,
    TieKind,
)
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_, current
from caseworker_app.services import genogram_relatives as relatives
from caseworker_app.services import genograms
from caseworker_app.services.genogram_sketch import Who, Years
from caseworker_app.services.genogram_words import name_of
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.tasks import Op
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.genogram.editors import WholeNumberEditor
from ui.widgets.genogram.loaded import Loaded
from ui.words import bind, bind_call, tr


class Beside(StrEnum):
    """What the new one is to the one she is put beside."""

    PARENT = "parent"
    PARTNER = "partner"
    CHILD = "child"
    SIBLING = "sibling"
    ALONE = "alone"


HEADING_LABELS = {
    Beside.PARENT: "Add a parent of {name}",
    Beside.PARTNER: "Add a partner of {name}",
    Beside.CHILD: "Add a child of {name}",
    Beside.SIBLING: "Add a sibling of {name}",
    Beside.ALONE: "Add somebody to the genogram",
}
_KINDS: Mapping[Beside, Mapping[Any, str]] = {
    Beside.PARENT: TIE_LABELS,
    Beside.CHILD: TIE_LABELS,
    Beside.PARTNER: COUPLE_LABELS,
    Beside.SIBLING: SIBLING_LABELS,
}
_FIRST: Mapping[Beside, Any] = {
    Beside.PARENT: TieKind.BIOLOGICAL,
    Beside.CHILD: TieKind.BIOLOGICAL,
    Beside.PARTNER: CoupleKind.COHABITING,
    Beside.SIBLING: SiblingTie.UNKNOWN,
}


class RelativeDialog(QDialog):
    """Opened with ``open()``. ``added`` carries the id of whom it put in."""

    added = Signal(object)

    def __init__(
        self, house: House, loaded: Loaded, beside: Beside, of: Id | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._house, self._loaded, self._beside, self._of = house, loaded, beside, of
        self.who, self.kind, self.sort = Combo(), QWidget(), ChoiceEditor(MEMBER_KIND_LABELS)
        self.name, self.born = QLineEdit(), WholeNumberEditor()
        self.sex = ChoiceEditor(SEX_LABELS, N_("Not known"))
        self.begun, self.ended = WholeNumberEditor(), WholeNumberEditor()
        self.other, self.another = Combo(), QCheckBox()
        self.complaint = Complaint(self)
        self.save, self.cancel = QPushButton(), QPushButton()
        if beside in _KINDS:
            self.kind = ChoiceEditor(_KINDS[beside])
            self.kind.show_value(_FIRST[beside])
        self.sort.show_value(MemberKind.PERSON)
        self.sex.show_value(None)
        self._choices: list[Who | None] = [None]
        self._others: list[Id | None] = [None]
        self._lay_out()
        self._fill()
        self.who.currentIndexChanged.connect(self._fits)
        self.sort.edited.connect(self._fits)
        self.save.clicked.connect(self._add)
        self.cancel.clicked.connect(self.close)
        self.finished.connect(self.deleteLater)
        self._fits()

    # building

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        member = self._loaded.member(self._of)
        name = name_of(member, current()) if member is not None else ""
        bind_call(heading, lambda: heading.setText(tr(HEADING_LABELS[self._beside], name=name)))
        bind_call(self, lambda: self.setWindowTitle(tr("Add to the genogram")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._labels: dict[QWidget, QLabel] = {}
        self._put(0, 0, N_("Who"), self.who, 4)
        self._put(2, 0, N_("Name"), self.name, 2)
        self._put(2, 2, N_("Kind"), self.sort, 2)
        self._put(4, 0, N_("Sex, for the shape"), self.sex, 2)
        self._put(4, 2, N_("Year of birth"), self.born, 2)
        if self._beside in _KINDS:
            self._put(
                6, 0, N_("What they are to each other"), self.kind, 2 if self._beside is Beside.CHILD else 4
            )
        if self._beside is Beside.CHILD:
            self._put(6, 2, N_("The other parent"), self.other, 2)
        if self._beside not in (Beside.SIBLING, Beside.ALONE):
            self._put(8, 0, N_("From the year"), self.begun, 1)
            self._put(8, 1, N_("Until the year"), self.ended, 1)
        bind(self.another.setText, "It is another person of the same name")
        self.another.hide()
        self.save.setProperty("look", "primary")
        bind(self.save.setText, "Add to the genogram")
        bind(self.cancel.setText, "Cancel")
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        self.save.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(self._grid)
        layout.addWidget(self.complaint)
        layout.addWidget(self.another)
        layout.addStretch(1)
        layout.addLayout(foot)
        for column in range(4):
            self._grid.setColumnStretch(column, 1)
        self.resize(680, 360)

    def _put(self, row: int, column: int, words: str, widget: QWidget, span: int) -> None:
        label = QLabel()
        label.setProperty("look", "muted")
        control = widget.control if isinstance(widget, FieldEditor) else widget
        bind(label.setText, words)
        bind(control.setAccessibleName, words)
        label.setBuddy(control)
        self._labels[widget] = label
        self._grid.addWidget(label, row, column, 1, span)
        self._grid.addWidget(widget, row + 1, column, 1, span)

    def _fill(self) -> None:
        """Offer a new one, those who are drawn, and the case's own persons."""
        say = current()
        self.who.addItem(tr("Somebody new"))
        for card in self._loaded.cards:
            self.who.addItem(tr("{name}, from the case", name=card.name))
            self._choices.append(Who(card=card.id))
        for one in self._loaded.view.members:
            if one.id != self._of and self._beside is not Beside.ALONE:
                self.who.addItem(tr("{name}, in the genogram", name=name_of(one, say)))
                self._choices.append(Who(member=one.id))
        self.other.addItem(tr("Not said"))
        for mate in self._mates():
            member = self._loaded.member(mate)
            if member is not None:
                self.other.addItem(name_of(member, say))
                self._others.append(mate)
        self.other.setCurrentIndex(1 if len(self._others) == 2 else 0)

    def _mates(self) -> list[Id]:
        """Return those who have been a couple or parents with the one beside whom a child is put."""
        view, of = self._loaded.view, self._of
        found = [c.b if c.a == of else c.a for c in view.couples if of in (c.a, c.b)]
        children = {t.child for t in view.ties if t.parent == of and t.kind is TieKind.BIOLOGICAL}
        found += [
            t.parent
            for t in view.ties
            if t.child in children and t.parent != of and t.kind is TieKind.BIOLOGICAL
        ]
        return list(dict.fromkeys(found))

    def _fits(self) -> None:
        """Show the fields of somebody new only for somebody new; a name only for one who has one."""
        new = self.who.currentIndex() <= 0
        named = self.sort.value() in (MemberKind.PERSON, MemberKind.UNBORN, MemberKind.UNKNOWN)
        for widget in (self.sort, self.sex, self.born):
            widget.setVisible(new)
            self._labels[widget].setVisible(new)
        self.name.setVisible(new and named)
        self._labels[self.name].setVisible(new and named)

    # adding

    def _chosen(self) -> Who:
        found = self._choices[max(0, self.who.currentIndex())]
        if found is not None:
            return found
        values: dict[str, Any] = {
            "kind": self.sort.value(),
            "sex": self.sex.value(),
            "born": self.born.value(),
        }
        name = self.name.text().strip()
        if values["kind"] in (MemberKind.PERSON, MemberKind.UNBORN, MemberKind.UNKNOWN):
            values["name"] = name
        if values["kind"] is MemberKind.PERSON and not name:
            raise InvalidInput("name", "Write the name, or choose that nobody knows who it is.")
        return Who(values=values, another=self.another.isVisible() and self.another.isChecked())

    def _add(self) -> None:
        self.complaint.clear()
        try:
            run = self._run(self._chosen(), Years(self.begun.value(), self.ended.value()))
        except UserError as error:
            self._refused(error)
            return
        op = Op(run, done=self._done, said="Added to the genogram.", failed=self._refused)
        self._house.tasks.op(self, op)

    def _run(self, who: Who, years: Years) -> Callable[[Writer], Id]:
        of, kind = self._of, self._kind()
        case, other = self._loaded.case.id, self._others[max(0, self.other.currentIndex())]
        if of is None or self._beside is Beside.ALONE:
            return lambda w: genograms.add_member(w, case, who)
        match self._beside:
            case Beside.PARENT:
                return lambda w: relatives.add_parent(w, of, who, kind, years)
            case Beside.PARTNER:
                return lambda w: relatives.add_partner(w, of, who, kind, years=years)
            case Beside.CHILD:
                return lambda w: relatives.add_child(w, of, who, kind, other, years)
        return lambda w: relatives.add_sibling(w, of, who, kind)

    def _kind(self) -> Any:
        return self.kind.value() if isinstance(self.kind, ChoiceEditor) else None

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        if "in the genogram already" in error.message:
            self.another.show()

    def _done(self, made: Id) -> None:
        self.added.emit(made)
        self.close()
