"""The parts of the meeting's page, each imported when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from ui.house import House
from ui.widgets.meeting.part import Part


def _plan(house: House) -> Part:
    from ui.widgets.meeting.plan import PlanPart

    return PlanPart(house)


def _participants(house: House) -> Part:
    from ui.widgets.meeting.participants import ParticipantsPart

    return ParticipantsPart(house)


def _invitations(house: House) -> Part:
    from ui.widgets.meeting.invitations import InvitationsPart

    return InvitationsPart(house)


def _preparation(house: House) -> Part:
    from ui.widgets.meeting.preparation import PreparationPart

    return PreparationPart(house)


def _agenda(house: House) -> Part:
    from ui.widgets.meeting.agenda import AgendaPart

    return AgendaPart(house)


def _run(house: House) -> Part:
    from ui.widgets.meeting.run import RunPart

    return RunPart(house)


def _minutes(house: House) -> Part:
    from ui.widgets.meeting.minutes_part import MinutesDesk

    return MinutesDesk(house)


MAKERS: dict[str, Callable[[House], Part]] = {
    "plan": _plan,
    "participants": _participants,
    "invitations": _invitations,
    "preparation": _preparation,
    "agenda": _agenda,
    "run": _run,
    "minutes": _minutes,
}
