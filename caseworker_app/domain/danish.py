"""Danish names and lists: genitive, alphabetical order, enumeration, first name and initials.

Sources: Retskrivningsordbogen (Dansk Sprognævn, 4th edition) § 21 for the genitive, § 6 for the apostrophe, §
4 for the alphabetical order.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_SIBILANTS: Final = frozenset("sxzß")
_APOSTROPHES: Final = frozenset("'’")

_AE, _OE, _AA = "{", "|", "}"  # the three characters after z in ASCII: æ, ø, å come last, in this order
_LETTERS: Final = {
    "æ": _AE, "ä": _AE, "ø": _OE, "ö": _OE, "ő": _OE, "å": _AA, "ü": "y", "ű": "y",
    "ð": "d", "đ": "d", "þ": "th", "œ": "oe", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "ĸ": "k", "ŋ": "ng",
}  # fmt: skip
_PLAIN_FIRST: Final = str.maketrans({"å": "`", "æ": _AE, "ø": _OE})
"""Between two spellings of one name å stands before aa, æ before ä, ø before ö; other accents come after none
anyway."""
_DIGITS: Final = re.compile(r"[0-9]+")
_SEPARATOR: Final = "\x01"


def genitive(name: str) -> str:
    """Return the name's genitive: ``Emmas``, ``Jonas'``, ``Felix'``; nothing for an empty name.

    After a full stop it is ``s`` (``jr.s``); after a digit, a sign or a script without Latin letters ``'s``,
    so that the seam is seen.
    """
    bare = name.strip()
    if not bare or bare[-1] in _APOSTROPHES:
        return bare
    last = _base(bare)
    if last in _SIBILANTS:
        return f"{bare}'"
    if last == "." or (last.isascii() and last.isalpha()) or last in _LETTERS:
        return f"{bare}s"
    return f"{bare}'s"


def sort_key(text: str) -> str:
    """Return a key that sorts in Danish order when compared by code point (Python ``str``, SQLite BINARY).

    æ ø å come last and aa counts as å; ü as y, ä as æ, ö as ø, ð as d, þ as th, œ as oe; other accents do not
    count unless all else is equal. Then the plain spelling comes first, then the capital. Order is word by
    word (a space or a hyphen before any letter), digits come before letters and by value, other signs do not
    count. Different texts have different keys.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    letters = "".join(_primary(char) for char in folded.replace("aa", "å"))
    primary = " ".join(_DIGITS.sub(_number, letters).split())
    spelling = "".join(char for char in folded.translate(_PLAIN_FIRST) if char >= " ")
    return _SEPARATOR.join((primary, spelling, text))


def join_and(items: Iterable[str], language: str = "da") -> str:
    """Return ``a, b og c`` (``a, b and c`` in English); empty for none."""
    *first, last = list(items) or [""]
    word = "og" if language == "da" else "and"
    return f"{', '.join(first)} {word} {last}" if first else last


def first_name(name: str) -> str:
    """Return the name one is called by: the first word, or the first after the comma in ``Holm, Emma``."""
    _, _, after = name.partition(",")
    words = (after if after.strip() else name).split()
    return words[0].rstrip(",") if words else ""


def initials(name: str) -> str:
    """Return the first letters of the words, ``ELH`` for "Emma Louise Holm"; words without a letter are left
    out."""
    last, comma, first = name.partition(",")
    words = (f"{first} {last}" if comma else name).split()
    letters = (
        next((char for char in unicodedata.normalize("NFC", word) if char.isalpha()), "") for word in words
    )
    return "".join(letter.upper()[:1] for letter in letters)


def _base(word: str) -> str:
    """The last letter, small and without its accents."""
    marks = unicodedata.normalize("NFC", word[-8:]).casefold()
    if marks[-1] in _LETTERS:
        return marks[-1]
    plain = [char for char in unicodedata.normalize("NFKD", marks) if not unicodedata.combining(char)]
    return plain[-1] if plain else ""


@functools.lru_cache(maxsize=1024)
def _primary(char: str) -> str:
    """What one folded character counts as; empty for accents and signs."""
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char.isspace():
        return " "
    if "a" <= char <= "z":
        return char
    parts = unicodedata.decomposition(char).split()
    if parts:
        if parts[0].startswith("<"):
            parts = parts[1:]
        return "".join(_primary(chr(int(part, 16))) for part in parts)
    return char if category[0] == "L" else ""


def _number(match: re.Match[str]) -> str:
    """Digits so that they sort by value: their count first."""
    digits = match[0].lstrip("0")
    return f"{len(digits):05d}{digits}"
