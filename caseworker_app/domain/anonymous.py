"""Free text without anybody in it: what names a person, a place, a day of birth or a number is found and replaced.

What the machine knows (the people of the case, and of every other case of this worker) is replaced by what they are to the
child. What looks like a name and is not known is *doubted*: a doubt that is likely a name is masked until the worker lets
it stay, one that is likely a word stands until she masks it; both are shown to her, marked, before anything is printed.
Nothing here promises that nobody can be recognised: a rare story is a name too. That is for the eye.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from caseworker_app.domain.danish import genitive

MASK: Final = "[…]"
PLACE, DAY, PHONE, NUMBER, MAIL = "[sted]", "[dato]", "[telefon]", "[nummer]", "[e-mail]"
SHORTEST_COMPOUND: Final = 4
"""A known name of so many letters is also looked for at the beginning of longer words ("Emmasagen")."""


class Found(StrEnum):
    """What a stretch of text is."""

    PLAIN = "plain"
    REPLACED = "replaced"
    MASKED = "masked"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text as it will stand, and what stood there. ``MASKED`` is a doubt that is hidden, ``DOUBTED`` one
    that still stands."""

    text: str
    found: Found = Found.PLAIN
    original: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A name somebody goes by and what stands instead of it. ``whole`` names are not looked for word by word."""

    name: str
    instead: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """What Danish words and names there are, from the catalogue: given names, towns, words that are names as well, words a
    sentence begins with, and words that are written with a capital though they name nobody."""

    given: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()


_FRONT, _BACK = 3, 5
"""So many letters at least stand before and in the last part of a word made of two."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*['’]?", re.UNICODE)
_MONTHS: Final = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_SHORT_MONTHS: Final = "jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec"
_STREET: Final = (
    r"(?:vej|vejen|gade|gaden|allé|alle|alléen|stræde|vænge|vænget|parken|torvet|torv|plads|pladsen|boulevard|"
    r"bakken|haven|toften|engen|stien|svinget|krogen|lunden|marken|ager|ageren|gården)"
)
_SCHOOL: Final = "(?:Skolen?|Friskolen?|Privatskolen?|Efterskolen?|Specialskolen?)"
_INSTITUTION: Final = r"børnehaven?|vuggestuen?|børnehus(?:et)?|fritidshjem(?:met)?|dagplejen?"
_FLOOR: Final = r"(?:,?\s*\d+\.?\s*(?:t[hv]|mf)\.?)?"
_PATTERNS: Final = (
    (NUMBER, r"(?<!\d)\d{6}[-‐‑–−\s]?\d(?:\d{3}|[A-Za-z]{2}\d)(?![\dA-Za-z])"),
    (MAIL, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (MAIL, r"(?:https?://|www\.)\S+"),
    (DAY, r"(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})(?!\d)"),
    (DAY, r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"),
    (DAY, rf"(?<!\d)\d{{1,2}}\.?\s?(?:{_MONTHS}|{_SHORT_MONTHS})\b\.?(?:\s?\d{{4}})?"),
    (DAY, r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])"),
    (PHONE, r"(?<!\d)(?:(?:\+45|0045)\s?)?\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}(?!\d)"),
    (PLACE, r"(?<!\d)\d{4}\s+[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]*)?"),
    (PLACE, rf"\b[A-ZÆØÅÉ][\w.-]*(?:\s[A-ZÆØÅÉ][\w.-]*)*?\s?(?i:{_STREET})\s+\d+(?:[a-z]|\s?[A-Z])?\b{_FLOOR}"),
    (PLACE, rf"\b[A-ZÆØÅÉ][\w-]+(?i:{_STREET})s?\b"),
    ("skolen", rf"\b[A-ZÆØÅÉ][\w-]+(?:\s[A-ZÆØÅÉ][\w-]+)?\s{_SCHOOL}s?\b"),
    ("skolen", r"\b[A-ZÆØÅÉ][\w-]+(?i:skolen?)s?\b"),
    ("institutionen", rf"\b[A-ZÆØÅÉ][\w-]+[\s-]?(?i:{_INSTITUTION})s?\b"),
)  # fmt: skip
_FIXED: Final = re.compile(
    "|".join(f"(?P<p{number}>{shape})" for number, (_to, shape) in enumerate(_PATTERNS))
)
_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,]\d|\d)")
_OPENING: Final = re.compile(r"(?:^|[.!?:…]|\n|^\s*[-•*])[\s\"'»“”«(*-]*$")
_MORE_LETTERS: Final = {"æ": "æ", "ø": "ø", "å": "å", "ð": "d", "đ": "d", "ł": "l", "ı": "i", "ß": "ss"}


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return a word so that two spellings of a name are the same: small, without accents, aa as å."""
    made = []
    for char in unicodedata.normalize("NFC", word).casefold():
        if char in _MORE_LETTERS:
            made.append(_MORE_LETTERS[char])
        else:
            made += [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
    return "".join(made).replace("aa", "å")


def stems(word: str) -> Iterator[str]:
    """Yield a word and what it is the Danish genitive of, folded: "Emmas", "Jonas'", "Lis's", "Max’"."""
    bare = word.rstrip("'’")
    folded = fold(bare)
    yield folded
    for ending in ("'s", "’s", "es", "s"):
        if folded.endswith(ending) and len(folded) > len(ending) + 1:
            yield folded.removesuffix(ending)


class Anonymiser:
    """Finds what names somebody. ``hidden`` are words to mask besides, ``kept`` doubted words that may stand."""

    def __init__(
        self,
        known: Iterable[Known],
        lists: Lists,
        *,
        hidden: Iterable[str] = (),
        kept: Iterable[str] = (),
    ) -> None:
        self._lists = lists
        self._kept = frozenset(fold(word) for word in kept)
        self._names: dict[tuple[str, ...], str] = {}
        for one in (*(Known(word, MASK) for word in hidden), *known):
            self._learn(one)
        self._longest = max((len(name) for name in self._names), default=1)
        self._long = tuple(sorted(
            (name[0] for name in self._names if len(name) == 1 and len(name[0]) >= SHORTEST_COMPOUND), key=len
        ))  # fmt: skip

    def _learn(self, one: Known) -> None:
        words = tuple(fold(word) for word in _WORD.findall(one.name))
        if not words:
            return
        self._names.setdefault(words, one.instead)
        if one.whole:
            return
        for word in words:
            for part in (word, *word.split("-")):
                if len(part) > 1 and part not in _PARTICLES and not self._is_word(part):
                    self._names.setdefault((part,), one.instead)

    def _is_word(self, part: str) -> bool:
        """Whether a part of a name is no name ("Mormor Lis", "Klasselærer Tom")."""
        return part in self._lists.openers and part not in self._lists.given

    # reading a text

    def read(self, text: str, *, strict: bool = False) -> tuple[Piece, ...]:
        """Return a text in pieces, as it will stand. ``strict`` masks what only might be a name, too: for words that the
        worker has not written for this sheet."""
        pieces = _joined(self._read(text))
        return tuple(_masked(piece) if strict else piece for piece in pieces)

    def clean(self, text: str) -> str:
        """Return a text as it will stand."""
        return "".join(piece.text for piece in self.read(text))

    def doubts(self, text: str) -> tuple[Piece, ...]:
        """Return what the machine could not judge in a text."""
        return tuple(p for p in self.read(text) if p.found in (Found.MASKED, Found.DOUBTED))

    def _read(self, text: str) -> Iterator[Piece]:
        at = 0
        for match in _FIXED.finditer(text):
            if match.start() < at or _is_plain_word(match[0], self._lists):
                continue
            yield from self._words(text, at, match.start())
            instead = _PATTERNS[int((match.lastgroup or "p0")[1:])][0]
            yield Piece(instead, Found.REPLACED, match[0])
            at = match.end()
        yield from self._words(text, at, len(text))

    def _words(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of a stretch that no pattern took."""
        words = list(_WORD.finditer(text, start, end))
        at, number = start, 0
        while number < len(words):
            taken, instead = self._named(words, number, text)
            first = words[number]
            if taken:
                last = words[number + taken - 1]
                yield from self._years(text[at : first.start()])
                opening = instead[:1].islower() and _OPENING.search(text[: first.start()]) is not None
                said = instead[:1].upper() + instead[1:] if opening else instead
                yield Piece(said, Found.REPLACED, text[first.start() : last.end()])
                at, number = last.end(), number + taken
                continue
            found = self._doubt(first[0], text[: first.start()])
            if found is not Found.PLAIN:
                yield from self._years(text[at : first.start()])
                shown = MASK if found is Found.MASKED else first[0]
                yield Piece(shown, found, first[0])
                at = first.end()
            number += 1
        yield from self._years(text[at:end])

    def _named(self, words: list[re.Match[str]], number: int, text: str) -> tuple[int, str]:
        """Return how many words from here are a known name, and what stands instead; 0 for none."""
        for length in range(min(self._longest, len(words) - number), 0, -1):
            run = words[number : number + length]
            if any(text[a.end() : b.start()].strip(" \t-.") for a, b in pairwise(run)):
                continue
            head = tuple(fold(word[0]) for word in run[:-1])
            for last in stems(run[-1][0]):
                instead = self._names.get((*head, last))
                if instead is not None and (length > 1 or self._means(run[0][0], last)):
                    return length, _in_case(instead, run[-1][0], last)
        return self._inside(words[number][0])

    def _means(self, word: str, stem: str) -> bool:
        """Whether a single word means the name: one that is a Danish word as well only with a capital."""
        if stem in self._lists.both or len(stem) < SHORTEST_COMPOUND:
            return word[:1].isupper() and stem not in self._kept
        return True

    def _inside(self, word: str) -> tuple[int, str]:
        """Return the name a longer word is made with ("Emmasagen", "Bech-Holm"), if there is one."""
        parts = re.split(r"[-'’]", word)
        if len(parts) > 1:
            for part in parts:
                for stem in stems(part):
                    if (stem,) in self._names and self._means(part, stem):
                        return 1, self._names[(stem,)]
        if word[:1].isupper() and fold(word) not in self._kept:
            folded = fold(word)
            for name in self._long:
                if folded.startswith(name) and name not in self._lists.both:
                    return 1, self._names[(name,)]
        return 0, ""

    def _doubt(self, word: str, before: str) -> Found:
        """Return whether a word that is no known name may be one."""
        if fold(word) in self._kept or any(stem in self._kept for stem in stems(word)):
            return Found.PLAIN
        folded = tuple(stems(word))
        if not word[:1].isupper():
            short = any((stem,) in self._names for stem in folded)
            return Found.DOUBTED if short else Found.PLAIN
        if any(stem in self._lists.capitals for stem in (*folded, fold(re.split("['’]", word)[0]))):
            return Found.PLAIN
        opening = _OPENING.search(before) is not None
        if any(stem in self._lists.places or stem in self._lists.given for stem in folded):
            both = any(stem in self._lists.both for stem in folded)
            return Found.DOUBTED if opening and both else Found.MASKED
        if not opening:
            return Found.MASKED
        return Found.PLAIN if self._opens(folded) else Found.DOUBTED

    def _opens(self, folded: tuple[str, ...]) -> bool:
        """Whether a word is one a sentence begins with, or made with one of them at its end ("Familiebehandling")."""
        ends = (stem[at:] for stem in folded for at in range(_FRONT, len(stem) - _BACK + 1))
        openers = self._lists.openers
        return any(stem in openers for stem in folded) or any(end in openers for end in ends)

    def _years(self, text: str) -> Iterator[Piece]:
        at = 0
        for match in _YEAR.finditer(text):
            if fold(match[0]) in self._kept:
                continue
            yield Piece(text[at : match.start()])
            yield Piece("[år]", Found.MASKED, match[0])
            at = match.end()
        yield Piece(text[at:])


