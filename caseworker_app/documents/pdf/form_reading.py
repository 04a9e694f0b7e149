"""What was filled in in a form that came back: the fields of a PDF's own form, by their names. Nothing in it is run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_

MOST_FIELDS = 500
LONGEST = 100_000
"""Longest text of one field, in characters."""


def read_fields(data: bytes) -> dict[str, str]:
    """Return the text fields of a PDF by name, empty ones left out.

    Raises :class:`UserError` when it is no PDF, is locked, or has no form.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            form = document.Root.get("/AcroForm")
            found = {} if form is None else dict(_fields(form.get("/Fields", []), ""))
            has_form = form is not None
    except pikepdf.PasswordError:
        raise UserError(N_("The file is locked with a password.")) from None
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        raise UserError(
            N_("The file could not be read as a PDF."), N_("Ask for it again, or write it in.")
        ) from None
    if not has_form:
        raise UserError(
            N_("There are no fields in this file: it was printed or scanned."),
            N_("Attach it as a document, and write in what it says."),
        )
    return found


def _fields(fields: Any, above: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > 8:
        return
    for field in list(fields)[:MOST_FIELDS]:
        name = ".".join(part for part in (above, str(field.get("/T", ""))) if part)
        value = field.get("/V")
        if value is not None and str(field.get("/FT", "/Tx")) == "/Tx":
            text = str(value)[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").strip()
            if name and text:
                yield name, text
        kids = field.get("/Kids")
        if kids is not None:
            yield from _fields(kids, name, depth + 1)
