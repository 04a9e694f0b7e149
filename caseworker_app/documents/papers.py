"""From a paper job to its bytes: facts → template → blocks → PDF, or a calendar file."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from itertools import groupby

import resources
from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Image,
    KeepTogether,
    KeyValues,
    Letterhead,
    Lines,
    NumberedList,
    SignatureLine,
    Spacer,
    Table,
    cell,
    paragraph,
    row,
)
from caseworker_app.domain.access_facts import AccessFacts
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.map_facts import MapFormat, NetworkMapFacts
from caseworker_app.domain.paper_values import Facts, template_of, values_of
from caseworker_app.domain.papers import (
    AgendaFacts,
    CalendarFacts,
    InvitationFacts,
    Made,
    MinutesFacts,
    PaperJob,
    RecoverySheetFacts,
    Sender,
)
from caseworker_app.domain.table_facts import TableFacts
from caseworker_app.domain.template_contracts import CONTRACTS
from caseworker_app.domain.templates import (
    Chosen,
    FilledBlock,
    FilledHeading,
    FilledLines,
    FilledList,
    FilledPairs,
    FilledParagraph,
    FilledSign,
    FilledTable,
    choose,
    fill,
    fill_title,
)
from caseworker_app.domain.week_facts import WeekCalendarFacts

LETTER_LANGUAGE = "da"
"""Letters of a Danish municipality are Danish, whatever language the screen has."""


def make(job: PaperJob) -> Made:
    """Make a paper. Raises :class:`UserError` when our own template is faulty."""
    if isinstance(job.facts, CalendarFacts):
        from caseworker_app.documents.calendar import calendar_ics

        return Made(calendar_ics(job.facts), 0)
    if isinstance(job.facts, WeekCalendarFacts):
        from caseworker_app.documents.calendar import week_ics

        return Made(week_ics(job.facts), 0)
    if isinstance(job.facts, TableFacts):
        from caseworker_app.documents.table_files import made_of

        return Made(made_of(job.facts), 0)
    if isinstance(job.facts, NetworkMapFacts) and job.facts.format is not MapFormat.PDF:
        from caseworker_app.documents.map_exports import export

        return Made(export(job.facts), 0)
    if isinstance(job.facts, AccessFacts):
        from caseworker_app.documents.access_papers import made

        return made(job.facts)
    from caseworker_app.documents.pdf import render_with_report

    warnings: tuple[str, ...] = ()
    if isinstance(job.facts, InvitationFacts | AgendaFacts | MinutesFacts | RecoverySheetFacts):
        document, warnings = compose(job.facts, job.templates)
    else:
        document = _composed(job.facts)
    rendered = render_with_report(document)
    return Made(rendered.pdf, rendered.pages, tuple(rendered.missing), warnings)


_COMPOSED: Mapping[str, tuple[str, str]] = {
    "WeekSheetFacts": ("weekly_sheet", "document"),
    "PlanFacts": ("plan_papers", "plan_document"),
    "ChildPlanFacts": ("plan_papers", "plan_document"),
    "NetworkMapFacts": ("map_papers", "map_document"),
    "NetworkMapComparisonFacts": ("map_papers", "map_document"),
    "GenogramFacts": ("genogram_papers", "genogram_document"),
    "ReceiptFacts": ("receipt_papers", "receipt_document"),
    "TextPaperFacts": ("text_papers", "text_document"),
    "VisitSheetFacts": ("visit_papers", "visit_sheet"),
    "NumbersFacts": ("numbers_papers", "numbers_document"),
    "LadderFacts": ("numbers_papers", "ladder_document"),
    "MeasurePaperFacts": ("measure_papers", "measure_document"),
}
"""Papers that are composed here and not from a template: facts by name, the module and function that make the document.
Each is imported when the first such paper is made."""


def _composed(facts: object) -> Document:
    module, function = _COMPOSED[type(facts).__name__]
    made: Document = getattr(import_module(f"caseworker_app.documents.{module}"), function)(facts)
    return made


def compose(facts: Facts, own: dict[str, str]) -> tuple[Document, tuple[str, ...]]:
    """Return the document of some facts, and the msgids of what the reader of the screen should know.

    ``own`` is the municipality's wording by template id; a faulty one is left aside and said.
    """
    name = template_of(facts)
    ours = resources.text("templates", f"{name}.{LETTER_LANGUAGE}.toml")
    dated = facts.made if not isinstance(facts, InvitationFacts | AgendaFacts | MinutesFacts) else facts.dated
    chosen = _chosen(name, ours, own.get(name), dated)
    values = values_of(facts)
    blocks = list(_signed_on_one_page(fill(chosen.template, values)))
    sender = facts.sender if isinstance(facts, InvitationFacts | AgendaFacts | MinutesFacts) else None
    document = Document(
        title=fill_title(chosen.template, values),
        blocks=(*_window(facts), *blocks),
        created=dt.datetime.combine(dated, dt.time(12), dt.UTC),
        language="da-DK",
        author=sender.municipality if sender is not None else "Tæt på",
        letterhead=None if sender is None else letterhead(sender),
    )
    warnings = (
        ("The municipality's own wording could not be used; the standard one was.",) if chosen.fault else ()
    )
    return document, warnings


@lru_cache(maxsize=16)
def _chosen(name: str, ours: str, own: str | None, day: dt.date) -> Chosen:
    """Return the template in use, read once for all the copies of a meeting."""
    return choose(ours, own, CONTRACTS[name], day)


def letterhead(sender: Sender) -> Letterhead:
    """Return the top of the first page."""
    contact = tuple(line for line in (sender.phone and f"Telefon {sender.phone}", sender.email) if line)
    return Letterhead(
        municipality=sender.municipality,
        unit=sender.department,
        address=sender.address,
        contact=contact,
        logo=_logo(sender.logo, sender.municipality),
    )


def _logo(encoded: str, municipality: str) -> Image | None:
    if not encoded:
        return None
    try:
        return Image(base64.b64decode(encoded, validate=True), f"{municipality}: logo")
    except binascii.Error:
        raise UserError("The logo could not be read.", "Choose the picture again in the settings.") from None


def _window(facts: Facts) -> tuple[Block, ...]:
    """Return name and address where the window of the envelope is; nothing when there is no address."""
    reader = facts.reader if isinstance(facts, InvitationFacts | AgendaFacts | MinutesFacts) else None
    if reader is None or not reader.address:
        return ()
    return (paragraph("\n".join((reader.name, *reader.address)), look="tight"), Spacer(8))


def _signed_on_one_page(filled: Iterable[FilledBlock]) -> Iterator[Block]:
    """Yield the blocks; lines without space between them, such as who signs, are never parted by a page."""
    for tight, some in groupby(filled, lambda one: isinstance(one, FilledParagraph) and one.look == "tight"):
        blocks = tuple(block for one in some for block in _blocks(one))
        if tight and len(blocks) > 1:
            yield KeepTogether(blocks)
        else:
            yield from blocks


def _blocks(filled: FilledBlock) -> tuple[Block, ...]:
    match filled:
        case FilledHeading(level, text):
            return (Heading(level, text),)
        case FilledParagraph(text, look):
            return (paragraph(text, look=look),)
        case FilledList(items, ordered):
            cells = tuple(cell(item) for item in items)
            return (NumberedList(cells) if ordered else BulletList(cells),)
        case FilledTable(columns, rows, widths, caption):
            return (
                Table(
                    head=row(*columns),
                    rows=tuple(tuple(cell(*texts) for texts in line) for line in rows),
                    widths=widths or (1.0,) * len(columns),
                    caption=caption,
                    rules="rows" if len(rows) > 1 else "grid",
                ),
            )
        case FilledPairs(pairs):
            return (KeyValues(tuple((name, cell(text)) for name, text in pairs)),)
        case FilledLines(count):
            return (Lines(count),)
        case FilledSign(text):
            return (SignatureLine(text),)
