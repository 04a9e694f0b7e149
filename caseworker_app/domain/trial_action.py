"""Trial actions (prøvehandlinger): small tries at doing the work better, on a board.

Promising practice 2.1: what is to be reached, how do we know that it is better, what do we try; then plan, try, reflect,
adjust, first with one worker and one family, again and again. Each has an owner and a day it is shown to the team. The
board is no place for cases: no name and no number stands on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, choice


class TrialType(StrEnum):
    """The two types there are."""

    ORGANISATION = "organisation"
    WITH_FAMILIES = "with_families"


TRIAL_TYPE_LABELS: Mapping[TrialType, str] = {
    TrialType.WITH_FAMILIES: "In the work with families",
    TrialType.ORGANISATION: "In how we are organised",
}


class Stage(StrEnum):
    """Where a trial stands. The last two are off the board."""

    IDEA = "idea"
    PLAN = "plan"
    TRY = "try"
    REFLECT = "reflect"
    ADJUST = "adjust"
    KEPT = "kept"
    DROPPED = "dropped"


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.IDEA: "Ideas and needs",
    Stage.PLAN: "Plan it",
    Stage.TRY: "Try",
    Stage.REFLECT: "Reflect",
    Stage.ADJUST: "Adjust",
    Stage.KEPT: "Kept: we work like this now",
    Stage.DROPPED: "Dropped",
}
BOARD: Final = (Stage.IDEA, Stage.PLAN, Stage.TRY, Stage.REFLECT, Stage.ADJUST)
ENDED: Final = frozenset({Stage.KEPT, Stage.DROPPED})


@entity("trial_action", "Trial action")
class TrialAction(Entity):
    """One trial; the stream is the worker's own. ``show_on`` is the day it is shown to the team."""

    what: str = field(TEXT, "What we try", default="")
    type: TrialType = field(choice(TrialType), "Where", default=TrialType.WITH_FAMILIES)
    point: str = field(TEXT, "Part of the development point", default="")
    aim: str = field(TEXT, "What we want to reach", default="")
    how_known: str = field(TEXT, "How we know that it is better", default="")
    owner: str = field(TEXT, "Responsible", default="")
    others: str = field(TEXT, "Who works on it", default="")
    show_on: dt.date | None = field(DATE, "Shown to the team on", default=None)
    stage: Stage = field(choice(Stage), "Stands at", default=Stage.IDEA)
    order: str = field(TEXT, "Order", default="")
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    learnt: str = field(TEXT, "What we learnt", default="")


@entity("trial_round", "Round of a trial action")
class TrialRound(Entity):
    """One time round the circle: planned, tried, thought over, adjusted."""

    trial: Id | None = field(REFERENCE, "Trial action", default=None, indexed=True)
    number: int | None = field(NUMBER, "Round", default=None)
    begun_on: dt.date | None = field(DATE, "Begun on", default=None)
    plan: str = field(TEXT, "Plan: who does what, with whom, how small", default="")
    tried: str = field(TEXT, "Try: what happened", default="")
    reflected: str = field(TEXT, "Reflect: what did we see, what did families say", default="")
    adjusted: str = field(TEXT, "Adjust: what do we change next time", default="")
