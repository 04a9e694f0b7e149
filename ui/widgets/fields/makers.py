"""Makers of editors, for the rows of a form; an editor's module is imported when the first of its kind is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ui.widgets.fields import Maker

if TYPE_CHECKING:
    from caseworker_app.domain.typed_dates import Lean
    from ui.widgets.fields.base import FieldEditor


def text(placeholder: str = "") -> Maker:
    """One line of text. ``placeholder`` is a msgid."""

    def make() -> FieldEditor:
        from ui.widgets.fields.text import LineEditor

        return LineEditor(placeholder)

    return make


def long_text(lines: int = 3, placeholder: str = "") -> Maker:
    """Several lines of text, ``lines`` of them seen at once."""

    def make() -> FieldEditor:
        from ui.widgets.fields.text import LongEditor

        return LongEditor(lines, placeholder)

    return make


def date(lean: Lean = "near") -> Maker:
    """A day, typed as people type or picked; ``lean`` says which year is meant when none is typed."""

    def make() -> FieldEditor:
        from ui.widgets.fields.dates import DateEditor

        return DateEditor(lean)

    return make


def time_span(minutes: int = 90) -> Maker:
    """A day with start and end, one value; an end is offered ``minutes`` after the start."""

    def make() -> FieldEditor:
        from ui.widgets.fields.span import TimeSpanEditor

        return TimeSpanEditor(minutes)

    return make


def choice(labels: Mapping[Any, str], none: str = "") -> Maker:
    """One of the keys of ``labels`` (to msgids); with ``none``, the msgid of "not said", also ``None``."""

    def make() -> FieldEditor:
        from ui.widgets.fields.choice import ChoiceEditor

        return ChoiceEditor(labels, none)

    return make


def flag(words: str) -> Maker:
    """Yes or no; ``words`` (a msgid) stand beside the box, so the row needs no label of its own."""

    def make() -> FieldEditor:
        from ui.widgets.fields.choice import FlagEditor

        return FlagEditor(words)

    return make


def several(labels: Mapping[Any, str], columns: int = 3) -> Maker:
    """Any number of the keys of ``labels``: a box each."""

    def make() -> FieldEditor:
        from ui.widgets.fields.choice import SeveralEditor

        return SeveralEditor(labels, columns)

    return make


def address() -> Maker:
    """Street, postcode and city, one value."""

    def make() -> FieldEditor:
        from ui.widgets.fields.address import AddressEditor

        return AddressEditor()

    return make


def person_number() -> Maker:
    """A CPR number, replacement number or eCPR: masked until asked for, judged while it is typed."""

    def make() -> FieldEditor:
        from ui.widgets.fields.person_number import PersonNumberEditor

        return PersonNumberEditor()

    return make
