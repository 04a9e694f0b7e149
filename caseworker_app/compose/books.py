"""The rules and the catalogue that ship, read when first asked for; see :class:`caseworker_app.services.books.Books`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import resources
from caseworker_app.compose import rules
from caseworker_app.domain.catalogue import Catalogue, ChosenCatalogue
from caseworker_app.domain.catalogue_reading import read_catalogue
from caseworker_app.domain.form_spec import Forms, FormSpec
from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_template_reading import read_map_templates
from caseworker_app.domain.visit_plan import VisitPlan
from caseworker_app.services import calendar, catalogues, own_forms, rule_book
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

if TYPE_CHECKING:
    from caseworker_app.domain.anonymous import Lists
    from caseworker_app.domain.effort import Effort
    from caseworker_app.domain.family_texts import FamilyTexts
    from caseworker_app.domain.instruments import Instrument
    from caseworker_app.domain.manual import Manual
    from caseworker_app.domain.meeting_kinds import ChosenKinds, MeetingKinds
    from caseworker_app.services.instruments import Shelf

MAPS = "network_map.toml"
VISIT_PLANS = "visit_plans.toml"
MEETING_KINDS = "meeting_kinds.toml"


class ShippedBooks:
    """What ships, with the store's own over it."""

    @cached_property
    def _catalogue(self) -> Catalogue:
        names = frozenset(rules.shipped(rules.LOCAL).rules)
        return read_catalogue(resources.text("catalogues", "interventions.toml"), names, "interventions.toml")

    @cached_property
    def _templates(self) -> Templates:
        return read_map_templates(resources.text("catalogues", MAPS), MAPS)

    @cached_property
    def _forms(self) -> Forms:
        made: dict[tuple[str, int], FormSpec] = {}
        for file in sorted(resources.path("forms").glob("*.toml")):
            for form in read_forms(file.read_text(encoding="utf-8"), file.name, made):
                made[form.id, form.version] = form
        return made

    def rules(self, reader: Reader) -> RuleBook:
        return rule_book.open_book(reader, rules.shipped(rules.LOCAL), rules.law(), calendar.danish_holidays)

    def catalogue(self, reader: Reader) -> ChosenCatalogue:
        return catalogues.chosen(reader, self._catalogue, self.rules(reader).rule_names)

    def map_templates(self) -> Templates:
        return self._templates

    def forms(self, reader: Reader | None) -> Forms:
        """Return the forms in use in a store; without one, those that ship."""
        if reader is None:
            return self._forms
        return own_forms.chosen(reader, self._forms).forms

    @cached_property
    def _visit_plans(self) -> Mapping[str, VisitPlan]:
        from caseworker_app.services.visit_plans import read_plans

        return read_plans(resources.text("catalogues", VISIT_PLANS))

    def visit_plans(self) -> Mapping[str, VisitPlan]:
        return self._visit_plans

    def visit_plan_lines(self, plan: str) -> str:
        from caseworker_app.services.visit_plans import lines_of

        return lines_of(resources.text("catalogues", VISIT_PLANS), plan)

    @cached_property
    def _meeting_kinds(self) -> MeetingKinds:
        from caseworker_app.domain.meeting_kinds import MeetingKinds
        from caseworker_app.domain.meeting_kinds_reading import read_kinds

        return MeetingKinds(read_kinds(self.meeting_kinds_text(), MEETING_KINDS))

    def meeting_kinds(self, reader: Reader) -> ChosenKinds:
        from caseworker_app.services.meeting_kinds import chosen

        return chosen(reader, self._meeting_kinds)

    def meeting_kinds_text(self) -> str:
        return resources.text("catalogues", MEETING_KINDS)

    @cached_property
    def _name_lists(self) -> Lists:
        import tomllib

        from caseworker_app.domain.anonymous import lists_from

        found = tomllib.loads(resources.text("catalogues", "anonymous_words.toml"))
        ours = tomllib.loads(resources.text("catalogues", "factors.toml")).get("factor", [])
        return lists_from({**found, "openers": [*found["openers"], *(one["name"] for one in ours)]})

    def name_lists(self) -> Lists:
        return self._name_lists

    @cached_property
    def _family_texts(self) -> FamilyTexts:
        from caseworker_app.domain.family_texts import read_family_texts

        return read_family_texts(resources.text("catalogues", "family_texts.toml"))

    def family_texts(self, reader: Reader | None = None) -> FamilyTexts:
        if reader is None:
            return self._family_texts
        from caseworker_app.services.own_family_texts import chosen

        return chosen(reader, self._family_texts)

    @cached_property
    def _manual(self) -> Manual:
        from caseworker_app.domain.manual import read_manual

        index = resources.text("manual", "manual.toml")
        return read_manual(index, lambda page: resources.text("manual", "da", f"{page}.md"))

    def manual(self) -> Manual:
        return self._manual

    @cached_property
    def _instruments(self) -> Mapping[str, Instrument]:
        from caseworker_app.domain.instruments_reading import read_instruments

        found: dict[str, Instrument] = {}
        for file in sorted(resources.path("instruments").glob("*.toml")):
            for one in read_instruments(file.read_text(encoding="utf-8"), file.name, found):
                found[one.id] = one
        return found

    def shipped_instruments(self) -> Mapping[str, Instrument]:
        return self._instruments

    def instruments(self, reader: Reader) -> Shelf:
        from caseworker_app.services.instruments import shelf

        return shelf(reader, self._instruments)

    @cached_property
    def _efforts(self) -> tuple[Effort, ...]:
        from caseworker_app.domain.effort import read_efforts

        return read_efforts(resources.text("catalogues", "efforts.toml"))

    def efforts(self) -> tuple[Effort, ...]:
        return self._efforts
