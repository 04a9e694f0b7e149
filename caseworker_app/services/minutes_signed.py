"""Whether the minutes of a meeting are signed: from then on nothing in them changes."""

from __future__ import annotations

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.minutes import MinutesVersion
from caseworker_app.services.ports import Reader


def versions(reader: Reader, meeting: Id) -> list[MinutesVersion]:
    """Return the versions of a meeting's minutes that were kept, older first."""
    return reader.find(MinutesVersion, where={"meeting": meeting})


def signed(reader: Reader, meeting: Id) -> MinutesVersion | None:
    """Return the signed minutes; the first, where two signed apart from each other."""
    return next((one for one in versions(reader, meeting) if not one.draft), None)


def refuse_signed(reader: Reader, meeting: Id) -> None:
    """Raise :class:`UserError` when the minutes are signed: nothing in them changes any more."""
    if signed(reader, meeting) is not None:
        raise UserError(
            "The minutes are signed and stay as they are.",
            "Write an addition under Minutes: it stands below them.",
        )
