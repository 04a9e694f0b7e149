"""What is done from the list twin that is not its own: taking a row off the map, what a row chooses, where F6 goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from ui.network_map.list_rows import Key, Kind
from ui.network_map.session import MapSession, Selection


def remove_row(session: MapSession, key: Key) -> None:
    """Take off the map what a row is; a member of a household only leaves it."""
    if key.kind is Kind.PERSON:
        session.remove_person(key.one)
    elif key.kind is Kind.LINE:
        session.remove_relation(key.one)
    elif key.kind is Kind.HOME:
        session.remove_group(key.one)
    elif key.kind is Kind.MEMBER:
        _leave_home(session, key)


def _leave_home(session: MapSession, key: Key) -> None:
    opened = session.opened
    group = None if opened is None else next((g for g in opened.groups if g.id == key.under), None)
    if group is None:
        return
    if key.one:
        session.edit_group(group.id, members=group.members - {key.one})
    else:
        session.edit_group(group.id, with_child=False)


def selection_of(key: Key | None) -> Selection:
    """Return what is chosen when the cursor is at a row."""
    if key is None:
        return Selection()
    if key.kind in (Kind.PERSON, Kind.MEMBER) and key.one:
        return Selection((key.one,))
    if key.kind is Kind.LINE:
        return Selection(relation=key.one)
    return Selection(child=key.kind in (Kind.CHILD, Kind.MEMBER))


def go_round(stops: Sequence[tuple[QWidget, QWidget | None]]) -> None:
    """Put the keyboard in the next of several parts. Each is given with where the keyboard begins in it, if anywhere."""
    there = [(part, first) for part, first in stops if first is not None and first.isEnabled()]
    here = QApplication.focusWidget()
    at = next(
        (n for n, (part, _) in enumerate(there) if here is part or (here and part.isAncestorOf(here))), -1
    )
    there[(at + 1) % len(there)][1].setFocus()
