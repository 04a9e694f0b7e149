"""Consents: given, withdrawn, and which of them stand when information is about to leave the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.consent import Consent, ConsentForm, ConsentUse, GiverCapacity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.statutes import DENMARK
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

_SHORT = ("giver", "recipient", "withdrawn_by")
_LONG = ("purpose", "note")


def give(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Record a consent, given today unless a day is written; return its id.

    Raises :class:`InvalidInput` when giver, recipient, kinds of information or purpose are missing: a consent is
    specific. ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"given_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    _check(writer, checked, Consent(**checked))
    writer.act("Record a consent")
    made = writer.new_id()
    writer.create(Consent(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, consent: Id, edits: Mapping[str, Edit]) -> None:
    """Correct what is written of a consent. Raises :class:`InvalidInput`."""
    now = known(writer, consent)
    values = {name: one.value for name, one in edits.items()}
    _check(writer, values, replace(now, **values))
    writer.act("Change a consent")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, Consent, consent, checked)


def withdraw(writer: Writer, consent: Id, on: dt.date, by: str) -> None:
    """Record that a consent is withdrawn from a day on. Raises :class:`InvalidInput` for a day before it was given."""
    now = known(writer, consent)
    values: dict[str, Any] = {"withdrawn_on": on, "withdrawn_by": by or now.giver}
    _check(writer, values, replace(now, **values))
    writer.act("Withdraw a consent")
    for name, value in values.items():
        writer.set(Consent, consent, name, value, parents=None)


def remove(writer: Writer, consent: Id) -> None:
    """Take back a consent that was registered by mistake; it stays in the history."""
    known(writer, consent)
    writer.act("Remove a consent")
    writer.cancel(Consent, consent)


def known(reader: Reader, consent: Id) -> Consent:
    """Return a consent. Raises ``KeyError`` when there is none."""
    found = reader.get(Consent, consent)
    if found is None:
        raise KeyError("no such consent")
    return found


_ASKED = (
    ("giver", N_("Write who gives the consent.")),
    ("recipient", N_("Write to whom the information may go.")),
    ("kinds", N_("Choose which kinds of information it is about: a consent is specific.")),
    ("purpose", N_("Write what the information is for: a consent is specific.")),
    ("given_on", N_("Write the day it was given.")),
)


def _check(reader: Reader, values: dict[str, Any], after: Consent) -> None:
    """Check and tidy values in place; ``after`` is the consent with them."""
    for names, longest in ((_SHORT, NAME_LENGTH), (_LONG, TEXT_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)
    for name, question in _ASKED:
        value = getattr(after, name)
        if not (value.strip() if isinstance(value, str) else value):
            raise InvalidInput(name, question)
    if after.form is ConsentForm.ON_SCREEN and after.signature is None:
        raise InvalidInput(
            "signature", "Nothing is signed yet.", "Sign in the field, or choose another form."
        )
    _check_days(reader, values, after)


def _check_days(reader: Reader, values: Mapping[str, Any], after: Consent) -> None:
    given, withdrawn = after.given_on, after.withdrawn_on
    for name, day in (("given_on", given), ("withdrawn_on", withdrawn)):
        if name in values and day is not None and day > reader.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")
    if given is not None and withdrawn is not None and withdrawn < given:
        name = "withdrawn_on" if "withdrawn_on" in values else "given_on"
        raise InvalidInput(name, "It is withdrawn before it was given.", "Correct one of the two days.")


# --- What stands -----------------------------------------------------------------------------------------------


OLD_HEALTH = Phrase(
    "A consent about health is more than a year old and may have lapsed (sundhedsloven § 44, not verified; "
    "check the text of the law)."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's consents come to on a day, for one recipient or purpose or all.

    ``old_health`` are those that stand and may have lapsed for what they say of health: a hint of medium certainty.
    ``left_on`` is the day the first invitation left the house, when a meeting was asked about.
    """

    day: dt.date
    standing: tuple[Consent, ...]
    withdrawn: tuple[Consent, ...]
    old_health: tuple[Consent, ...]
    left_on: dt.date | None = None

    @property
    def words(self) -> tuple[Phrase, ...]:
        """What a notice says: which consents stand, or that none is written down; what is withdrawn, first."""
        found = [self._withdrawn(one) for one in self.withdrawn]
        if not self.standing and not self.withdrawn:
            found.append(Phrase("No consent is recorded in this case."))
        elif not self.standing:
            found.append(Phrase("No consent stands: what there was is withdrawn."))
        found += [_stands(one) for one in self.standing]
        if self.old_health:
            found.append(OLD_HEALTH)
        return tuple(found)

    @property
    def minds(self) -> bool:
        """Whether somebody should look twice: something is withdrawn, nothing stands, or it may have lapsed."""
        return bool(self.withdrawn or self.old_health) or not self.standing

    @property
    def withdrawn_late(self) -> tuple[Phrase, ...]:
        """What is said of those that were withdrawn after the first invitation had left."""
        return tuple(self._withdrawn(one) for one in self.withdrawn if self._late(one))

    def _late(self, one: Consent) -> bool:
        return self.left_on is not None and one.withdrawn_on is not None and one.withdrawn_on >= self.left_on

    def _withdrawn(self, one: Consent) -> Phrase:
        values = {"giver": one.giver, "recipient": one.recipient, "day": one.withdrawn_on}
        if self._late(one):
            return Phrase(
                "Withdrawn {day}, after an invitation had left: the consent of {giver} to {recipient}.",
                values,
            )
        return Phrase("Withdrawn {day}: the consent of {giver} to {recipient}.", values)


