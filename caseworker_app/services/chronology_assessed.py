"""What the chronology has of worry: notifications, investigations, consents, hearings, complaints, breakdowns."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.chronology import Event, EventKind
from caseworker_app.domain.complaint import BROKEN_BY_LABELS, COMPLAINT_OUTCOME_LABELS, Breakdown, Complaint
from caseworker_app.domain.consent import Consent, ParentsHearing
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import INVESTIGATION_KIND_LABELS, Investigation
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services.ports import Reader
from caseworker_app.services.statutes import DENMARK


def assessed(reader: Reader, stream: Id) -> Iterator[Event]:
    """Yield notifications, and what became of investigations."""
    for word in reader.find(Notification, stream=stream):
        if word.received_at is not None:
            came = word.received_at.astimezone(DENMARK).date()
            title = Phrase("Notification of concern from {sender}", {"sender": word.sender or "?"})
            yield Event(EventKind.NOTIFICATION, "notification", word.id, came, title, word.about)
    for one in reader.find(Investigation, stream=stream):
        name = Phrase(INVESTIGATION_KIND_LABELS[one.kind])
        for aspect, day, title in (
            ("begun", one.known_on, Phrase("Begun: {name}", {"name": name})),
            ("preliminary", one.preliminary_on, Phrase("Preliminary assessment")),
            ("ended", one.ended_on, Phrase("Concluded: {name}", {"name": name})),
        ):
            if day is not None:
                yield Event(EventKind.INVESTIGATION, "investigation", one.id, day, title, "", aspect)


def consents(reader: Reader, stream: Id) -> Iterator[Event]:
    """Yield consents given and withdrawn, and what parents were heard about."""
    for one in reader.find(Consent, stream=stream):
        to = Phrase("Consent given: {to}", {"to": one.recipient or "?"})
        back = Phrase("Consent withdrawn: {to}", {"to": one.recipient or "?"})
        for aspect, day, title, detail in (
            ("given", one.given_on, to, one.purpose),
            ("withdrawn", one.withdrawn_on, back, one.withdrawn_by),
        ):
            if day is not None:
                yield Event(EventKind.CONSENT, "consent", one.id, day, title, detail, aspect)
    for heard in reader.find(ParentsHearing, stream=stream):
        asked = Phrase("Hearing of a parent sent: {who}", {"who": heard.who or "?"})
        answered = Phrase("Hearing of a parent answered: {who}", {"who": heard.who or "?"})
        for aspect, day, title, detail in (
            ("sent", heard.sent_on, asked, heard.about),
            ("answered", heard.answered_on, answered, heard.answer),
        ):
            if day is not None:
                yield Event(EventKind.CONSENT, "parents_hearing", heard.id, day, title, detail, aspect)


def complaints(reader: Reader, stream: Id) -> Iterator[Event]:
    """Yield complaints with what they came to, and placements that broke down."""
    for one in reader.find(Complaint, stream=stream):
        came = Phrase("Complaint from {sender}", {"sender": one.sender or "?"})
        outcome = "" if one.outcome is None else Phrase(COMPLAINT_OUTCOME_LABELS[one.outcome])
        for aspect, day, title, detail in (
            ("received", one.received_on, came, one.about),
            ("reassessed", one.reassessed_on, Phrase("Complaint: looked at again"), one.reassessment),
            ("sent", one.sent_on, Phrase("Complaint sent to Ankestyrelsen"), ""),
            ("settled", one.settled_on, Phrase("Complaint settled"), outcome),
        ):
            if day is not None:
                yield Event(EventKind.COMPLAINT, "complaint", one.id, day, title, detail, aspect)
    for broke in reader.find(Breakdown, stream=stream):
        if broke.happened_on is not None:
            placement = None if broke.intervention is None else reader.get(Intervention, broke.intervention)
            title = Phrase(
                "Placement broke down: {name}", {"name": "?" if placement is None else placement.name}
            )
            detail = broke.why or Phrase(BROKEN_BY_LABELS[broke.by])
            yield Event(EventKind.COMPLAINT, "breakdown", broke.id, broke.happened_on, title, detail)


SOURCES = (assessed, consents, complaints)
"""Each reads one kind of thing of a case."""
