"""The caseload on the ladder at a date (figure 2.1), and the moves of a period (figure 4.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.events import Events
from caseworker_app.domain.numbers.figures import (
    Bar,
    Bars,
    Column,
    Counted,
    Figure,
    Line,
    Sheet,
    Sum,
    difference,
    total,
)
from caseworker_app.domain.numbers.ladder import STEP_LABELS, STEPS, Move, Strip
from caseworker_app.domain.numbers.sheet_parts import ONE
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.phrases import Phrase

ALL, NOWHERE = "all", "none"
UP, DOWN = "up", "down"


def ladder_sheet(events: Events, found: Mapping[Id, Strip], span: Span) -> Sheet:
    """Return the open cases by step on the first and the last day of a period."""
    last = min(span.last, events.today)
    days = (span.first, last) if span.first < last else (last,)
    at = [_at(found, day) for day in days]
    lines = [
        Line(str(step), step_words(step), _cells([one.get(step, []) for one in at]))
        for step in range(STEPS, 0, -1)
    ]
    lines.append(Line(NOWHERE, Phrase("On no step"), _cells([one.get(0, []) for one in at])))
    everybody = [[part for parts in one.values() for part in parts] for one in at]
    lines.append(Line(ALL, Phrase("Open cases"), _cells(everybody), 0))
    columns = [Column(Phrase("{day}", {"day": day})) for day in days]
    if len(days) == 2:
        columns.append(Column(Phrase("Difference")))
    bars = tuple(
        Bar(
            Phrase("Step {step}", {"step": line.key}),
            (line.key, len(days) - 1),
            (line.key, 0) if len(days) == 2 else None,
        )
        for line in reversed(lines[:STEPS])
    )
    mark = None if len(days) == 1 else Phrase("{day}", {"day": days[0]})
    return Sheet(
        key="ladder",
        title=Phrase("The caseload on the ladder"),
        source="Figur 2.1",
        columns=tuple(columns),
        lines=tuple(lines),
        notes=(Phrase("A child stands on the highest step of what runs on the day."),),
        sums=(Sum(ALL, tuple(line.key for line in lines[:-1])),),
        adds=tuple(range(len(days))),
        tied=(tuple(range(len(columns))),),
        charts=(Bars(Phrase("Children by step"), bars, mark),),
    )


def _at(found: Mapping[Id, Strip], day: dt.date) -> dict[int, list[Counted]]:
    """Return the open cases of a day by step; 0 is no step."""
    made: dict[int, list[Counted]] = {}
    for strip in found.values():
        if not strip.case.open_on(day):
            continue
        here = strip.on(day)
        name = here.stay.name if here is not None and here.stay is not None else ""
        if here is None:
            why = Phrase("nothing on the ladder runs")
        elif name:
            why = Phrase("{name} since {day}", {"name": name, "day": here.days.first})
        else:
            why = Phrase("set by hand")
        thing = here.stay.thing if here is not None and here.stay is not None else b""
        made.setdefault(0 if here is None else here.step, []).append(
            Counted(strip.case.case, ONE, why, thing)
        )
    return made


def _cells(parts: list[list[Counted]]) -> tuple[Figure, ...]:
    figures = [total(one) for one in parts]
    return tuple(figures) if len(figures) == 1 else (*figures, difference(figures[0], figures[1]))


def step_words(step: int) -> Phrase:
    """Return a step with its name."""
    return Phrase("{step} {name}", {"step": step, "name": Phrase(STEP_LABELS[step])})


def move_sheet(events: Events, found: Mapping[Id, Strip], span: Span) -> Sheet:
    """Return the moves of a period: up, down, and from which step to which."""
    moves = [move for strip in found.values() for move in strip.moves if move.on in span]
    lines: list[Line] = []
    sums = []
    for key, words, up in (
        (DOWN, Phrase("Down the ladder, nearer to everyday life"), False),
        (UP, Phrase("Up the ladder, further from everyday life"), True),
    ):
        own = [move for move in moves if move.up is up]
        pairs = sorted({(move.before, move.after) for move in own}, reverse=True)
        lines.append(Line(key, words, (_moved(own),), 1))
        for before, after in pairs:
            here = [move for move in own if (move.before, move.after) == (before, after)]
            label = Phrase("from step {before} to step {after}", {"before": before, "after": after})
            lines.append(Line(f"{before}-{after}", label, (_moved(here),), 2))
        if pairs:
            sums.append(Sum(key, tuple(f"{before}-{after}" for before, after in pairs)))
    lines.append(Line(ALL, Phrase("Moves in all"), (_moved(moves),), 0))
    return Sheet(
        key="moves",
        title=Phrase("Moves on the ladder"),
        source="Figur 4.1",
        columns=(Column(Phrase("Moves")),),
        lines=tuple(lines),
        notes=(
            Phrase(
                "One child may move several times. A pause of at most a month between two interventions is no move."
            ),
        ),
        sums=(*sums, Sum(ALL, (DOWN, UP))),
    )


def _moved(moves: list[Move]) -> Figure:
    return total(
        Counted(
            move.case,
            ONE,
            Phrase(
                "{day}: from step {before} to step {after}",
                {"day": move.on, "before": move.before, "after": move.after},
            ),
            b"" if move.to is None else move.to.thing,
        )
        for move in moves
    )
