"""What can be searched for, and how a question is read. The store keeps the index; this says what goes into it.

A question's words must all be there. Words in quotes must stand together; a star at the end of a word of at least three
letters, and the last word while it is being typed, stand for every word that begins so. Letters keep their marks:
"raber" does not find "råber".
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from caseworker_app.domain.ids import Id

SHORTEST_PREFIX = 2
"""The index knows beginnings of words from this length on."""
TYPED_PREFIX = 3
"""The last word of a question stands for its beginning from this length on, without a star."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One type of thing in the index: the fields that make its heading, its text, and the day it belongs to.

    The first day that is set counts; a thing without one is older than all others.
    """

    headings: tuple[str, ...]
    texts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


SEARCHED: Mapping[str, Searched] = {
    "agenda_point": Searched((), ("text",)),
    "agreement": Searched((), ("what", "who", "reason", "went"), ("due",)),
    "analysis_sheet": Searched(
        ("question",),
        ("data", "observations", "citizen_words", "interpretation", "decision", "next_step", "present"),
        ("made_on",),
    ),
    "breakdown": Searched((), ("why", "next_step"), ("happened_on",)),
    "case": Searched(("child_name", "called", "unborn_of"), ("school", "note"), ("opened_on",)),
    "complaint": Searched(("sender",), ("about", "reassessment", "note"), ("received_on",)),
    "consent": Searched(("recipient",), ("giver", "purpose", "note"), ("given_on",)),
    "contribution": Searched(("whom", "profession"), ("what", "text"), ("received_on", "asked_on")),
    "cost_sheet": Searched(("name",), ("note",), ("ends_on",)),
    "course_element": Searched(("name",), ("how", "agreed")),
    "course_session": Searched(("topic",), ("note",), ("when",)),
    "daycare_consult": Searched(("institution",), ("text", "participants"), ("held_on", "planned_on")),
    "document": Searched(("title",), ("sender", "note", "tags", "text"), ("dated",)),
    "effort_course": Searched(("name",), ("judged", "why", "team", "note"), ("begun_on", "considered_on")),
    "elevator_course": Searched(
        ("group",),
        ("check_note", "areas", "evaluation", "child_words", "recommendation", "context", "left_why"),
        ("begins_on", "checked_on"),
    ),
    "elevator_measure": Searched(("instrument",), ("words",)),
    "elevator_step": Searched((), ("who", "text"), ("held_on", "planned_on")),
    "entry": Searched(
        ("heading",), ("text", "own_text", "informant", "participants", "tags"), ("held_on", "written_on")
    ),
    "entry_draft": Searched(("heading",), ("text", "informant", "participants", "tags"), ("held_on",)),
    "factor": Searched(("name",), ("note",)),
    "factor_mark": Searched((), ("words",), ("marked_on",)),
    "family_course": Searched(("name",), ("place", "leaders", "note"), ("starts_on",)),
    "first_contact": Searched(("who",), ("text",), ("held_on",)),
    "first_meeting": Searched((), ("participants", "own_questions", "note"), ("held_on",)),
    "first_meeting_answer": Searched((), ("text", "tags")),
    "follow_up": Searched((), ("summary", "status", "new_goals_reason", "place"), ("held_on", "due")),
    "goal": Searched(
        ("text",),
        ("specific", "measurable", "indicator", "attractive", "realistic", "child_words", "parents_words"),
        ("start", "expected_on"),
    ),
    "group_course": Searched(("name",), ("place", "leaders", "note"), ("first",)),
    "group_member": Searched(("name",), ("contact", "note"), ("joined_on",)),
    "group_session": Searched(("topic",), ("note",), ("when",)),
    "intensity_step": Searched((), ("reason",), ("begins_on",)),
    "internal_case": Searched((), ("question", "situation", "tried", "ideas"), ("discussed_on",)),
    "intervention": Searched(("name",), ("supplier", "purpose", "note", "end_note"), ("start",)),
    "investigation_answer": Searched(
        (), ("text", "challenges", "resources", "child_words", "parents_words", "tags")
    ),
    "kik_element": Searched(("name",), ("seen", "better")),
    "kik_sheet": Searched(("effort",), ("present", "agreed"), ("made_on",)),
    "map_group": Searched(("label",)),
    "map_person": Searched(("called",), ("role_word",)),
    "map_quote": Searched((), ("words",)),
    "measurement": Searched(
        ("called",), ("own_words", "observation", "note", "reason", "asked", "safety", "who"), ("taken_on",)
    ),
    "meeting": Searched(
        ("purpose", "called"), ("place", "summary", "tried", "background", "papers", "caller_name"), ("when",)
    ),
    "meeting_point": Searched((), ("text", "said_by")),
    "network_map": Searched(("title",), ("note", "place"), ("drawn_on",)),
    "network_task": Searched((), ("what", "reason", "went"), ("due",)),
    "notification": Searched(
        ("sender",), ("about", "assessment", "second_conclusion", "screening_why"), ("received_at",)
    ),
    "own_effort": Searched(("name",), ("goal", "elements", "note")),
    "parents_entry": Searched(("heading",), ("text", "participants"), ("held_on", "written_on")),
    "parents_hearing": Searched(("who",), ("about", "answer"), ("sent_on",)),
    "person": Searched(("name", "role_words"), ("function", "organisation", "note")),
    "plan": Searched(("purpose",), ("child_words", "parents_words", "family_support"), ("begun_on",)),
    "professional_contact": Searched(
        ("name", "function"), ("workplace", "about", "role", "note"), ("begun_on",)
    ),
    "progress_mark": Searched((), ("words",), ("marked_on",)),
    "psychologist_course": Searched(("psychologist",), ("question", "brought"), ("asked_on",)),
    "psychologist_talk": Searched((), ("text",), ("held_on",)),
    "resource_answer": Searched((), ("text", "tags")),
    "resource_description": Searched(
        ("place",), ("teacher", "function", "remarks", "outcome"), ("meeting_on", "asked_on")
    ),
    "resource_point": Searched((), ("text",)),
    "screening_score": Searched(("instrument",), ("about", "note"), ("taken_on",)),
    "target_answer": Searched(("criterion",), ("note",)),
    "time_entry": Searched((), ("note",), ("spent_on",)),
    "trial_action": Searched(
        ("what", "point"), ("aim", "how_known", "owner", "others", "learnt"), ("show_on",)
    ),
    "trial_round": Searched((), ("plan", "tried", "reflected", "adjusted"), ("begun_on",)),
    "visit": Searched(("purpose",), ("place", "joint_with", "participants"), ("held_on", "when")),
    "visit_agreement": Searched((), ("what", "who", "reason", "went"), ("due",)),
    "visit_note": Searched((), ("text", "common")),
}
"""By the name of the type in the log. A talk with the child is found by the entry that was written from it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``case`` is a stream; ``kinds`` names of types, empty for all; days are inclusive.

    ``best_first`` ranks inside the newest :data:`RANKED`; else the newest come first.
    """

    words: str
    stream: Id | None = None
    kinds: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    best_first: bool = False
    limit: int = 50
    before: int | None = None


RANKED = 500
"""So many of the newest are ranked."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that stand together; ``prefix`` lets the last one go on."""

    words: tuple[str, ...]
    prefix: bool = False


