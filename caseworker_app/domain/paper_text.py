"""A filled page as plain words, for where there is no paper: Digital Post, a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caseworker_app.domain.templates import (
    FilledBlock,
    FilledHeading,
    FilledLines,
    FilledList,
    FilledPairs,
    FilledParagraph,
    FilledSign,
    FilledTable,
)


def words_of(blocks: Iterable[FilledBlock]) -> str:
    """Return the page as plain text: headings on lines of their own, points with a dash or a number."""
    parts: list[str] = []
    tight = False
    for block in blocks:
        words = "\n".join(_lines(block))
        close = isinstance(block, FilledParagraph) and block.look == "tight"
        if not words:
            continue
        if parts and ((close and tight) or _headed(parts[-1])):
            parts[-1] += "\n" + words
        else:
            parts.append(words)
        tight = close
        if isinstance(block, FilledHeading) and block.level > 1:
            parts[-1] += _MARK
    return "\n\n".join(parts).replace(_MARK, "")


_MARK = "\x00"
"""Stands after a heading until what it heads is put under it."""


def _headed(words: str) -> bool:
    return words.endswith(_MARK)


def _lines(block: FilledBlock) -> Iterator[str]:
    match block:
        case FilledHeading(_level, text) | FilledParagraph(text, _level):
            yield text
        case FilledList(items, ordered):
            for number, item in enumerate(items, start=1):
                yield f"{number}. {item}" if ordered else f"- {item}"
        case FilledPairs(pairs):
            for name, text in pairs:
                yield f"{name}: {text}"
        case FilledTable(_columns, rows):
            for row in rows:
                yield " | ".join(" ".join(cell) for cell in row)
        case FilledSign(text):
            yield text
        case FilledLines():
            return
