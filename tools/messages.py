"""The catalogues of words: ``python tools/messages.py extract | check | compile``.

``extract`` finds the msgids in the program (:mod:`tools.msgids`) and merges them into ``da.po``; no
translation is lost, and running it again changes nothing. ``compile`` writes the .mo files. ``check`` fails
when anything is missing, stale or does not fit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from tools.glossary import strays
from tools.msgids import Found, Survey, survey
from tools.plain_words import plain_words

ROOT: Final = Path(__file__).resolve().parent.parent
LANGUAGES: Final = ("da", "en")
NEEDED: Final = "da"
"""The language that must have every word; English may leave a msgid as it is."""
_FORMS: Final = 2  # Danish and English have a singular and a plural
_UNDATED: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # the same words always make the same file

Key = tuple[str, str]
"""Context (empty for none) and msgid."""


@dataclass(frozen=True)
class Words:
    """One entry of a catalogue: a msgid and its translation, one form or two."""

    msgid: str
    context: str = ""
    plural: str = ""
    forms: tuple[str, ...] = ("",)
    fuzzy: bool = False
    put_by: bool = False
    comments: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What the program looks it up by."""
        return (self.context, self.msgid)


@dataclass
class Book:
    """A catalogue as read: its entries, and the msgids that were given two different translations."""

    language: str
    entries: dict[Key, Words]
    doubles: list[str]


class _Listener:
    """What Babel's parser writes into: every entry in turn, where a catalogue would merge twins."""

    num_plurals = _FORMS

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.obsolete: dict[Any, Any] = {}

    def __setitem__(self, msgid: object, message: Any) -> None:
        if msgid:
            self.heard.append(message)

    @staticmethod
    def _key_for(msgid: object, context: object = None) -> tuple[object, object]:
        return (msgid, context)


def read(path: Path) -> Book:
    """Read a .po file; an absent one is empty. Of twins the first with words is kept.

    Raises ``PoFileError`` when the file is damaged.
    """
    listener = _Listener()
    if path.exists():
        PoFileParser(listener, abort_invalid=True).parse(path.read_text(encoding="utf-8").splitlines())
    book = Book(path.stem, {}, [])
    put_by = [_words(message, put_by=True) for message in listener.obsolete.values()]
    for words in [_words(message) for message in listener.heard] + put_by:
        before = book.entries.get(words.key)
        if before is None or not any(before.forms):
            book.entries[words.key] = words
        elif any(words.forms) and words.forms != before.forms and not words.put_by:
            book.doubles.append(words.msgid)
    return book


def _words(message: Any, *, put_by: bool = False) -> Words:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return Words(
        ids[0],
        message.context or "",
        ids[1],
        tuple(forms),
        message.fuzzy,
        put_by,
        tuple(message.user_comments),
    )


def merge(book: Book, seen: Survey, *, prune: bool) -> None:
    """Bring a catalogue in line with the program.

    Words without a place in the program stay, unless ``prune`` puts them by (``#~`` in the file); words that
    were put by come back with their msgid.
    """
    for key, words in list(book.entries.items()):
        if key not in seen.found and not any(words.forms):
            del book.entries[key]
        elif key not in seen.found:
            book.entries[key] = replace(words, put_by=words.put_by or prune, files=())
    for key, entry in seen.found.items():
        old = book.entries.get(key, Words(entry.msgid, entry.context))
        count = _FORMS if entry.plural else 1
        forms = (*old.forms, *[""] * count)[:count]
        book.entries[key] = replace(
            old, plural=entry.plural, forms=forms, put_by=False, files=tuple(sorted(entry.files))
        )


def po_bytes(book: Book) -> bytes:
    """Return the .po file: entries in the order of their msgids, then what is put by."""
    ordered = sorted(book.entries.values(), key=lambda words: (words.msgid, words.context))
    return _filed(write_po, book.language, ordered, width=100, include_lineno=False)


def mo_bytes(book: Book) -> bytes:
    """Return the .mo file: what has words."""
    kept = [words for words in book.entries.values() if any(words.forms) and not words.put_by]
    return _filed(write_mo, book.language, kept)


