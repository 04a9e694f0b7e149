"""Letters and minutes from templates: a template is TOML, filling it is putting texts beside each other.

A template has an id, a language, a title, days of validity, the fields it uses and a list of blocks::

    id = "invitation_involving"
    language = "da"
    title = "Invitation til {child_genitive} netværksmøde"
    valid_from = 2026-01-01
    fields = ["child_genitive", "day"]
    flags = ["to_parent"]
    [repeats]
    participants = ["name", "function"]

    [[blocks]]
    kind = "list"
    each = "participants"
    items = [
      {text = "{name}, {function}", when = "function"},
      {text = "{name}", when = "not function"},
    ]

Kinds: ``heading`` (level, text), ``paragraph`` (text, look), ``list`` (items, ordered), ``table`` (columns,
rows, caption, widths), ``pairs`` (rows of name and text), ``lines`` (count: blank lines to write on),
``sign`` (text under a line to sign on). ``when`` names a flag, a field or a list, or ``not`` one, or several
that must all hold. ``each`` repeats over a list of records. ``{{`` and ``}}`` are braces. Nothing in a value
is ever read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from caseworker_app.domain.template_parts import (
    Block,
    Conditions,
    Contract,
    Item,
    Look,
    Slot,
    Template,
    TemplateError,
    Wording,
)
from caseworker_app.domain.template_reading import read

Record = Mapping[str, str | bool]
Values = Mapping[str, str | bool | Sequence[Record]]
"""A text or flag by name, and lists of records."""
_Scope = dict[str, str | bool | Sequence[Record]]


@dataclass(frozen=True, slots=True)
class FilledHeading:
    """A heading of level 1 to 3."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class FilledParagraph:
    """A paragraph; ``\\n`` in the text begins a new line."""

    text: str
    look: Look = "body"


@dataclass(frozen=True, slots=True)
class FilledList:
    """A list with at least one item."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table. A cell is a tuple of paragraphs, empty for an empty cell; ``widths`` are shares, or none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FilledPairs:
    """Names and what they stand for."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FilledLines:
    """Blank lines to write on."""

    count: int


@dataclass(frozen=True, slots=True)
class FilledSign:
    """A line to sign on and what stands under it."""

    text: str


FilledBlock = (
    FilledHeading | FilledParagraph | FilledList | FilledTable | FilledPairs | FilledLines | FilledSign
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The template to use, and why it is not the municipality's own where there is one."""

    template: Template
    fault: TemplateError | None = None


def load_template(text: str, contract: Contract, source: str = "") -> Template:
    """Read a template and check it against what the program offers.

    ``source`` names it in errors (the contract's id when empty). Raises :class:`TemplateError` with every
    fault: an unknown or missing key, an unknown or undeclared field, a lone brace, a text where a list should
    be.
    """
    return read(text, contract, source or contract.id)


def choose(ours: str, own: str | None, contract: Contract, day: date) -> Chosen:
    """Return the municipality's own template where it has one that is whole and valid on ``day``, else ours.

    A faulty one is said in ``fault``. Raises :class:`TemplateError` when ours is faulty, which is a bug.
    """
    fault = None
    if own is not None:
        try:
            template = load_template(own, contract)
            if template.valid_on(day):
                return Chosen(template)
        except TemplateError as error:
            fault = error
    return Chosen(load_template(ours, contract), fault)


def fill(template: Template, values: Values) -> tuple[FilledBlock, ...]:
    """Return the page. Parts whose condition does not hold, and parts without any text, are left out.

    Raises ``ValueError`` when a value the template uses is absent: the caller hands over every name of the
    contract.
    """
    lacking = sorted(template.used - set(values))
    if lacking:
        raise ValueError(f"no value for {', '.join(lacking)}")
    try:
        return tuple(filled for block in template.blocks for filled in _filled(block, dict(values)))
    except KeyError as error:
        raise ValueError(f"a record has no {error.args[0]}") from None


def fill_title(template: Template, values: Values) -> str:
    """Return the document's title."""
    return _say(template.title, dict(values))


def _filled(block: Block, values: _Scope) -> Iterator[FilledBlock]:
    if not _holds(block.when, values):
        return
    scopes = list(_scopes(block.each, values))
    match block.kind:
        case "heading" | "paragraph":
            for text in (_say(block.words, scope) for scope in scopes):
                if text.strip():
                    yield (
                        FilledHeading(block.level, text)
                        if block.kind == "heading"
                        else FilledParagraph(text, block.look)
                    )
        case "list":
            items = tuple(text for scope in scopes for item in block.items for text in _texts(item, scope))
            if items:
                yield FilledList(items, block.ordered)
        case "table" | "pairs":
            yield from _table(block, scopes)
        case "lines":
            yield FilledLines(block.count)
        case "sign":
            yield FilledSign(_say(block.words, values))


def _table(block: Block, scopes: list[_Scope]) -> Iterator[FilledBlock]:
    rows = tuple(
        tuple(tuple(_texts(cell, scope)) for cell in row.cells)
        for scope in scopes
        for row in block.rows
        if _holds(row.when, scope)
    )
    if block.kind == "pairs":
        pairs = tuple(("".join(name), "\n".join(text)) for name, text in rows if text)
        if pairs:
            yield FilledPairs(pairs)
    elif rows:
        yield FilledTable(block.columns, rows, block.widths, block.caption)


def _texts(item: Item, values: _Scope) -> Iterator[str]:
    for scope in _scopes(item.each, values):
        if _holds(item.when, scope) and (text := _say(item.words, scope)).strip():
            yield text


def _scopes(each: str, values: _Scope) -> Iterator[_Scope]:
    """The values, once; or once for each record, with its own values over them."""
    if not each:
        yield values
        return
    records = values[each]
    if isinstance(records, str | bool):
        raise ValueError(f"{each} is a list of records")
    for record in records:
        yield {**values, **record}


def _holds(when: Conditions, values: _Scope) -> bool:
    return all(bool(_present(values[condition.name])) is condition.wanted for condition in when)


def _present(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _say(words: Wording, values: _Scope) -> str:
    return "".join(str(values[piece.name]) if isinstance(piece, Slot) else piece for piece in words)
