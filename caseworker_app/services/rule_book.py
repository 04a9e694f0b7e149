"""The rules in use: the local standard with the municipality's own versions, the law beside it, and the holidays.

Rule files are read outside; what is handed in here is whole. A faulty own version is left aside and said.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.office import Office
from caseworker_app.domain.rules.faults import RulesError
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.reading import read
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from caseworker_app.domain.rules.workdays import Holidays
from caseworker_app.services.ports import Reader, Writer

OWN_RULES = "rules"
"""The name under which the office's stream keeps a municipality's versions of the local standard."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What is due by which rules. ``faults`` are the own versions that could not be used."""

    local: RuleSetTimeline
    law: RuleSetTimeline
    holidays: Holidays
    faults: tuple[RulesError, ...] = ()

    @property
    def rule_names(self) -> frozenset[str]:
        """Return the names an entry of the catalogue may give as its rule."""
        return frozenset(name for rules in self.local.sets for name in rules.rules)


def open_book(reader: Reader, shipped: RuleSet, law: RuleSetTimeline, holidays: Holidays) -> RuleBook:
    """Return the rules in use in a store: ``shipped``, then the municipality's own versions from their days on."""
    versions, faults = [shipped], []
    for own in reader.find(OwnCatalogue, where={"name": OWN_RULES}):
        try:
            versions.append(read(own.text, OWN_RULES))
        except RulesError as error:
            faults.append(error)
    return RuleBook(RuleSetTimeline.of(*versions), law, holidays, tuple(faults))


def change(writer: Writer, book: RuleBook, text: str) -> RuleSet:
    """Keep a municipality's version of the local standard; it counts from its ``valid_from``, today at the earliest.

    What was due before keeps the rule it had. Raises :class:`RulesError` for a text that cannot be read and
    ``InvalidInput`` for one that would rewrite the past.
    """
    edited = read(text, OWN_RULES)
    book.local.changed(edited, writer.today)
    office = writer.find(Office)[0]
    writer.act("Change the follow-up rules")
    for own in writer.find(OwnCatalogue, where={"name": OWN_RULES}):
        if _from(own.text) == edited.valid_from:
            writer.set(OwnCatalogue, own.id, "text", text, parents=None)
            return edited
    writer.create(OwnCatalogue(id=writer.new_id(), stream=office.stream, name=OWN_RULES, text=text))
    return edited


def _from(text: str) -> object:
    try:
        return read(text, OWN_RULES).valid_from
    except RulesError:
        return None
