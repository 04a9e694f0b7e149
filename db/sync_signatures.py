"""Did the laptops that are named write these rows? Checked from the last to the first: a row names the one its laptop wrote
before it in the stream (:func:`~caseworker_app.domain.chain.row_name`), so that a signature that holds speaks for that one
too, and for what that one names.

Nothing is believed that is not signed by the key it would be checked with: only rows whose signature holds, or that such a
row of the same laptop names with all their bytes. Reading ten years anew, checking each by itself takes as long as all the
rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from caseworker_app.domain.chain import row_name
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Header, Sealed
from caseworker_app.services.sync_ports import Row
from db.sync_opening import sealed_of

KeyOf = Callable[[Id], "bytes | None"]
"""The public signing key of a device, ``None`` for one that is not known."""


def signed(
    rows: Iterable[tuple[Row, Header]], key_of: KeyOf, verify: Callable[[Sealed, bytes], bool]
) -> set[int]:
    """Return the numbers of those rows of one stream, given in their order, that their laptops have signed."""
    found: set[int] = set()
    named: set[tuple[Id, bytes]] = set()
    for row, header in reversed(list(rows)):
        key = key_of(row.device)
        if key is None:
            continue
        spoken_for = (row.device, row_name(row.header, row.payload, row.signature)) in named
        if spoken_for or verify(sealed_of(row), key):
            found.add(row.seq)
            if header.before is not None:
                named.add((row.device, header.before))
    return found
