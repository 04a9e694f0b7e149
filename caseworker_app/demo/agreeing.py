"""What became of what the demo agreed: most of it done, some postponed, one fallen away, some on the telephone."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final

from caseworker_app.demo.telling import Known
from caseworker_app.domain.agreement import Agreement, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.person import PARENTS, Person
from caseworker_app.services import agreements, expectations, unannounced
from caseworker_app.services.agreed import Kept
from caseworker_app.services.ports import Writer

_RECENT: Final = 75
"""What was due in so many days is open now and then; nearly all before it is done."""
_DONE: Final = 0.55
_DONE_LONG_AGO: Final = 0.98
_LOOKED_AT: Final = (24, 70, 120)
"""So many days after a meeting what was agreed there is looked at."""
_WENT: Final = (
    "", "", "Det gik godt.", "Skolen har taget godt imod det.", "Det tog lidt længere end aftalt.",
    "Gjort sammen med mor.", "", "Virker: vi fortsætter.",
)  # fmt: skip
_PHONE: Final = {
    "bech_holm": (
        ("Sende skolens fraværsliste", "Klasselæreren", 6, False, "Til næste opfølgning."),
        ("Ringe til praktiserende læge om henvisning", "", 3, True, "Forældrene har bedt om hjælp til det."),
        ("Tage aftenkaffe med hjem til storebror", "Mormor", 10, True, ""),
    ),
    "krogh": (("Spørge plejefamilien, om fredag passer til samvær", "", 4, True, "Far har byttet vagt."),),
    "yilmaz": (
        ("Finde et tidspunkt med tolken til mødet i skolen", "", 5, False, ""),
        ("Give Elif bøger med hjem fra skolens bibliotek", "Læreren", 8, True, "Hun læser helst derhjemme."),
    ),
}  # fmt: skip
"""What was agreed on the telephone, by family: what, who (nobody named is the worker), in how many days, whether the
family knows of it, and why."""


def settle_agreements(known: Known) -> None:
    """Lay on the agenda what became of a family's agreements, and what was agreed besides."""
    rng = random.Random(f"{known.family.name}:agreed")  # noqa: S311 - which demo agreements are done is no secret

    def settle(writer: Writer) -> None:
        _settle(known, writer, rng)

    for story in known.family.meetings:
        for later in _LOOKED_AT:
            day = known.days.past(known.on(story.at) + dt.timedelta(days=later))
            known.agenda.add(known.days.some_moment(day, rng, 9 * 60), settle)
    child = known.family.children[0]
    if not child.closed and known.family.name in _PHONE:
        known.agenda.add(known.days.last_moment, lambda writer: _besides(known, writer, child.key))


def _settle(known: Known, writer: Writer, rng: random.Random) -> None:
    today = writer.today
    for case in known.cases.values():
        found = writer.get(Case, case)
        if found is None or not found.active:
            continue
        for one in writer.find(Agreement, stream=found.stream, where={"done_on": None}):
            if one.due is None or one.due > today:
                continue
            late = (today - one.due).days
            chance, wish = rng.random(), rng.choice(_WENT)
            if chance < (_DONE if late < _RECENT else _DONE_LONG_AGO):
                earlier = one.due - dt.timedelta(days=rng.randrange(3))
                agreements.settle(writer, Kept.AGREEMENT, one.id, min(earlier, today), wish)
            elif chance < _DONE + 0.15:
                until = today + dt.timedelta(days=rng.randrange(5, 20))
                agreements.postpone(writer, Kept.AGREEMENT, one.id, until, "Der kom en ferie imellem.")
            else:
                continue
            writer.flush()


def _besides(known: Known, writer: Writer, child: str) -> None:
    case = known.cases[child]
    found = writer.get(Case, case)
    if found is None or not found.active:
        return
    for what, who, days, shared, why in _PHONE[known.family.name]:
        due = known.days.forward(writer.today + dt.timedelta(days=days))
        values = {
            "what": what, "who": who or known.worker, "due": due, "reason": why,
            "source_type": AgreementSource.TELEPHONE, "family_knows": shared,
        }  # fmt: skip
        agreements.agree(writer, case, values)
        writer.flush()
    parents = [one for one in writer.find(Person, stream=found.stream) if one.role in PARENTS and one.name]
    if known.family.name == "bech_holm" and parents:
        values = {
            "who": known.worker, "how_often": "højst to gange om måneden, på hverdage før kl. 17",
            "until": writer.today + dt.timedelta(days=120), "agreed_on": writer.today - dt.timedelta(days=30),
            "consent_by": " og ".join(one.name for one in parents[:2]),
            "why": "Så vi kan se en helt almindelig eftermiddag.",
        }  # fmt: skip
        unannounced.agree(writer, case, values)
        writer.flush()
        expectations.write(writer, case, {"talked_on": writer.today - dt.timedelta(days=30)})
