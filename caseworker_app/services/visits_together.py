"""A visit written once for several siblings: what is common is written once, each child has its own part.

Every child has a visit of its own in its own case, with the common words and that child's, and nothing of another's: its
notes, its entry to sign, its agreements and the visit of its visit plan are settled for that child alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.form_spec import Forms
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.visit import Visit, VisitNote, VisitState, area_of
from caseworker_app.services import answers, entries, visit_journal, visits
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.visit_views import case_of, known, others

COMMON = frozenset({"kind", "joint_with", "when", "place", "held_on", "participants"})
"""What of a visit's head is the same for all of them; what it is for may differ, and so may the visit plan's visit."""


# --- Planned and held ------------------------------------------------------------------------------------------


def plan(writer: Writer, case: Id, values: Mapping[str, Any], siblings: Iterable[Id] = ()) -> tuple[Id, ...]:
    """Plan a visit, or write a held one, for a child and for siblings, in one act; return the visits' ids, its own first.

    Raises :class:`InvalidInput` as :func:`visits.plan` does, :class:`UserError` for a child that is no sibling.
    """
    also = tuple(dict.fromkeys(siblings))
    if not also:
        return (visits.plan(writer, case, values),)
    _check(writer, case, also)
    together, every = writer.new_id(), frozenset({case, *also})
    made = []
    for one in (case, *also):
        own = dict(values) if one == case else {n: v for n, v in values.items() if n != "step"}
        own |= {"together": together, "siblings": every - {one}}
        made.append(visits.plan(writer, one, own))
    return tuple(made)


def hold(
    writer: Writer,
    visit: Id,
    on: dt.date,
    participants: Iterable[str] = (),
    siblings: Iterable[Id] | None = None,
) -> None:
    """Say that a visit was held, also for those of ``siblings`` (all, when not said) it was planned for together.

    A child that is left out keeps a planned visit. Raises :class:`InvalidInput` as :func:`visits.hold` does.
    """
    present = tuple(participants)
    wanted = None if siblings is None else frozenset(siblings)
    there = others(writer, known(writer, visit))
    visits.hold(writer, visit, on, present)
    for case, other in there:
        if other.state is VisitState.PLANNED and (wanted is None or case.id in wanted):
            visits.hold(writer, other.id, on, present)


def edit(writer: Writer, visit: Id, edits: Mapping[str, Edit]) -> None:
    """Change the head of a visit; what is common to the siblings is changed for all who stand as it stands."""
    now = known(writer, visit)
    there = [other for _case, other in others(writer, now) if other.state is now.state]
    visits.edit(writer, visit, edits)
    common = {name: one for name, one in edits.items() if name in COMMON}
    for other in there:
        if any(getattr(other, name) != one.value for name, one in common.items()):
            heads = {name: Edit(one.value, writer.heads(other.id, name)) for name, one in common.items()}
            visits.edit(writer, other.id, heads)


def call_off(writer: Writer, visit: Id, why: str = "") -> None:
    """Say that a visit is not held, for all the siblings it is still planned for."""
    there = others(writer, known(writer, visit))
    visits.call_off(writer, visit, why)
    for _case, other in there:
        if other.state is VisitState.PLANNED:
            visits.call_off(writer, other.id, why)


def _check(reader: Reader, case: Id, also: tuple[Id, ...]) -> None:
    if not set(also) <= {one.id for one in entries.siblings_of(reader, case)}:
        raise UserError(
            N_("A visit is written together only for children linked as siblings."),
            N_("Link the children as siblings first."),
        )


# --- Written and agreed ----------------------------------------------------------------------------------------


def say_common(writer: Writer, forms: Forms, visit: Visit, topic: str, text: str) -> None:
    """Write what is common under a topic in the siblings' visits too, in the act that is under way.

    What is written of a child alone stays. Raises :class:`UserError` when a sibling's journal is signed there.
    """
    spec = visit_journal.spec_of(forms, visit)
    for case, other in others(writer, visit):
        before = visit_journal.following(writer, other.id)
        there = next((note for note in before.notes if note.topic == topic), None)
        if text == ("" if there is None else there.common):
            continue
        found = spec.topic(topic)
        area = there.area if there is not None else area_of("" if found is None else found.goes_to)
        if visit_journal.signed(writer, other.id, area.side):
            raise UserError(
                N_("{child}'s journal is signed: what is common is not changed any more."),
                N_("Write it of this child alone."),
                child=case.first_name or case.unborn_of,
            )
        if other.form_version is None:
            writer.set(Visit, other.id, "form", spec.id, parents=None)
            writer.set(Visit, other.id, "form_version", spec.version, parents=None)
        blank = VisitNote(stream=other.stream, visit=other.id, topic=topic)
        values = {"common": text} if there is not None else {"common": text, "area": area}
        made = answers.put(writer, blank, other.id, topic, values)
        now = there or VisitNote(id=made, stream=other.stream, visit=other.id, topic=topic, area=area)
        visit_journal.follow(writer, forms, before, other, replace(now, common=text))


def agree(
    writer: Writer, visit: Id, values: Mapping[str, Any], siblings: Iterable[Id] = ()
) -> tuple[Id, ...]:
    """Write what was agreed for a child and for those of ``siblings`` the visit was written for; each is done by itself.

    Return the agreements' ids, its own first. Raises as :func:`visits.add_agreement`.
    """
    wanted = frozenset(siblings)
    now = known(writer, visit)
    there = {case.id: other.id for case, other in others(writer, now) if case.id in wanted}
    places = {case_of(writer, now.stream).id: visit, **there}
    made = []
    for case, each in places.items():
        also = {"siblings": frozenset(places) - {case}} if there else {}
        made.append(visits.add_agreement(writer, each, {**values, **also}))
    return tuple(made)
