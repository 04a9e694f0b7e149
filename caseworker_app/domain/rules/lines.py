"""Where in a TOML text a key stands: the standard library's reader does not say, and an error must.

An index, not a second reader: the text has been read by ``tomllib`` before, so only the shape of lines matters.
"""

from __future__ import annotations

import re
from typing import Final

Path = tuple[str | int, ...]
"""Keys and, within arrays, numbers from 0: ``("rules", "foster", "then", 1, "every")``."""

_HEADER: Final = re.compile(r"\s*(\[\[|\[)\s*([^\[\]]+?)\s*\]")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_.\"'-]+)\s*=")
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')


class Lines:
    """The lines of one text by path; made once, asked only when something is wrong."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._spans: dict[Path, tuple[int, int]] = {}
        self._counts: dict[Path, int] = {}
        self._index()

    def of(self, path: Path, word: str = "") -> int:
        """Return the line (from 1) of a key, or of the nearest table around it; 0 where there is none.

        ``word`` is looked for within the statement, for keys and values of inline tables.
        """
        names = [word] if word else []
        for length in range(len(path), 0, -1):
            span = self._spans.get(path[:length])
            if span is not None:
                names += [str(part) for part in reversed(path[length:]) if isinstance(part, str)]
                return self._within(span, names)
        return self._within((0, len(self._lines)), names[:1]) if names and len(path) == 1 else 0

    def _within(self, span: tuple[int, int], names: list[str]) -> int:
        for name in names:
            sought = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            for number in range(*span):
                if sought.search(self._lines[number]):
                    return number + 1
        return span[0] + 1 if span != (0, len(self._lines)) else 0

    def _index(self) -> None:
        table: Path = ()
        number = 0
        while number < len(self._lines):
            line = self._lines[number]
            header, key = _HEADER.match(line), _KEY.match(line)
            last = number
            if header:
                table = self._table(header[2], many=header[1] == "[[")
                span = (number, self._end_of_table(number))
                self._spans[table] = span
                for length in range(1, len(table)):  # a table that only stands in others' headers
                    self._spans.setdefault(table[:length], span)
            elif key:
                last = self._end_of_statement(number)
                self._spans[(*table, *_parts(key[1]))] = (number, last + 1)
            number = last + 1

    def _table(self, name: str, *, many: bool) -> Path:
        path: Path = ()
        parts = _parts(name)
        for at, part in enumerate(parts):
            path = (*path, part)
            if many and at == len(parts) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _end_of_table(self, number: int) -> int:
        for later in range(number + 1, len(self._lines)):
            if _HEADER.match(self._lines[later]):
                return later
        return len(self._lines)

    def _end_of_statement(self, number: int) -> int:
        """The last line of a statement that may run over several: open brackets, or a text in triple quotes."""
        depth, quote = 0, ""
        for at in range(number, len(self._lines)):
            line = self._lines[at]
            for mark in ('"""', "'''"):
                if quote in ("", mark) and line.count(mark) % 2:
                    quote = "" if quote else mark
            bare = _TEXT.sub("", line)
            if not quote:
                depth += sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")
                if depth <= 0:
                    return at
        return len(self._lines) - 1


def _parts(name: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
