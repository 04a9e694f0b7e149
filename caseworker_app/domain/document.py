"""Documents: files attached to a case, kept once by their hash beside the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, NUMBER, TEXT, choice, texts

MOST_BYTES = 25 * 1024 * 1024
"""Largest file that can be attached."""


class FileKind(StrEnum):
    """What a file is, by its own first bytes and not by its name alone."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    OFFICE = "office"
    MAIL = "mail"


FILE_KIND_LABELS: Mapping[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.PICTURE: "Picture",
    FileKind.TEXT: "Plain text",
    FileKind.OFFICE: "Office document",
    FileKind.MAIL: "Saved mail",
}
SHOWN = frozenset({FileKind.PDF, FileKind.PICTURE, FileKind.TEXT})
"""Kinds that are shown inside the program; the others are only kept and saved as a copy."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file taken in: checked, a picture turned upright, scaled and stripped of where and when it was made.

    ``suffix`` is what a copy's name ends with; ``text`` the words in it, for the search.
    """

    kind: FileKind
    suffix: str
    data: bytes
    pages: int = 1
    text: str = ""


@entity("document", "Document")
class Document(Entity):
    """A file of a case. ``digest`` is the SHA-256 of its bytes (hexadecimal), which are kept beside the log.

    ``dated`` is the day the document itself bears or came, ``text`` the words in it.
    """

    title: str = field(TEXT, "Title", default="")
    kind: FileKind = field(choice(FileKind), "Kind of file", default=FileKind.PDF)
    suffix: str = field(TEXT, "Ending of the file's name", default="")
    digest: str = field(TEXT, "Checksum", default="", indexed=True)
    size: int | None = field(NUMBER, "Size in bytes", default=None)
    pages: int | None = field(NUMBER, "Pages", default=None)
    dated: dt.date | None = field(DATE, "Date of the document", default=None)
    sender: str = field(TEXT, "From", default="")
    note: str = field(TEXT, "Note", default="")
    tags: tuple[str, ...] = field(texts(), "Tags", default=())
    links: tuple[str, ...] = field(texts(), "About", default=())
    text: str = field(TEXT, "Words in the file", default="")
