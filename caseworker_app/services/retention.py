"""Closed cases and how long they are kept: the list of those that are due, holds, archive copies; nothing erases itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from caseworker_app.domain.case import Case, CaseState, SiblingLink
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.retention import CaseArchive, Erasure, LegalHold
from caseworker_app.domain.retention_rules import KeepRule, RetentionRules
from caseworker_app.services.ports import Access, Reader, Store, StreamKind, Writer
from caseworker_app.services.typed import TEXT_LENGTH, tidy


class Standing(StrEnum):
    """How it stands with a closed case."""

    KEPT = "kept"
    HELD = "held"
    DUE = "due"
    ARCHIVED = "archived"
    """Due, and an archive copy has been made since anything was written in it."""


STANDING_LABELS = {
    Standing.KEPT: "Kept",
    Standing.HELD: "Held back",
    Standing.DUE: "Due: make the archive copy",
    Standing.ARCHIVED: "Due: can be erased",
}


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed case: until when it is kept and by which rule, what holds it, its newest archive copy."""

    case: Case
    until: dt.date
    rule: KeepRule
    hold: LegalHold | None
    archive: CaseArchive | None
    standing: Standing


class CaseKeeping(Protocol):
    """Makes archive copies and erases; the composition root provides it. Run each as a task."""

    def archive(self, store: Store, case: Id) -> bytes:
        """Return all of a case as one file: JSON, XML, its papers as PDF, its documents, and checksums of them all."""

    def note_archived(self, store: Store, case: Id, data: bytes) -> None:
        """Note that the file has been saved."""

    def erase(self, store: Store, case: Id) -> int:
        """Erase a case for good; return how many entries lost their contents. Raises :class:`UserError`."""


def closed(reader: Reader, rules: RetentionRules) -> tuple[Closed, ...]:
    """Return every closed case, the one that is due first in front."""
    found = [_standing(reader, case, rules) for case in reader.find(Case, where={"state": CaseState.CLOSED})]
    return tuple(sorted(found, key=lambda one: (one.until, one.case.child_name)))


def due(reader: Reader, rules: RetentionRules) -> tuple[Closed, ...]:
    """Return the closed cases that need not be kept any more and are not held back."""
    return tuple(one for one in closed(reader, rules) if one.standing in (Standing.DUE, Standing.ARCHIVED))


def _standing(reader: Reader, case: Case, rules: RetentionRules) -> Closed:
    latest = _last_entry(reader, case)
    until, rule = rules.due(case.kinds, case.closed_on or reader.today, latest)
    holds = [hold for hold in reader.find(LegalHold, stream=case.stream) if hold.holds]
    copies = reader.find(CaseArchive, stream=case.stream)
    archive = copies[-1] if copies else None
    if holds:
        standing = Standing.HELD
    elif until > reader.today:
        standing = Standing.KEPT
    else:
        standing = Standing.ARCHIVED if _is_current(reader, case, archive) else Standing.DUE
    return Closed(case, until, rule, holds[-1] if holds else None, archive, standing)


def _last_entry(reader: Reader, case: Case) -> dt.date | None:
    newest = reader.newest(Entry, ("written_on", "held_on"), stream=case.stream, limit=1)
    return newest[0].written_on or newest[0].held_on if newest else None


def _is_current(reader: Reader, case: Case, archive: CaseArchive | None) -> bool:
    """Whether nothing was written in the case after its archive copy; noting a copy or a print is no writing."""
    if archive is None:
        return False
    kinds = {"case_archive", "print"}
    for act in reader.history(stream=case.stream, limit=50):
        if any(change.entity == archive.id for change in act.changes):
            return True
        if any(change.entity_type not in kinds for change in act.changes):
            return False
    return False


def hold(writer: Writer, case: Id, reason: str) -> Id:
    """Hold a case back from being erased. Raises :class:`InvalidInput`."""
    found = _known(writer, case)
    words = tidy("reason", reason, TEXT_LENGTH)
    if not words:
        raise InvalidInput("reason", N_("Write why the case must be kept."))
    writer.act(N_("Hold a case back from erasing"))
    made = writer.new_id()
    writer.create(LegalHold(id=made, stream=found.stream, reason=words, since=writer.today))
    return made


def lift(writer: Writer, hold: Id) -> None:
    """Lift a hold; it is kept with the day."""
    writer.act(N_("Lift a hold on erasing"))
    writer.set(LegalHold, hold, "lifted_on", writer.today, parents=None)


def note_archive(writer: Writer, case: Id, sha256: str, files: int) -> None:
    """Note that an archive copy has been handed over."""
    found = _known(writer, case)
    writer.act(N_("Make an archive copy"), final=True)
    writer.create(
        CaseArchive(
            id=writer.new_id(), stream=found.stream, made_at=writer.now.replace(microsecond=0), sha256=sha256,
            files=files,
        )
    )  # fmt: skip
    writer.log_access(Access.EXPORT, "case", case, "archive")


def need_erasable(reader: Reader, case: Id, rules: RetentionRules) -> Closed:
    """Return how it stands with a case that may be erased. Raises :class:`UserError` for one that may not."""
    found = _known(reader, case)
    if found.state is not CaseState.CLOSED:
        raise UserError(N_("The case is open."), N_("Only a closed case can be erased."))
    one = _standing(reader, found, rules)
    if one.standing is Standing.HELD:
        raise UserError(
            N_("The case is held back from erasing."), N_("Lift the hold first, if its reason is gone.")
        )
    if one.standing is Standing.KEPT:
        raise UserError(
            N_("The case must be kept until {day}."),
            N_("It comes on the list by itself then."),
            day=short_date(one.until),
        )
    if one.standing is Standing.DUE:
        raise UserError(
            N_("There is no archive copy of the case as it is now."), N_("Make the archive copy first.")
        )
    if any(draft.case == case for draft in reader.find(EntryDraft)):
        raise UserError(
            N_("An entry of this case is not signed."),
            N_("Sign it or discard it, and make the archive copy anew."),
        )
    return one


def note_erasure(writer: Writer, one: Closed, operations: int) -> None:
    """Write among the worker's own things that a case is erased, and take back what other cases say of it."""
    (own, *_) = writer.streams(StreamKind.OWN)
    writer.act(N_("Erase a case"), final=True)
    archive = one.archive.sha256 if one.archive is not None else ""
    writer.create(
        Erasure(
            id=writer.new_id(), stream=own, case=one.case.id, erased_on=writer.today,
            closed_on=one.case.closed_on, rule=one.rule.id, archive=archive, operations=operations,
        )
    )  # fmt: skip
    for link in writer.find(SiblingLink):
        if link.other_case == one.case.id and link.stream != one.case.stream:
            writer.cancel(SiblingLink, link.id)


def erased(reader: Reader) -> tuple[Erasure, ...]:
    """Return what has been erased, latest first."""
    return tuple(reversed(reader.find(Erasure)))


def _known(reader: Reader, case: Id) -> Case:
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return found
