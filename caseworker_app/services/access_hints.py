"""What is suggested for each thing somebody asks to see: by who asks, what it is, and whom it names.

A suggestion is never a decision. What must be read before it is given says so, and nothing is given before it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caseworker_app.domain.access_request import AccessRequest, Asker, Ground, Removal
from caseworker_app.domain.case import Case
from caseworker_app.domain.journal import CHILD_TALK_HEADING, PARTY_HEARING_HEADING, Entry
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.person import PARENTS, Person
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.plan import Plan, PlanState
from caseworker_app.services.access_items import Item

_LOOK = frozenset(
    {"notification", "investigation", "honour_concern", "first_contact", "parents_hearing", "complaint"}
)
_INTERNAL = frozenset({"internal_case", "internal_agenda", "trial_action", "chronology"})
_CHILD_WORDS = frozenset(
    {"child_talk", "party_hearing", "network_map", "follow_up", "visit", "psychologist_course"}
)
_HOME = frozenset({"home_facts", "unannounced_visits"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What is suggested. ``must`` says that it is to be decided by hand; ``names`` are others who stand in it."""

    must: bool
    ground: Ground | None
    words: Phrase
    names: tuple[str, ...] = ()


def is_child(request: AccessRequest) -> bool:
    """Whether the child asks, by itself or through somebody."""
    return request.asker is not Asker.PARENT and request.person is None


def hint(item: Item, request: AccessRequest, others: Sequence[Person]) -> Hint:
    """Return the suggestion for a thing. ``others`` are the private people who neither ask nor are asked for."""
    names = tuple(one.name for one in others if one.name and _named(one.name, item))
    ground, words = _by_kind(item, request)
    if ground is not None:
        return Hint(True, ground, words, names)
    if names:
        return Hint(False, Ground.OTHERS, N_NAMES, names)
    return Hint(False, None, N_NOTHING)


N_NAMES = Phrase("Names others; see whether anything about them is to be left out.")
N_NOTHING = Phrase("Nothing speaks against giving it.")


def _by_kind(item: Item, request: AccessRequest) -> tuple[Ground | None, Phrase]:
    thing = item.thing
    if isinstance(thing, Person):
        if thing.id == request.person:
            return None, N_NOTHING
        if thing.private:
            return Ground.OTHERS, Phrase("A card about somebody else.")
        return None, N_NOTHING
    if isinstance(thing, Notification):
        return Ground.SOURCE, Phrase("Who notified may be somebody who is not to be known.")
    if item.type in _INTERNAL or (isinstance(thing, Plan) and thing.state is PlanState.DRAFT):
        return Ground.INTERNAL, Phrase("A working paper, or a draft that is not in use.")
    if item.type in _HOME:
        return Ground.INTERNAL, Phrase("Written for those who visit the home.")
    if not is_child(request) and (item.type in _CHILD_WORDS or _child_heard(thing)):
        return Ground.CHILD, Phrase("Holds what the child has said; a parent asks.")
    if item.type in _LOOK:
        return Ground.OTHERS, Phrase("Often holds what others have told.")
    if item.file is not None:
        return Ground.OTHERS, Phrase("A document from outside: read it before it is given.")
    if isinstance(thing, Entry) and not thing.signed:
        return Ground.INTERNAL, Phrase("Not signed yet.")
    return None, N_NOTHING


def _child_heard(thing: object) -> bool:
    return isinstance(thing, Entry) and thing.heading in (CHILD_TALK_HEADING, PARTY_HEARING_HEADING)


def _named(name: str, item: Item) -> bool:
    first = name.split()[0]
    words = f"{item.title}\n{item.text}" + ("" if item.file is None else f"\n{item.file.text}")
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None or (
        len(first) > 2 and re.search(rf"(?<!\w){re.escape(first)}s?(?!\w)", words) is not None
    )


def others(case: Case, request: AccessRequest, people: Iterable[Person]) -> list[Person]:
    """Return the private people who neither ask nor are asked for."""
    return [one for one in people if one.private and one.id != request.person]


def automatic(case: Case, request: AccessRequest, people: Iterable[Person]) -> list[Removal]:
    """Return the words that are always taken away: addresses, telephones and mail of those whose address is protected.

    The child's own stand only where the child asks; a person's own where she asks.
    """
    found: list[Removal] = []
    if case.address_protected and not is_child(request):
        found += _hidden(case.address.lines() if case.address else (), (case.phone,))
    for one in people:
        if one.address_protected and one.id != request.person:
            found += _hidden(one.address.lines() if one.address else (), (one.phone, one.email))
    return found


def _hidden(lines: Sequence[str], more: Iterable[str]) -> list[Removal]:
    whole = (", ".join(lines), *lines, *more)
    return [Removal(words, Ground.ADDRESS) for words in whole if len(words.strip()) > 3]


def allowed_numbers(case: Case, request: AccessRequest, people: Iterable[Person]) -> frozenset[str]:
    """Return the personal numbers that may stand there: the child's and that of who asks."""
    own = (one.person_number for one in people if one.id == request.person)
    return frozenset(filter(None, (case.person_number, *own)))


def party_words(request: AccessRequest) -> str:
    """Return the msgid of who asks."""
    return {
        Asker.CHILD: N_("The child asks"),
        Asker.PARENT: N_("A parent asks"),
        Asker.REPRESENTATIVE: N_("A representative asks"),
    }[request.asker]


def may_be_party(person: Person) -> bool:
    """Whether a card can be chosen as the parent who asks."""
    return person.role in PARENTS or person.custody is not None
