"""The quick guide on paper: two pages to lay beside the computer."""

from __future__ import annotations

from caseworker_app.domain.manual import ManualPage
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import TextPaperFacts, TextPart
from caseworker_app.services import papers
from caseworker_app.services.ports import Reader


def job(reader: Reader, guide: ManualPage) -> PaperJob:
    """Return the guide as a paper; it is about nobody."""
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title=guide.title,
        heading=f"Tæt på: {guide.title[0].lower()}{guide.title[1:]}",
        dated=reader.today,
        standing="",
        parts=tuple(TextPart(section.heading, section.text) for section in guide.sections),
    )
    return PaperJob(Paper.QUICK_GUIDE, facts, "quick-guide.pdf", "", None)
