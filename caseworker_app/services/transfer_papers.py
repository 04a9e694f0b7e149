"""What is carried over as a PDF: to be attached in the record system. The file's name holds no name and no number."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.dates import long_date
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import Part, TextPaperFacts, TextPart
from caseworker_app.services import papers
from caseworker_app.services.ports import Reader
from caseworker_app.services.transfers import Opened


def job(reader: Reader, shown: Opened) -> PaperJob:
    """Return a thing as a paper with the fields under one another."""
    described, case = shown.described, shown.case
    name = case.child_name or f"Ufødt barn af {case.unborn_of}"
    day = "" if described.day is None else f" {long_date(described.day)}"
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title=described.title,
        heading=f"{described.title}{day}",
        dated=reader.today,
        standing=f"{name}. Kopi til {shown.system}, {long_date(reader.today)}.",
        parts=tuple(_parts(shown)),
        letterhead=False,
    )
    stamp = "" if described.day is None else f"-{described.day.isoformat()}"
    return PaperJob(Paper.TRANSFER, facts, f"{described.kind.replace('_', '-')}{stamp}.pdf", "", case.id)


def _parts(shown: Opened) -> Iterator[Part]:
    group = ""
    for one in shown.described.fields:
        if one.group != group:
            group = one.group
            yield TextPart(heading=group)
        yield TextPart(heading=one.called, text=one.text, level=3 if group else 2)
