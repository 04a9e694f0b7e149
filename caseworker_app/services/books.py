"""The rules and the catalogue in use, as the window asks for them inside a query. The composition root reads the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from caseworker_app.domain.anonymous import Lists
    from caseworker_app.domain.catalogue import ChosenCatalogue
    from caseworker_app.domain.effort import Effort
    from caseworker_app.domain.family_texts import FamilyTexts
    from caseworker_app.domain.form_spec import Forms
    from caseworker_app.domain.instruments import Instrument
    from caseworker_app.domain.manual import Manual
    from caseworker_app.domain.map_template import Templates
    from caseworker_app.domain.meeting_kinds import ChosenKinds
    from caseworker_app.domain.visit_plan import VisitPlan
    from caseworker_app.services.instruments import Shelf
    from caseworker_app.services.ports import Reader
    from caseworker_app.services.rule_book import RuleBook


class Books(Protocol):
    """What ships, with the municipality's own over it where the store has any."""

    def rules(self, reader: Reader) -> RuleBook:
        """Return the rules in use in this store."""

    def catalogue(self, reader: Reader) -> ChosenCatalogue:
        """Return the catalogue of interventions in use in this store."""

    def map_templates(self) -> Templates:
        """Return rings and sectors of the netværkskort, every version of them."""

    def forms(self, reader: Reader) -> Forms:
        """Return every version of every form in use in this store."""

    def visit_plans(self) -> Mapping[str, VisitPlan]:
        """Return the visit plans that ship, by id."""

    def visit_plan_lines(self, plan: str) -> str:
        """Return a plan that ships as it is written, line by line; empty for one that is none."""

    def meeting_kinds(self, reader: Reader) -> ChosenKinds:
        """Return the kinds of meeting in use in this store."""

    def meeting_kinds_text(self) -> str:
        """Return the kinds that ship as they are written, to begin own ones with."""

    def name_lists(self) -> Lists:
        """Return the lists of words and names an anonymous sheet is read with."""

    def family_texts(self, reader: Reader | None = None) -> FamilyTexts:
        """Return the texts of reminders and of the expectations sheet in use in a store; without one, those that ship."""

    def manual(self) -> Manual:
        """Return the manual, in Danish."""

    def instruments(self, reader: Reader) -> Shelf:
        """Return the instruments in use in this store, the retired ones with them."""

    def shipped_instruments(self) -> Mapping[str, Instrument]:
        """Return the instruments that ship, by id."""

    def efforts(self) -> tuple[Effort, ...]:
        """Return the efforts that ship; :mod:`caseworker_app.services.efforts` lays the store's own over them."""
