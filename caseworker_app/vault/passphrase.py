"""How hard a passphrase is to guess, as a word, a bar from 0 to 4 and advice; and its form before hashing.

A plain estimate: the passphrase is cut into the pieces a guesser would try (common words, what reads like a
word, keyboard rows, years and dates, repeats, single characters), each with the bits it costs, and the
cheapest cutting counts. It errs on the low side for random letters, and knows only the few hundred words of
``resources/passphrases``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from caseworker_app.vault.errors import OpenError, Reason
from resources import text as resource_text

N_ = str  # marks a literal as a msgid
MINIMUM_LENGTH = 12
MINIMUM_SCORE = 2
LONGEST = 1024
"""Characters; a longer passphrase is a file pasted by mistake."""
_LOOKED_AT = 128

WORDS_FOR_SCORE = (N_("very weak"), N_("weak"), N_("fair"), N_("good"), N_("strong"))
_BITS_FOR_SCORE = (28.0, 42.0, 58.0, 74.0)  # to reach 1, 2, 3, 4

_ADVICE = {
    "length": N_("Use at least 12 characters. Several words with spaces are easiest to remember."),
    "own": N_("Leave out your own name, your workplace and the like."),
    "word": N_("Common words are guessed first. Join four or more words that do not belong together."),
    "row": N_("Rows of the keyboard and the alphabet, such as qwerty and 1234, are guessed first."),
    "date": N_("Years, dates and person numbers are guessed first."),
    "repeat": N_("Repeating the same characters or words adds almost nothing."),
    "more": N_("One more word would make it much stronger."),
}


@dataclass(frozen=True)
class Strength:
    """How strong a passphrase is: ``score`` 0-4 (the bar), ``advice_msgids`` (most useful first)."""

    score: int
    advice_msgids: tuple[str, ...]
    length: int

    @property
    def word_msgid(self) -> str:
        """The word beside the bar, as a msgid."""
        return WORDS_FOR_SCORE[self.score]

    @property
    def is_enough(self) -> bool:
        """Whether it may be used: at least 12 characters and score 2."""
        return self.length >= MINIMUM_LENGTH and self.score >= MINIMUM_SCORE


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    bits: float
    kind: str


def normalise(passphrase: str) -> bytes:
    """Return the bytes that are hashed: the same on every keyboard and system (RFC 8265, OpaqueString).

    Canonical composition (NFC), every kind of space as a plain one, UTF-8. Raises :class:`OpenError`:
    ``EMPTY_PASSPHRASE``, ``LONG_PASSPHRASE`` (``limit``), ``TEXT_PASSPHRASE`` for what is not text.
    """
    if not passphrase:
        raise OpenError(Reason.EMPTY_PASSPHRASE)
    if len(passphrase) > LONGEST:
        raise OpenError(Reason.LONG_PASSPHRASE, limit=LONGEST)
    try:
        return _composed(passphrase).encode("utf-8")
    except UnicodeEncodeError:
        raise OpenError(Reason.TEXT_PASSPHRASE) from None


def strength(passphrase: str, own_words: Iterable[str] = ()) -> Strength:
    """Estimate ``passphrase``, at every key pressed. ``own_words``: the user's name, workplace and so on."""
    text = _composed(passphrase[:LONGEST])
    bits, kinds = _cheapest(text[:_LOOKED_AT], frozenset(_split(own_words)))
    score = sum(bits >= needed for needed in _BITS_FOR_SCORE)
    if len(text) < MINIMUM_LENGTH:
        score = min(score, MINIMUM_SCORE - 1)
        kinds.add("length")
    if score < len(_BITS_FOR_SCORE) and not kinds:
        kinds.add("more")
    if score == len(_BITS_FOR_SCORE):
        kinds = set()
    return Strength(score, tuple(_ADVICE[kind] for kind in _ADVICE if kind in kinds), len(text))


def _composed(passphrase: str) -> str:
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in passphrase)
    return unicodedata.normalize("NFC", spaced)


