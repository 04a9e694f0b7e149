"""What is kept of a text as it was typed or pasted.

Kept: every letter, mark, sign and emoji, also newer ones than this Python knows. Line ends of all kinds become ``\\n``,
blanks of all kinds a space. Left out is what cannot be seen and does something else than it shows: control characters,
the signs that turn the direction of writing (a name must not turn round what stands after it), zero-width blanks, soft
hyphens, private characters, halves of characters. Joiners stay where they join: between two letters of a script that
uses them, or two parts of an emoji; between Latin letters they would only make two names differ that look alike.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})
_BLACK_FLAG = "\U0001f3f4"


def tidied(text: str, *, lines: bool = True) -> str:
    """Return what is kept of a text, without outer space; without ``lines`` it is one line."""
    text = _LINE_ENDS.sub("\n", text)
    if not lines:
        text = text.replace("\n", " ")
    if not text.isprintable():
        text = "".join(_kept(text, place) for place in range(len(text)))
    return text.strip()


def _kept(text: str, place: int) -> str:
    """Return what stands for one character: itself, a space, or nothing."""
    character = text[place]
    if character.isprintable() or character == "\n":
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    if character in _JOINERS:
        return character if _joins(text, place) else ""
    if _is_tag(character):
        return character if place and (text[place - 1] == _BLACK_FLAG or _is_tag(text[place - 1])) else ""
    return character if unicodedata.category(character) == "Cn" and not _is_nonentity(character) else ""


def _joins(text: str, place: int) -> bool:
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(_is_joined(character) for character in around)


def _is_joined(character: str) -> bool:
    return unicodedata.category(character) in _JOINED or (
        unicodedata.category(character) == "Cn" and not _is_nonentity(character)
    )


def _is_tag(character: str) -> bool:
    """Whether it is one of the signs that say, after a flag, whose flag it is."""
    return 0xE0020 <= ord(character) <= 0xE007F


def _is_nonentity(character: str) -> bool:
    """Whether Unicode will never give the code a meaning."""
    return 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE
