"""Documents in words: sizes, kinds, what became of attaching."""

from __future__ import annotations

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.document import FILE_KIND_LABELS, FileKind
from caseworker_app.services.documents import Listed
from ui.widgets.documents.attacher import Attached
from ui.words import error_words, tr

_KILO = 1024


def size_words(size: int | None) -> str:
    """Return a size in KB, or from a megabyte on in MB with one decimal."""
    if size is None:
        return ""
    number = i18n.current().number
    if size < _KILO * _KILO:
        return f"{number(max(1, round(size / _KILO)))} KB"
    return f"{number(size / _KILO / _KILO, 1)} MB"


def kind_words(one: Listed) -> str:
    """Return what a file is; an office document and a mail with the ending it has."""
    word = tr(FILE_KIND_LABELS[one.kind])
    return f"{word} ({one.suffix})" if one.kind in (FileKind.OFFICE, FileKind.MAIL) else word


def facts_words(one: Listed) -> str:
    """Return kind, pages, size, day and sender on one line."""
    language = i18n.current().language
    pages = (
        i18n.ngettext("{n} page", "{n} pages", one.pages) if one.kind is FileKind.PDF and one.pages else ""
    )
    day = "" if one.dated is None else long_date(one.dated, language)
    sender = tr("from {name}", name=one.sender) if one.sender else ""
    return " · ".join(part for part in (kind_words(one), pages, size_words(one.size), day, sender) if part)


def said_words(told: Attached) -> str:
    """Return what is said when files have been attached; empty when none was."""
    number = len(told.made)
    if not number:
        return tr("Stopped: nothing was attached.") if told.cancelled else ""
    if told.cancelled:
        return i18n.ngettext(
            "Stopped: {n} file was attached before.", "Stopped: {n} files were attached before.", number
        )
    return i18n.ngettext(
        "{n} file is attached. Ctrl+Z takes it back.",
        "{n} files are attached. Ctrl+Z takes them back, one at a time.",
        number,
    )


def refused_words(told: Attached) -> tuple[str, tuple[str, ...]]:
    """Return what was not attached: one with its reason and ways out, several each with its reason."""
    if len(told.failed) == 1:
        name, error = told.failed[0]
        sentence, ways_out = error_words(error)
        return f"{name}: {sentence}" if name != ".png" else sentence, ways_out
    sentence = i18n.ngettext("{n} file was not attached.", "{n} files were not attached.", len(told.failed))
    return sentence, tuple(f"{name}: {error_words(error)[0]}" for name, error in told.failed)
