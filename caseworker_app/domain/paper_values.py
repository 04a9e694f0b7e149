"""From the facts of a paper to the values its template is filled with: dates in words, genitive, who reads
it."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.danish import first_name, genitive
from caseworker_app.domain.dates import clock_span, full_date, long_date
from caseworker_app.domain.meeting import Audience, MeetingKind, TimeSpan
from caseworker_app.domain.papers import (
    AgendaFacts,
    Agreed,
    InvitationFacts,
    MinutesFacts,
    Present,
    Reader,
    RecoverySheetFacts,
    Sender,
)
from caseworker_app.domain.templates import Record, Values

YOUNG_FROM = 13
"""From this age a child is spoken to as a young person; under it, and where no age is known, in simple
words."""

_PREPOSITIONS = frozenset({"på", "i", "hos", "ved", "hjemme", "online"})

Facts = InvitationFacts | AgendaFacts | MinutesFacts | RecoverySheetFacts


def template_of(facts: Facts) -> str:
    """Return the id of the template the facts are for."""
    if isinstance(facts, RecoverySheetFacts):
        return "recovery_sheet"
    if isinstance(facts, AgendaFacts):
        return "agenda"
    if isinstance(facts, InvitationFacts):
        if facts.letter:
            return facts.letter
        return "invitation_involving" if facts.kind == MeetingKind.INVOLVING else "invitation_network"
    return "minutes_involving" if facts.kind == MeetingKind.INVOLVING else "minutes_decision"


def values_of(facts: Facts) -> Values:
    """Return a value for every name of the template's contract."""
    if isinstance(facts, RecoverySheetFacts):
        return _recovery(facts)
    if isinstance(facts, AgendaFacts):
        return _agenda(facts)
    common: dict[str, str | bool | list[Record]] = {
        **_sender(facts.sender),
        **_when(facts.when),
        "letter_date": long_date(facts.dated),
        "child": facts.child,
        "child_genitive": genitive(facts.child),
        "place": facts.place,
        "at_place": _at(facts.place),
        "purpose": facts.purpose,
        "contact_name": facts.contact_name or facts.sender.worker,
        "contact_phone": facts.contact_phone or facts.sender.worker_phone or facts.sender.phone,
        "unborn": facts.unborn,
        **_reader(facts.reader),
    }
    return common | (_invitation(facts) if isinstance(facts, InvitationFacts) else _minutes(facts))


def _invitation(facts: InvitationFacts) -> dict[str, str | bool | list[Record]]:
    lines = [line.strip() for line in facts.course.splitlines() if line.strip()]
    reader = facts.reader
    return {
        "reader_first": first_name(reader.name),
        "chair": facts.chair,
        "chair_function": facts.chair_function,
        # One line is a sentence, several are an agenda.
        "course": facts.course.strip() if len(lines) == 1 else "",
        "agenda": _lines(lines if len(lines) > 1 else () if lines else facts.agenda),
        "meeting": facts.called or "møde",
        "background": facts.background,
        "has_interpreter": reader.interpreter,
        "interpreter_language": reader.language,
        "support_person": reader.support_person,
        "participants": _people(facts.participants),
    }


def _agenda(facts: AgendaFacts) -> Values:
    return {
        **_sender(facts.sender),
        **({"day": "", "date": "", "time": ""} if facts.when is None else _when(facts.when)),
        **_reader(facts.reader),
        "letter_date": long_date(facts.dated),
        "meeting": facts.called or "møde",
        "child": facts.child,
        "child_genitive": genitive(facts.child),
        "place": facts.place,
        "at_place": _at(facts.place),
        "purpose": facts.purpose,
        "chair": facts.chair,
        "unborn": facts.unborn,
        "for_chair": facts.reader is None,
        "participants": _people(facts.participants),
        # One line is a sentence, several are an agenda.
        "course": facts.points[0] if len(facts.points) == 1 else "",
        "points": _lines(facts.points if len(facts.points) > 1 else ()),
        "has_agenda": bool(facts.points),
        "wanted": [
            {"text": one.text, "who": one.who, "quiet": one.quiet}
            for one in facts.wanted
            if facts.reader is None or not one.quiet
        ],
        "earlier": [
            {
                "what": one.what,
                "who": one.who,
                "when": long_date(one.due) if one.due else "",
                "went": one.went,
            }
            for one in facts.earlier
        ],
    }


def _minutes(facts: MinutesFacts) -> dict[str, str | bool | list[Record]]:
    return {
        "child_full_name": facts.child_full_name,
        "cpr": facts.number,
        "minutes_taker": facts.minutes_taker,
        "summary": facts.summary,
        "for_file": facts.reader is None,
        "came": _people(facts.came),
        "stayed_away": _people(facts.stayed_away),
        "worries": _lines(facts.worries),
        "works": _lines(facts.works),
        "wishes": _lines(facts.wishes),
        "child_words": _lines(facts.child_words),
        "agreements": [_agreed(agreed) for agreed in facts.agreements],
        "family_task": facts.family_task,
        "scale_question": facts.scale_question,
        "scale": [{"who": one.who, "value": str(one.value)} for one in facts.scale],
        "additions": [
            {"by": one.by, "when": long_date(one.on) if one.on else "", "text": one.text}
            for one in facts.additions
        ],
        "draft": facts.draft,
        "signed_by": facts.signed_by,
        "signed_on": long_date(facts.signed_on) if facts.signed_on else "",
    }


def _recovery(facts: RecoverySheetFacts) -> Values:
    groups = {f"group_{number}": group for number, group in enumerate(facts.code.split("-"), start=1)}
    return {
        "worker": facts.worker,
        "municipality": facts.municipality,
        "made": long_date(facts.made),
        **groups,
    }


def _sender(sender: Sender) -> dict[str, str | bool | list[Record]]:
    return {
        "municipality": sender.municipality,
        "department": sender.department,
        "worker": sender.worker,
        "worker_title": sender.worker_title,
        "worker_phone": sender.worker_phone,
        "signature_line": sender.signature_line,
    }


def _at(place: str) -> str:
    """``på Højbo Skole``; a place that says its own preposition keeps it (``hos mormor``)."""
    first = place.partition(" ")[0].casefold()
    return place if not place.strip() or first in _PREPOSITIONS else f"på {place}"


def _when(when: TimeSpan) -> dict[str, str]:
    span = clock_span(when.start, when.end)
    return {"day": full_date(when.day), "date": long_date(when.day), "time": span}


def _reader(reader: Reader | None) -> dict[str, str | bool]:
    """Who is spoken to; nobody on the copy for the file."""
    audience = reader.audience if reader else None
    young = reader is not None and reader.age is not None and reader.age >= YOUNG_FROM
    child = audience is Audience.CHILD
    return {
        "reader": reader.name if reader else "",
        "to_self": child,
        "to_child": child and not young,
        "to_young": child and young,
        "to_parent": audience is Audience.PARENT,
        "to_network": audience is Audience.NETWORK,
        "to_professional": audience is Audience.PROFESSIONAL,
    }


def _people(people: Iterable[Present]) -> list[Record]:
    return [{"name": p.name, "function": p.function, "is_child": p.is_child} for p in people]


def _lines(texts: Iterable[str]) -> list[Record]:
    return [{"text": text} for text in texts]


def _agreed(agreed: Agreed) -> Record:
    when = long_date(agreed.due) if agreed.due else ""
    return {"what": agreed.what, "who": agreed.who, "when": when, "reason": agreed.reason}
