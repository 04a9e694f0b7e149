"""Aktindsigt in the demo: a mother's request that has been gone through, and one that has just come."""

from __future__ import annotations

from typing import Final

from caseworker_app.demo.when import Days
from caseworker_app.domain.access_request import Asker, Choice, Ground
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import access_requests
from caseworker_app.services.access_requests import ItemRow, Lack
from caseworker_app.services.ports import Writer

GONE_THROUGH: Final = "Felix Winther Krogh"
WAITING: Final = "Jonas Bech Holm"
_LEFT_OUT: Final = frozenset({"notification", "person"})


def ask_for_access(writer: Writer, days: Days) -> None:
    """Write the requests down, and decide on all of the first one."""
    for name, back in ((GONE_THROUGH, "-6d"), (WAITING, "-1d")):
        case = next((one for one in writer.find(Case) if one.child_name == name), None)
        if case is None:
            continue
        mother = next(
            (one for one in writer.find(Person, stream=case.stream) if one.role is Role.MOTHER), None
        )
        values = {
            "asker": Asker.PARENT,
            "name": "Moren" if mother is None else mother.name,
            "person": None if mother is None else mother.id,
            "received_on": days.past(days.at(back)),
            "since": days.at("-2m") if name == GONE_THROUGH else None,
            "wish": "Jeg vil gerne se alt, hvad I har skrevet om os siden sommerferien.",
        }
        made = access_requests.begin(writer, case.id, values)
        writer.flush()
        if name == GONE_THROUGH:
            _go_through(writer, made)


def _go_through(writer: Writer, request: Id) -> None:
    for row in access_requests.view(writer, request).rows:
        if row.lack is Lack.UNDECIDED:
            _decide(writer, request, row)
            writer.flush()


def _decide(writer: Writer, request: Id, row: ItemRow) -> None:
    if row.item.type in _LEFT_OUT:
        ground = row.hint.ground or Ground.OTHERS
        access_requests.decide(writer, request, row.item.key, Choice.LEAVE_OUT, ground)
    else:
        access_requests.decide(writer, request, row.item.key, Choice.INCLUDE)
