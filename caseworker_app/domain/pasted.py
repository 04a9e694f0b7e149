"""What is pasted into an entry, as light text: of a web page paragraphs, lists, bold and italic are kept."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

MOST_HTML = 300_000
"""A page of more characters is read as plain text: taking it apart would hold up the typing."""
LONGEST_LINE = 4_000
"""A line of more characters is broken at a space: no page has one, and setting it would hold up the typing."""
_SILENT = frozenset({"head", "script", "style", "template", "title", "noscript", "svg"})
_BREAKS = frozenset(
    {"address", "article", "blockquote", "div", "dl", "dt", "dd", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"}
)  # fmt: skip
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")
_EMPTY = re.compile(r"\n{3,}")


def from_plain(text: str) -> str:
    """Return pasted plain text as it is kept: one kind of line end, nothing that cannot be seen, no endless line."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = (
        "".join(c for c in line if c == "\t" or not unicodedata.category(c).startswith("C")) for line in lines
    )
    return "\n".join(piece for line in seen for piece in _pieces(line))


def from_html(html: str) -> str:
    """Return a pasted web page as light text. Raises ``ValueError`` for one that is too long to be taken apart."""
    if len(html) > MOST_HTML:
        raise ValueError("too long")
    reader = _Page()
    reader.feed(html)
    reader.close()
    lines = ("\n".join(_BLANKS.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))).strip()
    return from_plain(_EMPTY.sub("\n\n", lines))


def _pieces(line: str) -> list[str]:
    pieces = []
    while len(line) > LONGEST_LINE:
        cut = line.rfind(" ", 1, LONGEST_LINE)
        cut = cut if cut > 0 else LONGEST_LINE
        pieces.append(line[:cut])
        line = line[cut:].lstrip(" ")
    return [*pieces, line]


class _Page(HTMLParser):
    """Gathers what is read of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._add("\n")
        elif tag == "li":
            self._add("\n- ")
        elif tag in ("td", "th"):
            self._add(" ")
        elif tag in _BREAKS:
            self._add("\n\n" if tag not in ("tr", "ul", "ol") else "\n")
        elif tag in _MARKS and _weighty(attrs) and not self._open:
            self._open.append(tag)
            self._add(_MARKS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._open and tag == self._open[-1]:
            self._open.pop()
            self._close_mark(_MARKS[tag])
        elif tag in _BREAKS and tag not in ("ul", "ol", "tr"):
            self._add("\n\n")

    def _close_mark(self, mark: str) -> None:
        """Put the mark against the last letter: a space before it would make it a star."""
        trailing = ""
        while self.parts and self.parts[-1] != mark and self.parts[-1].rstrip() != self.parts[-1]:
            last = self.parts.pop()
            trailing = last[len(last.rstrip()) :] + trailing
            if last.rstrip():
                self.parts.append(last.rstrip())
        if self.parts and self.parts[-1] == mark:  # nothing stands between
            self.parts.pop()
            mark = ""
        self._add(mark + trailing)

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if self._open and self.parts and self.parts[-1] == _MARKS[self._open[-1]] and text.startswith(" "):
            self.parts.insert(-1, " ")
            text = text[1:]
        if text:
            self._add(text)

    def _add(self, text: str) -> None:
        if not self._silent:
            self.parts.append(text)


def _weighty(attrs: list[tuple[str, str | None]]) -> bool:
    """Whether a mark means what it says: a word processor wraps whole pages in ``<b style="font-weight:normal">``."""
    return not any(name == "style" and "normal" in (value or "") for name, value in attrs)
