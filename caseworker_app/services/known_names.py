"""The names this store knows: who they are to the child of one case, and those of every other case of the worker.

For the anonymous sheet: what is known here is replaced wherever somebody wrote it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from caseworker_app.domain.anonymous import PLACE, Known, Lists, fold
from caseworker_app.domain.case import Address, Case, ChildWord, SiblingLink
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.family import FamilyMember
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.meeting import Meeting, Participant
from caseworker_app.domain.network_map import MapPerson
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.office import Office, Worker
from caseworker_app.domain.person import ROLE_LABELS, Person, Role
from caseworker_app.domain.professional_network import ProfessionalContact
from caseworker_app.domain.psychologist_talk import PsychologistCourse
from caseworker_app.domain.resource_meeting import ResourceDescription
from caseworker_app.i18n import Translator, load
from caseworker_app.services.ports import Reader

C = TypeVar("C", bound=Entity)

ANOTHER_CHILD, SOMEBODY, PROFESSIONAL = "et andet barn", "en person", "en fagperson"
SCHOOL, SUPPLIER, WORKPLACE = "skolen", "leverandøren", "[arbejdssted]"
KIN = frozenset(
    {
        "mor", "far", "mormor", "morfar", "farmor", "farfar", "moster", "faster", "morbror", "farbror", "onkel", "tante",
        "kusine", "fætter", "søster", "bror", "storesøster", "storebror", "lillesøster", "lillebror", "plejemor",
        "plejefar", "nabo", "ven", "veninde",
    }
)  # fmt: skip
"""What somebody on a map may be called on the sheet: what else stands there as her role may be a name."""
_STREET_NUMBER = re.compile(r"\s*\d.*$")
_UNREAD = frozenset({"note", "about", "assessment", "summary", "course", "background", "purpose", "remarks"})
"""Long texts in which nobody looks for a name here."""
_CAPITAL = re.compile(r"[^\W\d_][\w'’-]*")


@cache
def danish() -> Translator:
    """Return the translator of paper."""
    return load("da")


def child_word(case: Case) -> str:
    """Return the word that stands for the child."""
    return "den unge" if case.child_word is ChildWord.YOUNG_PERSON else "barnet"


def role_word(role: Role) -> str:
    """Return what somebody of a role is called on paper."""
    return danish().gettext(ROLE_LABELS[role]).lower()


class _Everywhere:
    """Things of all cases, read once a kind and handed out by case; cards that were taken away are names all the same."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._by_stream: dict[type[Entity], dict[Id, list[Any]]] = {}

    def of(self, cls: type[C], stream: Id) -> list[C]:
        """Return the things of a case."""
        if cls not in self._by_stream:
            grouped: dict[Id, list[Any]] = defaultdict(list)
            for thing in self._reader.find(cls, cancelled=True, without=_UNREAD):
                grouped[thing.stream].append(thing)
            self._by_stream[cls] = grouped
        found: list[C] = self._by_stream[cls].get(stream, [])
        return found


def known_names(reader: Reader, case: Case, lists: Lists) -> tuple[Known, ...]:
    """Return every name there is, the case's own people first: they are said by what they are to the child."""
    siblings = {link.other_case for link in reader.find(SiblingLink, stream=case.stream)}
    cases = sorted(
        reader.find(Case, cancelled=True), key=lambda one: (one.id != case.id, one.id not in siblings)
    )
    found: list[Known] = []
    there = _Everywhere(reader)
    for one in cases:
        own, sibling = one.id == case.id, one.id in siblings
        child = child_word(case) if own else "søskende" if sibling else ANOTHER_CHILD
        found += [Known(name, child) for name in (one.child_name, one.called) if name]
        found += [Known(one.unborn_of, "mor" if own or sibling else SOMEBODY)] if one.unborn_of else []
        found += _of_people(there, one, lists, near=own or sibling)
        found += _of_network(there, one, lists, near=own or sibling)
        found += _of_places(one, lists)
    found += _of_house(reader, lists)
    return tuple(one for one in found if one.name.strip())


