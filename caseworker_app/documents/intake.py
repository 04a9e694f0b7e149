"""Taking a file in: what it is by its own bytes, its words for the search, and pictures without what a camera adds.

Runs in the worker process: a file from outside is read nowhere near the window. Nothing touches the disk.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.document import MOST_BYTES, FileKind, Taken
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.typed_text import tidied

MOST_PIXELS: Final = 80_000_000
"""Larger pictures are not opened: 200 million pixels are 600 MB of memory. A telephone's are 12-50 million."""
LONGEST_SIDE: Final = 2400
"""Pictures are scaled to so many pixels: an A4 page at 200 dots an inch."""
_QUALITY: Final = 85
_MOST_TEXT: Final = 400_000
_MOST_PAGES: Final = 300
_OFFICE: Final[Mapping[str, FileKind]] = {
    ".docx": FileKind.OFFICE,
    ".xlsx": FileKind.OFFICE,
    ".pptx": FileKind.OFFICE,
    ".odt": FileKind.OFFICE,
    ".ods": FileKind.OFFICE,
    ".msg": FileKind.MAIL,
    ".eml": FileKind.MAIL,
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Intake:
    """A file from outside: its name (for its ending only) and its bytes."""

    name: str
    data: bytes


def take_in(job: Intake) -> Taken:
    """Return the file as it is to be kept. Raises :class:`UserError` for one that is too large, damaged, locked, or of
    a kind that is not kept."""
    data = job.data
    if not data:
        raise UserError(N_("The file is empty."), N_("Choose another file."))
    if len(data) > MOST_BYTES:
        raise UserError(
            N_("The file is {size} MB; there is room for {most} MB."),
            N_("Save it smaller, or attach it in parts."),
            size=round(len(data) / 1_048_576),
            most=MOST_BYTES // 1_048_576,
        )
    suffix = _suffix(job.name)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(data)
    if _is_picture(data):
        return _picture(data)
    if suffix in (".pdf", ".jpg", ".jpeg", ".png"):
        raise _damaged()
    if suffix in _OFFICE and (data.startswith((_ZIP, _OLE)) or suffix == ".eml"):
        return Taken(_OFFICE[suffix], suffix, data)
    if suffix in (".txt", ".md", ".csv"):
        return _text(data, suffix)
    raise UserError(
        N_("Files of this kind are not kept here."),
        N_("PDF, pictures, plain text, office documents and saved mail can be attached."),
        N_("Print the file to PDF and attach that."),
    )


def _suffix(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() and len(ending) <= 5 else ""


def _damaged() -> UserError:
    return UserError(
        N_("The file cannot be read: it is damaged, or is not what its name says."),
        N_("Nothing was attached. Open it in the program it was made with, and save it again."),
    )


def _pdf(data: bytes) -> Taken:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UserError(
                N_("The PDF is locked with a password."),
                N_("Open it, save it without the password, and attach that."),
            ) from None
        raise _damaged() from None
    try:
        pages = len(document)
        if not pages:
            raise _damaged()
        words: list[str] = []
        length = 0
        for number in range(min(pages, _MOST_PAGES)):
            page = document[number]
            said = page.get_textpage().get_text_bounded()
            page.close()
            words.append(said)
            length += len(said)
            if length > _MOST_TEXT:
                break
    except pypdfium2.PdfiumError:
        raise _damaged() from None
    finally:
        document.close()
    return Taken(FileKind.PDF, ".pdf", data, pages, tidied("\n".join(words), lines=True)[:_MOST_TEXT])


def _is_picture(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    )


def _picture(data: bytes) -> Taken:
    """Return a picture upright, at most :data:`LONGEST_SIDE` pixels long, without place, time or camera."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise UserError(
                    N_("The picture has {size} million pixels; there is room for {most} million."),
                    N_("Take it again with a smaller setting, or save it smaller."),
                    size=round(width * height / 1e6),
                    most=round(MOST_PIXELS / 1e6),
                )
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            drawn = opened.format == "PNG"
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            clean = Image.new("RGB", upright.size, "white")
            clean.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    except Image.DecompressionBombError:
        raise UserError(
            N_("The picture has more pixels than there is room for; {most} million can be kept."),
            N_("Take it again with a smaller setting, or save it smaller."),
            most=round(MOST_PIXELS / 1e6),
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise _damaged() from None
    made = io.BytesIO()
    if drawn:
        clean.save(made, "PNG", optimize=True)
        return Taken(FileKind.PICTURE, ".png", made.getvalue())
    clean.save(made, "JPEG", quality=_QUALITY)
    return Taken(FileKind.PICTURE, ".jpg", made.getvalue())


def _text(data: bytes, suffix: str) -> Taken:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return Taken(FileKind.TEXT, suffix, data, 1, tidied(text, lines=True)[:_MOST_TEXT])
    raise _damaged()
