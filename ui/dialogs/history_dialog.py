"""The history of a record: who, when, what it was, what it became; and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MeetingPoint, Participant
from caseworker_app.i18n import N_
from caseworker_app.services.ports import PastAct, Reader
from caseworker_app.services.sync_desk import RecordStanding, Standing
from ui.history_words import Happening, Line, Names, names_of, say_all, whole
from ui.house import House, Place
from ui.syncing import DeskNews
from ui.tasks import Job, Query
from ui.widgets.sync.plain import label as words_label
from ui.words import bind, bind_call, tr

Ask = Callable[[Reader], list[PastAct]]
MOST = 300
"""Most operations that are read at once."""
_LONG = 90
"""Characters of a value that stand in the list; the whole of it stands below when its line is chosen."""
_FULL = Qt.ItemDataRole.UserRole


def of_entities(entities: Sequence[Id]) -> Ask:
    """Ask for what happened to these things."""
    return lambda reader: reader.history(entities=list(entities), limit=MOST)


def of_place(place: Place) -> tuple[Ask, str]:
    """Return what to ask for at a place of the window, and the msgid of what it is the history of."""
    thing = place.thing
    if place.page == "case" and thing is not None:
        return lambda reader: _of_case(reader, thing), N_("Everything that happened in this case")
    if place.page == "meeting" and thing is not None:
        return lambda reader: _of_meeting(reader, thing), N_("Everything that happened with this meeting")
    return lambda reader: reader.acts(limit=MOST), N_("What you did last, in all cases")


def _of_case(reader: Reader, case: Id) -> list[PastAct]:
    found = reader.get(Case, case)
    return [] if found is None else reader.history(stream=found.stream, limit=MOST)


def _of_meeting(reader: Reader, meeting: Id) -> list[PastAct]:
    entities = [meeting]
    for cls in (Participant, MeetingPoint, Agreement):
        entities += [thing.id for thing in reader.find(cls, where={"meeting": meeting}, cancelled=True)]
    return reader.history(entities=entities, limit=MOST)


class HistoryDialog(QDialog):
    """Shows what ``ask`` finds; ``about`` is the msgid that says whose history it is. Opened with ``open()``."""

    def __init__(self, house: House, ask: Ask, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._acts: list[PastAct] = []
        self._names = Names({}, {}, {})
        self._happenings: list[Happening] = []
        bind(self.setWindowTitle, "History")
        self.tree = QTreeWidget()
        self.fields = QComboBox()
        self.detail = QPlainTextEdit()
        self.empty = QLabel()
        self.standing = words_label("muted")
        self._far: RecordStanding | None = None
        self._house = house
        self._foot = QHBoxLayout()
        self._lay_out(about)
        self.fields.currentIndexChanged.connect(self._fill)
        self.tree.currentItemChanged.connect(self._chosen)
        bind_call(self, self._say)
        self.resize(960, 600)
        directory = house.sync.directory()
        colleagues = {**directory.users, **directory.authors}
        house.tasks.query(self, Query(lambda reader: _read(reader, ask, colleagues), self._show))
        self._news = DeskNews(house.sync, self)
        self._news.came.connect(lambda _news: self._ask_standing())

    def _lay_out(self, about: str) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        bind(heading.setText, about)
        words = QLabel()
        bind(words.setText, "Field")
        words.setBuddy(self.fields)
        bind(self.fields.setAccessibleName, "Field")
        self.fields.setMinimumWidth(240)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading, 1)
        head.addWidget(words)
        head.addWidget(self.fields)
        self.empty.setProperty("look", "muted")
        bind(self.empty.setText, "Nothing has happened here yet.")
        self.empty.hide()
        self._shape_tree()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(132)
        bind(self.detail.setAccessibleName, "The whole text")
        self.detail.hide()
        close = QPushButton()
        bind(close.setText, "Close")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        foot = self._foot
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.standing)
        self.standing.hide()
        layout.addWidget(self.empty)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.detail)
        layout.addLayout(foot)

    def offer(self, msgid: str, act: Callable[[], None]) -> QPushButton:
        """Offer something beside the history, by a button below it."""
        button = QPushButton()
        bind(button.setText, msgid)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: act())
        self._foot.insertWidget(0, button)
        return button

    def _shape_tree(self) -> None:
        self.tree.setColumnCount(3)
        self.tree.setRootIsDecorated(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setWordWrap(True)
        self.tree.setAlternatingRowColors(False)
        bind(self.tree.setAccessibleName, "History")
        header = self.tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 360)
        header.resizeSection(1, 264)

    # showing

    def _show(self, answer: tuple[list[PastAct], Names]) -> None:
        self._acts, self._names = answer
        self._say()
        self.tree.setFocus()
        self._ask_standing()

    def _ask_standing(self) -> None:
        """Ask whether what stands here is only on this computer, sent, or confirmed; nobody asks where there is no hub."""
        desk = self._house.sync
        things = {change.entity for act in self._acts for change in act.changes}
        if things and desk.state().standing not in (Standing.UNKNOWN, Standing.NO_HUB):
            self._house.tasks.job(self, Job(lambda: desk.standing_of(sorted(things)), self._show_standing))

    def _show_standing(self, far: RecordStanding) -> None:
        self._far = far
        self._say_standing()

    def _say_standing(self) -> None:
        from ui.models.sync_words import standing_words

        far = self._far
        self.standing.setText("" if far is None else standing_words(far, dt.datetime.now(dt.UTC)))
        self.standing.setVisible(far is not None)

    def _say(self) -> None:
        """Say everything in the language of the moment, with the same field chosen."""
        self._happenings = say_all(self._acts, self._names)
        self._say_standing()
        self.tree.setHeaderLabels([tr("What"), tr("It was"), tr("It became")])
        chosen = self.fields.currentData()
        labels = {
            line.field: line.label for h in self._happenings for _thing, lines in h.things for line in lines
        }
        self.fields.blockSignals(True)
        self.fields.clear()
        self.fields.addItem(tr("All fields"), None)
        for name, label in sorted(labels.items(), key=lambda pair: pair[1]):
            self.fields.addItem(label, name)
        self.fields.setCurrentIndex(max(0, self.fields.findData(chosen)))
        self.fields.blockSignals(False)
        self._fill()

    def _fill(self) -> None:
        wanted = self.fields.currentData()
        several = len({happening.where for happening in self._happenings}) > 1
        self.tree.clear()
        for happening in self._happenings:
            item = _act_item(happening, wanted, several=several)
            if item is not None:
                self.tree.addTopLevelItem(item)
                item.setFirstColumnSpanned(True)
        self.tree.expandAll()
        first = self.tree.topLevelItem(0)
        self.empty.setVisible(first is None)
        self.tree.setVisible(first is not None)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _chosen(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        full = None if item is None else item.data(0, _FULL)
        self.detail.setVisible(bool(full))
        if full:
            self.detail.setPlainText(full)


def _read(reader: Reader, ask: Ask, colleagues: Mapping[Id, str]) -> tuple[list[PastAct], Names]:
    acts = whole(ask(reader))
    return acts, names_of(reader, acts, colleagues)


def _act_item(happening: Happening, wanted: str | None, *, several: bool) -> QTreeWidgetItem | None:
    """Return an act with its changes below it, or ``None`` when the wanted field is not among them.

    ``several``: acts of several cases stand together, so each says which it was done in.
    """
    what = tr("{what} (undone since)", what=happening.what) if happening.taken_back else happening.what
    where = (happening.where,) if several and happening.where else ()
    item = QTreeWidgetItem([" · ".join((happening.at, happening.who, *where, what))])
    font = QFont()
    font.setBold(True)
    item.setFont(0, font)
    for thing, lines in happening.things:
        shown = [line for line in lines if wanted is None or line.field == wanted]
        for line in shown:
            item.addChild(_line_item(thing, line))
    if wanted is not None and not item.childCount():
        return None
    return item


def _line_item(thing: str, line: Line) -> QTreeWidgetItem:
    item = QTreeWidgetItem(
        [f"{thing} · {line.label}" if thing else line.label, _short(line.before), _short(line.after)]
    )
    if max(len(line.before), len(line.after)) > _LONG or "\n" in line.before + line.after:
        was, became = tr("It was"), tr("It became")
        item.setData(0, _FULL, f"{was}:\n{line.before}\n\n{became}:\n{line.after}")
    return item


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"
