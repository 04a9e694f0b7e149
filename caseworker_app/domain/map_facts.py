"""The words on and around a netværkskort, in the language of who looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from caseworker_app.domain.map_words import (
    FLOW_LABELS,
    INFORMED_LABELS,
    KIND_LABELS,
    QUALITY_LABELS,
    SAID_BY_LABELS,
    SUPPORT_LABELS,
    VOICE_LABELS,
)
from caseworker_app.domain.phrases import N_

DEAD = N_("dead")
HOUSEHOLD = N_("Live together or belong together")
HOUSEHOLDS = N_("Belongs in more than one home")
DOUBTFUL = N_("Does not know enough yet")
SUPPORT_FLOW = N_("The arrow shows who gets support")
THE_CHILD = N_("The child in the middle")
MORE = N_("{n} more")


@dataclass(frozen=True, slots=True)
class MapWords:
    """The words by msgid. Picklable, so that a paper's facts can hold them."""

    said: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, msgid: str) -> str:
        """Return a word; the msgid itself where there is none."""
        return self.said.get(msgid, msgid)


def map_words(say: Callable[[str], str]) -> MapWords:
    """Return every word a map can hold, said by ``say`` (a translator's ``gettext``)."""
    return MapWords({msgid: say(msgid) for msgid in _msgids()})


def _msgids() -> Iterator[str]:
    yield from (DEAD, HOUSEHOLD, HOUSEHOLDS, DOUBTFUL, SUPPORT_FLOW, THE_CHILD, MORE)
    for labels in (VOICE_LABELS, SAID_BY_LABELS, KIND_LABELS, SUPPORT_LABELS, INFORMED_LABELS, FLOW_LABELS):
        yield from labels.values()
    for qualities in QUALITY_LABELS.values():
        yield from qualities.values()
