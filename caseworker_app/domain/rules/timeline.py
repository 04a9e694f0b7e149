"""Rule sets that follow one another: what was due before a change stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.rules.model import RuleSet


@dataclass(frozen=True, slots=True)
class RuleSetTimeline:
    """Versions of one standard, each in force from its ``valid_from`` until the next begins.

    A rule that a later version no longer has goes on as it was: a kind retired loses no date.
    """

    sets: tuple[RuleSet, ...]

    @staticmethod
    def of(*sets: RuleSet) -> RuleSetTimeline:
        """Return the versions in order; of two that begin on the same day the later given one counts."""
        by_day = {each.valid_from: each for each in sets}
        return RuleSetTimeline(tuple(by_day[day] for day in sorted(by_day)))

    def changed(self, edited: RuleSet, today: date) -> RuleSetTimeline:
        """Return the timeline with an edited copy at its end.

        Raises :class:`InvalidInput` when it would count from before ``today``, or before a version already
        agreed: what was due is never rewritten.
        """
        if edited.valid_from < today:
            raise InvalidInput(
                "valid_from",
                "A changed rule counts from today at the earliest.",
                "Write {today} or a later day as valid_from.",
                today=today,
            )
        if self.sets and edited.valid_from < self.sets[-1].valid_from:
            raise InvalidInput(
                "valid_from",
                "There is a later version already, from {day}.",
                "Write that day or a later one as valid_from.",
                day=self.sets[-1].valid_from,
            )
        return RuleSetTimeline.of(*self.sets, edited)

    def on(self, day: date) -> RuleSet | None:
        """Return the version in force on a day; ``None`` before the first and after the last one's end."""
        found = None
        for each in self.sets:
            if each.valid_from <= day:
                found = each
        return found if found is not self.last or found is None or found.valid_on(day) else None

    @property
    def last(self) -> RuleSet:
        """The newest version."""
        return self.sets[-1]

    def versions(self, rule: str, start: date) -> tuple[tuple[RuleSet, date | None], ...]:
        """Return the versions that have a rule and count for an intervention begun on ``start``.

        Each with the day it came into force for the intervention: ``None`` for what held at the start.
        """
        having = [each for each in self.sets if rule in each.rules]
        earlier = [each for each in having if each.valid_from <= start]
        later = [each for each in having if each.valid_from > start]
        first: list[tuple[RuleSet, date | None]] = [(earlier[-1], None)] if earlier else []
        return (*first, *((each, each.valid_from) for each in later))