_PARTICLES: Final = frozenset(
    {"de", "den", "der", "von", "van", "af", "la", "le", "el", "al", "da", "og", "fra"}
)
"""Small words inside names that name nobody alone."""


def _is_plain_word(found: str, lists: Lists) -> bool:
    """Whether what a pattern took is only a word a sentence begins with ("Skolen", "Haven")."""
    return fold(found) in lists.openers


def _in_case(instead: str, word: str, stem: str) -> str:
    """Return what stands instead in the genitive, where the name stood in it."""
    marked = word.endswith(("'", "’")) or fold(word) != stem
    return genitive(instead) if marked and instead[-1:].isalpha() else instead


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with neighbouring plain ones as one, and the words of one name as one."""
    made: list[Piece] = []
    for piece in pieces:
        if piece.found is Found.PLAIN and not piece.text:
            continue
        before = made[-1] if made else None
        if before is not None and before.found is piece.found is Found.PLAIN:
            made[-1] = Piece(before.text + piece.text)
        elif len(made) > 1 and _one_name(made[-2], made[-1], piece):
            gap = made.pop()
            first = made.pop()
            last = piece.text if piece.found is Found.REPLACED else first.text
            last = first.text[:1] + last[1:]
            made.append(Piece(last, piece.found, first.original + gap.text + piece.original))
        else:
            made.append(piece)
    yield from made


def _masked(piece: Piece) -> Piece:
    """Return a doubt that stands as one that is hidden; a word with a small letter stands."""
    if piece.found is Found.DOUBTED and piece.original[:1].isupper():
        return Piece(MASK, Found.MASKED, piece.original)
    return piece


def _one_name(first: Piece, gap: Piece, last: Piece) -> bool:
    """Whether two replaced words with only blanks between them stand for the same."""
    if gap.found is not Found.PLAIN or gap.text.strip(" -") or first.found is not last.found:
        return False
    said = first.text.casefold()
    same = last.text.casefold() in (said, genitive(said))
    return same and first.found in (Found.REPLACED, Found.MASKED)


def lists_from(values: Mapping[str, Iterable[str]]) -> Lists:
    """Return the lists of a catalogue: each name of :class:`Lists` with its words, separated by blanks or new lines."""

    def words(*names: str) -> frozenset[str]:
        texts = (text for name in names for text in values.get(name, ()))
        return frozenset(fold(word) for text in texts for word in re.split(r"[\s,;:().]+", text) if word)

    return Lists(
        words("given"), words("places"), words("both"), words("openers", "functions"), words("capitals")
    )
