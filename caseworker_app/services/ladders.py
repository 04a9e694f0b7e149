"""A child's ladder over time, as it is drawn: what ran, on which step, the days of decision, and what is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from caseworker_app.domain.case import Case
from caseworker_app.domain.catalogue import Catalogue
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.chart_facts import LadderBar, LadderStrip, LadderWords
from caseworker_app.domain.numbers.events import Stay
from caseworker_app.domain.numbers.ladder import STEP_LABELS, Strip, strip
from caseworker_app.domain.numbers_facts import LadderFacts
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.i18n import Translator
from caseworker_app.services import numbers, papers
from caseworker_app.services.known_names import danish
from caseworker_app.services.ports import Reader

_AFTER = dt.timedelta(days=30)
"""How far beyond today, or what is planned, the drawing goes."""


def of_case(reader: Reader, catalogue: Catalogue, case: Id) -> Strip:
    """Return a case on the ladder. Raises ``KeyError`` when there is no such case."""
    spell, stays = numbers.of_case(reader, case, catalogue)
    return strip(spell, stays, reader.today)


def drawn(found: Strip, today: dt.date, words: Translator, about: str) -> LadderStrip:
    """Return what the drawing is made of; ``about`` says whose it is, in words."""
    bars = tuple(_bars(found, today))
    begun = [one.first for one in bars] + [one.days.first for one in found.standings]
    planned = [bar.planned_last or bar.last for bar in bars]
    return LadderStrip(
        bars=bars,
        top=tuple((one.step, one.days.first, one.days.last) for one in found.standings),
        decisions=tuple(stay.decided_on for stay in found.stays if stay.decided_on is not None),
        first=min(begun, default=today - dt.timedelta(days=365)),
        last=max([today, *planned]) + _AFTER,
        today=today,
        words=_words(words, about),
    )


def _bars(found: Strip, today: dt.date) -> Iterator[LadderBar]:
    on_top = {one.stay.thing for one in found.standings if one.stay is not None}
    for stay in found.stays:
        if stay.step is None:
            continue
        if stay.first > today:
            last = stay.planned_last or stay.last or stay.first + dt.timedelta(days=180)
            yield LadderBar(stay.step, stay.first, last, stay.name, planned=True, top=False)
            continue
        yield LadderBar(
            stay.step,
            stay.first,
            stay.until(today),
            stay.name,
            top=stay.thing in on_top,
            open=stay.last is None,
            broken=stay.broken,
            planned_last=stay.planned_last if stay.last is None else None,
        )


def _words(words: Translator, about: str) -> LadderWords:
    return LadderWords(
        language=words.language,
        steps={step: words.gettext(name) for step, name in STEP_LABELS.items()},
        today=words.gettext("Today"),
        decision=words.gettext("decision"),
        planned=words.gettext("planned"),
        broken=words.gettext("breakdown"),
        beside=words.gettext("ran beside it"),
        nothing=words.gettext("No intervention has begun yet"),
        about=about,
    )


# --- On paper ------------------------------------------------------------------------------------------------


def job(reader: Reader, catalogue: Catalogue, case: Id) -> PaperJob:
    """Return the ladder of a case as a paper. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    own, words = of_case(reader, catalogue, case), danish()
    child = found.first_name or found.unborn_of
    facts = LadderFacts(
        sender=papers.sender(reader),
        child=child,
        strip=drawn(own, reader.today, words, "Indsatstrappen over tid"),
        rows=tuple(_rows(own.stays, reader.today)),
        moves=tuple(
            f"{short_date(move.on)}: fra trin {move.before} til trin {move.after}" for move in own.moves
        ),
        dated=reader.today,
    )
    return PaperJob(Paper.LADDER, facts, "ladder.pdf", "", case)


def _rows(stays: Sequence[Stay], today: dt.date) -> Iterator[tuple[str, ...]]:
    for stay in stays:
        last = "" if stay.last is None else short_date(stay.last)
        if stay.first > today:
            note = "planlagt"
        elif stay.broken:
            note = "sammenbrud"
        elif stay.last is None and stay.planned_last is not None:
            note = f"planlagt til {short_date(stay.planned_last)}"
        else:
            note = ""
        if stay.last is None and stay.planned_next:
            note = f"{note}; derefter: {stay.planned_next}".removeprefix("; ")
        decided = "" if stay.decided_on is None else short_date(stay.decided_on)
        step = "" if stay.step is None else str(stay.step)
        yield step, stay.name, decided, short_date(stay.first), last, note
