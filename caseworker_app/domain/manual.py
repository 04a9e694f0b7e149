"""The manual: short pages, each known by the places of the window it speaks of.

A page is a text file: its first line is ``# Title``, ``## Heading`` begins a section, what stands below is light markdown
(paragraphs, lists, ``**bold**``, ``*italic*``). The index says their order, places and pictures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

GUIDE = "quick-guide"
"""The page that is a paper of its own."""


class ManualFault(ValueError):
    """A page or index that is not written as one; the words are for whoever writes the manual."""


@dataclass(frozen=True, slots=True)
class ManualSection:
    """A heading (empty for what stands first on a page) and its markdown."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page. ``places`` are pages of the window, or a page and a part (``case:journal``); ``picture`` may be empty."""

    id: str
    title: str
    sections: tuple[ManualSection, ...]
    places: tuple[str, ...] = ()
    picture: str = ""

    @property
    def markdown(self) -> str:
        """The whole page as it is read on screen, without its picture."""
        return "\n\n".join([f"# {self.title}", *self._parts()])

    def _parts(self) -> Iterator[str]:
        for section in self.sections:
            yield f"## {section.heading}\n\n{section.text}" if section.heading else section.text


@dataclass(frozen=True, slots=True)
class Manual:
    """The pages in their order, and the guide of two pages that is printed."""

    pages: tuple[ManualPage, ...]
    guide: ManualPage

    def page_at(self, place: str) -> ManualPage:
        """Return the page of a place such as ``case:journal:entries``: the most particular there is, else the first."""
        known = {one: page for page in self.pages for one in page.places}
        while place:
            if place in known:
                return known[place]
            place = place.rpartition(":")[0]
        return self.pages[0]

    def search(self, words: str) -> tuple[ManualPage, ...]:
        """Return the pages that hold every word, in the order of the manual; all of them for no words."""
        wanted = words.casefold().split()
        return tuple(page for page in self.pages if all(word in page.markdown.casefold() for word in wanted))


def read_page(text: str, name: str) -> tuple[str, tuple[ManualSection, ...]]:
    """Return a page's title and sections. Raises :class:`ManualFault`."""
    first, _, rest = text.partition("\n")
    if not first.startswith("# ") or not first[2:].strip():
        raise ManualFault(f"{name}: the first line is not '# ' and a title")
    heading, lines = "", list[str]()
    found: list[ManualSection] = []

    def close() -> None:
        words = "\n".join(lines).strip()
        if heading or words:
            if not words:
                raise ManualFault(f"{name}: nothing stands under '{heading}'")
            found.append(ManualSection(heading, words))
        lines.clear()

    for line in rest.split("\n"):
        if line.startswith("# "):
            raise ManualFault(f"{name}: a second title")
        if line.startswith("## "):
            close()
            heading = line[3:].strip()
        else:
            lines.append(line.rstrip())
    close()
    if not found:
        raise ManualFault(f"{name}: the page is empty")
    return first[2:].strip(), tuple(found)


def read_manual(index: str, text_of: Callable[[str], str]) -> Manual:
    """Read the manual. ``text_of`` gives a page's file by its id; a place may lead to one page only.

    Raises :class:`ManualFault` for an index or page that is not written as one.
    """
    try:
        rows: list[dict[str, Any]] = tomllib.loads(index)["page"]
        pages = tuple(_page(row, text_of) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ManualFault(f"the index is not one: {error}") from None
    for kind, names in (
        ("page", [page.id for page in pages]),
        ("place", [p for page in pages for p in page.places]),
    ):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ManualFault(f"{kind} named twice: {', '.join(sorted(twice))}")
    if not pages:
        raise ManualFault("the index names no page")
    title, sections = read_page(text_of(GUIDE), GUIDE)
    return Manual(pages, ManualPage(GUIDE, title, sections))


def _page(row: dict[str, Any], text_of: Callable[[str], str]) -> ManualPage:
    strange = row.keys() - {"id", "places", "picture"}
    if strange:
        raise ManualFault(f"{row.get('id')}: unknown {', '.join(sorted(strange))}")
    title, sections = read_page(text_of(row["id"]), row["id"])
    return ManualPage(row["id"], title, sections, tuple(row.get("places", ())), row.get("picture", ""))
