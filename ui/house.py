"""What every page is handed: the tasks, the papers, the way to another page. No page knows the main window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from caseworker_app.domain.ids import Id
from ui.tasks import Tasks

if TYPE_CHECKING:
    from caseworker_app.domain.document import Taken
    from caseworker_app.services.books import Books
    from caseworker_app.services.documents import FileReader
    from caseworker_app.services.handover_desk import HandoverDesk
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Store
    from caseworker_app.services.sync_desk import SyncDesk
    from caseworker_app.settings import Settings
    from ui.tasks import Touched


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the window: a page by name, and the thing it shows. ``part`` is a section within it."""

    page: str
    thing: Id | None = None
    part: str = ""


def _nothing_to_lock() -> None:
    """Where there is no window to lock."""


def _nobody_looks_on(_thing: Id) -> None:
    """Where no window can be shown to the family."""


def _nobody_hands_over(_store: Store) -> HandoverDesk:
    """Where cases are not given in files."""
    raise RuntimeError("this house has nobody who hands cases over")


class _NobodyReads:
    """Where no worker process is at hand."""

    def take_in(self, _name: str, _data: bytes) -> Taken:
        """Take nothing in."""
        raise RuntimeError("this house has nobody who takes files in")

    def read_form(self, _data: bytes) -> dict[str, str]:
        """Read nothing."""
        raise RuntimeError("this house has nobody who takes files in")


class _NoHubLater:
    """Stands for a desk that keeps nothing, loaded when it is first asked: not before the first screen."""

    def __getattr__(self, name: str) -> Any:
        from caseworker_app.services.no_hub import NoHub

        return getattr(NoHub(), name)


def no_hub() -> SyncDesk:
    """Return the desk where there is no hub and never will be."""
    return cast("SyncDesk", _NoHubLater())


@dataclass(frozen=True)
class House:
    """The tools of the window, handed to pages by their constructor."""

    tasks: Tasks
    papers: PaperMaker
    settings: Settings
    books: Books
    go: Callable[[Place], None]
    """Show a place; the one before stays behind Alt+Left."""
    say: Callable[[str], None]
    """Show a translated sentence in the status line for a while."""
    family: Callable[[Id], None] = _nobody_looks_on
    """Begin Familievisning on a netværkskort: it is asked for whom, and the gate of honour-related conflict is kept."""
    family_meeting: Callable[[Id], None] = _nobody_looks_on
    """Show a meeting in large in Familievisning; the gate of honour-related conflict is kept."""
    files: FileReader = field(default_factory=_NobodyReads)
    """Takes files in that are attached, in the worker process."""
    sync: SyncDesk = field(default_factory=no_hub)
    """What can be seen of sync and asked of it."""
    handover: Callable[[Store], HandoverDesk] = _nobody_hands_over
    """Gives cases in files and takes them in, over the store that is open."""
    lock: Callable[[], None] = _nothing_to_lock
    """Keep what is being written, close the store and ask for the passphrase."""


class Page(Protocol):
    """What the main window asks of a page (a ``QWidget``)."""

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a thing; called each time the page is gone to."""

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""

    def leave(self) -> bool:
        """Save drafts; return ``False`` only when something must be answered first."""
