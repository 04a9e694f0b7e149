"""Clarifying talks with a psychologist (1-5): asked for by whom, held with whom, for what, and what they brought.

Herningmodellen 8: 1-5 talks, asked for by school, parents or caseworker, with child, parents or both, to support or to
inform. They are *not* confidential treatment, and that is said wherever one is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, choice
from caseworker_app.domain.phrases import N_

MOST_TALKS = 5
NOT_TREATMENT: Final = N_(
    "These talks are not confidential treatment: what is said in them may be used in the case. Say so to child and "
    "parents before the first one."
)


class Asker(StrEnum):
    """Who asked for the talks."""

    SCHOOL = "school"
    PARENTS = "parents"
    CASEWORKER = "caseworker"


class TalkWith(StrEnum):
    """With whom they are held."""

    CHILD = "child"
    PARENTS = "parents"
    BOTH = "both"


class TalkPurpose(StrEnum):
    """The two purposes there are."""

    SUPPORT = "support"
    INFORMATION = "information"


ASKER_LABELS: Mapping[Asker, str] = {
    Asker.SCHOOL: "The school",
    Asker.PARENTS: "The parents",
    Asker.CASEWORKER: "The caseworker",
}
TALK_WITH_LABELS: Mapping[TalkWith, str] = {
    TalkWith.CHILD: "The child",
    TalkWith.PARENTS: "The parents",
    TalkWith.BOTH: "Child and parents",
}
TALK_PURPOSE_LABELS: Mapping[TalkPurpose, str] = {
    TalkPurpose.SUPPORT: "Support for child or parents",
    TalkPurpose.INFORMATION: "Information for the investigation",
}


@entity("psychologist_course", "Talks with a psychologist")
class PsychologistCourse(Entity):
    """One course of talks. ``planned`` is how many were agreed (1-5); ``told_on`` the day child and parents were told that
    it is no confidential treatment; ``brought`` what it brought to the investigation."""

    psychologist: str = field(TEXT, "Psychologist", default="")
    asked_by: Asker = field(choice(Asker), "Asked for by", default=Asker.CASEWORKER)
    talk_with: TalkWith = field(choice(TalkWith), "Talks with", default=TalkWith.CHILD)
    purpose: TalkPurpose = field(choice(TalkPurpose), "What for", default=TalkPurpose.INFORMATION)
    question: str = field(TEXT, "What is to become clearer", default="")
    asked_on: dt.date | None = field(DATE, "Asked on", default=None)
    planned: int | None = field(NUMBER, "How many talks", default=None)
    told_on: dt.date | None = field(DATE, "Told that it is no confidential treatment", default=None)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    investigation: Id | None = field(REFERENCE, "Investigation", default=None)
    brought: str = field(TEXT, "What it brought to the investigation", default="")


@entity("psychologist_talk", "Talk with the psychologist")
class PsychologistTalk(Entity):
    """One talk of a course. Its number follows from the days."""

    course: Id | None = field(REFERENCE, "Talks with a psychologist", default=None, indexed=True)
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    talk_with: TalkWith = field(choice(TalkWith), "Talks with", default=TalkWith.CHILD)
    text: str = field(TEXT, "What it was about", default="")
