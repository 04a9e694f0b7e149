"""Reading what the parts of the meeting's page show, in one query."""

from __future__ import annotations

from caseworker_app.domain.consent import Consent
from caseworker_app.domain.meeting import MeetingKind
from caseworker_app.services import consents, meeting_chain, meetings, meetings_together, papers
from caseworker_app.services.ports import Draft, Reader
from ui.house import House
from ui.widgets.meeting.part import Loaded


def read(
    reader: Reader, house: House, opened: meetings.OpenMeeting, draft: Draft | None, *, first: bool
) -> Loaded:
    """Read what the parts of the page show of a meeting."""
    view = opened.view
    meeting, about_child = view.meeting, view.about_child
    printed = tuple(papers.printed(reader, meeting.id))
    if meeting.kind == MeetingKind.INTERNAL:
        from caseworker_app.services import internal_series

        printed += internal_series.printed(reader, meeting.id)
    given = tuple(reader.find(Consent, stream=meeting.stream)) if about_child else ()
    maps = about_child and meeting_chain.has_map(reader, meeting)
    return Loaded(
        opened,
        reader.today,
        printed,
        draft,
        first,
        consents.for_meeting(reader, meeting.id) if about_child else None,
        given,
        house.books.meeting_kinds(reader).kinds,
        meeting_chain.steps(view, printed, maps=maps),
        meeting_chain.earlier(reader, meeting.id),
        tuple(case for case, _meeting in meetings_together.others(reader, meeting)),
    )
