"""What could tell where a child lives or goes, and how it is found in words somebody wrote on a map.

The name of a child's institution reveals a hidden address (Datatilsynet's criticism of Familieretshuset, 6 September 2022,
counts "navnet på barnets institution" among the whereabouts that leaked). So names of schools and of those who have the
child in care are looked for in every text, whole and word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import PARENTS, Person, Role

_COMMON_WORDS: Final = """
    skole skolen skoler friskole friskolen privatskole privatskolen kommuneskole efterskole børnehave børnehaven
    vuggestue vuggestuen dagpleje dagplejen dagtilbud institution institutionen børnehus børnehuset fritidshjem
    fritidshjemmet klub klubben sfo kommune kommunen center centret centeret afdeling plejefamilie plejefamilien
    opholdssted opholdsstedet klasse klassen gruppe gruppen team børn unge familie familien hus huset mor far
    barn vej gade
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Words that name no one institution; they stay when they stand in an institution's name."""
_FOSTER: Final = re.compile(
    r"\bpleje(?:mor|far|familie|forældre|bror|søster|bror|barn|børn|søn|datter|hjem)", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]{3,}")
_FROM: Final = re.compile(r"\s+(?:fra|på|i|ved|hos)\s+", re.IGNORECASE)
_OFFICE: Final = frozenset({Role.CASEWORKER, Role.TEAM_LEADER})
"""Those who work where the letter comes from; their workplace tells nothing about the child."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The words that must not stand on a copy, as lower-case words and names; and whose person is told of as "an adult"."""

    words: frozenset[str]
    names: tuple[str, ...]
    people: frozenset[Id]

    def in_text(self, text: str) -> bool:
        """Whether a text holds a hidden word or name."""
        low = text.casefold()
        if any(name in low for name in self.names):
            return True
        return any(_root(word) in self.words for word in _WORD.findall(low))


def institutions(case: Case, cards: Mapping[Id, Person], *, guarded: bool) -> Hidden:
    """Return the words that name where the child goes. ``guarded``: where it lives, and whose address is protected, too."""
    texts = [case.school, case.school_class]
    people: set[Id] = set()
    for card in cards.values():
        if card.role not in _OFFICE:
            texts.append(card.organisation)
        if card.address_protected or (guarded and cares(card)):
            people.add(card.id)
            texts += [*_private(card.name), *_address(card.address)]
    if guarded:
        texts += [case.district, *_address(case.address)]
    texts = [text for text in texts if text.strip()]
    words = {_root(word) for text in texts for word in _WORD.findall(text.casefold()) if word not in _COMMON}
    return Hidden(frozenset(words), tuple(sorted(_telling(texts))), frozenset(people))


def cares(card: Person) -> bool:
    """Whether a card is of somebody with whom the child lives away from its parents."""
    if card.role is Role.FOSTER_PARENT or _FOSTER.search(card.role_words):
        return True
    return card.lives_with_child and card.role not in PARENTS and card.role is not Role.SIBLING


def says_care(*texts: str) -> bool:
    """Whether words say that somebody is foster family ("plejemor")."""
    return any(_FOSTER.search(text) is not None for text in texts)


def before_place(text: str) -> str:
    """Return what somebody is called without where she is from: "Karen fra Solstrålen" is "Karen"."""
    return _FROM.split(text, maxsplit=1)[0].strip()


def guarded(case: Case, cards: Mapping[Id, Person]) -> bool:
    """Whether the child's whereabouts are protected: its own address is, or that of one it lives with."""
    return case.address_protected or any(
        card.address_protected and (card.lives_with_child or cares(card)) for card in cards.values()
    )


def _telling(texts: Iterable[str]) -> set[str]:
    """Return whole names to look for; one of three letters or fewer ("3.b") would be found everywhere."""
    return {low for low in (text.casefold().strip() for text in texts) if len(low) > 3 and low not in _COMMON}


def _private(name: str) -> Iterator[str]:
    """Yield a protected person's whole name and the names after the first, each alone."""
    parts = name.split()
    if len(parts) > 1:
        yield name
        yield from parts[1:]


def _address(address: Address | None) -> Iterable[str]:
    if not address:
        return ()
    street = re.sub(r"\s*\d.*$", "", address.street)
    return (street, address.street, address.postcode, address.city)


def _root(word: str) -> str:
    """Return a word without the Danish genitive, so that "Hedebys" is found by "Hedeby"."""
    return word[:-1] if len(word) > 4 and word.endswith("s") else word