_BLANKS = re.compile(r"\s+")
_PIECE = re.compile(r'"([^"]*)"?(\*)?|([^\s"]+)')


_WORD = re.compile(r"[^\W_]+")
"""What the index takes for a word (the ``unicode61`` tokenizer), in composed text."""


def terms(words: str) -> tuple[Term, ...]:
    """Return what a question asks for; what cannot be searched for (signs, lone stars) is passed over."""
    text = unicodedata.normalize("NFC", words)
    made: list[Term] = []
    pieces = list(_PIECE.finditer(text))
    for piece in pieces:
        quoted = piece[1] is not None
        raw = piece[1] if quoted else piece[3]
        starred = piece[2] is not None if quoted else raw.endswith("*")
        found = tuple(word.lower() for word in _WORD.findall(raw))
        if not found:
            continue
        shortest = SHORTEST_PREFIX if starred else TYPED_PREFIX
        ends = piece.end() == len(text) and not quoted
        made.append(Term(found, prefix=(starred or ends) and len(found[-1]) >= shortest))
    return tuple(made)


def match_of(asked: Sequence[Term], stream: Id | None, kinds: Iterable[str]) -> str:
    """Return the index's own question; words stand in quotes, so that none is an operator."""
    parts = [
        "{heading body} : " + '"' + " ".join(term.words) + '"' + (" *" if term.prefix else "")
        for term in asked
    ]
    if stream is not None:
        parts.append(f'place : "{place_of(stream)}"')
    named = sorted(kinds)
    if named:
        parts.append("place : (" + " OR ".join(f'"{kind_mark(kind)}"' for kind in named) + ")")
    return " AND ".join(f"({part})" for part in parts)


