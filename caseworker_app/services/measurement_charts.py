"""The drawings of measurements: a spider web of one person's answers, and one scale over time with everybody's."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.dates import short_date
from caseworker_app.domain.instruments import RESPONDENT_LABELS, TOTAL, Better, Scale
from caseworker_app.domain.measure_facts import OverTime, Spider, SpiderAxis, SpiderShape, TimeLine, TimePoint
from caseworker_app.domain.measurement import PHASE_LABELS
from caseworker_app.domain.phrases import N_
from caseworker_app.i18n import Translator
from caseworker_app.services.measurement_views import MeasurementView, Together, beside

LEAST_AXES = 3
MOST_SHAPES = 4
"""So many measurements are drawn in one web: the first and the last ones."""
BETTER_WORDS = {
    Better.HIGH: N_("higher is better"),
    Better.LOW: N_("lower is better"),
    Better.MIDDLE: N_("the middle is best"),
    Better.NONE: "",
}


def person(one: Together, words: Translator) -> str:
    """Return who answered: the name, or what the person is to the child."""
    called = words.gettext(RESPONDENT_LABELS[one.respondent])
    return f"{one.who} ({called.lower()})" if one.who else called


def when(one: MeasurementView, words: Translator) -> str:
    """Return phase and day of a measurement."""
    phase = words.gettext(PHASE_LABELS[one.measurement.phase])
    day = one.measurement.taken_on
    return phase if day is None else f"{phase}, {short_date(day, words.language)}"


def better(scale: Scale, words: Translator) -> str:
    """Return in words which way a scale is better."""
    said = BETTER_WORDS[scale.better]
    return words.gettext(said) if said else ""


def spider(one: Together, words: Translator) -> Spider | None:
    """Return the web of one person's answers; ``None`` for an instrument of fewer than three scales."""
    scales = tuple(scale for scale in one.instrument.shown if scale.id != TOTAL)
    taken = [view for view in one.taken if any(scale.id in view.scores for scale in scales)]
    if len(scales) < LEAST_AXES or not taken:
        return None
    axes = tuple(SpiderAxis(s.name, s.lowest, s.highest, better(s, words)) for s in scales)
    drawn = taken if len(taken) <= MOST_SHAPES else [taken[0], *taken[-MOST_SHAPES + 1 :]]
    shapes = tuple(
        SpiderShape(when(view, words), tuple(view.scores.get(s.id) for s in scales)) for view in drawn
    )
    return Spider(f"{one.called}, {person(one, words)}", axes, shapes)


def comparable(one: OverTime) -> bool:
    """Whether there is something to compare: two values at least."""
    return sum(len(line.points) for line in one.lines) > 1


def over_time(
    shown: Together, all_of: Iterable[Together], words: Translator, scale: Scale | None = None
) -> OverTime:
    """Return one scale over time (the total, or the first), the person shown first and the others beside."""
    chosen = scale or shown.instrument.scale(TOTAL) or shown.instrument.shown[0]
    lines = []
    for one in beside(shown, all_of):
        points = tuple(
            TimePoint(day, value, words.gettext(PHASE_LABELS[view.measurement.phase]).lower())
            for view in one.taken
            if (day := view.measurement.taken_on) is not None and (value := view.value(chosen.id)) is not None
        )
        if points:
            lines.append(TimeLine(person(one, words), points))
    return OverTime(
        f"{shown.called}: {chosen.name}", chosen.lowest, chosen.highest, tuple(lines),
        better(chosen, words), words.gettext(N_("Nothing is measured yet")), words.language,
    )  # fmt: skip
