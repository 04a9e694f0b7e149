"""What the parts of the meeting's page have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print
from caseworker_app.services.consents import Standing
from caseworker_app.services.meetings import OpenMeeting
from caseworker_app.services.ports import Draft
from ui.house import House
from ui.tasks import Touched

if TYPE_CHECKING:
    from caseworker_app.domain.case import Case
    from caseworker_app.domain.consent import Consent
    from caseworker_app.domain.meeting_kinds import MeetingKinds, MeetingSort
    from caseworker_app.services.meeting_chain import Earlier, Step


@dataclass(frozen=True, slots=True)
class Loaded:
    """A meeting as the page read it: its things with their fields, the store's day, the copies made so far.

    ``draft`` is what was written at the meeting and not saved; ``first`` says that the page has just been gone to;
    ``consents`` which consents stand in the case, ``given`` all of them. ``kinds`` are the kinds of meeting in use,
    ``steps`` how far this one has come, ``earlier`` what it opens with, ``siblings`` whose meeting it is as well.
    """

    opened: OpenMeeting
    today: dt.date
    printed: tuple[Print, ...]
    draft: Draft | None
    first: bool
    consents: Standing | None = None
    given: tuple[Consent, ...] = ()
    kinds: MeetingKinds | None = None
    steps: tuple[Step, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    siblings: tuple[Case, ...] = ()

    @property
    def kind(self) -> MeetingSort | None:
        """The kind of the meeting as the catalogue has it now."""
        return None if self.kinds is None else self.kinds.get(self.opened.view.meeting.kind)


def run_draft_key(meeting: Id) -> str:
    """Return the key of the draft of what is written at a meeting and not yet saved."""
    return f"meeting:{meeting.hex()}:run"


class Part(QWidget):
    """One tab. It is made when it is first looked at, and follows what the page reads.

    ``plan_changed`` says, for the part that has the plan, whether something unsaved is written in it.
    """

    plan_changed = Signal(bool)

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self.meeting: Id | None = None

    def take(self, loaded: Loaded) -> None:
        """Show what was read."""
        self.meeting = loaded.opened.view.meeting.id
        self.show_loaded(loaded)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what was read; ``meeting`` is set."""
        raise NotImplementedError

    def follow(self, touched: Touched) -> None:
        """Take in what changed, for a part that reads by itself."""

    def hear_of_plan(self, *, unsaved: bool) -> None:
        """Hear whether something is written in the plan that is not saved."""

    def begin(self) -> None:
        """Put the cursor where one begins; called when the user chose the part."""

    def leave(self) -> None:
        """Keep what is not saved."""
