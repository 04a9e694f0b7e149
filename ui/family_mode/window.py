"""Familievisning: a window of its own, over everything, that shows one map or one meeting and has nothing else to show.

It holds the allowed model, a hatch for what is drawn, and nothing of the house. Whatever takes it away - its button,
Alt+F4, Esc - leads to the sheet that asks for the PIN or the passphrase.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.services.family_view import Audience
from caseworker_app.services.opening import PinState
from ui.family_mode.big import style
from ui.family_mode.drawing import Drawing
from ui.family_mode.leaving import LeaveSheet
from ui.family_mode.meeting import MeetingPlace, MeetingSession
from ui.family_mode.neutral import NeutralPicture
from ui.family_mode.session import FamilySession
from ui.family_mode.welcome import Welcome

TITLE = "Tæt på"
"""No name stands in the window's title."""
IDLE_MINUTES = 10
"""After so long without a touch the neutral picture is shown (network map design 7)."""
_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class Showing(Enum):
    """What stands in the window."""

    WELCOME = auto()
    DRAWING = auto()
    NEUTRAL = auto()
    ASKING = auto()
    LOCKED = auto()
    """The neutral picture over a store that is closed: nothing of the map is left here."""


class FamilyWindow(QWidget):
    """The window. ``tried`` carries (what was typed, whether it is the passphrase, whether to leave); ``lock`` asks for
    the cases to be locked, ``woken`` comes when somebody touches it after that."""

    tried = Signal(str, bool, bool)
    lock = Signal()
    woken = Signal()

    def __init__(self, session: FamilySession | MeetingSession, *, has_pin: bool) -> None:
        super().__init__()
        self.setObjectName("family")
        self.setWindowTitle(TITLE)
        self.setMinimumSize(1024, 640)
        self.setStyleSheet(style(QApplication.font().pointSizeF()))
        session.setParent(self)
        self.session = session
        self.welcome, self._shown = _places(session)
        self.neutral = NeutralPicture()
        self.sheet = LeaveSheet(has_pin=has_pin)
        self._stack = QStackedWidget()
        self._places = {
            Showing.WELCOME: self.welcome,
            Showing.DRAWING: self.shown,
            Showing.NEUTRAL: self.neutral,
            Showing.ASKING: self.sheet,
            Showing.LOCKED: self.neutral,
        }
        for place in (self.welcome, self.shown, self.neutral, self.sheet):
            self._stack.addWidget(place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.showing = Showing.WELCOME
        self._before = Showing.WELCOME
        self._hidden = self._let_go = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MINUTES * 60_000)
        self._idle.timeout.connect(self.cover)
        self._connect()
        if isinstance(session, MeetingSession):  # those who are at a meeting know what is written of it
            self._turn(Showing.DRAWING)

    @property
    def shown(self) -> Drawing | MeetingPlace:
        """The map or the meeting. It is gone once the store is closed (``RuntimeError``)."""
        if self._shown is None:
            raise RuntimeError("nothing is shown over a closed store")
        return self._shown

    @property
    def drawing(self) -> Drawing:
        """The drawing place of a map (``RuntimeError`` where there is none)."""
        shown = self.shown
        if not isinstance(shown, Drawing):
            raise RuntimeError("a meeting is shown, and no map")
        return shown

    def _connect(self) -> None:
        self.welcome.begun.connect(lambda: self._turn(Showing.DRAWING))
        self.shown.leave_pressed.connect(self.ask)
        self.shown.cover_pressed.connect(self.cover)
        self.neutral.touched.connect(self.ask)
        self.sheet.back.connect(lambda: self._turn(self._before))
        self.sheet.lock.connect(self.lock)
        self.sheet.tried.connect(self.tried)
        cover = QShortcut(QKeySequence("F12"), self)
        cover.setContext(Qt.ShortcutContext.WindowShortcut)
        cover.activated.connect(self.cover)

    # what stands there

    def _turn(self, to: Showing) -> None:
        self.showing = to
        place = self._places[to]
        self._stack.setCurrentWidget(place)
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        if to in (Showing.NEUTRAL, Showing.LOCKED):
            self._idle.stop()
        else:
            self._idle.start()

    def cover(self) -> None:
        """Show the neutral picture at once; the drawing comes back for whoever has PIN or passphrase."""
        if self.showing in (Showing.NEUTRAL, Showing.LOCKED):
            return
        if self.showing is not Showing.ASKING:
            self._before = self.showing
        self._hidden = True
        self.shown.put_down()
        self._turn(Showing.NEUTRAL)

    def ask(self) -> None:
        """Ask for PIN or passphrase."""
        if self.showing is Showing.LOCKED:
            self.woken.emit()
            return
        if self.showing is not Showing.ASKING:
            if self.showing is not Showing.NEUTRAL:
                self._before = self.showing
            self._turn(Showing.ASKING)
            self.sheet.begin(hidden=self._hidden)

    def refused(self, error: UserError) -> None:
        """Say that PIN or passphrase was not taken."""
        self.sheet.refuse(error)

    def stand(self, state: PinState) -> None:
        """Say how long to wait before another try."""
        self.sheet.wait(state)

    def show_again(self) -> None:
        """Whoever sits there is the worker: show the drawing again."""
        self._hidden = False
        self._turn(self._before)

    def offer(self, *, undo: bool, redo: bool) -> None:
        """Say whether something drawn here can be taken back or brought again."""
        if self._shown is not None:
            self._shown.offer(undo=undo, redo=redo)

    def say_error(self, error: UserError) -> None:
        """Say why something was not drawn."""
        if self._shown is not None:
            self._shown.say_error(error)

    def forget(self) -> None:
        """The store is closed: show the neutral picture and let go of everything drawn."""
        shown, self._shown = self._shown, None
        if isinstance(shown, MeetingPlace):
            shown.put_down()  # what is typed is kept before the store is closed
        self._turn(Showing.LOCKED)
        self.session.close()
        if shown is not None:
            del self._places[Showing.DRAWING]
            self._stack.removeWidget(shown)
            shown.setParent(None)
            shown.deleteLater()

    # leaving

    def let_go(self) -> None:
        """Close it: the worker has proved herself, or the store is closed."""
        self._let_go = True
        if isinstance(self._shown, MeetingPlace):
            self._shown.put_down()
        self.session.close()
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 and the like ask for the PIN too; what the program itself closes is not for the family to answer."""
        if self._let_go:
            event.accept()
            return
        event.ignore()
        if event.spontaneous() or self.showing is not Showing.LOCKED:
            self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes nowhere: it ends what is carried, and is a child's first try."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the wait again at each use; it listens at the window's handle, not at every widget."""
        if event.type() in _USE and self._idle.isActive():
            self._idle.start()
        return False

    def watch(self) -> None:
        """Begin to wait for ten quiet minutes. Call it when the window is on the screen."""
        handle = self.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)
        self._idle.start()


def _places(
    session: FamilySession | MeetingSession,
) -> tuple[Welcome, Drawing | MeetingPlace | None]:
    """Return the first screen and what is shown after it."""
    if isinstance(session, MeetingSession):
        return Welcome(Audience.PARENTS), MeetingPlace(session)
    return Welcome(session.audience), Drawing(session)