def _split(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield from (part for part in re.split(r"\W+", word.lower()) if len(part) >= 3)


def _cheapest(text: str, own: frozenset[str]) -> tuple[float, set[str]]:
    """Return the bits of the cheapest cutting of ``text``, and the kinds of piece in it to advise against."""
    ending: dict[int, list[_Piece]] = {}
    for piece in _pieces(text, own):
        ending.setdefault(piece.end, []).append(piece)
    best: list[tuple[float, _Piece | None]] = [(0.0, None)]
    for end in range(1, len(text) + 1):
        choices = [_Piece(end - 1, end, _character_bits(text[end - 1]), ""), *ending.get(end, ())]
        best.append(min(((best[p.start][0] + p.bits, p) for p in choices), key=lambda choice: choice[0]))
    kinds, end = set(), len(text)
    while (last := best[end][1]) is not None:
        kinds.add(last.kind)
        end = last.start
    return best[-1][0], kinds - {""}


def _pieces(text: str, own: frozenset[str]) -> Iterator[_Piece]:
    yield from _words(text, own)
    yield from _wordlike(text.lower())
    yield from _rows(text.lower())
    yield from _dates(text)
    yield from _repeats(text.lower())


def _character_bits(letter: str) -> float:
    if letter.isdigit():
        return math.log2(10)
    if letter.isalpha():
        known = letter.lower() in "abcdefghijklmnopqrstuvwxyzæøå"
        return (3.6 if known else 6.0) + (1.0 if letter.isupper() else 0.0)
    return 2.0 if letter == " " else 5.0


_LEET = (str.maketrans("013457@$!€", "oieastasie"), str.maketrans("013457@$!€", "oleastasle"))


def _words(text: str, own: frozenset[str]) -> Iterator[_Piece]:
    """Yield the common and own words in ``text``, also with a capital or with digits for letters."""
    common, longest = _common_words()
    longest = max([longest, *map(len, own)])
    plain = text.lower()
    if len(plain) != len(text):
        return  # a letter whose small form is two characters
    for spelled, extra in ((plain, 0.0), (plain.translate(_LEET[0]), 2.0), (plain.translate(_LEET[1]), 2.0)):
        for start in range(len(text) - 2):
            for end in range(start + 3, min(len(text), start + longest) + 1):
                word = spelled[start:end]
                capital = 0.0 if text[start:end] == plain[start:end] else 1.0
                if word in own:
                    yield _Piece(start, end, 3.0 + extra + capital, "own")
                elif word in common:
                    yield _Piece(start, end, math.log2(len(common)) + extra + capital, "word")


def _wordlike(text: str) -> Iterator[_Piece]:
    """Yield stretches of 4 to 24 letters that can be spoken: a guesser takes them from a large dictionary.

    A word of 4 letters is put at 14 bits, each letter more at 2. Letters of other alphabets count as spoken.
    """
    for run in re.finditer(r"[^\W\d_]{4,}", text):
        for start in range(run.start(), run.end() - 3):
            for end in range(start + 4, min(run.end(), start + 24) + 1):
                if not _UNSPOKEN.search(text, start, end):
                    yield _Piece(start, end, 14.0 + 2.0 * (end - start - 4), "")


_UNSPOKEN = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|[aeiouyæøå]{4}")


@lru_cache(maxsize=1)
def _common_words() -> tuple[frozenset[str], int]:
    lines = [
        line
        for name in ("common_da.txt", "common_en.txt")
        for line in resource_text("passphrases", name).splitlines()
        if not line.startswith("#")
    ]
    words = frozenset(word for line in lines for word in line.split() if len(word) >= 3)
    return words, max(map(len, words))


_ROWS = (
    "1234567890", "0123456789", "qwertyuiopå", "asdfghjklæø", "zxcvbnm,.-", "azertyuiop", "qwertzuiop",
    "abcdefghijklmnopqrstuvwxyzæøå", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
)  # fmt: skip


def _rows(text: str) -> Iterator[_Piece]:
    """Yield runs along the keyboard or the alphabet, both ways: 3 digits or 4 letters at least."""
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(text)):
            end = start
            while end < len(text) and text[start : end + 1] in row:
                end += 1
            if end - start >= (3 if text[start:end].isdigit() else 4):
                yield _Piece(start, end, 7.0 + 0.3 * (end - start), "row")


_DATE = re.compile(r"(?=((?:0[1-9]|[12]\d|3[01]|[67]\d)[./ -]?(?:0[1-9]|1[0-2])[./ -]?(?:(?:19|20)?\d\d)))")
_YEAR = re.compile(r"(?=((?:19|20)\d\d))")


def _dates(text: str) -> Iterator[_Piece]:
    for match in _YEAR.finditer(text):
        yield _Piece(*match.span(1), 7.0, "date")
    for match in _DATE.finditer(text):
        yield _Piece(*match.span(1), 14.0, "date")


def _repeats(text: str) -> Iterator[_Piece]:
    """Yield, at each place, the longest stretch (3 at least) that also begins somewhere before it."""
    for start in range(1, len(text)):
        end = start + 3
        while end <= len(text) and text.find(text[start:end], 0, end - 1) >= 0:
            end += 1
        if end - 1 - start >= 3:
            yield _Piece(start, end - 1, 4.0, "repeat")
