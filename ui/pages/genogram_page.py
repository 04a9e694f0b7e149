"""The genogram of a child's family: the picture, the same as a list in which everything is done, and its papers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.genogram_facts import Sheet
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import current
from caseworker_app.services.cases import display_name
from caseworker_app.services.genogram_words import name_of, tell, words_of
from ui.dialogs.relative_dialog import Beside
from ui.house import House
from ui.passing_on import pass_focus
from ui.tasks import Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.form_bars import NoticeBar
from ui.widgets.genogram.bars import FamilyBar, HeadBar
from ui.widgets.genogram.doing import GenogramDoing
from ui.widgets.genogram.loaded import Loaded, load
from ui.widgets.genogram.picture import GenogramPicture
from ui.widgets.genogram.tree import FamilyTree
from ui.words import bind, bind_call, tr

_FOLLOWED = frozenset(
    {
        "family_member",
        "family_tie",
        "family_couple",
        "family_sibling",
        "family_home",
        "person",
        "case",
        "sibling_link",
    }
)
PANEL = 380


class GenogramPage(QWidget):
    """Shown by ``Place("genogram", case)``. ``shown`` comes when a family stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Id | None = None
        self._loaded: Loaded | None = None
        self._wanted: Id | None = None
        self._asked = 0
        self.head, self.bar = HeadBar(house, self), FamilyBar(self)
        self.picture, self.tree = GenogramPicture(self), FamilyTree(self)
        self.notice, self.complaint = NoticeBar(), Complaint(self)
        self.doing = GenogramDoing(house, self, self.tree, self.complaint)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        self._connect()
        bind_call(self, self._say_again)

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addWidget(self.bar)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.setChildrenCollapsible(False)
        across.addWidget(self.picture)
        across.addWidget(side)
        across.setStretchFactor(0, 1)
        across.setSizes([900, PANEL])
        across.setHandleWidth(12)
        side.setMinimumWidth(320)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for widget in (self.head, self.notice, self.complaint):
            layout.addWidget(widget)
        layout.addWidget(across, 1)
        self.setTabOrder(self.tree, self.bar)
        pass_focus(self, lambda: self.tree)

    def _connect(self) -> None:
        self.tree.chosen.connect(self._chosen)
        self.tree.opened.connect(lambda: self.do("change"))
        self.picture.chosen.connect(self._picked)
        self.picture.opened.connect(lambda _who: self.do("change"))
        self.picture.zoomed.connect(self.head.say_zoom)
        self.head.wanted.connect(self.do)
        self.bar.wanted.connect(self.do)
        self.doing.wanted.connect(self._want)
        acts: tuple[tuple[str, QWidget, Callable[[], None]], ...] = (
            ("Ins", self, self.bar.open_menu),
            ("Del", self.tree, lambda: self.do("remove")),
            ("F2", self.tree, lambda: self.do("change")),
            ("Ctrl+P", self, lambda: self.do("print:file:A4")),
        )
        for keys, within, act in acts:
            shortcut = QShortcut(QKeySequence(keys), within)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # as the window sees it

    def show_thing(self, thing: Id | None, _part: str) -> None:
        """Show the genogram of a case."""
        if thing is None:
            return
        if thing != self._case:
            self._case, self._loaded, self._wanted = thing, None, None
            self.doing.loaded = None
            self.tree.empty()
            self.complaint.clear()
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.head.follow()
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        if self._case is not None and any(kind in _FOLLOWED for kind, _entity in touched):
            self._asked += 1
            self._soon.start(0)

    def leave(self) -> bool:
        """Forms keep their own drafts; nothing else is written here."""
        return True

    # reading

    def _ask(self) -> None:
        case, self._asked = self._case, self._asked + 1
        if case is None or self._house.tasks.store is None:
            return
        asked = self._asked

        def show(loaded: Loaded) -> None:
            if asked == self._asked:
                self._show(loaded)

        self._house.tasks.query(self, Query(lambda reader: load(reader, case), show))

    def _show(self, loaded: Loaded) -> None:
        self._loaded = self.doing.loaded = loaded
        self._say_again()
        if self._wanted is not None:
            self.tree.go_to(self._wanted)
            self._wanted = None
        self._chosen(self.tree.who)
        self.shown.emit()

    def _say_again(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        translator = current()
        self.head.show_child(display_name(loaded.case))
        self.picture.show_view(loaded.view, words_of(loaded.view, translator))
        drawn = self.picture.drawn
        order = [one for row in drawn.layout.rows for one in row] if drawn is not None else []
        told = tell(loaded.view, translator, order)
        self.tree.show_family(loaded.view, told)
        bind(self.picture.setAccessibleName, "The genogram as a picture")
        self.picture.setAccessibleDescription(" ".join(one.sentence for one in told))
        self._tell(loaded)

    def _tell(self, loaded: Loaded) -> None:
        """Say what could be done: begin with the case's persons, or make one of two with the same name."""
        if loaded.twins:
            who, _other = loaded.twins[0]
            member = loaded.member(who)
            name = member.name if member is not None else ""
            self.notice.tell(
                lambda: (tr("{name} stands in the genogram twice.", name=name), tr("The same person …")),
                lambda: self.doing.merge(who),
            )
        elif loaded.proposed:
            count = len(loaded.proposed)
            self.notice.tell(
                lambda: (
                    tr("{count} of the people of the case are family and not drawn yet.", count=count),
                    tr("Look at them …"),
                ),
                lambda: self.do("propose"),
            )
        elif len(loaded.view.members) < 2:
            self.notice.tell(
                lambda: (
                    tr(
                        "Nobody but the child is drawn yet. Add a parent, a sibling or whoever the child lives with."
                    ),
                    tr("Add (Ins)"),
                ),
                self.bar.open_menu,
            )
        else:
            self.notice.clear()

    def _chosen(self, who: Id | None) -> None:
        self.picture.mark(who)
        loaded, line = self._loaded, self.tree.line
        member = loaded.member(who) if loaded is not None else None
        empty = loaded is not None and not loaded.view.members
        self.bar.offer(
            name_of(member, current()) if member is not None else "",
            line=line is not None,
            child=member is not None and member.child,
            empty=empty,
        )
        self.head.offer(loaded is not None and len(loaded.view.members) > 1, bool(loaded and loaded.proposed))

    def _picked(self, who: Id) -> None:
        self.tree.go_to(who)

    # doing

    def do(self, name: str) -> None:
        """Do what a button or menu names; see :class:`FamilyBar` and :class:`HeadBar`."""
        self.complaint.clear()
        if name.startswith("print:"):
            _print, profile, sheet = name.split(":")
            self.doing.print(GenogramProfile(profile), Sheet(sheet))
            return
        if name.startswith("add:"):
            self.doing.add(Beside(name.removeprefix("add:")))
            return
        acts: dict[str, Callable[[], None]] = {
            "change": self.doing.change,
            "remove": self.doing.remove,
            "home": lambda: self.doing.set_home(None),
            "merge": lambda: self.doing.merge(self.tree.who),
            "propose": self.doing.propose,
            "in": self.picture.zoom_in,
            "out": self.picture.zoom_out,
            "fit": self.picture.fit,
        }
        acts[name]()

    def _want(self, who: Id) -> None:
        """Let the cursor go to somebody when she stands there."""
        self._wanted = who
        self._soon.start(0)
