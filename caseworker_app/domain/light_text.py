"""Text with light formatting: paragraphs, lists, **bold** and *italic*, written as plain text and read everywhere.

What is kept is what is typed; nothing in it can be lost or run. A line that begins with "- " is an item of a list; an
empty line ends a paragraph. Stars that open nothing are stars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKED = re.compile(r"(\*\*)(?=\S)(.+?)(?<=\S)\*\*|(\*)(?=[^\s*])(.+?)(?<=[^\s*])\*(?!\*)")
_ITEM = re.compile(r"^\s*[-•]\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list; a line break inside a paragraph is ``\\n`` in its runs."""

    runs: tuple[Run, ...]
    item: bool = False


def blocks(text: str) -> tuple[Block, ...]:
    """Return what a light text is made of."""
    made: list[Block] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            made.append(Block(tuple(_runs("\n".join(lines)))))
            lines.clear()

    for line in text.split("\n"):
        if not line.strip():
            close()
        elif _ITEM.match(line):
            close()
            made.append(Block(tuple(_runs(_ITEM.sub("", line, count=1))), item=True))
        else:
            lines.append(line.rstrip())
    close()
    return tuple(made)


def plain(text: str) -> str:
    """Return a light text without its marks: for search, for copying into a plain field."""
    parts = []
    for block in blocks(text):
        words = "".join(run.text for run in block.runs)
        parts.append(f"- {words}" if block.item else words)
    return "\n".join(parts)


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for found in _MARKED.finditer(text):
        if found.start() > at:
            yield Run(text[at : found.start()])
        bold = found[1] is not None
        yield Run(found[2] if bold else found[4], bold=bold, italic=not bold)
        at = found.end()
    if at < len(text):
        yield Run(text[at:])