def _stands(one: Consent) -> Phrase:
    return Phrase(
        "Consent stands: {giver}, to {recipient}, given {day}.",
        {"giver": one.giver, "recipient": one.recipient, "day": one.given_on},
    )


def standing(reader: Reader, case: Id, *, recipient: str = "", purpose: str = "") -> Standing:
    """Return which consents of a case stand today, the latest first, and which are withdrawn.

    ``recipient`` and ``purpose`` leave out those whose words do not hold the words asked for. It never forbids
    anything. Raises ``KeyError`` when there is no such case.
    """
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return _standing(reader, found.stream, recipient, purpose)


def _standing(reader: Reader, stream: Id, recipient: str = "", purpose: str = "") -> Standing:
    day = reader.today
    asked = [
        one
        for one in reader.find(Consent, stream=stream)
        if recipient.casefold() in one.recipient.casefold() and purpose.casefold() in one.purpose.casefold()
    ]
    asked.sort(key=lambda one: one.given_on or dt.date.min, reverse=True)
    stands = tuple(one for one in asked if one.stands_on(day))
    gone = tuple(one for one in asked if one.withdrawn_on is not None and one.withdrawn_on <= day)
    return Standing(day, stands, gone, tuple(one for one in stands if one.old_health(day)))


def for_use(reader: Reader, case: Id, use: ConsentUse) -> Consent | None:
    """Return the latest consent that stands today and was asked for for this use, by somebody who can give it: a holder of
    custody, or the young person itself. Raises ``KeyError`` when there is no such case."""
    able = (GiverCapacity.CUSTODY_HOLDER, GiverCapacity.YOUNG_PERSON)
    stands = standing(reader, case).standing
    return next((one for one in stands if use in one.uses and one.capacity in able), None)


def for_meeting(reader: Reader, meeting: Id) -> Standing:
    """Return what an invitation or the minutes of a meeting must know; a consent withdrawn after an invitation had
    left is said to be so. Never blocks. Raises ``KeyError`` when there is no such meeting."""
    found = reader.get(Meeting, meeting)
    if found is None:
        raise KeyError("no such meeting")
    left = [
        one.printed_at.astimezone(DENMARK).date()
        for one in reader.find(Print, where={"about": meeting})
        if one.document == Paper.INVITATION.value and one.printed_at is not None
    ]
    return replace(_standing(reader, found.stream), left_on=min(left, default=None))


def of_case(reader: Reader, case: Id) -> tuple[Consent, ...]:
    """Return a case's consents: those that stand first, the latest first within each."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    today = reader.today
    consents = reader.find(Consent, stream=found.stream)
    consents.sort(key=lambda one: one.given_on or dt.date.min, reverse=True)
    return tuple(sorted(consents, key=lambda one: not one.stands_on(today)))
