"""The receipt for a notification, as a letter or as text to copy."""

from __future__ import annotations

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.receipt_facts import ReceiptFacts
from caseworker_app.services import notifications, papers
from caseworker_app.services.ports import Reader
from caseworker_app.services.statutes import DENMARK


def receipt(reader: Reader, notification: Id) -> PaperJob:
    """Return the receipt for a notification. Raises :class:`UserError` when nobody can be sent one."""
    facts = receipt_facts(reader, notification)
    return PaperJob(Paper.NOTIFICATION_RECEIPT, facts, "receipt.pdf", facts.to, notification)


def receipt_facts(reader: Reader, notification: Id) -> ReceiptFacts:
    """Return what a receipt says. Raises :class:`UserError` when nobody can be sent one."""
    found = notifications.known(reader, notification)
    if not found.answerable:
        raise UserError("It came anonymously: there is nobody to send a receipt to.")
    if found.received_at is None:
        raise UserError("Write first when it came.")
    return ReceiptFacts(
        papers.sender(reader),
        found.sender,
        tuple(line.strip() for line in found.sender_address.splitlines() if line.strip()),
        found.received_at.astimezone(DENMARK),
        reader.today,
    )
