"""What stands under each symbol of a genogram: the name in at most two lines, what the family calls her, the years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.family import MemberKind
from caseworker_app.domain.genogram_view import SeenMember
from caseworker_app.domain.genogram_words import GenogramWords
from caseworker_app.drawing.display_list import Item, Point, Text
from caseworker_app.drawing.genogram_signs import MM, GenogramColours
from caseworker_app.drawing.metrics import break_lines, text_width

SIZE, SMALL = 8.5, 7.5
WIDEST: Final = 25.0
"""Widest a line of a label may be, mm."""
_PITCH, _SMALL_PITCH = 3.5, 3.1


@dataclass(frozen=True, slots=True)
class Label:
    """Lines with their size, bold or slanted; ``width`` and ``height`` in mm."""

    lines: tuple[tuple[str, float, bool, bool], ...]
    width: float
    height: float

    def items(self, top: Point, colours: GenogramColours) -> list[Item]:
        """Return the lines set in the middle under ``top``."""
        found: list[Item] = []
        y = top[1]
        for text, size, bold, italic in self.lines:
            y += _PITCH if size == SIZE else _SMALL_PITCH
            ink = colours.ink if size == SIZE else colours.muted
            found.append(Text((top[0], y - 0.8), text, size, "middle", bold=bold, italic=italic, color=ink))
        return found


def label(member: SeenMember, words: GenogramWords) -> Label:
    """Return what stands under somebody."""
    name = words.names.get(member.id, member.name)
    lines = [(one, SIZE, member.child, False) for one in _fit(name, SIZE, 2, bold=member.child)]
    if member.role_words and member.role_words != name and not member.withheld:
        lines += [(one, SMALL, False, True) for one in _fit(member.role_words, SMALL, 1, italic=True)]
    years = years_of(member, words)
    if years:
        lines.append((years, SMALL, False, False))
    width = max((text_width(t, s, bold=b, italic=i) * MM for t, s, b, i in lines), default=0.0)
    height = sum(_PITCH if size == SIZE else _SMALL_PITCH for _text, size, _bold, _italic in lines)
    return Label(tuple(lines), width + 1.6, height)


def years_of(member: SeenMember, words: GenogramWords) -> str:
    """Return the years of somebody: "f. 1986", "1948–2019", "d. 2019", or that she is dead."""
    if member.kind is MemberKind.SIBLINGS:
        return ""
    if member.born is not None and member.died is not None:
        return f"{member.born}–{member.died}"
    if member.died is not None:
        return words.died.format(year=member.died)
    born = "" if member.born is None else words.born.format(year=member.born)
    return ", ".join(part for part in (born, words.dead if member.dead else "") if part)


def _fit(text: str, size: float, most: int, *, bold: bool = False, italic: bool = False) -> list[str]:
    """Return a text in at most so many lines; what does not fit ends in "…"."""
    lines = [line.strip() for line in break_lines(text, WIDEST / MM, size, bold=bold, italic=italic)]
    lines = [line for line in lines if line]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(f"{last}…", size, bold=bold, italic=italic) * MM > WIDEST:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]
