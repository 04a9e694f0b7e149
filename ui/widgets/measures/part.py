"""What the parts of Målinger share: everything measured in the case is read at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from caseworker_app.domain.case import Case
from caseworker_app.services import measurement_views
from caseworker_app.services.measurement_views import CaseMeasures
from caseworker_app.services.ports import Reader
from ui.widgets.cooperation.part import CooperationPart
from ui.widgets.measures.acts import MeasureActs


class MeasuresPart(CooperationPart[CaseMeasures]):
    """A part over the measurements of one case."""

    follows = frozenset(
        {"measurement", "measurement_plan", "own_instrument", "retired_instrument", "meeting", "case"}
    )

    @cached_property
    def acts(self) -> MeasureActs:
        """What can be done here."""
        return MeasureActs(self)

    def load(self, reader: Reader, case: Case) -> CaseMeasures:
        return measurement_views.of_case(reader, self.house.books.instruments(reader), case)

    def forms(self) -> Mapping[str, Callable[[], None]]:
        return self.acts.forms()
