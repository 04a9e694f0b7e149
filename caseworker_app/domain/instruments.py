"""Instruments as data: scales with their range, how they add up, what norm sets say. Scores only, never a licensed text.

Values are whole hundredths: 4 is 400, 1.7 is 170. A missing scale is left out, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.typed_numbers import figure_words

TOTAL: Final = "total"
"""The id under which a total stands among the scores."""
ONE: Final = 100


class Respondent(StrEnum):
    """Who answers."""

    CHILD = "child"
    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    SCHOOL = "school"
    PROFESSIONAL = "professional"


RESPONDENT_LABELS: Mapping[Respondent, str] = {
    Respondent.CHILD: "The child or young person",
    Respondent.MOTHER: "The mother",
    Respondent.FATHER: "The father",
    Respondent.PARENT: "A parent",
    Respondent.SCHOOL: "School or day-care",
    Respondent.PROFESSIONAL: "A professional",
}
PARENTS: Final = frozenset({Respondent.MOTHER, Respondent.FATHER, Respondent.PARENT})


class Better(StrEnum):
    """Which way a scale is better."""

    HIGH = "high"
    LOW = "low"
    MIDDLE = "middle"
    NONE = "none"


BETTER_LABELS: Mapping[Better, str] = {
    Better.HIGH: "Higher is better",
    Better.LOW: "Lower is better",
    Better.MIDDLE: "The middle is best",
    Better.NONE: "No better way",
}


class Fill(StrEnum):
    """Where it is filled in: here on the screen, or on paper or in a licensed system, so that scores only come here."""

    SCREEN = "screen"
    ELSEWHERE = "elsewhere"


class About(StrEnum):
    """Whom it is about: the child, which must be born, or the grown-ups, who may be asked before."""

    CHILD = "child"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale. ``words`` name its points, from the lowest; ``items`` questions of which ``least`` must be answered.

    An ``alarm`` is one question that needs action above 0 whatever the rest says; it is in no total.
    """

    id: str
    name: str
    lowest: int
    highest: int
    better: Better
    step: int = ONE
    words: tuple[str, ...] = ()
    question: str = ""
    items: int = 0
    least: int = 0
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What the scales of ``of`` add up to; there is one only when all of them are there."""

    name: str
    of: tuple[str, ...]
    better: Better


@dataclass(frozen=True, slots=True)
class NormSet:
    """A named set of limits. ``labels`` go from the best to the worst; a limit is where the next label begins: counted
    upwards in ``worse_from``, downwards in ``worse_to``."""

    name: str
    labels: tuple[str, ...]
    worse_from: Mapping[str, tuple[int, ...]]
    worse_to: Mapping[str, tuple[int, ...]]
    respondents: frozenset[Respondent] = frozenset()
    from_age: int = 0
    to_age: int = 200
    sex: str = ""

    def band(self, scale: str, value: int) -> str:
        """Return the label of a value; empty for a scale the set says nothing of."""
        if scale in self.worse_from:
            return self.labels[sum(limit <= value for limit in self.worse_from[scale])]
        if scale in self.worse_to:
            return self.labels[sum(limit >= value for limit in self.worse_to[scale])]
        return ""

    def fits(self, respondent: Respondent, age: int | None, sex: str = "") -> bool:
        """Whether the set is made for who answered and for the child's age, as far as it is known; one for
        boys or girls only where the sex is known."""
        return (
            (not self.respondents or respondent in self.respondents)
            and (age is None or self.from_age <= age <= self.to_age)
            and (not self.sex or self.sex == sex)
        )


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument. ``references`` are sentences of the source that are no norm; ``licence`` says what is allowed."""

    id: str
    name: str
    full_name: str
    help: str
    about: About
    fill: Fill
    respondents: tuple[Respondent, ...]
    scales: tuple[Scale, ...]
    total: Total | None = None
    norms: tuple[NormSet, ...] = ()
    references: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    from_age: int = 0
    to_age: int = 200
    own: bool = False

    def scale(self, scale: str) -> Scale | None:
        """Return a scale by its id, or the total as if it were one; ``None`` when there is none."""
        if scale == TOTAL and self.total is not None:
            of = [one for one in self.scales if one.id in self.total.of]
            low, high = sum(one.lowest for one in of), sum(one.highest for one in of)
            step = min((one.step for one in of), default=ONE)
            return Scale(TOTAL, self.total.name, low, high, self.total.better, step)
        return next((one for one in self.scales if one.id == scale), None)

    @property
    def shown(self) -> tuple[Scale, ...]:
        """The scales that are drawn and set side by side, the total last."""
        plain = tuple(one for one in self.scales if not one.alarm)
        total = self.scale(TOTAL) if self.total is not None else None
        return plain if total is None else (*plain, total)


Scores = Mapping[str, int]
"""Hundredths by the id of a scale; the total only where it came without its parts."""


def checked(instrument: Instrument, scores: Mapping[str, int | None]) -> dict[str, int]:
    """Return the scores that are given, in the order of the scales.

    A total that follows from its parts is left out again. Raises :class:`InvalidInput` (field ``scores``) for a value
    outside its scale, between its steps, a total that is not the sum, or nothing at all.
    """
    given = {name: value for name, value in scores.items() if value is not None}
    unknown = [name for name in given if instrument.scale(name) is None]
    if unknown:
        raise InvalidInput(
            "scores", "{instrument} has no scale called {name}.", instrument=instrument.name, name=unknown[0]
        )
    if not given:
        raise InvalidInput("scores", "Write at least one score, or say why there is none.")
    for name, value in given.items():
        _check_value(instrument.scale(name), value)
    _check_total(instrument, given)
    _check_alarm(instrument, given)
    order = [one.id for one in instrument.scales] + [TOTAL]
    kept = {name: given[name] for name in order if name in given}
    if instrument.total is not None and all(part in kept for part in instrument.total.of):
        kept.pop(TOTAL, None)
    return kept


