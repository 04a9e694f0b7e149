"""The receipt for a notification as a letter."""

from __future__ import annotations

import datetime as dt

from caseworker_app.documents.blocks import Block, Document, Heading, Spacer, paragraph
from caseworker_app.documents.papers import letterhead
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.receipt_facts import RECEIPT_TITLE, ReceiptFacts, closing, paragraphs


def receipt_document(facts: ReceiptFacts) -> Document:
    """Return the letter. It names the sender of the notification and nobody else."""
    blocks: list[Block] = []
    to = [line for line in (facts.to, *facts.address) if line]
    if to:
        blocks += [paragraph("\n".join(to), look="tight"), Spacer(8)]
    blocks += [
        paragraph(long_date(facts.dated), look="muted"),
        Heading(1, RECEIPT_TITLE),
        *(paragraph(words) for words in paragraphs(facts)),
        Spacer(4),
        paragraph("\n".join(closing(facts)), look="tight"),
    ]
    return Document(
        title=RECEIPT_TITLE,
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        language="da-DK",
        author=facts.sender.municipality,
        letterhead=letterhead(facts.sender),
    )
