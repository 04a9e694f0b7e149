"""Personal numbers typed into a meeting's own words, which stand on the copies to family and network."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.services.meetings import MeetingView

_Texts = tuple[tuple[str, Iterable[str]], ...]


def on_invitation(view: MeetingView) -> tuple[Phrase, ...]:
    """Return where in the words of an invitation a personal number stands; empty when there is none."""
    meeting = view.meeting
    return _where(
        (
            *_both(view),
            (N_("who chairs"), (meeting.chair, meeting.chair_function)),
            (N_("how the meeting will run"), (meeting.course, *meeting.agenda)),
            (N_("the background"), (meeting.background,)),
        )
    )


def on_agenda(view: MeetingView, earlier: Iterable[str] = ()) -> tuple[Phrase, ...]:
    """Return where in the words of an agenda a personal number stands; ``earlier`` is what was agreed before."""
    meeting = view.meeting
    return _where(
        (
            *_both(view),
            (N_("how the meeting will run"), (meeting.course, *meeting.agenda)),
            (N_("what people want on the agenda"), [one.text for one in view.wanted]),
            (N_("what was agreed the last time"), earlier),
        )
    )


def in_minutes(view: MeetingView) -> tuple[Phrase, ...]:
    """Return where in the words of the minutes a personal number stands; empty when there is none."""
    meeting = view.meeting
    points = [p for column in view.points.values() for p in column]
    return _where(
        (
            *_both(view),
            (N_("who takes the minutes"), (meeting.minutes_taker,)),
            (N_("the three columns"), [words for p in points for words in (p.text, p.said_by)]),
            (N_("the agreements"), [w for a in view.agreements for w in (a.what, a.who, a.reason)]),
            (N_("the summary"), (meeting.summary,)),
            (N_("the task for the family"), (meeting.family_task,)),
            (N_("the scaling question"), (meeting.scale_question,)),
        )
    )


def _both(view: MeetingView) -> _Texts:
    meeting = view.meeting
    return (
        (N_("why you meet"), (meeting.purpose,)),
        (N_("the place"), (meeting.place,)),
        (N_("the list of participants"), [w for p in view.participants for w in (p.name, p.function)]),
        (N_("who to ask"), (meeting.contact_name, meeting.contact_phone)),
    )


def _where(texts: _Texts) -> tuple[Phrase, ...]:
    return tuple(Phrase(where) for where, words in texts if any(map(contains_person_number, words)))
