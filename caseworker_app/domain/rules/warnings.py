"""What is missing or has run on, said in words: the decision on the rhythm, a course that is past its last date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.schedule import RhythmDecision
from caseworker_app.domain.rules.timeline import RuleSetTimeline


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """A warning: ``code`` for the program, ``words`` for the user."""

    code: str
    words: Phrase


def rhythm_warnings(
    law: RuleSet, rule: str, held: Sequence[date], decisions: Sequence[RhythmDecision]
) -> tuple[RuleWarning, ...]:
    """Return what is missing of the decision on the further rhythm (BL § 95, stk. 3).

    Nothing is, before the first follow-up is held, or where the rule asks for no decision.
    """
    found = law.rules.get(rule)
    if found is None or not found.decided or not held:
        return ()
    source = found.origin.reference.phrase
    if not decisions:
        words = Phrase(
            "The first follow-up was held on {day}, and no decision on the further rhythm is recorded ({source}).",
            {"day": min(held), "source": source},
        )
        return (RuleWarning("missing_rhythm_decision", words),)
    latest = max(decisions, key=lambda each: each.decided_on)
    values = {"day": latest.decided_on, "source": source}
    warnings = []
    if not latest.reasons.strip():
        words = Phrase("The decision of {day} on the further rhythm has no reasons ({source}).", values)
        warnings.append(RuleWarning("rhythm_without_reasons", words))
    if not latest.child_wish.strip():
        words = Phrase(
            "The decision of {day} on the further rhythm lacks the child's wish ({source}).", values
        )
        warnings.append(RuleWarning("rhythm_without_child_wish", words))
    return tuple(warnings)


def overrun_warning(
    rules: RuleSet | RuleSetTimeline, rule: str, start: date, today: date, *, end: date | None = None
) -> RuleWarning | None:
    """Return a warning when an open intervention is past the last date of its rule; the general one then applies."""
    if end is not None and end <= today:
        return None
    version = rules.on(today) if isinstance(rules, RuleSetTimeline) else rules
    found = version.rules.get(rule) if version is not None else None
    if found is None or not found.ends or not found.continued_by:
        return None
    last = found.steps[-1].after.after(start)
    if today <= last:
        return None
    words = Phrase(
        "The course had its last date on {day} and is still open: the general rule applies, and its end is to be decided.",
        {"day": last},
    )
    return RuleWarning("past_last_date", words)
