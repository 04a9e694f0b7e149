"""The first meeting with a family, gone through with a checklist; and the analysis sheet (analyseskema).

Practice report 4.2, 8.2.2 (Thisted: a frame of questions for the first meeting) and 4.4 (from data to decision: what is
known, what was seen, what the citizen says, how it is understood, what is decided, what is done next).
"""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, texts

FIRST_MEETING = "first_meeting"
"""The id of the form."""


@entity("first_meeting", "First meeting")
class FirstMeeting(Entity):
    """The first meeting of one case: the day it is or was, who was there, and which version of the frame was used.

    ``own_questions`` are asked beside the frame's, in this case alone; ``meeting`` is the meeting it belongs to.
    """

    held_on: dt.date | None = field(DATE, "Held on", default=None)
    participants: str = field(TEXT, "Who was there", default="")
    own_questions: str = field(TEXT, "Questions of our own", default="")
    form: str = field(TEXT, "Form", default="")
    form_version: int | None = field(NUMBER, "Version of the form", default=None)
    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    note: str = field(TEXT, "Note", default="")


@entity("first_meeting_answer", "What was said at the first meeting")
class FirstMeetingAnswer(Entity):
    """What stands under one question of the frame."""

    first_meeting: Id | None = field(REFERENCE, "First meeting", default=None, indexed=True)
    topic: str = field(TEXT, "Topic", default="")
    text: str = field(TEXT, "Text", default="")
    tags: tuple[str, ...] = field(texts(), "Tags", default=())
    chosen: str = field(TEXT, "Chosen", default="")
    number: int | None = field(NUMBER, "Number", default=None)


@entity("analysis_sheet", "Analysis sheet")
class AnalysisSheet(Entity):
    """From what is known to what is done next; the citizen's own words stand apart from everybody else's."""

    made_on: dt.date | None = field(DATE, "Made on", default=None)
    question: str = field(TEXT, "What we want to understand", default="")
    data: str = field(TEXT, "Data", default="")
    observations: str = field(TEXT, "Observations", default="")
    citizen_words: str = field(TEXT, "The citizen's own words", default="")
    interpretation: str = field(TEXT, "Interpretation", default="")
    decision: str = field(TEXT, "What we decide", default="")
    next_step: str = field(TEXT, "Next step", default="")
    next_who: str = field(TEXT, "Who does it", default="")
    next_due: dt.date | None = field(DATE, "By when", default=None)
    present: str = field(TEXT, "Who took part", default="")
    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)


ANALYSIS_PARTS = ("data", "observations", "citizen_words", "interpretation", "decision", "next_step")
"""The six boxes, in the order they are thought through."""
