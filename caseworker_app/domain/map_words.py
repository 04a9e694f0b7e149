"""What stands on a netværkskort is called twice: as a child says it, and as the file says it. Both are msgids."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.network_map import (
    Candidate,
    Flow,
    Informed,
    MapPersonKind,
    MapState,
    Quality,
    Support,
    Voice,
)


class Wording(StrEnum):
    """For whom the words are: the same value, said two ways."""

    CHILD = "child"
    PROFESSIONAL = "professional"


VOICE_LABELS: Mapping[Voice, str] = {
    Voice.CHILD: "The child's map",
    Voice.MOTHER: "The mother's map",
    Voice.FATHER: "The father's map",
    Voice.TOGETHER: "Drawn together",
    Voice.WORKER: "The caseworker's map",
}
SAID_BY_LABELS: Mapping[Voice, str] = {
    Voice.CHILD: "Said by the child",
    Voice.MOTHER: "Said by the mother",
    Voice.FATHER: "Said by the father",
    Voice.TOGETHER: "Said together",
    Voice.WORKER: "Said by the caseworker",
}
STATE_LABELS: Mapping[MapState, str] = {
    MapState.DRAFT: "Being drawn",
    MapState.LOCKED: "Kept as a version",
    MapState.ATTACHED: "Attached to the investigation",
}
KIND_LABELS: Mapping[MapPersonKind, str] = {
    MapPersonKind.PERSON: "A person",
    MapPersonKind.PET: "An animal or a teddy",
    MapPersonKind.PLACE: "A place or something one goes to",
    MapPersonKind.UNKNOWN: "Somebody unknown",
}
CHILD_QUALITY_LABELS: Mapping[Quality, str] = {
    Quality.STRONG: "We get on really well",
    Quality.ORDINARY: "We get on fine",
    Quality.WEAK: "We do not see each other much",
    Quality.STRAINED: "It is hard, or we often quarrel",
    Quality.BROKEN: "We do not see each other any more",
    Quality.UNSETTLED: "I do not know that yet",
}
PROFESSIONAL_QUALITY_LABELS: Mapping[Quality, str] = {
    Quality.STRONG: "Strong, supporting",
    Quality.ORDINARY: "Ordinary",
    Quality.WEAK: "Weak",
    Quality.STRAINED: "Strained, conflict",
    Quality.BROKEN: "Broken",
    Quality.UNSETTLED: "Not clear yet",
}
QUALITY_LABELS: Mapping[Wording, Mapping[Quality, str]] = {
    Wording.CHILD: CHILD_QUALITY_LABELS,
    Wording.PROFESSIONAL: PROFESSIONAL_QUALITY_LABELS,
}
SUPPORT_LABELS: Mapping[Support, str] = {
    Support.GIVES: "Gives strength",
    Support.DRAINS: "Takes strength",
    Support.BOTH: "Gives and takes strength",
}
INFORMED_LABELS: Mapping[Informed, str] = {
    Informed.KNOWS: "Knows about it",
    Informed.KNOWS_SOME: "Knows some of it",
    Informed.KNOWS_NOTHING: "Does not know about it",
}
FLOW_LABELS: Mapping[Flow, str] = {
    Flow.TO_A: "Support one way",
    Flow.TO_B: "Support the other way",
    Flow.BOTH: "Support both ways",
}
CANDIDATE_LABELS: Mapping[Candidate, str] = {
    Candidate.PLACEMENT: "Possible network placement",
    Candidate.RELIEF: "Possible relief",
    Candidate.BOTH: "Possible network placement or relief",
}
