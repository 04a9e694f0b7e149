"""What worries in the demo: an old notification seen through, consents, factors over a year, a hearing, a complaint.

The notification whose 24 hours run this morning is told in its family's story; here is what goes on with the rest.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.domain.complaint import Complaint, ComplaintOutcome
from caseworker_app.domain.consent import ConsentForm, GiverCapacity, InformationKind, signature_of
from caseworker_app.domain.factors import Direction
from caseworker_app.domain.ids import Id
from caseworker_app.domain.notification import ContactKind, Notification, Screening, SenderKind
from caseworker_app.services import complaints, consents, factors, notifications, parents_hearings
from caseworker_app.services.ports import Writer

OLD: Final = "-5m"
"""When the old notification came, and what the other things are placed around."""
_SIGNED: Final = (
    ((60, 160), (90, 70), (130, 190), (170, 80), (215, 185), (250, 130)),
    ((300, 120), (330, 175), (365, 115), (400, 170), (455, 120), (520, 150)),
)
_FACTORS: Final[tuple[tuple[str, str, Direction, tuple[tuple[str, int, str], ...]], ...]] = (
    (
        "absence", "Meget fravær fra skole eller dagtilbud", Direction.RISK,
        (("-12m", 4, "Kom ikke i skole i tre uger."), ("-8m", 3, ""), ("-4m", 2, "Fire dage om ugen."), ("-1m", 1, "")),
    ),
    (
        "parents_conflict", "Vedvarende konflikt mellem forældrene", Direction.RISK,
        (("-11m", 3, ""), ("-5m", 3, "Kan ikke være i samme rum."), ("-2m", 2, "Taler sammen ved aflevering.")),
    ),
    (
        "close_adult", "En voksen, barnet går til, når det er svært", Direction.PROTECTIVE,
        (("-11m", 1, ""), ("-6m", 2, "Nævner selv mormor."), ("-1m", 4, "Ringer til mormor uden at blive bedt om det.")),
    ),
)  # fmt: skip


def worry(known: Known) -> None:
    """Lay what worries about the family's first child on the agenda, for the families it is told of."""
    tellers = {"bech_holm": _whole, "krogh": _complaint, "yilmaz": _consent}
    tell = tellers.get(known.family.name)
    if tell is not None:
        tell(known, known.family.children[0].key)


def _lay(known: Known, child: str, at: str, act: Act) -> None:
    """Lay an act on its day, or two weeks after the case was opened when that is later."""
    begun = known.opened(known.child(child)) + dt.timedelta(days=14)
    day = known.days.past(max(known.on(at), begun))
    known.agenda.add(known.days.some_moment(day, known.rng, 16 * 60), act)


def _whole(known: Known, child: str) -> None:
    _old_notification(known, child)
    _consent(known, child)
    _factors(known, child)
    _hearing(known, child)


def _old_notification(known: Known, child: str) -> None:
    def receive(writer: Writer) -> None:
        came = writer.now - dt.timedelta(hours=5)
        values = {
            "sender": "Mads Toft, klasselærer",
            "capacity": SenderKind.PROFESSIONAL,
            "about": "Barnet falder i søvn i timerne og har ikke madpakke med. Det har stået på i tre uger.",
            "received_at": came.replace(second=0, microsecond=0),
        }
        made = notifications.receive(writer, known.cases[child], values)
        writer.flush()
        assessed = {
            "assessed_at": writer.now,
            "assessed_by": known.worker,
            "assessment": "Ikke akut. Samtale i morgen.",
        }
        _edit(writer, made, {**assessed, "receipt_sent_on": writer.today, "told_on": writer.today})
        writer.flush()
        values = {
            "kind": ContactKind.PHONE,
            "who": "Klasselæreren",
            "text": "Skolen giver mad i frikvarteret imens.",
        }
        notifications.add_contact(writer, made, values)
        writer.flush()
        result = {
            "screening": Screening.NOTHING_MORE,
            "screening_why": "Forældrene er allerede i gang med hjælp, og skolen følger med.",
        }
        notifications.screen(writer, made, edits_of(writer, Notification, made, result))
        writer.flush()
        given = {"given_to": known.worker}
        notifications.hand_on(writer, made, edits_of(writer, Notification, made, given))

    _lay(known, child, OLD, receive)


