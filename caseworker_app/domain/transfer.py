"""What was carried over to the record system by hand, and whether it has changed since.

Nothing is sent: the worker copies, and says that she did.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, REFERENCE, TEXT


class TransferState(StrEnum):
    """Whether a thing stands in the record system as it stands here."""

    NOT = "not"
    ON = "on"
    CHANGED = "changed"


@entity("transfer", "Carried over to the record system")
class Transfer(Entity):
    """One thing carried over on a day; the stream is the thing's own, and the latest one counts.

    ``digest`` is the SHA-256 (hexadecimal) of the words that were carried over, ``system`` what the record system was
    called that day.
    """

    subject_type: str = field(TEXT, "Kind", default="", indexed=True)
    subject: Id | None = field(REFERENCE, "About", default=None, indexed=True)
    transferred_on: dt.date | None = field(DATE, "Carried over on", default=None)
    digest: str = field(TEXT, "Checksum", default="")
    system: str = field(TEXT, "Record system", default="")


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field as it is carried over: its Danish heading and plain text. ``key`` never changes, the heading may.

    ``group`` is what the field belongs to within the thing: a goal, a talk, a topic; empty for the thing itself.
    """

    key: str
    called: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A thing as it is carried over: what it is called (no name in it) and its fields with something in them."""

    kind: str
    subject: Id
    stream: Id
    title: str
    day: dt.date | None
    fields: tuple[FieldText, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 (hexadecimal) of what is carried over; headings do not count, as a new version may say another."""
        said = "\x1e".join(f"{one.key}\x1f{one.text}" for one in self.fields)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def text(self) -> str:
        """Everything in one text: each heading over what stands under it."""
        made: list[str] = []
        group = ""
        for one in self.fields:
            if one.group != group:
                group = one.group
                made.append(group.upper())
            made.append(f"{one.called}\n{one.text}")
        return "\n\n".join(made)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thing stands: not carried over, carried over on ``day``, or changed since ``day``."""

    state: TransferState
    day: dt.date | None = None
    system: str = ""