def _of_people(there: _Everywhere, case: Case, lists: Lists, *, near: bool) -> Iterator[Known]:
    cards = there.of(Person, case.stream)
    for card in cards:
        who = role_word(card.role) if near else SOMEBODY
        yield Known(card.name, who)
        yield from (Known(name, who) for name in names_in(card.role_words, lists))
    for card in cards:  # somebody with a card of her own is said by that, not by whom she comes along with
        yield from (Known(name, SOMEBODY) for name in names_in(card.support_person, lists))
        yield from _named(card.organisation, WORKPLACE, lists)
        yield from _of_address(card.address)
    yield from (Known(name, SOMEBODY) for name in names_in(case.support_person, lists))


def _of_network(there: _Everywhere, case: Case, lists: Lists, *, near: bool) -> Iterator[Known]:
    stream = case.stream
    for member in there.of(FamilyMember, stream):
        yield from (
            Known(name, SOMEBODY)
            for name in names_in(f"{member.name}\n{member.role_words}", lists, all_=True)
        )
    for drawn in there.of(MapPerson, stream):
        said = drawn.role_word.casefold()
        who = said if near and said in KIN else SOMEBODY
        yield from (Known(name, who) for name in names_in(drawn.called, lists))
    for contact in there.of(ProfessionalContact, stream):
        yield Known(contact.name, PROFESSIONAL)
        yield from _named(contact.workplace, WORKPLACE, lists)
    for course in there.of(PsychologistCourse, stream):
        yield Known(course.psychologist, "psykologen")
    for described in there.of(ResourceDescription, stream):
        yield Known(described.teacher, PROFESSIONAL)
        yield from _named(described.place, SCHOOL, lists)
    for invited in there.of(Participant, stream):
        yield from (Known(name, SOMEBODY) for name in names_in(invited.name, lists))
    for meeting in there.of(Meeting, stream):
        said = "\n".join((meeting.chair, meeting.contact_name, meeting.minutes_taker))
        yield from (Known(name, PROFESSIONAL) for name in names_in(said, lists))
        yield from _named(meeting.place, PLACE, lists)
    for told in there.of(Notification, stream):
        yield from (Known(name, SOMEBODY) for name in names_in(told.sender, lists))
    for helps in there.of(Intervention, stream):
        yield from _named(helps.supplier, SUPPLIER, lists)
        yield from (Known(name, SOMEBODY) for name in names_in(helps.coming_carer, lists))


def _of_places(case: Case, lists: Lists) -> Iterator[Known]:
    yield from _named(case.school, SCHOOL, lists)
    if len(case.school_class.strip()) > 3:
        yield from _named(case.school_class, "klassen", lists)
    yield from _named(case.district, PLACE, lists)
    yield from _of_address(case.address)


def _of_address(address: Address | None) -> Iterator[Known]:
    if address:
        yield Known(address.street, PLACE, whole=True)
        yield Known(_STREET_NUMBER.sub("", address.street), PLACE, whole=True)
        yield Known(address.city, PLACE)


def _of_house(reader: Reader, lists: Lists) -> Iterator[Known]:
    for worker in reader.find(Worker, cancelled=True):
        yield Known(worker.name, "rådgiver")
    for house in reader.find(Office, cancelled=True):
        yield from _named(house.municipality, "kommunen", lists)
        for line in house.address:
            yield from _named(line, PLACE, lists)


def _named(text: str, instead: str, lists: Lists) -> Iterator[Known]:
    """Yield the whole of a name, and each of its words that is a name and no word."""
    if text.strip():
        whole = names_in(text, lists)
        if whole:
            yield Known(text, instead, whole=True)
        yield from (Known(name, instead) for name in whole)


def names_in(text: str, lists: Lists, *, all_: bool = False) -> list[str]:
    """Return what may be names in a few words somebody wrote ("mormor Lis", "Lis fra Solhaven"); ``all_`` takes words
    with a small letter as well, where nothing but a name is meant to stand."""
    found: list[str] = []
    for line in text.split("\n"):
        run = [word for word in _CAPITAL.findall(line) if _is_name(word, lists, all_=all_)]
        found += run
    return found


def _is_name(word: str, lists: Lists, *, all_: bool) -> bool:
    folded = fold(word)
    if folded in lists.capitals or (folded in lists.openers and folded not in lists.given):
        return False
    return len(word) > 1 and (word[:1].isupper() or all_)
