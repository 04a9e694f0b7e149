"""Documents of a case: attached, described, looked at, and saved as a copy that is noted."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document, FileKind, Taken
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Access, Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

_SHORT = ("title", "sender")


class FileReader(Protocol):
    """Takes files in, in the worker process."""

    def take_in(self, name: str, data: bytes) -> Taken:
        """Return a file as it is to be kept. Raises :class:`UserError` when it cannot be."""

    def read_form(self, data: bytes) -> dict[str, str]:
        """Return what was filled in in a PDF's own form, by field. Raises :class:`UserError` when there is none."""


def attach(writer: Writer, case: Id, taken: Taken, values: Mapping[str, Any]) -> Id:
    """Attach a file that was taken in; return the document's id. The same file twice in a case is refused in words.

    ``values`` are fields of :class:`Document`; the title is needed. Raises :class:`InvalidInput`.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"title": "", **values}
    _check(writer, checked)
    writer.act("Attach a document")
    digest = writer.put_blob(found.stream, taken.data).hex()
    if there := writer.find(Document, stream=found.stream, where={"digest": digest}):
        raise UserError(
            "This file is attached already, as {title}.",
            "Open it in the list of documents.",
            title=there[0].title,
        )
    made = writer.new_id()
    writer.create(
        Document(
            id=made,
            stream=found.stream,
            kind=taken.kind,
            suffix=taken.suffix,
            digest=digest,
            size=len(taken.data),
            pages=taken.pages,
            text=taken.text,
            **checked,
        )
    )
    return made


def edit(writer: Writer, document: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is said of a document; the file itself is never changed. Raises :class:`InvalidInput`."""
    values = {name: e.value for name, e in edits.items()}
    if values.keys() & {"digest", "size", "kind", "suffix", "pages", "text"}:
        raise InvalidInput("title", "The file itself is not changed: attach the new one.")
    _check(writer, values)
    writer.act("Change a document")
    kept = {name: Edit(value, edits[name].parents, edits[name].seen) for name, value in values.items()}
    apply_edits(writer, Document, document, kept)


def remove(writer: Writer, document: Id) -> None:
    """Take a document off the case; its bytes stay until what was taken back is erased."""
    writer.act("Remove a document")
    writer.cancel(Document, document)


def _check(reader: Reader, values: dict[str, Any]) -> None:
    for name in _SHORT:
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)
    if "title" in values and not values["title"]:
        raise InvalidInput("title", "Write what the document is.")
    if "tags" in values:
        values["tags"] = tuple(filter(None, (tidy("tags", tag, NAME_LENGTH) for tag in values["tags"])))
    dated = values.get("dated")
    if isinstance(dated, dt.date) and dated > reader.today:
        raise InvalidInput("dated", "That day has not come yet.", "Check the computer's clock if it has.")


# --- Looking ---------------------------------------------------------------------------------------------------


def known(reader: Reader, document: Id) -> Document:
    """Return a document. Raises ``KeyError`` when there is none."""
    found = reader.get(Document, document)
    if found is None:
        raise KeyError("no such document")
    return found


class Listed(NamedTuple):
    """A document in a list: all but the words in it, which may be long."""

    id: Id
    title: str
    kind: FileKind
    suffix: str
    size: int | None
    pages: int | None
    dated: dt.date | None
    sender: str
    note: str
    links: tuple[str, ...]


_LISTED = tuple(name for name in Listed._fields if name != "id")


def documents_of(reader: Reader, case: Id, links: Iterable[str] = ()) -> tuple[Listed, ...]:
    """Return a case's documents by their own day, latest first, those without a day last; those of one day in the order
    they were attached. With ``links`` only those that are about one of them."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    wanted = frozenset(links)
    rows = (Listed(*row) for row in reader.pick(Document, _LISTED, stream=found.stream))
    chosen = (row for row in rows if not wanted or wanted & frozenset(row.links))
    return tuple(sorted(chosen, key=lambda one: -(one.dated or dt.date.min).toordinal()))


def contents(writer: Writer, document: Id) -> bytes:
    """Return a document's bytes and note in the access log that it was read.

    Raises :class:`UserError` when they have not come here yet.
    """
    return _read(writer, document, "")


def glimpse(writer: Writer, document: Id) -> bytes:
    """Return a document's bytes to make a small picture of; the access log says that it was shown so. Raises as
    :func:`contents`."""
    return _read(writer, document, SMALL)


SMALL = "small picture"
"""What the access log says of a document that was shown as a small picture."""


def _read(writer: Writer, document: Id, how: str) -> bytes:
    found = known(writer, document)
    data = writer.blob(bytes.fromhex(found.digest))
    if data is None:
        raise UserError(
            "The file is on its way: it is attached on another computer and has not come here yet.",
            "Synchronise when there is a net, and open it again.",
        )
    writer.log_access(Access.READ, "document", document, how)
    return data


def note_copy(
    writer: Writer, document: Id, to_whom: str = "", how: Access = Access.EXPORT, data: bytes | None = None
) -> None:
    """Note that a copy left the program: in the case's log of what was handed out, and in the access log.

    ``how`` is printed or saved (exported); ``data`` what was printed, where that is not the file itself. Final.
    """
    found = known(writer, document)
    whom = tidy("to_whom", to_whom, NAME_LENGTH)
    writer.act("Print" if how is Access.PRINT else "Save a copy", final=True)
    writer.create(
        Print(
            id=writer.new_id(),
            stream=found.stream,
            about=document,
            document="document",
            recipient=whom,
            printed_at=writer.now.replace(microsecond=0),
            sha256=found.digest if data is None else hashlib.sha256(data).hexdigest(),
            saved=how is not Access.PRINT,
        )
    )
    writer.log_access(how, "document", document, whom)


def file_name(document: Document | Listed) -> str:
    """Return the name of a copy: no title of ours holds a name of the child, so it is kind and day only."""
    day = "" if document.dated is None else f"-{document.dated.isoformat()}"
    return f"document{day}{document.suffix}"


def title_from(name: str) -> str:
    """Return a first title for a file: its name without ending and numbers of a camera."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.replace("\\", "/").rpartition("/")[2])
    words = re.sub(r"[_\s]+", " ", stem).strip(" -.")
    return (
        "" if re.fullmatch(r"(?:IMG|DSC|PXL|DCIM|Scan|image)?[-_ ]*[\d_ -]*", words, re.IGNORECASE) else words
    )
