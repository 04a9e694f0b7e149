"""The receipt for a notification (kvittering): that it came, when, and who answers. Nothing of the child or the case.

The words are Danish, whatever language the screen has: the reader has written to a Danish municipality.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app.domain.dates import clock, long_date
from caseworker_app.domain.papers import Sender

RECEIPT_TITLE = "Kvittering for underretning"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """One receipt. There is no field for the child, for what was written, or for what is done about it."""

    sender: Sender
    to: str
    address: tuple[str, ...]
    received: dt.datetime
    dated: dt.date


def paragraphs(facts: ReceiptFacts) -> tuple[str, ...]:
    """Return what the receipt says, a paragraph each; ``received`` is in the reader's own time."""
    day, hour = long_date(facts.received.date(), "da"), clock(facts.received.time(), "da")
    return (
        f"Vi har modtaget din underretning den {day} kl. {hour}.",
        "Tak, fordi du reagerede på din bekymring. Vi vurderer alle underretninger inden for 24 timer.",
        "Vi har tavshedspligt. Derfor kan vi ikke fortælle, hvad vi gør videre, eller om familien får hjælp.",
        "Bliver du bekymret igen, eller er der noget, du vil tilføje, er du velkommen til at kontakte os.",
    )


def closing(facts: ReceiptFacts) -> tuple[str, ...]:
    """Return the lines under the letter."""
    of = facts.sender
    lines = (of.worker, of.worker_title, of.department, of.municipality)
    phone = f"Telefon {of.worker_phone or of.phone}" if of.worker_phone or of.phone else ""
    return ("Med venlig hilsen", *(line for line in (*lines, phone, of.signature_line) if line))


def as_text(facts: ReceiptFacts) -> str:
    """Return the receipt as plain text, for a mail or Digital Post."""
    return "\n\n".join((RECEIPT_TITLE, *paragraphs(facts), "\n".join(closing(facts)))) + "\n"