def _check_value(scale: Scale | None, value: int) -> None:
    assert scale is not None, "unknown names are refused before"
    if not scale.lowest <= value <= scale.highest:
        raise InvalidInput(
            "scores", "{name} goes from {lowest} to {highest}; {value} is outside.", "Look at the paper again.",
            name=scale.name, lowest=figure_words(scale.lowest), highest=figure_words(scale.highest),
            value=figure_words(value),
        )  # fmt: skip
    if (value - scale.lowest) % scale.step:
        raise InvalidInput(
            "scores", "{name} goes in steps of {step}; {value} is between two.", "Look at the paper again.",
            name=scale.name, step=figure_words(scale.step), value=figure_words(value),
        )  # fmt: skip


def _check_total(instrument: Instrument, given: Mapping[str, int]) -> None:
    total = instrument.total
    if total is None or TOTAL not in given:
        return
    there = [part for part in total.of if part in given]
    if len(there) == len(total.of):
        added = sum(given[part] for part in total.of)
        if added != given[TOTAL]:
            raise InvalidInput(
                "scores", "The total is {total}, but its scales are {added} together.",
                "Look at the paper again; leave the total empty, and it is added up for you.",
                total=figure_words(given[TOTAL]), added=figure_words(added),
            )  # fmt: skip
    elif there:
        raise InvalidInput(
            "scores",
            "A total counts only when every scale it adds up is there.",
            "Leave the total empty, or write the total alone.",
        )


def _check_alarm(instrument: Instrument, given: Mapping[str, int]) -> None:
    for scale in (one for one in instrument.scales if one.alarm):
        if scale.id not in given:
            raise InvalidInput("scores", "Write the answer to {name}: 0 is an answer too.", name=scale.name)
        whole = given.get("score")
        if whole is not None and given[scale.id] > whole:
            raise InvalidInput(
                "scores",
                "{name} is higher than the whole score.",
                "Look at the paper again.",
                name=scale.name,
            )


def total_of(instrument: Instrument, scores: Scores) -> int | None:
    """Return the total: added up when all its scales are there, or as it came alone; else ``None``."""
    if instrument.total is None:
        return None
    if all(part in scores for part in instrument.total.of):
        return sum(scores[part] for part in instrument.total.of)
    return scores.get(TOTAL)


def value_of(instrument: Instrument, scores: Scores, scale: str) -> int | None:
    """Return the value of a scale, or of the total."""
    return total_of(instrument, scores) if scale == TOTAL else scores.get(scale)


def alarms(instrument: Instrument, scores: Scores) -> tuple[Scale, ...]:
    """Return the questions that need action: answered with more than nothing, whatever the rest says."""
    return tuple(one for one in instrument.scales if one.alarm and scores.get(one.id, 0) > 0)


def from_items(answers: Sequence[int | None], least: int = 3) -> int | None:
    """Return a scale's value (hundredths) from its questions, ``None`` for one that is not answered.

    The mean of those answered times how many there are, rounded, halves up; ``None`` with fewer than ``least`` answers
    (the rule of SDQ: at least three of five; law sheet 5.3).
    """
    given = [one for one in answers if one is not None]
    return from_sum(sum(given), len(given), len(answers), least)


def from_sum(added: int, answered: int, of: int, least: int) -> int | None:
    """Return a scale's value (hundredths) from what the answered questions add up to; see :func:`from_items`."""
    if answered < least or not answered:
        return None
    return (2 * added * of + answered) // (2 * answered) * ONE


@dataclass(frozen=True, slots=True)
class Banded:
    """What one norm set says of one value. The set is named wherever the band is."""

    scale: str
    label: str
    norm: str
    worst: bool


def bands(
    instrument: Instrument, scores: Scores, respondent: Respondent, age: int | None, sex: str = ""
) -> tuple[Banded, ...]:
    """Return what each fitting norm set says of each value. Sets may disagree: all of them are said."""
    found = []
    for norm in instrument.norms:
        if not norm.fits(respondent, age, sex):
            continue
        for scale in instrument.shown:
            value = value_of(instrument, scores, scale.id)
            label = "" if value is None else norm.band(scale.id, value)
            if label:
                found.append(Banded(scale.id, label, norm.name, label == norm.labels[-1]))
    return tuple(found)


def to_lines(scores: Scores) -> tuple[str, ...]:
    """Return scores as they are kept: ``scale=hundredths``."""
    return tuple(f"{name}={value}" for name, value in scores.items())


def from_lines(lines: Iterable[str]) -> dict[str, int]:
    """Return scores from how they are kept."""
    return {name: int(value) for name, _, value in (line.partition("=") for line in lines)}


def value_words(scale: Scale, value: int | None) -> str:
    """Return a value as it is said: the word of its point where the scale has words, else the figure."""
    if value is None:
        return ""
    at = (value - scale.lowest) // scale.step
    if scale.words and at < len(scale.words) and scale.words[at]:
        return f"{figure_words(value)}: {scale.words[at]}"
    return figure_words(value)


def range_words(scale: Scale) -> str:
    """Return from where to where a scale goes."""
    return f"{figure_words(scale.lowest)}-{figure_words(scale.highest)}"
