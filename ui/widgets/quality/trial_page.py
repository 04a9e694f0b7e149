"""What is written of a trial: its aim, how one knows, and each time round the circle."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.domain.trial_action import (
    BOARD,
    ENDED,
    STAGE_LABELS,
    TRIAL_TYPE_LABELS,
    Stage,
    TrialRound,
)
from caseworker_app.services.trials import TrialView
from ui.widgets.assessment.notification_page import day_words
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.quality.board import BoardPart

_WRITES = {Stage.PLAN: "plan", Stage.TRY: "tried", Stage.REFLECT: "reflected", Stage.ADJUST: "adjusted"}


def trial_page(part: BoardPart, one: TrialView, today: dt.date) -> Page:
    """Return the sheet of a trial."""
    trial = one.trial
    facts = [
        Facts(
            "",
            (
                (tr("What we want to reach"), trial.aim),
                (tr("How we know that it is better"), trial.how_known),
                (tr("Responsible"), trial.owner),
                (tr("Who works on it"), trial.others),
                (tr("Shown to the team on"), day_words(trial.show_on)),
                (tr("Part of the development point"), trial.point),
                (tr("What we learnt"), trial.learnt),
            ),
        )
    ]
    facts += [_round(found) for found in reversed(one.rounds)]
    late = (
        tr("It was to be shown to the team {day}.", day=day_words(trial.show_on)) if one.late(today) else ""
    )
    quiet = f"{tr(STAGE_LABELS[trial.stage])} · {tr(TRIAL_TYPE_LABELS[trial.type])}"
    return Page(
        trial.what, quiet, clock=late, clock_tone="overdue", lead=Facts("", (), _doings(part, one)),
        facts=tuple(facts),
    )  # fmt: skip


def _round(found: TrialRound) -> Facts:
    rows = (
        (tr("Plan it"), found.plan),
        (tr("Try"), found.tried),
        (tr("Reflect"), found.reflected),
        (tr("Adjust"), found.adjusted),
    )
    heading = tr("Round {n}, begun {day}", n=found.number, day=day_words(found.begun_on))
    return Facts(heading, rows)


def _doings(part: BoardPart, one: TrialView) -> tuple[Doing, ...]:
    trial = one.trial
    about, key = trial.what, trial.id
    made = [Doing(tr("Change …"), partial(part.change, key), about=about)]
    if trial.stage in ENDED:
        made.append(Doing(tr("Take it up again"), partial(part.move_to, key, Stage.PLAN), about=about))
    else:
        at = BOARD.index(trial.stage)
        onward = BOARD[at + 1] if at + 1 < len(BOARD) else Stage.PLAN
        words = tr("On to: {stage}", stage=tr(STAGE_LABELS[onward]))
        if trial.stage is Stage.ADJUST:
            words = tr("Another round")
        made.insert(0, Doing(words, partial(part.step, key, 1), primary=True, about=about))
        if one.round is not None:
            first = _WRITES.get(trial.stage, "plan")
            made.append(Doing(tr("Write in the round …"), partial(part.write, key, first), about=about))
            made.append(Doing(tr("Keep it"), partial(part.move_to, key, Stage.KEPT), about=about))
        made.append(Doing(tr("Drop it"), partial(part.move_to, key, Stage.DROPPED), about=about))
    made.append(Doing(tr("Remove"), partial(part.remove, key), about=about))
    return tuple(made)
