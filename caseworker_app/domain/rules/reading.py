"""Reading a rule set from TOML: every key known, every amount with its unit, every rule with an end or a rhythm."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any, Final

from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.checked import Checked, Table
from caseworker_app.domain.rules.faults import Fault, RulesError
from caseworker_app.domain.rules.lines import Path
from caseworker_app.domain.rules.model import (
    Anchor,
    Basis,
    Bound,
    Certainty,
    Deadline,
    ExceptionKind,
    FixedStep,
    ItemKind,
    Origin,
    Part,
    Reference,
    Repeat,
    Rule,
    RuleSet,
    Talk,
    Unset,
    circle,
)
from caseworker_app.domain.rules.periods import Period, Unit
from caseworker_app.domain.rules.vocabulary import (
    EVENT_LABELS,
    OUTCOME_LABELS,
    PARTICIPANT_LABELS,
    WAY_LABELS,
)

_DAYS: Final = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS)
_PART: Final = {"kind", "participants", "outcome", "status", "bound", "note"}
_CITED: Final = {"certainty", "basis", "place"}
_TOP: Final = (
    {"id", "title", "law", "valid_from", "source"},
    {"valid_to", "verified_on", "floor", "usual", "groups", "rules", "exceptions", "deadlines", "unset"},
)
_NO_MORE_THAN: Final = 500_000
_OLDEST: Final = 30


def read(text: str, source: str) -> RuleSet:
    """Read and check a rule set; ``source`` is the file's name as errors say it.

    Raises :class:`RulesError` with every fault found, each with its key and line.
    """
    try:
        if len(text) > _NO_MORE_THAN:
            raise RulesError(source=source, faults=(Fault("TOML", Phrase("the text is too long for rules")),))
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        what = Phrase("this is not TOML: {detail}", {"detail": str(error)})
        raise RulesError(source=source, faults=(Fault("TOML", what, line),)) from None
    reader = _Reader(text)
    rules = reader.rule_set(data)
    if reader.checked.faults:
        raise RulesError(source=source, faults=tuple(reader.checked.faults))
    return rules


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.checked = Checked(text)
        self._id = ""
        self._law = False
        self._usual = Part()
        self._groups: dict[str, frozenset[str]] = {}

    def rule_set(self, data: Table) -> RuleSet:
        checked = self.checked
        checked.keys(data, (), *_TOP)
        self._id = checked.name(data.get("id"), ("id",)) if "id" in data else ""
        self._law = checked.flag(data, "law", ())
        self._groups = self._read_groups(data)
        usual, at = checked.table(data.get("usual", {}), ("usual",)), ("usual",)
        checked.keys(usual, at, set(), {"participants", "outcome"})
        self._usual = self._part(usual, at, Part())
        valid_from = checked.day(data, "valid_from", ())
        valid_to = checked.day(data, "valid_to", ())
        if valid_from and valid_to and valid_to < valid_from:
            checked.fault(("valid_to",), Phrase("it lies before valid_from"))
        rules = {
            name: self._rule(name, entry, ("rules", name))
            for name, entry in checked.table(data.get("rules", {}), ("rules",)).items()
        }
        self._check_continuations(rules)
        deadlines = checked.many(data, "deadlines", ())
        kinds = frozenset().union(*(rule.applies_to for rule in rules.values()))
        return RuleSet(
            self._id,
            checked.title(data, "title", ()),
            self._law,
            valid_from or date.min,
            valid_to,
            checked.text(data, "source", ()),
            checked.day(data, "verified_on", ()),
            checked.period(data, "floor", (), (Unit.MONTHS,)),
            rules,
            self._exceptions(data, kinds),
            tuple(self._deadline(entry, ("deadlines", n)) for n, entry in enumerate(deadlines)),
            tuple(
                self._unset(entry, ("unset", n)) for n, entry in enumerate(checked.many(data, "unset", ()))
            ),
        )

    def _read_groups(self, data: Table) -> dict[str, frozenset[str]]:
        table = self.checked.table(data.get("groups", {}), ("groups",))
        found = {}
        for name in table:
            listed = self.checked.many(table, name, ("groups",))
            found[name] = frozenset(self.checked.name(each, ("groups", name)) for each in listed) | {name}
        return found

    def _rule(self, name: str, value: object, at: Path) -> Rule:
        checked = self.checked
        data = checked.table(value, at)
        possible = {"applies_to", "continued_by", "decided", "at", "then", *_PART, *_CITED}
        checked.keys(data, at, {"title", "source"}, possible)
        usual = self._part(data, at, self._usual)
        steps = tuple(
            self._step(entry, (*at, "at", n), usual) for n, entry in enumerate(checked.many(data, "at", at))
        )
        repeats = tuple(
            self._repeat(entry, (*at, "then", n), usual)
            for n, entry in enumerate(checked.many(data, "then", at))
        )
        self._check_order(steps, repeats, at)
        return Rule(
            self._origin(checked.name(name, at), data, at),
            self._applies_to(data, at, name),
            steps,
            repeats,
            checked.text(data, "continued_by", at),
            checked.flag(data, "decided", at),
        )

    def _applies_to(self, data: Table, at: Path, otherwise: str) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for each in self.checked.many(data, "applies_to", at):
            name = self.checked.name(each, (*at, "applies_to"))
            found |= self._groups.get(name, frozenset((name,)))
        return found or frozenset((otherwise,))

    def _step(self, value: object, at: Path, usual: Part) -> FixedStep:
        checked = self.checked
        data = checked.table(value, at)
        checked.keys(data, at, {"after"}, {"or_event", *_PART})
        event = checked.text(data, "or_event", at)
        if event and event not in EVENT_LABELS:
            checked.fault((*at, "or_event"), Phrase("{word} is not a word known here", {"word": event}))
        after = checked.period(data, "after", at, _DAYS)
        return FixedStep(after or Period(1, Unit.DAYS), self._part(data, at, usual), event)

    def _repeat(self, value: object, at: Path, usual: Part) -> Repeat:
        checked = self.checked
        data = checked.table(value, at)
        checked.keys(data, at, {"every", "from"}, {"within", "turns", "spaced", *_PART})
        usual = self._part(data, at, usual)
        every = checked.period(data, "every", at, _DAYS) or Period(1, Unit.DAYS)
        spaced = checked.flag(data, "spaced", at)
        if spaced and (every.unit is not Unit.MONTHS or 12 % every.count):
            checked.fault((*at, "spaced"), Phrase("a year is not a number of such times"))
        turns = tuple(
            self._turn(entry, (*at, "turns", n), usual)
            for n, entry in enumerate(checked.many(data, "turns", at))
        )
        return Repeat(
            every,
            checked.choice(data, "from", at, Anchor, Anchor.HELD),
            turns or (usual,),
            checked.period(data, "within", at, _DAYS),
            spaced,
        )

    def _turn(self, value: object, at: Path, usual: Part) -> Part:
        data = self.checked.table(value, at)
        self.checked.keys(data, at, set(), _PART)
        return self._part(data, at, usual)

    def _part(self, data: Table, at: Path, usual: Part) -> Part:
        """What a table asks for over what is usual: who takes part replaces, what must come out is added.

        What is usual comes out of follow-ups; a report or an end has its own outcome.
        """
        checked = self.checked
        kind = checked.choice(data, "kind", at, ItemKind, usual.kind)
        inherited = usual.outcome if kind is usual.kind else ()
        note = checked.title(data, "note", at)
        return Part(
            kind,
            checked.words(data, "participants", at, PARTICIPANT_LABELS) or usual.participants,
            tuple(dict.fromkeys(inherited + checked.words(data, "outcome", at, OUTCOME_LABELS))),
            checked.flag(data, "status", at),
            checked.choice(data, "bound", at, Bound, usual.bound),
            note if note.da else usual.note,
        )

    def _unset(self, value: object, at: Path) -> Unset:
        checked = self.checked
        data = checked.table(value, at)
        checked.keys(data, at, {"applies_to", "words", "source"}, _CITED)
        if not self._law:
            checked.fault(at, Phrase("only the law says what it sets no date for"))
        words, reference = checked.title(data, "words", at), self._reference(data, at)
        return Unset(self._applies_to(data, at, ""), words, reference)

    def _origin(self, name: str, data: Table, at: Path) -> Origin:
        return Origin(self._id, name, self.checked.title(data, "title", at), self._reference(data, at))

    def _reference(self, data: Table, at: Path) -> Reference:
        checked = self.checked
        for key in sorted(_CITED & set(data)) if not self._law else ():
            checked.fault((*at, key), Phrase("only a rule of law carries this"))
        return Reference(
            checked.text(data, "source", at),
            self._law,
            checked.choice(data, "certainty", at, Certainty, Certainty.HIGH),
            checked.choice(data, "basis", at, Basis, Basis.TEXT),
            checked.choice(data, "place", at, Certainty, Certainty.HIGH),
        )

    def _check_order(self, steps: tuple[FixedStep, ...], repeats: tuple[Repeat, ...], at: Path) -> None:
        fault = self.checked.fault
        if not steps and not repeats:
            fault(at, Phrase("the rule has no dates: it needs at or then"))
        for n in range(1, len(steps)):
            if not steps[n - 1].after.always_before(steps[n].after):
                fault((*at, "at", n, "after"), Phrase("it does not always lie after the one before"))
        for n, repeat in enumerate(repeats):
            if n < len(repeats) - 1 and repeat.within is None:
                what = Phrase("without within it never ends, and the next is never reached")
                fault((*at, "then", n, "every"), what)
            if n == len(repeats) - 1 and repeat.within is not None:
                what = Phrase("the last repetition has no end, so within must not stand here")
                fault((*at, "then", n, "within"), what)

    def _check_continuations(self, rules: dict[str, Rule]) -> None:
        for name, rule in rules.items():
            at, other = ("rules", name, "continued_by"), rule.continued_by
            if other and other not in rules:
                self.checked.fault(at, Phrase("there is no rule {rule} here", {"rule": other}))
            elif other and not rule.ends:
                self.checked.fault(at, Phrase("the rule never ends, so nothing takes over"))
            elif other and (way := circle(rules, name)):
                what = Phrase(
                    "the rules take over from each other in a circle: {way}", {"way": " → ".join(way)}
                )
                self.checked.fault(at, what)

    def _exceptions(self, data: Table, kinds: frozenset[str]) -> dict[str, ExceptionKind]:
        found = {}
        for name, value in self.checked.table(data.get("exceptions", {}), ("exceptions",)).items():
            found[name] = self._exception(name, value, ("exceptions", name), kinds)
        return found

    def _exception(self, name: str, value: object, at: Path, kinds: frozenset[str]) -> ExceptionKind:
        checked = self.checked
        data = checked.table(value, at)
        needed = {"title", "source", "applies_to", "ways", "talk", "condition"}
        checked.keys(data, at, needed, set())
        if self._law:
            checked.fault(at, Phrase("the law knows no such exceptions"))
        applies_to = self._applies_to(data, at, name)
        for each in sorted(applies_to - kinds) if "applies_to" in data else ():
            what = Phrase("no rule here holds for {kind}", {"kind": each})
            checked.fault((*at, "applies_to"), what, each)
        return ExceptionKind(
            checked.name(name, at),
            checked.title(data, "title", at),
            applies_to,
            checked.words(data, "ways", at, WAY_LABELS),
            checked.choice(data, "talk", at, Talk, Talk.REQUIRED),
            checked.text(data, "source", at),
            checked.title(data, "condition", at),
        )

    def _deadline(self, value: object, at: Path) -> Deadline:
        checked = self.checked
        data = checked.table(value, at)
        possible = {"after", "before", "age", "participants", "outcome", "bound", "note", *_CITED}
        checked.keys(data, at, {"id", "title", "event", "source"}, possible)
        name = checked.name(data["id"], (*at, "id")) if "id" in data else ""
        events: Any = data.get("event", [])
        named = {"event": [events] if isinstance(events, str) else events}
        after = checked.period(data, "after", at, tuple(Unit))
        before = checked.period(data, "before", at, _DAYS)
        age = data.get("age")
        if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 0 < age <= _OLDEST):
            checked.fault((*at, "age"), Phrase("it must be an age in years"))
            age = None
        if after and (before or age):
            checked.fault((*at, "after"), Phrase("after stands alone, without before or age"))
        part = self._part(data, at, Part(ItemKind.DEADLINE))
        if part.bound in (Bound.LATEST, Bound.EARLIEST) and not (after or before):
            checked.fault(at, Phrase("a number with its unit is missing: after or before"))
        return Deadline(
            self._origin(name, data, at),
            checked.words(named, "event", at, EVENT_LABELS),
            part,
            after,
            before,
            age,
        )
