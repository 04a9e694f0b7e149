"""Beside the caseload: how many cases there are of how many, a new one, finding and choosing among them."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import CASE_KIND_LABELS, CaseKind
from caseworker_app.i18n import N_
from caseworker_app.services.cases import Caseload
from ui import icons
from ui.models.caseload_rows import HEAD_LABELS, MARKS, Col
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.words import bind, bind_call, tr

WIDTH = 208
"""Px; wider where larger text asks for it, so that no button is cut."""
_KINDS: tuple[CaseKind | None, ...] = (None, *CASE_KIND_LABELS)
_MARK_NAMES = ("", *(mark.name for mark in MARKS if mark.name != "closed"))
_MARK_WORDS = (N_("All marks"), *(mark.word for mark in MARKS if mark.name != "closed"))


class CaseloadPanel(QFrame):
    """``changed`` comes when what is to be shown has changed, ``new_case`` when one is wanted,
    ``notification`` when one has come, ``import_list`` when cases are to be fetched from a list, ``take_pack`` from a
    colleague's file, ``conflicts`` when what has two values is to be chosen between."""

    changed = Signal()
    sort_chosen = Signal(int)
    new_case = Signal()
    notification = Signal()
    import_list = Signal()
    take_pack = Signal()
    conflicts = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._caseload = Caseload((), (), None)
        self.counter, self.unit, self.warning = QLabel(), QLabel(), QLabel()
        self.counter.setProperty("look", "title")
        self.unit.setProperty("look", "muted")
        self.warning.setWordWrap(True)
        self.new_button = QPushButton()
        self.new_button.setProperty("look", "primary")
        bind(self.new_button.setText, "New case (Ctrl+N)")
        self.notification_button = QPushButton()
        bind(self.notification_button.setText, "Notification (Ctrl+U)")
        bind(self.notification_button.setAccessibleName, "A notification of concern has come")
        self.import_button = QPushButton()
        self.import_button.setProperty("look", "quiet")
        bind(self.import_button.setText, "Fetch from a list …")
        bind(self.import_button.setAccessibleName, "Fetch cases from a list")
        self.pack_button = QPushButton()
        self.pack_button.setProperty("look", "quiet")
        bind(self.pack_button.setText, "Fetch from a colleague …")
        bind(self.pack_button.setAccessibleName, "Fetch cases from a colleague's handover pack")
        self._contested = 0
        self.conflicts_button = QPushButton()
        self.conflicts_button.setProperty("look", "quiet")
        icons.dress(self.conflicts_button, "warning")
        self.conflicts_button.hide()
        self.find_line = QLineEdit()
        self.find_line.setClearButtonEnabled(True)
        bind(self.find_line.setPlaceholderText, "Name, school …")
        self.kind, self.mark, self.sort = Combo(), Combo(), Combo()
        for combo, count in ((self.kind, len(_KINDS)), (self.mark, len(_MARK_NAMES)), (self.sort, len(Col))):
            combo.addItems([""] * count)
        self.closed = Check()
        self._lay_out()
        self.new_button.clicked.connect(self.new_case)
        self.notification_button.clicked.connect(self.notification)
        self.import_button.clicked.connect(self.import_list)
        self.pack_button.clicked.connect(self.take_pack)
        self.conflicts_button.clicked.connect(self.conflicts)
        self.find_line.textChanged.connect(self.changed)
        for combo in (self.kind, self.mark):
            combo.currentIndexChanged.connect(self.changed)
        self.closed.toggled.connect(self.changed)
        self.sort.activated.connect(self.sort_chosen)
        bind_call(self, self._say)

    def sizeHint(self) -> QSize:
        """As wide as its widest button, and never narrower than usual."""
        buttons = (self.new_button, self.notification_button, self.import_button, self.pack_button)
        return QSize(
            max(WIDTH, *(button.sizeHint().width() for button in buttons)), super().sizeHint().height()
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for said in (self.counter, self.unit, self.warning):
            layout.addWidget(said)
        layout.addSpacing(8)
        layout.addWidget(self.new_button)
        layout.addWidget(self.notification_button)
        layout.addWidget(self.conflicts_button)
        layout.addSpacing(12)
        asked: tuple[tuple[str, QWidget], ...] = (
            (N_("Find (Ctrl+F)"), self.find_line),
            (N_("Kinds"), self.kind),
            (N_("Marks"), self.mark),
            (N_("Sorted by"), self.sort),
        )
        for words, widget in asked:
            label = QLabel()
            label.setProperty("look", "muted")
            bind(label.setText, words)
            label.setBuddy(widget)
            bind(widget.setAccessibleName, words)
            layout.addWidget(label)
            layout.addWidget(widget)
            layout.addSpacing(4)
        layout.addWidget(self.closed)
        layout.addStretch(1)
        layout.addWidget(self.import_button)
        layout.addWidget(self.pack_button)

    @property
    def chosen_kind(self) -> CaseKind | None:
        """The kind that is asked for, ``None`` for all."""
        return _KINDS[self.kind.currentIndex()]

    @property
    def chosen_mark(self) -> str:
        """The mark that is asked for, empty for all."""
        return _MARK_NAMES[self.mark.currentIndex()]

    def show_sort(self, column: int) -> None:
        """Say by which column the table is sorted."""
        with QSignalBlocker(self.sort):
            self.sort.setCurrentIndex(column)

    def clear(self) -> None:
        """Ask for everything again."""
        with QSignalBlocker(self):
            self.find_line.clear()
            self.kind.setCurrentIndex(0)
            self.mark.setCurrentIndex(0)
        self.changed.emit()

    def show_caseload(self, caseload: Caseload) -> None:
        """Count the cases."""
        self._caseload = caseload
        self._say()

    def show_contested(self, contested: int) -> None:
        """Say in how many places there are two values, in all cases."""
        self._contested = contested
        self.conflicts_button.setVisible(contested > 0)
        self._say()

    def _say(self) -> None:
        self.conflicts_button.setText(
            i18n.ngettext("{n} field with two values …", "{n} fields with two values …", self._contested)
        )
        active, limit = len(self._caseload.active), self._caseload.limit
        self.counter.setText(
            str(active) if limit is None else tr("{active} of {limit}", active=active, limit=limit)
        )
        self.unit.setText(i18n.ngettext("active case", "active cases", active))
        words, look = self._warning()
        self.warning.setText(words)
        self.warning.setVisible(bool(words))
        if self.warning.property("look") != look:
            self.warning.setProperty("look", look)
            self.warning.style().polish(self.warning)
        self.closed.setText(tr("Show closed ({n})", n=len(self._caseload.closed)))
        with QSignalBlocker(self):
            for row, kind in enumerate(_KINDS):
                self.kind.setItemText(row, tr("All kinds") if kind is None else tr(CASE_KIND_LABELS[kind]))
            for row, word in enumerate(_MARK_WORDS):
                self.mark.setItemText(row, tr(word))
            for column in Col:
                self.sort.setItemText(column, tr(HEAD_LABELS[column]))

    def _warning(self) -> tuple[str, str]:
        """Return what the number says by itself, and its look."""
        caseload = self._caseload
        if caseload.limit is None or not caseload.warn:
            return "", "muted"
        left = caseload.limit - len(caseload.active)
        if left > 0:
            return i18n.ngettext(
                "Nearly full: room for {n} more.", "Nearly full: room for {n} more.", left
            ), "soon"
        if left == 0:
            return tr("Full: the limit is reached."), "soon"
        return i18n.ngettext("{n} case above the limit.", "{n} cases above the limit.", -left), "overdue"
