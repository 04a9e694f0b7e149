"""How a figure is written: Danish or English signs, rounded as it is printed, a dash for what cannot be counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from caseworker_app.domain.dates import short_date
from caseworker_app.domain.numbers.figures import HIDDEN, NO_VALUE, Figure, Unit
from caseworker_app.domain.phrases import Phrase

_SIGNS = {"da": (".", ","), "en": (",", ".")}
MINUS = "–"
"""The minus of a difference: a dash as wide as a figure. The bundled fonts have no minus sign of its own (U+2212)."""
_PERCENT = frozenset({Unit.PERCENT, Unit.PERCENT_ONE})


def said(figure: Figure, language: str = "da", *, percent: bool = True) -> str:
    """Return a figure as it stands in a table; ``percent`` says whether a percent has its sign."""
    if figure.hidden:
        return HIDDEN
    value = figure.rounded()
    if value is None:
        return NO_VALUE
    return written(value, language) + ("\N{NO-BREAK SPACE}%" if percent and figure.unit in _PERCENT else "")


def written(value: Decimal, language: str = "da") -> str:
    """Return a number as it is written in a language, every figure it has after the comma."""
    thousands, comma = _SIGNS[language]
    text = f"{abs(value):,f}".replace(",", "\0").replace(".", comma).replace("\0", thousands)
    return f"{MINUS}{text}" if value < 0 else text


def short(phrase: Phrase, language: str = "da") -> Phrase:
    """Return a phrase whose days are written short, also those of phrases within it."""
    if not phrase.values:
        return phrase
    values = {name: _short(value, language) for name, value in phrase.values.items()}
    return replace(phrase, values=values)


def _short(value: object, language: str) -> object:
    if isinstance(value, Phrase):
        return short(value, language)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return short_date(value, language)
    return value
