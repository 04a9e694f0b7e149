"""The words of an intervention: its law, its time, what should be minded about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.follow_up import FollowUpException
from caseworker_app.domain.intervention import (
    CHILDS_ACT,
    DECIDED,
    END_REASON_LABELS,
    PRICE_UNIT_LABELS,
    Intervention,
    InterventionKind,
    InterventionState,
    LegalBasis,
    Price,
    PriceUnit,
)
from caseworker_app.services.case_desk import Agreed, CaseDesk
from caseworker_app.services.interventions import InterventionView
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Minded:
    """Something to mind about an intervention: words, a tone, and what can be done about it (its name, or nothing)."""

    words: str
    tone: str = "soon"
    act: str = ""


def basis_words(basis: LegalBasis | None, day: dt.date | None) -> str:
    """Return both words of the legal basis, the law in force on the day of the start first."""
    if basis is None:
        return ""
    begun = day or CHILDS_ACT
    now, other = basis.on(begun)
    if now and other:
        if begun >= CHILDS_ACT:
            return tr("{now} (before 2024: {other})", now=now, other=other)
        return tr("{now} (since 2024: {other})", now=now, other=other)
    return now or other


def time_words(found: Intervention, state: InterventionState) -> str:
    """Return from when to when, as far as it is known."""
    language = i18n.current().language
    said = []
    if found.start is None:
        said.append(tr("start not set"))
    elif state is InterventionState.COMING:
        said.append(tr("begins {day}", day=long_date(found.start, language)))
    elif state is InterventionState.OPEN:
        said.append(tr("since {day}", day=long_date(found.start, language)))
    if state is InterventionState.ENDED and found.start is not None and found.ended_on is not None:
        said.append(f"{short_date(found.start, language)} – {short_date(found.ended_on, language)}")
        if found.end_reason is not None:
            said.append(tr(END_REASON_LABELS[found.end_reason]))
    elif found.planned_end is not None:
        said.append(tr("planned end {day}", day=long_date(found.planned_end, language)))
    elif found.expected_duration:
        said.append(tr("expected: {duration}", duration=found.expected_duration))
    return " · ".join(said)


def price_words(price: Price | None) -> str:
    """Return an amount in kroner and what it is for."""
    if price is None:
        return ""
    kroner = i18n.current().number(price.oere / 100, 2 if price.oere % 100 else 0)
    known = price.unit in {unit.value for unit in PriceUnit}
    unit = tr(PRICE_UNIT_LABELS[PriceUnit(price.unit)]) if known else price.unit
    return tr("{kroner} kr. {unit}", kroner=kroner, unit=unit)


def minded(view: InterventionView, desk: CaseDesk) -> list[Minded]:
    """Return what should be minded about an intervention, the most serious first."""
    found = view.intervention
    if view.state is InterventionState.ENDED:
        return []
    said = [Minded(i18n.say(words)) for words in view.warnings]
    missing = {ask.field for ask in view.asks}
    if found.kind is InterventionKind.INSTITUTION and "planned_end" in missing:
        said.append(
            Minded(tr("No planned end: an institution is a treatment with an end."), "overdue", "edit")
        )
        missing.discard("planned_end")
    if missing:
        fields = [tr(_FIELD_WORDS[name]) for name in _FIELD_WORDS if name in missing]
        said.append(Minded(tr("Not written yet: {fields}.", fields=fields), "note", "edit"))
    if found.kind in DECIDED and not desk.case.unborn and (view.heard is None or not view.heard.settled):
        asked = None if view.heard is None else view.heard.asked_on
        words = (
            tr("The child is not heard yet.")
            if asked is None
            else tr("The child's hearing was asked for on {day}.", day=asked)
        )
        said.append(Minded(words, "note", "hearing"))
    if not found.rule:
        said.append(Minded(tr("No local follow-up rule"), "muted"))
    unset = desk.unset.get(found.id)
    if unset is not None:
        words = unset.words.say(i18n.current().language)
        said.append(Minded(f"{words} ({i18n.say(unset.reference.phrase)})", "muted"))
    if view.retired:
        said.append(Minded(tr("No longer in the catalogue"), "muted"))
    return said


_FIELD_WORDS = {
    "purpose": "Purpose",
    "expected_duration": "Expected duration",
    "next_step": "Next step down",
    "coming_carer": "Who will care for the child afterwards",
    "child_wants": "What the child wants",
    "parents_want": "What the parents want",
}


def agreed_words(agreed: Agreed, desk: CaseDesk) -> list[str]:
    """Return what is agreed about the follow-ups of an intervention: exceptions in force, the decided rhythm."""
    said = []
    for exception in agreed.exceptions:
        if exception.in_force(desk.today):
            title = desk.exception_title(exception.kind)
            name = title if isinstance(title, str) else title.say(i18n.current().language)
            said.append(
                tr("Exception: {name}, agreed with {who} on {day}", name=name, who=exception.agreed_by,
                   day=exception.agreed_on)
            )  # fmt: skip
    if agreed.rhythms:
        latest = agreed.rhythms[-1]
        said.append(
            tr("Rhythm decided on {day}: {rhythm}", day=latest.decided_on, rhythm=rhythm_words(latest.rhythm))
        )
    return said


def exception_words(one: FollowUpException, today: dt.date) -> str:
    """Return with whom and when an exception was agreed, and whether it holds or has ended."""
    language = i18n.current().language
    day = "" if one.agreed_on is None else long_date(one.agreed_on, language)
    said = tr("Agreed with {who} on {day}.", who=one.agreed_by, day=day)
    if one.ended_on is None:
        return f"{said} {tr('It holds.')}"
    last = long_date(one.ended_on, language)
    if one.in_force(today):
        return f"{said} {tr('It holds to {day} inclusive.', day=last)}"
    return f"{said} {tr('Ended: {day} was its last day.', day=last)}"


def rhythm_words(rhythm: object) -> str:
    """Return a rhythm: every so many weeks or months."""
    amount, unit = int(getattr(rhythm, "amount", 0)), str(getattr(rhythm, "unit", "M"))
    if unit == "W":
        return i18n.ngettext("every week", "every {n} weeks", amount)
    return i18n.ngettext("every month", "every {n} months", amount)