def place_of(stream: Id) -> str:
    """Return the word that stands for a stream in the index."""
    return f"s{stream.hex()}"


def kind_mark(kind: str) -> str:
    """Return the word that stands for a type in the index."""
    return f"k{kind.replace('_', '')}"


_MOST_HITS = 400
"""So many places are looked at for the best sentence of a text."""

Piece = tuple[str, bool]
"""A stretch of text, and whether it was asked for."""


def snippet(text: str, asked: Sequence[Term], around: int = 90) -> tuple[Piece, ...]:
    """Return the words asked for in their sentence: the first place where most of them stand near each other.

    ``around`` is about how many characters stand on each side. Cut ends carry "…". Empty when nothing is there.
    """
    hits = _hits(text, tuple(asked)) if asked else []
    if not hits:
        return ()
    first = max(hits, key=lambda hit: (_near(hits, hit[0], 2 * around), -hit[0]))
    low, high = _window(text, first[0], first[1], around)
    pieces: list[Piece] = [("…", False)] if low > 0 else []
    at = low
    for start, end in hits:
        if start >= at and end <= high:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces.append((text[at:high], False))
    if high < len(text):
        pieces.append(("…", False))
    return tuple((_one_line(piece), asked_for) for piece, asked_for in pieces if piece)


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _hits(text: str, asked: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Return where the words asked for stand: (start, end), a phrase as one."""
    found: list[tuple[int, int]] = []
    for hit in _pattern(asked).finditer(text):
        found.append(hit.span())
        if len(found) == _MOST_HITS:
            break
    return found


@lru_cache(16)
def _pattern(asked: tuple[Term, ...]) -> re.Pattern[str]:
    """Return what finds any of the terms as whole words, the longest first."""
    ways = []
    for term in sorted(asked, key=lambda term: -sum(map(len, term.words))):
        words = r"[\W_]+".join(re.escape(word) for word in term.words)
        ways.append(words + (r"[^\W_]*" if term.prefix else r"(?![^\W_])"))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(ways) + ")", re.IGNORECASE)


def _near(hits: Sequence[tuple[int, int]], start: int, room: int) -> int:
    return sum(1 for at, _end in hits if start <= at < start + room)


def _window(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """Return where the sentence around a hit begins and ends, cut at words when it is long."""
    ends = ((text.rfind(mark, 0, start), len(mark)) for mark in (". ", "! ", "? ", "\n"))
    low = max((at + length for at, length in ends if at >= 0), default=0)
    if start - low > around:
        low = text.find(" ", start - around, start) + 1 or start
    high = min(
        (at for at in (text.find(mark, end) for mark in (". ", "! ", "? ", "\n")) if at >= 0),
        default=len(text),
    )
    high = min(high + 1, len(text))
    if high - start < around and high < len(text):  # a short sentence takes the next one along
        high = len(text)
    if high - end > around:
        cut = text.rfind(" ", end, end + around)
        high = cut if cut > end else min(end + around, len(text))
    return low, high
