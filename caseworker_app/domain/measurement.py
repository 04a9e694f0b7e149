"""Measurements: when each is to be taken and by whom, and what was answered beside what was seen and said.

Promising practice 2.2-2.4: the measurement after the help is the one that gets lost, so it is planned with the first one,
with who introduces it, who gives feedback and who registers it, and at which meeting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Better, Respondent
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice, texts


class Phase(StrEnum):
    """When in the help it is taken."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


PHASE_LABELS: Mapping[Phase, str] = {
    Phase.BEFORE: "Before",
    Phase.DURING: "During",
    Phase.AFTER: "After",
}


class Answered(StrEnum):
    """What came of it."""

    YES = "yes"
    REFUSED = "refused"
    NOT_TAKEN = "not_taken"


ANSWERED_LABELS: Mapping[Answered, str] = {
    Answered.YES: "Answered",
    Answered.REFUSED: "Did not want to answer",
    Answered.NOT_TAKEN: "Was not taken",
}


@entity("measurement_plan", "Planned measurement")
class MeasurementPlan(Entity):
    """One measurement to be taken. ``asked`` is the question of a scale of one's own: the same words each time.

    ``settled_on`` is the day it was taken, refused or let go: until then it is missing.
    """

    instrument: str = field(TEXT, "Instrument", default="", indexed=True)
    respondent: Respondent = field(choice(Respondent), "Who answers", default=Respondent.CHILD)
    who: str = field(TEXT, "Name", default="")
    phase: Phase = field(choice(Phase), "Phase", default=Phase.BEFORE)
    due: dt.date | None = field(DATE, "To be taken by", default=None)
    introduces: str = field(TEXT, "Who introduces it", default="")
    feedback: str = field(TEXT, "Who gives feedback", default="")
    registers: str = field(TEXT, "Who registers it", default="")
    asked: str = field(TEXT, "What is asked", default="")
    meeting: Id | None = field(REFERENCE, "At which meeting", default=None)
    meeting_words: str = field(TEXT, "At which meeting, in words", default="")
    settled_on: dt.date | None = field(DATE, "Settled on", default=None, indexed=True)
    let_go: str = field(TEXT, "Why it is not taken", default="")


@entity("measurement", "Measurement")
class Measurement(Entity):
    """One answer to one instrument: scores beside what was seen, said and noted, each with its source. ``called`` is the
    instrument's name that day, for where no instruments are at hand.

    ``scores`` are ``scale=hundredths``; without an answer ``reason`` says why. ``safety`` is what was done when a question
    about self-harm was answered with more than nothing.
    """

    plan: Id | None = field(REFERENCE, "Planned measurement", default=None, indexed=True)
    instrument: str = field(TEXT, "Instrument", default="", indexed=True)
    called: str = field(TEXT, "What the instrument was called", default="")
    respondent: Respondent = field(choice(Respondent), "Who answered", default=Respondent.CHILD)
    who: str = field(TEXT, "Name", default="")
    phase: Phase = field(choice(Phase), "Phase", default=Phase.BEFORE)
    taken_on: dt.date | None = field(DATE, "Taken on", default=None)
    answered: Answered = field(choice(Answered), "Answer", default=Answered.YES)
    reason: str = field(TEXT, "Why there is no answer", default="")
    scores: tuple[str, ...] = field(texts(), "Scores", default=())
    asked: str = field(TEXT, "What was asked", default="")
    safety: str = field(TEXT, "What was done for safety", default="")
    own_words: str = field(TEXT, "The citizen's own words", default="")
    own_words_by: str = field(TEXT, "Who said it", default="")
    observation: str = field(TEXT, "What was seen", default="")
    observed_by: str = field(TEXT, "Who saw it", default="")
    note: str = field(TEXT, "Note", default="")
    note_by: str = field(TEXT, "Whose note", default="")
    registered_by: str = field(TEXT, "Registered by", default="")
    together: bool = field(FLAG, "Filled in together with the citizen", default=False)
    came_from: str = field(TEXT, "Where the scores come from", default="")


@entity("own_instrument", "Own instrument")
class OwnInstrument(Entity):
    """An instrument of the municipality's own, in the office's stream: one or more scales of the same range.

    ``scales`` are one a line; without any there is one scale by the instrument's own name. ``lowest`` and ``highest`` are
    hundredths.
    """

    name: str = field(TEXT, "Name", default="")
    explained: str = field(TEXT, "Help", default="")
    question: str = field(TEXT, "What is asked", default="")
    scales: str = field(TEXT, "Scales", default="")
    lowest: int | None = field(NUMBER, "Lowest", default=0)
    highest: int | None = field(NUMBER, "Highest", default=1000)
    better: Better = field(choice(Better), "Better", default=Better.HIGH)
    screen: bool = field(FLAG, "May be filled in on the screen", default=True)
    source: str = field(TEXT, "Where it comes from", default="")


@entity("retired_instrument", "Retired instrument")
class RetiredInstrument(Entity):
    """That an instrument is not taken any more: what was measured with it stays readable."""

    instrument: str = field(TEXT, "Instrument", default="", indexed=True)
    retired_on: dt.date | None = field(DATE, "From", default=None)
    why: str = field(TEXT, "Why", default="")
