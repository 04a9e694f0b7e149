"""The catalogue of interventions: dated data that ships with the program, or a municipality's own copy of it.

A catalogue is TOML, one table an entry::

    [[intervention]]
    id = "foster_general"
    name = "Almen plejefamilie"
    kind = "foster"
    step = 5
    sel = "SEL § 52, stk. 3, nr. 7, jf. § 66"
    bl = "BL § 46, jf. § 43, stk. 1, nr. 1"
    sel_without_consent = "SEL § 58"
    bl_without_consent = "BL § 47"
    supplier = "Plejefamilie"
    price_unit = "month"
    rule = "foster"
    counted_as = "special_foster"
    prices = [{from = 2024-01-01, to = 2024-12-31, kr = 41250}, {from = 2025-01-01, kr = 42500.50}]
    valid_from = 2024-01-01

``sel_without_consent``, ``bl_without_consent``, ``supplier``, ``price_unit``, ``rule``, ``counted_as``, ``prices`` and
``valid_to`` may be left out; both days of validity count, and so do both days of a price. A price is what one
``price_unit`` costs; ``counted_as`` says in which row of the tables a placement is counted. The same id may stand
several times, for periods that do not meet. An entry of the kind ``preventive`` without a rule follows the rule
``preventive`` (Herningmodellen 4); any other has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.intervention import InterventionKind, LegalBasis, PriceUnit
from caseworker_app.domain.kinds import TEXT
from caseworker_app.domain.template_parts import Fault

GENERAL_RULE = "preventive"
"""The rule of every § 52 / § 32 intervention without one of its own."""


@entity("own_catalogue", "Own catalogue")
class OwnCatalogue(Entity):
    """A municipality's own copy in place of ours; ``name`` is the catalogue's, ``text`` its TOML."""

    name: str = field(TEXT, "Catalogue", default="", indexed=True)
    text: str = field(TEXT, "Text", default="")


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """What one unit of an entry costs, in øre, from a day on; ``last`` counts, ``None`` is until the next one."""

    oere: int
    first: dt.date
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One intervention on offer in a period. ``rule`` is empty for one without a local rule."""

    id: str
    name: str
    kind: InterventionKind
    step: int
    basis: LegalBasis
    forced_basis: LegalBasis | None
    supplier: str
    price_unit: PriceUnit
    rule: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    prices: tuple[DatedPrice, ...] = ()
    counted_as: str = ""

    def valid_on(self, day: dt.date) -> bool:
        """Whether it is on offer on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries, in their order in the file. ``own`` says that it is the municipality's copy."""

    entries: tuple[CatalogueEntry, ...]
    own: bool = False

    def offered(self, day: dt.date) -> tuple[CatalogueEntry, ...]:
        """Return what may be chosen for an intervention that starts on a day."""
        return tuple(entry for entry in self.entries if entry.valid_on(day))

    def entry(self, entry_id: str, day: dt.date) -> CatalogueEntry | None:
        """Return the entry of an id as it stands on a day; ``None`` when it is not on offer then."""
        return next((e for e in self.entries if e.id == entry_id and e.valid_on(day)), None)

    def retired(self, entry_id: str, day: dt.date) -> bool:
        """Whether an id is not on offer on a day: ended, not begun, or taken out. Old interventions keep showing it."""
        return self.entry(entry_id, day) is None


class CatalogueError(UserError):
    """A catalogue that cannot be used. ``faults`` are all that was found; the sentence says the first."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            "The catalogue {source} cannot be used: {what} ({key}, line {line}).",
            "Until it is mended, the program's own catalogue is used.",
            "Mend the text, or go back to the standard catalogue.",
            source=source,
            what=first.what,
            key=first.key,
            line=first.line,
        )


@dataclass(frozen=True, slots=True)
class ChosenCatalogue:
    """The catalogue to use, and why it is not the municipality's own where there is one."""

    catalogue: Catalogue
    fault: CatalogueError | None = None
