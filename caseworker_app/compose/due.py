"""``caseworker due``: the due dates of one intervention by a rule set, as lines or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caseworker_app import i18n
from caseworker_app.compose.rules import SHIPPED, shipped
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.faults import RulesError
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import ItemKind, Rule, RuleSet
from caseworker_app.domain.rules.reading import read
from caseworker_app.domain.rules.schedule import schedule


def run(given: argparse.Namespace) -> int:
    """Print what is due; return 0, or 2 with the reason on standard error and nothing printed.

    What there is to know of an answer (nothing falls due, and why; dates outside the rules' own time) is said on
    standard error too.

    ``given`` has ``rules`` (a name, or the path of a TOML file), ``kind``, ``start``, ``until``, ``held``, ``end``,
    ``open``, ``json`` and ``language``.
    """
    try:
        rules = _rules(given.rules)
        items = _items(rules, given)
    except RulesError as error:
        _complain([_say(fault.phrase(error.source), given.language) for fault in error.faults])
        return 2
    except UserError as error:
        _complain(_told(error, given.language))
        return 2
    if given.json:
        shown = json.dumps([_plain(item, given.language) for item in items], indent=1)
    else:
        shown = "\n".join(_line(item, given.language) for item in items)
    if shown:
        sys.stdout.write(shown + "\n")
    notes = [_say(note, given.language) for note in _notes(rules, given, items)]
    if notes:
        _complain(notes)
    return 0


def _notes(rules: RuleSet, given: argparse.Namespace, items: list[DueItem]) -> Iterator[Phrase]:
    unset = rules.unset_for(given.kind)
    if unset is not None:
        values = {"words": unset.words.say(given.language), "source": unset.reference.phrase}
        yield Phrase("{words} [{source}]", values)
    elif given.until < given.start:
        yield Phrase(
            "Nothing falls due: {until} lies before the start on {start}.",
            {"until": given.until, "start": given.start},
        )
    if rules.valid_to is not None and any(item.due > rules.valid_to for item in items):
        yield Phrase(
            "{rules} holds until {day}: later dates are printed as if it still did.",
            {"rules": rules.id, "day": rules.valid_to},
        )
    if rules.law and given.start < rules.valid_from:
        yield Phrase(
            "{rules} holds from {day}: the dates are printed as if it always had.",
            {"rules": rules.id, "day": rules.valid_from},
        )


def _items(rules: RuleSet, given: argparse.Namespace) -> list[DueItem]:
    items: list[DueItem] = []
    for rule in _rules_of(rules, given.kind):
        held = given.held if _is_followed_up(rule) else ()
        items += schedule(
            rules, rule.id, given.start, given.until, held=held, end=given.end, continued=given.open
        )
    return sorted(items, key=lambda item: item.due)


def _rules(name: str) -> RuleSet:
    if name in SHIPPED:
        return shipped(name)
    path = Path(name)
    if path.suffix != ".toml":
        raise UserError(
            "There are no rules {name}.",
            "Choose one of {names}, or give a .toml file.",
            name=name,
            names=list(SHIPPED),
        )
    try:
        return read(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise UserError(
            "The file {name} cannot be read.", "Check that it is there and is UTF-8 text.", name=path.name
        ) from None


def _rules_of(rules: RuleSet, kind: str) -> tuple[Rule, ...]:
    if not rules.law and kind in rules.rules:
        return (rules.rules[kind],)
    found = rules.rules_for(kind)
    if not found and rules.unset_for(kind) is None:
        kinds = {each for rule in rules.rules.values() for each in rule.applies_to}
        names = sorted(kinds | {each for one in rules.unset for each in one.applies_to})
        raise InvalidInput(
            "kind",
            "{rules} has no rule for the kind {kind}.",
            "Choose one of {names}.",
            rules=rules.id,
            kind=kind,
            names=names,
        )
    return found


def _is_followed_up(rule: Rule) -> bool:
    """Whether held follow-ups settle its dates; supervision visits are held for themselves."""
    parts = [step.part for step in rule.steps] + [part for repeat in rule.repeats for part in repeat.turns]
    return any(part.kind is ItemKind.FOLLOW_UP for part in parts)


def _plain(item: DueItem, language: str) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "due": item.due.isoformat(),
        "kind": item.kind.value,
        "rule": item.rule,
        "why": _say(item.why, language),
        "source": _say(item.source.phrase, language),
    }
    if item.held is not None:
        plain["held"] = item.held.isoformat()
    if item.status:
        plain["status"] = True
    return plain


def _line(item: DueItem, language: str) -> str:
    held = f"  ({item.held.isoformat()})" if item.held is not None else ""
    why, source = _say(item.why, language), _say(item.source.phrase, language)
    return f"{item.due.isoformat()}  {item.kind.value:<13}  {why}  [{source}]{held}"


def _say(phrase: Phrase, language: str) -> str:
    """English as it stands, with dates in ISO form; Danish as on screen."""
    return str(phrase) if language == "en" else i18n.load(language).say(phrase)


def _told(error: UserError, language: str) -> list[str]:
    values = {
        name: ", ".join(value) if isinstance(value, list) else value for name, value in error.values.items()
    }
    sentences = (error.message, *error.ways_out)
    return [_say(Phrase(sentence, values), language) for sentence in sentences]


def _complain(lines: list[str]) -> None:
    sys.stderr.write("\n".join(lines) + "\n")
