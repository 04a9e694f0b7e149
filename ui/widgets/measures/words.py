"""What is said of measurements on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caseworker_app import i18n
from caseworker_app.domain.instruments import (
    RESPONDENT_LABELS,
    TOTAL,
    Instrument,
    Respondent,
    range_words,
    value_words,
)
from caseworker_app.domain.measurement import ANSWERED_LABELS, PHASE_LABELS, Answered
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.i18n import N_
from caseworker_app.services.measurement_charts import better
from caseworker_app.services.measurement_views import MeasurementView, PlanView, Standing, Together
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.sheet import Facts
from ui.words import tr

STANDING_LABELS: Mapping[Standing, str] = {
    Standing.LATE: N_("is missing: due {day}"),
    Standing.SOON: N_("due {day}"),
    Standing.OPEN: N_("due {day}"),
    Standing.NO_DAY: N_("no day yet"),
    Standing.TAKEN: N_("taken {day}"),
    Standing.LET_GO: N_("let go {day}"),
}
_SIGNS: Mapping[Standing, tuple[str, str]] = {
    Standing.LATE: ("warning", "overdue"),
    Standing.SOON: ("today", "soon"),
    Standing.OPEN: ("today", "muted"),
    Standing.NO_DAY: ("note", "soon"),
    Standing.TAKEN: ("done", "done"),
    Standing.LET_GO: ("note", "muted"),
}


def person(respondent: Respondent, who: str) -> str:
    """Return who answers: the name, or what the person is to the child."""
    return who or tr(RESPONDENT_LABELS[respondent])


def instrument_name(instrument: Instrument | None) -> str:
    """Return what an instrument is called, also one that is not here."""
    return tr("An instrument that is not here") if instrument is None else instrument.name


def standing(one: PlanView) -> str:
    """Return where a planned measurement stands."""
    plan = one.plan
    day = plan.settled_on if plan.settled_on is not None else plan.due
    return tr(STANDING_LABELS[one.standing], day="" if day is None else short_day(day))


def plan_line(one: PlanView) -> ListLine:
    """Return the line of a planned measurement."""
    words = f"{tr(PHASE_LABELS[one.plan.phase])} · {one.plan.asked or instrument_name(one.instrument)}"
    icon, tone = _SIGNS[one.standing]
    quiet = f"{standing(one)} · {person(one.plan.respondent, one.plan.who)}"
    return ListLine(one.plan.id, words, quiet, icon, tone)


def taken_line(one: MeasurementView) -> ListLine:
    """Return the line of a measurement."""
    found = one.measurement
    words = f"{tr(PHASE_LABELS[found.phase])} · {found.asked or instrument_name(one.instrument)}"
    quiet = f"{person(found.respondent, found.who)}, {short_day(found.taken_on)}"
    if one.alarms:
        return ListLine(found.id, words, f"{quiet} · {tr('item 10 above 0')}", "warning", "overdue")
    if found.answered is not Answered.YES:
        return ListLine(found.id, words, f"{quiet} · {tr(ANSWERED_LABELS[found.answered])}", "note", "muted")
    main = _main(one)
    return ListLine(found.id, words, f"{quiet} · {main}" if main else quiet, "done", "accent")


def _main(one: MeasurementView) -> str:
    """Return the total, or the only score."""
    if one.instrument is None:
        return ""
    shown = one.instrument.shown
    scale = next((s for s in shown if s.id == TOTAL), shown[0] if len(shown) == 1 else None)
    return "" if scale is None else value_words(scale, one.value(scale.id))


def together_line(one: Together) -> ListLine:
    """Return the line of what belongs together: who, and how it moved."""
    main = one.instrument.scale(TOTAL) or one.instrument.shown[0]
    moved = one.moved(main.id)
    count = i18n.ngettext("{n} measurement", "{n} measurements", len(one.taken))
    said = count if moved is None else f"{count}: {figure_words(moved[0])} → {figure_words(moved[1])}"
    words = f"{person(one.respondent, one.who)} · {one.called}"
    return ListLine(
        one.id, words, said, "today" if moved is None else "done", "muted" if moved is None else "accent"
    )


def scores(one: MeasurementView) -> Facts:
    """Return the scores of a measurement, each with its range and which way is better."""
    rows = []
    for scale in () if one.instrument is None else one.instrument.shown:
        value = one.value(scale.id)
        if value is not None:
            way = better(scale, i18n.current())
            around = f"{range_words(scale)}, {way}" if way else range_words(scale)
            rows.append((scale.name, f"{value_words(scale, value)}   ({around})"))
        elif scale.items:
            rows.append((scale.name, tr("does not count: too few answers")))
    return Facts(tr("Scores"), tuple(rows))


def norms(one: MeasurementView) -> Iterator[Facts]:
    """Yield what each norm set says; the set is named in the heading."""
    if one.instrument is None:
        return
    names = {scale.id: scale.name for scale in one.instrument.shown}
    for norm, found in one.named_bands:
        labels = tuple(dict.fromkeys(band.label for band in found))
        rows = tuple(
            (label, ", ".join(names[band.scale] for band in found if band.label == label)) for label in labels
        )
        yield Facts(tr("By {norm}", norm=norm), rows)


def beside(one: MeasurementView) -> Facts:
    """Return what was said, seen and noted, each with its source."""
    found = one.measurement
    day = day_words(found.taken_on)
    who = person(found.respondent, found.who)
    worker = found.registered_by
    said = (
        (
            tr("The citizen's own words"),
            f"»{found.own_words}«" if found.own_words else "",
            found.own_words_by or who,
        ),
        (tr("What was seen"), found.observation, found.observed_by or worker),
        (tr("Note"), found.note, found.note_by or worker),
    )
    rows = tuple((name, f"{text}\n{source}, {day}" if text else "") for name, text, source in said)
    return Facts(tr("Beside the numbers"), rows)


def about(instrument: Instrument | None, *, retired: bool = False) -> Facts:
    """Return what an instrument is."""
    if instrument is None:
        return Facts("", ())
    rows = (
        (tr("What it is"), instrument.help),
        (tr("Rights"), instrument.licence),
        (tr("What sources say"), "\n".join(instrument.references)),
        (tr("Source"), instrument.source),
        (tr("Retired"), tr("It is not taken any more.") if retired else ""),
    )
    return Facts(tr("About {name}", name=instrument.full_name or instrument.name), rows)
