"""Values that are kept in the program's own measure, said as a person says them: minutes, hundredths, ids of what ships.

Used by papers that show everything there is, where the field's own declaration says no more than that it is a number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.i18n import load

if TYPE_CHECKING:
    from caseworker_app.domain.instruments import Instrument

_MINUTES = frozenset({("elevator_hours", "minutes"), ("time_entry", "minutes")})
"""Kept in minutes, called hours."""
_ANSWERS = frozenset({"visit_note", "investigation_answer", "first_meeting_answer", "resource_answer"})
"""Kinds that answer a topic of a form."""
_HUNDREDTHS = frozenset({("elevator_measure", "first"), ("elevator_measure", "second")})


def said(thing: Entity, name: str, value: Any) -> str | None:
    """Return what a field says in Danish; ``None`` where its value says it by itself."""
    kind = type_of(type(thing)).name
    if (kind, name) in _MINUTES:
        return _figure(value, 60)
    if (kind, name) in _HUNDREDTHS:
        return _figure(value, 100)
    if name == "instrument" and kind in ("measurement", "measurement_plan"):
        return _instrument(thing, value)
    if (kind, name) == ("measurement", "scores"):
        return _scores(getattr(thing, "instrument", ""), value)
    if (kind, name) == ("meeting", "kind"):
        return _meeting_kinds().get(value, "")
    if (kind, name) == ("print", "document"):
        return _paper(value)
    if kind in _ANSWERS and name in ("topic", "tags"):
        labels, ids = _form_words(), value if name == "tags" else (value,)
        return ", ".join(labels.get(one, one) for one in ids)
    if name == "form" and type(value) is str:
        return _form_words().get(value, value)
    return None


def _figure(value: int, of: int) -> str:
    return f"{round(value / of, 2):g}".replace(".", ",")


def _instrument(thing: Entity, name: str) -> str:
    known = _instruments().get(name)
    return getattr(thing, "called", "") or (known.name if known is not None else "kommunens eget skema")


def _scores(instrument: str, scores: tuple[str, ...]) -> str:
    known = _instruments().get(instrument)
    return ", ".join(_score(known, one) for one in scores)


def _score(instrument: Instrument | None, score: str) -> str:
    name, _, hundredths = score.partition("=")
    if not hundredths.lstrip("-").isdecimal():
        return score
    scale = instrument.scale(name) if instrument is not None else None
    number = _figure(int(hundredths), 100)
    return f"{scale.name} {number}" if scale is not None else number


def _paper(name: str) -> str:
    from caseworker_app.domain.papers import PAPER_LABELS

    return load("da").gettext(PAPER_LABELS[name]) if name in PAPER_LABELS else ""


@cache
def _instruments() -> Mapping[str, Instrument]:
    import resources
    from caseworker_app.domain.instruments_reading import read_instruments

    found: dict[str, Instrument] = {}
    for file in sorted(resources.path("instruments").glob("*.toml")):
        for one in read_instruments(file.read_text(encoding="utf-8"), file.name, found):
            found[one.id] = one
    return found


@cache
def _meeting_kinds() -> Mapping[str, str]:
    import resources

    kinds = tomllib.loads(resources.text("catalogues", "meeting_kinds.toml"))
    return {one["id"]: load("da").gettext(one["name"]) for one in kinds["kind"]}


@cache
def _form_words() -> Mapping[str, str]:
    """Return what the forms that ship call themselves, their topics and the answers one can choose, by their ids."""
    import resources

    found: dict[str, str] = {}
    for file in sorted(resources.path("forms").glob("*.toml")):
        for form in tomllib.loads(file.read_text(encoding="utf-8")).get("form", ()):
            found[form["id"]] = form["name"]
            for topic in (one for section in form.get("section", ()) for one in section.get("topic", ())):
                found.setdefault(topic["id"], topic["label"])
                for option in topic.get("options", ()):
                    found.setdefault(option["id"], option["label"])
    return found
