"""The people of a case in groups, and their words."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from caseworker_app.domain.person import CUSTODY_LABELS, FAMILY, ROLE_LABELS, Custody, Person
from caseworker_app.i18n import N_
from caseworker_app.services.meetings import role_words
from ui.words import tr


class Group(IntEnum):
    """Where a person stands, nearest to the child first."""

    CUSTODY = 0
    FAMILY = 1
    NETWORK = 2
    PROFESSIONAL = 3


GROUP_LABELS = {
    Group.CUSTODY: N_("Custody holders"),
    Group.FAMILY: N_("Family"),
    Group.NETWORK: N_("Network"),
    Group.PROFESSIONAL: N_("Professionals"),
}


def group_of(person: Person) -> Group:
    """Return a person's group."""
    if person.has_custody:
        return Group.CUSTODY
    if person.role in FAMILY:
        return Group.FAMILY
    return Group.NETWORK if person.private else Group.PROFESSIONAL


def grouped(people: Iterable[Person]) -> dict[Group, list[Person]]:
    """Return the people by group, groups nobody is in left out."""
    found: dict[Group, list[Person]] = {}
    for person in people:
        found.setdefault(group_of(person), []).append(person)
    return dict(sorted(found.items()))


def role_said(person: Person) -> str:
    """Return what a person is to the child: the family's own words with the role, a professional's function."""
    words, is_msgid = role_words(person)
    role = tr(ROLE_LABELS[person.role])
    if is_msgid or words.casefold() == role.casefold():
        return role
    return f"{words} ({role.lower()})" if person.private else words


def where_said(person: Person) -> str:
    """Return custody of a private person, the workplace of a professional."""
    if not person.private:
        return person.organisation
    if person.custody in (None, Custody.NONE):
        return ""
    return tr(CUSTODY_LABELS[person.custody])


def minded(person: Person) -> str:
    """Return what is to be minded about a person, in words."""
    language = (
        tr("interpreter: {language}", language=person.language) if person.language else tr("interpreter")
    )
    said = (
        (person.address_protected, tr("protected address")),
        (person.interpreter, language),
        (person.lives_with_child, tr("lives with the child")),
        (person.conflicts > 0, tr("two values")),
    )
    return ", ".join(words for there, words in said if there)
