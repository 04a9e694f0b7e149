"""Finding twins: two laptops made from one disk, which stamp different operations with the same (incarnation, number).

A device counts its operations upwards, so a number above the highest the hub has seen of an incarnation is new without
looking; only the others are looked up in the log. The row of the incarnation is locked, so that twins pushing at the same
moment see each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, tuple_

from caseworker_app.domain.ids import Id
from caseworker_app.hub.database import insert_if_absent, insert_or_set
from caseworker_app.hub.incoming import Incoming
from caseworker_app.hub.tables import incarnations, log

_LOCK = (
    select(incarnations.c.device, incarnations.c.incarnation, incarnations.c.top)
    .where(incarnations.c.incarnation.in_(bindparam("incarnations", expanding=True)))
    .order_by(incarnations.c.device, incarnations.c.incarnation)
    .with_for_update()
)
_STAMPED = select(log.c.device, log.c.incarnation, log.c.stamp, log.c.op_id).where(
    tuple_(log.c.incarnation, log.c.stamp).in_(bindparam("stamps", expanding=True))
)
_Incarnation = tuple[Id, Id]


class Stamps:
    """The stamps of one batch. ``twins`` collects the streams in which a shared stamp was found."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._top: dict[_Incarnation, int] = {}
        self._new: dict[_Incarnation, int] = {}
        self._ids: dict[tuple[Id, Id, int], set[Id]] = {}
        self.twins: set[Id] = set()

    def lock(self, rows: Sequence[Incoming]) -> None:
        """Lock the incarnations of the rows and look up what may have been stamped before."""
        wanted = {_incarnation(row) for row in rows}
        self._read(wanted)
        missing = sorted(wanted - self._top.keys())
        if missing:
            new = [{"device": device, "incarnation": one, "top": -1} for device, one in missing]
            insert_if_absent(self._connection, incarnations, new)
            self._read(wanted)
        seen = [
            (row.header.incarnation, row.header.seq)
            for row in rows
            if row.header.seq <= self._top[_incarnation(row)]
        ]
        for device, one, stamp, op_id in self._connection.execute(_STAMPED, {"stamps": seen}) if seen else ():
            self._ids.setdefault((device, one, stamp), set()).add(op_id)

    def _read(self, wanted: set[_Incarnation]) -> None:
        asked = {"incarnations": sorted({one for _device, one in wanted})}
        for device, one, top in self._connection.execute(_LOCK, asked):
            self._top[device, one] = top

    def is_shared(self, row: Incoming) -> bool:
        """Note the row's stamp and say whether another operation of the same device bears it."""
        device, one = incarnation = _incarnation(row)
        ids = self._ids.setdefault((device, one, row.header.seq), set())
        ids.add(row.header.op_id)
        self._new[incarnation] = max(row.header.seq, self._new.get(incarnation, -1))
        if len(ids) > 1:
            self.twins.add(row.header.stream_id)
        return len(ids) > 1

    def write(self) -> None:
        """Keep the highest number of each incarnation."""
        risen = [
            {"device": device, "incarnation": one, "top": top}
            for (device, one), top in self._new.items()
            if top > self._top[device, one]
        ]
        insert_or_set(self._connection, incarnations, risen)


def _incarnation(row: Incoming) -> _Incarnation:
    assert row.writer is not None
    return row.writer.device, row.header.incarnation
