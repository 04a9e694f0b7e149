"""What the paper of a request for access is made of. Nothing that is left out is in these facts, so nothing of it can be
drawn, nor stand in the file's metadata, bookmarks or attachments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app.domain.document import FileKind
from caseworker_app.domain.papers import Sender
from caseworker_app.domain.text_facts import Part

MOST_FILE_BYTES = 120 * 1024 * 1024
"""So much of attached files goes into one paper."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """An attached file whose pages are shown, but for ``without`` (numbers from 1)."""

    kind: FileKind
    data: bytes
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that is given: its number in the list, its kind and title, its day in words, and what it says."""

    number: int
    kind: str
    title: str
    day: str
    parts: tuple[Part, ...]
    file: GivenFile | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the log: what, how much of it (all, or so many passages or pages), and why. ``number`` is empty for what
    is left out whole; its title is not told."""

    number: str
    what: str
    day: str
    extent: str
    why: str


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """The whole paper. ``title`` stands in the file's metadata and holds no name."""

    sender: Sender
    title: str
    heading: str
    dated: dt.date
    intro: tuple[Part, ...]
    given: tuple[Given, ...]
    log: tuple[LeftOut, ...]
    grounds: tuple[str, ...]
