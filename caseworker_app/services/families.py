"""Families: cases of linked siblings and of one household, so that one visit can serve several children."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caseworker_app.domain.case import Case, SiblingLink
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.services.cases import display_name
from caseworker_app.services.deadline import Deadline, Lateness, Work
from caseworker_app.services.ports import Reader

AT_ONCE = dt.timedelta(days=21)
"""What is due so soon after a visit can be settled at it."""

_AT_A_VISIT = frozenset({Work.FOLLOW_UP, Work.SUPERVISION, Work.HEARING, Work.RHYTHM, Work.PLAN})
"""What a visit to the family can settle. A meeting about school (ELEVator) settles none of it."""


@dataclass(frozen=True, slots=True)
class Family:
    """Cases that belong together, in Danish order of the children's names."""

    cases: tuple[Case, ...]

    @property
    def key(self) -> Id:
        """An identity that stays as long as the same cases belong together."""
        return min(case.id for case in self.cases)


def families(reader: Reader, cases: Sequence[Case]) -> tuple[Family, ...]:
    """Return the families among some cases: siblings linked in any of them, and those who live at one address."""
    return group(cases, reader.find(SiblingLink))


def group(cases: Sequence[Case], links: Iterable[SiblingLink]) -> tuple[Family, ...]:
    """Return the families; every case is in exactly one."""
    leader = {case.id: case.id for case in cases}
    by_stream = {case.stream: case.id for case in cases}

    def find(one: Id) -> Id:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    def join(one: Id, other: Id) -> None:
        leader[find(one)] = find(other)

    for link in links:
        here = by_stream.get(link.stream)
        if here is not None and link.other_case in leader:
            join(here, link.other_case)
    homes: dict[tuple[str, ...], Id] = {}
    for case in cases:
        home = _home(case)
        if home:
            join(case.id, homes.setdefault(home, case.id))
    found: dict[Id, list[Case]] = {}
    for case in cases:
        found.setdefault(find(case.id), []).append(case)
    return tuple(
        Family(tuple(sorted(members, key=lambda case: (sort_key(display_name(case)), case.id))))
        for members in found.values()
    )


def _home(case: Case) -> tuple[str, ...]:
    """Return where the child lives, as far as it can be compared; a street without a town is nowhere."""
    address = case.address
    if (
        address is None
        or not address.street.strip()
        or not (address.postcode.strip() or address.city.strip())
    ):
        return ()
    return tuple(
        " ".join(part.casefold().split()) for part in (address.street, address.postcode or address.city)
    )


def together(one: Deadline, family: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Return what else of the family a visit for one thing could settle: what is late or due within three weeks of it.

    What the same act settles anyway, because it runs from the same intervention, is not in it.
    """
    if one.work not in _AT_A_VISIT:
        return ()
    last = max(one.planned, one.due) + AT_ONCE
    return tuple(
        other
        for other in family
        if other.open
        and other.work in _AT_A_VISIT
        and other.due <= last
        and not (other.guess and other.lateness is Lateness.OVERDUE)
        and (other.subject, other.work) != (one.subject, one.work)
    )
