"""A netværkskort on its way out of the house: for whom, on which paper or in which file, and what that copy leaves out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import FORMAT_LABELS, MapFormat
from caseworker_app.domain.map_profiles import PROFILE_LABELS
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.phrases import N_
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.services import map_papers
from ui.house import House
from ui.network_map.choices import Choices, Pairs, labelled
from ui.network_map.copies import Copies, load
from ui.network_map.picture import PictureView
from ui.network_map.taking_out import TakingOut, Wish
from ui.tasks import Query
from ui.widgets.announce import announce
from ui.widgets.check import Check
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call, tr

_HELP: Mapping[MapProfile, str] = {
    MapProfile.FILE: N_("Everything that is drawn. It is not handed out."),
    MapProfile.CHILD: N_("In the child's own words, with the child's own lines only."),
    MapProfile.FAMILY: N_("Roles in place of institutions' names, and nobody with a protected address."),
}
_NOT_OF_THIS = N_("Not made of this map: it is another's statement.")


class MapPrintDialog(QDialog):
    """Opened with ``open()``. ``taking_out`` makes, shows, saves and notes the copies.

    ``wording`` is how the file's copy calls rings and lines: as the map is looked at now.
    """

    def __init__(
        self, house: House, network_map: Id, parent: QWidget | None = None, wording: Wording | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Print or save the netværkskort")
        self._copies: Copies | None = None
        self._wording = wording
        self._helps: list[QLabel] = []
        self.profiles, self.pages = QButtonGroup(self), QButtonGroup(self)
        self.format, self.black = Choices(_formats), Check()
        self.picture, self.holds, self.left_out = PictureView(), QLabel(), QLabel()
        self.complaint, self.said = Complaint(), QLabel()
        self.show_button, self.save_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.taking_out = TakingOut(house, self)
        self._lay_out()
        self._connect()
        self._say_ready()
        bind_call(self, self._say)
        books = house.books
        ask = Query(lambda reader: load(reader, network_map, books.map_templates(), wording), self._show)
        house.tasks.query(self, ask)

    # building

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        bind(heading.setText, "Print or save the netværkskort")
        across = QHBoxLayout()
        across.setSpacing(24)
        across.addLayout(self._choosing(), 5)
        across.addWidget(self._preview(), 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(across, 1)
        layout.addWidget(self.complaint)
        layout.addLayout(self._foot())
        self.resize(960, 620)

    def _choosing(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(_subheading("For whom?"))
        for number, profile in enumerate(MapProfile):
            button, help_ = QRadioButton(), QLabel()
            bind(button.setText, PROFILE_LABELS[profile])
            bind(button.setAccessibleDescription, _HELP[profile])
            bind(help_.setText, _HELP[profile])
            help_.setWordWrap(True)
            help_.setProperty("look", "muted")
            help_.setContentsMargins(28, 0, 0, 8)
            self._helps.append(help_)
            self.profiles.addButton(button, number)
            column.addWidget(button)
            column.addWidget(help_)
        self.profiles.button(0).setChecked(True)
        column.addWidget(_subheading("Paper"))
        paper = QHBoxLayout()
        paper.setSpacing(16)
        for number, words in enumerate((N_("A4, held sideways"), N_("A3, held sideways"))):
            button = QRadioButton()
            bind(button.setText, words)
            self.pages.addButton(button, number)
            paper.addWidget(button)
        paper.addStretch(1)
        bind(self.black.setText, "Without colour")
        self.pages.button(0).setChecked(True)
        column.addLayout(paper)
        column.addWidget(self.black)
        column.addSpacing(8)
        column.addWidget(labelled(N_("As a file"), self.format))
        column.addStretch(1)
        return column

    def _preview(self) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        for label in (self.holds, self.left_out):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.left_out.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._left_out_head = _subheading("Left out of this copy")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        paper = QFrame()
        paper.setStyleSheet("background: #FFFFFF; border-radius: 4px;")
        around = QVBoxLayout(paper)
        around.setContentsMargins(4, 4, 4, 4)
        around.addWidget(self.picture)
        column.addWidget(paper, 1)
        column.addWidget(self.holds)
        column.addWidget(self._left_out_head)
        column.addWidget(self.left_out)
        return card

    def _foot(self) -> QHBoxLayout:
        bind(self.show_button.setText, "Show and print … (Ctrl+P)")
        bind(self.save_button.setText, "Save as a file … (Ctrl+S)")
        bind(self.close_button.setText, "Close")
        self.show_button.setProperty("look", "primary")
        self.show_button.setDefault(True)
        self.said.setProperty("look", "note")
        self.said.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        for button in (self.close_button, self.save_button, self.show_button):
            foot.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.profiles.idClicked.connect(lambda _number: self._say())
        self.black.toggled.connect(lambda _on: self._say())
        self.show_button.clicked.connect(self.look)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.reject)
        self.taking_out.refused.connect(self._refused)
        self.taking_out.said.connect(self._taken_out)
        for keys, act in (("Ctrl+P", self.look), ("Ctrl+S", self.save)):
            QShortcut(QKeySequence(keys), self, act)

    # showing

    def _show(self, copies: Copies) -> None:
        self._copies = copies
        for number, profile in enumerate(MapProfile):
            button = self.profiles.button(number)
            button.setEnabled(profile in copies.made)
            if profile not in copies.made:
                bind(button.setToolTip, _NOT_OF_THIS)
                bind(button.setAccessibleDescription, _NOT_OF_THIS)
                bind(self._helps[number].setText, _NOT_OF_THIS)
        self._say()

    @property
    def profile(self) -> MapProfile:
        """For whom the copy is."""
        return tuple(MapProfile)[self.profiles.checkedId()]

    @property
    def view(self) -> MapView | None:
        """The map as that reader may see it; ``None`` until it is read."""
        return None if self._copies is None else self._copies.views.get(self.profile)

    def _say_ready(self) -> None:
        for button in (self.show_button, self.save_button):
            button.setEnabled(self.view is not None)

    def _say(self) -> None:
        view, copies = self.view, self._copies
        self._say_ready()
        self.said.clear()
        self.complaint.clear()
        if copies is not None and self.profile in copies.refused:
            self.complaint.show_error(copies.refused[self.profile])
        for widget in (self.picture, self.holds, self._left_out_head, self.left_out):
            widget.setVisible(view is not None)
        if view is None:
            return
        black = self.black.isChecked()
        self.picture.show_made(lambda boost: _drawing(view, boost, black=black))
        self.holds.setText(_holds(view))
        self.picture.setAccessibleName(tr("What the copy shows: {what}", what=self.holds.text()))
        lines = [i18n.say(phrase) for phrase in view.left_out]
        self._left_out_head.setVisible(bool(lines))
        nothing = tr("Nothing is left out of this copy.")
        self.left_out.setText("\n".join(f"–  {line}" for line in lines) or nothing)
        said = f"{tr('Left out of this copy')}: {', '.join(lines)}" if lines else nothing
        self.left_out.setAccessibleName(said)
        announce(self.left_out, said)

    # what the user does

    def _wish(self, format_: MapFormat) -> Wish | None:
        copies = self._copies
        if copies is None or self.view is None:
            return None
        a3, black = self.pages.checkedId() == 1, self.black.isChecked()
        return Wish(copies.map, copies.templates, self.profile, format_, a3, black, self._wording)

    def look(self) -> None:
        """Make the copy on paper and show it; it is printed from there."""
        wish = self._wish(MapFormat.PDF)
        if wish is not None:
            self.complaint.clear()
            self.taking_out.look(wish)

    def save(self) -> None:
        """Make the copy as a file and ask where it is to be."""
        wish = self._wish(self.format.value())
        if wish is not None:
            self.complaint.clear()
            self.taking_out.save(wish)

    def _taken_out(self, words: str) -> None:
        self.said.setText(words)

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)


def _subheading(msgid: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", "subheading")
    bind(label.setText, msgid)
    return label


def _formats() -> Pairs:
    return [(format_, tr(msgid)) for format_, msgid in FORMAT_LABELS.items()]


def _drawing(view: MapView, boost: float, *, black: bool) -> DisplayList:
    """Return the map as the copy has it, on white paper whatever the screen's dress."""
    from caseworker_app.drawing.map_theme import PAPER, PRINT
    from caseworker_app.drawing.network_map import map_drawing

    return map_drawing(view, PRINT if black else PAPER, map_papers.danish_words(), boost=boost)


def _holds(view: MapView) -> str:
    """Return what stands on a copy, counted."""
    parts = (
        i18n.ngettext("{n} on the map", "{n} on the map", len(view.placed)),
        i18n.ngettext("{n} line", "{n} lines", len(view.relations)),
        i18n.ngettext("{n} household", "{n} households", len(view.groups)),
        i18n.ngettext("{n} quotation", "{n} quotations", len(view.quotes)),
    )
    return tr("On the copy: {parts}.", parts=list(parts))