def _edit(writer: Writer, made: Id, values: dict[str, Any]) -> None:
    notifications.edit(writer, made, edits_of(writer, Notification, made, values))


def _consent(known: Known, child: str) -> None:
    mother = next((person for person in known.family.people if person.plain.get("custody")), None)
    giver = str(mother.plain.get("name", "")) if mother is not None else "Moderen"

    def give(writer: Writer) -> None:
        values = {
            "giver": giver, "capacity": GiverCapacity.CUSTODY_HOLDER, "recipient": "Skolen",
            "kinds": frozenset({InformationKind.SCHOOL, InformationKind.CASE}),
            "purpose": "Netværksmøder om barnets trivsel i skolen",
            "form": ConsentForm.ON_SCREEN, "signature": signature_of(_SIGNED),
        }  # fmt: skip
        consents.give(writer, known.cases[child], values)

    def give_health(writer: Writer) -> None:
        values = {
            "giver": giver, "recipient": "Sundhedsplejen", "kinds": frozenset({InformationKind.HEALTH}),
            "purpose": "Fælles hjemmebesøg", "form": ConsentForm.WRITTEN,
        }  # fmt: skip
        consents.give(writer, known.cases[child], values)

    _lay(known, child, "-4m", give)
    _lay(known, child, "-13m", give_health)


def _factors(known: Known, child: str) -> None:
    for entry, name, direction, marks in _FACTORS:
        made: list[Id] = []
        for at, strength, words in marks:
            _lay(known, child, at, _marking(known, child, (entry, name, direction), (strength, words), made))


def _marking(
    known: Known, child: str, factor: tuple[str, str, Direction], seen: tuple[int, str], made: list[Id]
) -> Act:
    def mark(writer: Writer) -> None:
        if not made:
            entry, name, direction = factor
            values = {"catalogue": entry, "name": name, "direction": direction}
            made.append(factors.add(writer, known.cases[child], values))
            writer.flush()
        factors.mark(writer, made[0], {"strength": seen[0], "words": seen[1]})

    return mark


def _hearing(known: Known, child: str) -> None:
    father = [person for person in known.family.people if person.plain.get("custody")][-1:]
    who = str(father[0].plain.get("name", "")) if father else "Faderen"

    def hear(writer: Writer) -> None:
        values = {
            "who": who, "about": "Skolens oplysninger om fravær i foråret.",
            "deadline": writer.today + dt.timedelta(days=14),
        }  # fmt: skip
        parents_hearings.send(writer, known.cases[child], values)

    _lay(known, child, "-6d", hear)


def _complaint(known: Known, child: str) -> None:
    made: list[Id] = []

    def register(writer: Writer) -> None:
        values = {"sender": "Barnets far", "about": "Afgørelsen om samvær hver anden weekend"}
        made.append(complaints.register(writer, known.cases[child], values))

    def look_again(writer: Writer) -> None:
        values = {
            "reassessed_on": writer.today, "reassessment": "Fastholdt: barnet ønsker det, som det er.",
            "sent_on": writer.today,
        }  # fmt: skip
        complaints.edit(writer, made[0], edits_of(writer, Complaint, made[0], values))

    def settle(writer: Writer) -> None:
        values = {"outcome": ComplaintOutcome.UPHELD, "settled_on": writer.today}
        complaints.edit(writer, made[0], edits_of(writer, Complaint, made[0], values))

    for at, act in (("-9m", register), ("-8m", look_again), ("-6m", settle)):
        _lay(known, child, at, act)