def _filed(write: Any, language: str, entries: Iterable[Words], **options: object) -> bytes:
    catalog = Catalog(
        locale=language, project="Tæt på", version="1", fuzzy=False, last_translator="Tæt på", language_team=language,
        msgid_bugs_address="none", copyright_holder="Tæt på", charset="utf-8",
        header_comment="# The words of Tæt på. Append entries at the end; extract puts them in order.",
        creation_date=_UNDATED, revision_date=_UNDATED,
    )  # fmt: skip
    by = Catalog(locale=language)
    for words in entries:
        target = by if words.put_by else catalog
        target.add(
            (words.msgid, words.plural) if words.plural else words.msgid,
            words.forms if words.plural else words.forms[0],
            locations=[(file, None) for file in words.files],
            flags=("fuzzy",) if words.fuzzy else (),
            user_comments=words.comments,
            context=words.context or None,
        )
    catalog.obsolete.update({(m.context or "", _words(m).msgid): m for m in by if m.id})
    out = io.BytesIO()
    write(out, catalog, **options)
    return out.getvalue()


def check(root: Path, folder: Path) -> list[str]:
    """Return what is wrong, one line each; nothing when all is well."""
    seen = survey(root)
    problems = [*seen.problems, *plain_words(root)]
    problems += [f"{_where(e)}: {w!r} has braces that are no named field" for e in seen.found.values()
                 for w in (e.msgid, e.plural) if _fields(w) is None]  # fmt: skip
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        try:
            book = read(path)
        except PoFileError as error:
            problems.append(f"{path.name}: {error}")
            continue
        problems += [f"{path.name}: {problem}" for problem in _faults(book, seen)]
        if language == NEEDED:
            problems += [f"{path.name}: {problem}" for problem in (*_gaps(book, seen), *_wrong_terms(book))]
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != mo_bytes(book):
            problems.append(f"{compiled.name}: is not what {path.name} says; run compile")
    return problems


def _faults(book: Book, seen: Survey) -> Iterator[str]:
    yield from (f"two translations of {msgid!r}" for msgid in book.doubles)
    for words in book.entries.values():
        entry = seen.found.get(words.key)
        if words.put_by:
            continue
        if entry is None:
            yield f"nothing in the program says {words.msgid!r}"
        elif words.plural != entry.plural:
            yield f"stale: the plural of {words.msgid!r} has changed; run extract"
        else:
            yield from _misfits(words)


def _misfits(words: Words) -> Iterator[str]:
    for index, form in enumerate(words.forms if any(words.forms) else ()):
        original = words.plural if words.plural and index else words.msgid
        if form and _fields(form) != _fields(original):
            yield f"{form!r} does not have the fields of {original!r}"


def _gaps(book: Book, seen: Survey) -> Iterator[str]:
    for key, entry in seen.found.items():
        words = book.entries.get(key)
        if words is None or words.put_by:
            yield f"stale: {entry.msgid!r} ({_where(entry)}) is not in it; run extract"
        elif words.fuzzy or not all(words.forms):
            yield f"not translated: {entry.msgid!r} ({_where(entry)})"


def _wrong_terms(book: Book) -> Iterator[str]:
    """What is not called as the glossary has it."""
    for words in book.entries.values():
        if not words.put_by and any(words.forms):
            for stray in strays(
                f"{words.msgid} {words.plural}".strip() if words.plural else words.msgid,
                " ".join(words.forms),
            ):
                yield f"{words.msgid!r} is {words.forms[0]!r}, but the glossary says that {stray}"


def _fields(words: str) -> set[str] | None:
    """The named fields of a text; ``None`` when its braces are anything else."""
    try:
        parts = [part[1:] for part in string.Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    names = {name for name, form, conversion in parts if name and not form and not conversion}
    return names if len(parts) == sum(1 for part in parts if part[0] in names) and _plain(names) else None


def _plain(names: set[str]) -> bool:
    return all(name.isidentifier() for name in names)


def _where(entry: Found) -> str:
    return ", ".join(sorted(entry.files))


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step, when it differs, and say so."""
    if not path.exists() or path.read_bytes() != content:
        beside = path.with_suffix(f"{path.suffix}.new")
        beside.write_bytes(content)
        beside.replace(path)
        print(f"{path.name} changed")


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run one command; return 0 when all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=("extract", "check", "compile"))
    parser.add_argument(
        "--prune", action="store_true", help="put by what nothing in the program says any more"
    )
    options = parser.parse_args(arguments)
    folder = root / "resources" / "translations"
    if options.command == "check":
        problems = check(root, folder)
        print(*problems, f"{len(problems)} problems", sep="\n")
        return bool(problems)
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        book = read(path)
        if options.command == "compile":
            _write(path.with_suffix(".mo"), mo_bytes(book))
            continue
        if language == NEEDED:
            merge(book, survey(root), prune=options.prune)
        _write(path, po_bytes(book))
    return 0


if __name__ == "__main__":
    sys.exit(main())
