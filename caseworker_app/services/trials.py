"""The board of trial actions: ideas become small tries, go round plan-try-reflect-adjust, and are kept or dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.order import key_after
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.trial_action import BOARD, ENDED, Stage, TrialAction, TrialRound
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit
from caseworker_app.services.nameless import refuse_names
from caseworker_app.services.plain_records import change, known, make, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

_SHORT, _LONG = ("owner", "others"), ("what", "point", "aim", "how_known", "learnt")
_ROUND = ("plan", "tried", "reflected", "adjusted")
_ASKED = (
    ("aim", N_("Write first what you want to reach.")),
    ("how_known", N_("Write first how you will know that it is better.")),
    ("owner", N_("Write first who is responsible.")),
    ("show_on", N_("Write first when it is shown to the team.")),
)
"""What an idea has before it becomes a trial."""


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial with its rounds, the first one first."""

    trial: TrialAction
    rounds: tuple[TrialRound, ...]

    @property
    def round(self) -> TrialRound | None:
        """The round it is in."""
        return self.rounds[-1] if self.rounds else None

    def late(self, today: dt.date) -> bool:
        """Whether it should have been shown to the team before today."""
        one = self.trial
        return one.stage not in ENDED and one.show_on is not None and one.show_on < today


def suggest(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Put an idea or a need on the board; return its id. Raises :class:`InvalidInput`."""
    checked = {name: value for name, value in values.items() if value is not None}
    last = max((one.order for one in writer.find(TrialAction)), default="")
    blank = TrialAction(stream=own_stream(writer), order=key_after(last))
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Put a trial action on the board")


def edit(writer: Writer, trial: Id, edits: Mapping[str, Edit]) -> None:
    """Change a trial. Raises :class:`InvalidInput`."""
    now = known(writer, TrialAction, trial)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change a trial action")


def remove(writer: Writer, trial: Id) -> None:
    """Take a trial off the board; undo brings it back."""
    take_away(writer, TrialAction, trial, "Remove a trial action")


def _check(reader: Reader, now: TrialAction, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, _LONG)
    if "stage" in values:
        raise ValueError("a trial is moved, not edited from stage to stage")
    refuse_names(reader, values, (*_SHORT, *_LONG))
    after = replace(now, **values)
    if not after.what:
        raise InvalidInput("what", "Write what you want to try.")
    if after.stage is not Stage.IDEA and after.stage not in ENDED:
        _ready(after)


def _ready(trial: TrialAction) -> None:
    for name, words in _ASKED:
        if not getattr(trial, name):
            raise InvalidInput(
                name,
                words,
                "A trial has an aim, a way to know, somebody responsible and a day; an idea needs none.",
            )


def move(writer: Writer, trial: Id, stage: Stage) -> None:
    """Move a trial to a stage.

    From adjust to plan a new round begins; kept and dropped end it today. Raises :class:`InvalidInput` for an idea that
    lacks what a trial has, :class:`UserError` for keeping what was never tried.
    """
    now = known(writer, TrialAction, trial)
    if stage is now.stage:
        return
    rounds = _rounds(writer, trial)
    if stage not in (Stage.IDEA, Stage.DROPPED):
        _ready(now)
    if stage is Stage.KEPT and not any(one.tried for one in rounds):
        raise UserError(
            "It was not tried yet, so nobody knows whether it is better.",
            "Write first what happened when you tried.",
            "If you want it off the board, drop it.",
        )
    writer.act("Move a trial action")
    writer.set(TrialAction, trial, "stage", stage, parents=None)
    ended = writer.today if stage in ENDED else None
    if ended != now.ended_on:
        writer.set(TrialAction, trial, "ended_on", ended, parents=None)
    begins = now.stage is Stage.ADJUST and stage is Stage.PLAN
    if begins or (not rounds and stage in BOARD[1:]):
        number = len(rounds) + 1
        said = rounds[-1].adjusted if rounds else ""
        fresh = TrialRound(stream=now.stream, trial=trial, number=number, begun_on=writer.today, plan=said)
        writer.create(replace(fresh, id=writer.new_id()))


def step(writer: Writer, trial: Id, by: int) -> Stage:
    """Move a trial so many stages on along the board (back when below nothing); return where it stands.

    From adjust it goes on to plan: that is the circle. Raises as :func:`move`.
    """
    now = known(writer, TrialAction, trial)
    if now.stage in ENDED:
        return now.stage
    at = BOARD.index(now.stage) + by
    if at >= len(BOARD):
        at = 1
    stage = BOARD[max(0, at)]
    move(writer, trial, stage)
    return stage


def write_round(writer: Writer, found: Id, edits: Mapping[str, Edit]) -> None:
    """Write in a round: planned, tried, thought over, adjusted. Raises :class:`InvalidInput`."""
    now = known(writer, TrialRound, found)
    checked = {name: one.value for name, one in edits.items()}
    tidied(checked, (), _ROUND)
    refuse_names(writer, checked, _ROUND)
    change(writer, now, edits, checked, "Write in a round of a trial action")


def _rounds(reader: Reader, trial: Id) -> tuple[TrialRound, ...]:
    found = reader.find(TrialRound, where={"trial": trial})
    return tuple(sorted(found, key=lambda one: (one.number or 0, one.id)))


def view(reader: Reader, trial: Id) -> TrialView:
    """Return a trial with its rounds. Raises ``KeyError`` when there is none."""
    return TrialView(known(reader, TrialAction, trial), _rounds(reader, trial))


def board(reader: Reader) -> tuple[TrialView, ...]:
    """Return every trial: those on the board in the order they were put there, then what ended, the latest first."""
    rounds: dict[Id | None, list[TrialRound]] = {}
    for one in reader.find(TrialRound):
        rounds.setdefault(one.trial, []).append(one)
    views = [
        TrialView(one, tuple(sorted(rounds.get(one.id, ()), key=lambda r: (r.number or 0, r.id))))
        for one in reader.find(TrialAction)
    ]
    running = [one for one in views if one.trial.stage not in ENDED]
    ended = [one for one in views if one.trial.stage in ENDED]
    running.sort(key=lambda one: (one.trial.order, one.trial.id))
    ended.sort(key=lambda one: (one.trial.ended_on or dt.date.min, one.trial.id), reverse=True)
    return (*running, *ended)
