"""The time log: a line a month, what the time went to, and each entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.cost_sums import percent
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.kroner import rounded
from caseworker_app.domain.time_log import ACTIVITY_LABELS, TimeEntry
from caseworker_app.domain.typed_hours import many_hours
from caseworker_app.i18n import N_
from caseworker_app.services import efforts, time_log
from caseworker_app.services.ports import Draft, Reader
from caseworker_app.services.time_log import Line, Month
from ui.house import House
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Page
from ui.widgets.cooperation.part import CooperationPart
from ui.widgets.quality.ledger import Ledger, LedgerRow, ledgers
from ui.widgets.time_used import use_time
from ui.words import tr


@dataclass(frozen=True, slots=True)
class TimeLoaded:
    """The months, and the efforts time can be used on."""

    months: tuple[Month, ...]
    efforts: tuple[Effort, ...]


def key_of(month: Month) -> Id:
    """Return what stands for a month in the list."""
    return hashlib.sha256(month.first.isoformat().encode()).digest()[: len(NO_ID)]


def month_words(one: Month) -> str:
    """Return a month with its year: "November 2026"."""
    name = long_date(one.first, i18n.current().language).partition(" ")[2]
    return name[:1].upper() + name[1:]


def share_words(part: int, whole: int) -> str:
    """Return a part in whole percent; a dash of nothing."""
    found = percent(part, whole)
    return "–" if found is None else f"{rounded(found)} %"


class TimePart(CooperationPart[TimeLoaded]):
    """It belongs to no case."""

    follows = frozenset({"time_entry", "own_effort", "case"})
    list_name = N_("Time log")
    nothing_yet = N_(
        "No time written yet. Press Time used … at a visit, a meeting or an entry of the journal, then Save: the rest is "
        "filled in. It is your own, and no part of a child's file."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [(N_("Write time (Ins)"), "Ins", lambda: self.write(None))]

    def load(self, reader: Reader, case: Case) -> TimeLoaded:
        return TimeLoaded(time_log.months(reader), efforts.offered(reader, self.house.books.efforts()))

    def lines(self, loaded: TimeLoaded) -> list[ListLine]:
        return [self._line(one) for one in loaded.months]

    @staticmethod
    def _line(one: Month) -> ListLine:
        share = share_words(one.with_citizens, one.minutes)
        quiet = tr("{hours} hours · {share} with citizens", hours=many_hours(one.minutes), share=share)
        return ListLine(key_of(one), month_words(one), quiet, "history")

    def page(self, loaded: TimeLoaded, key: Id) -> Page | None:
        one = next((month for month in loaded.months if key_of(month) == key), None)
        if one is None:
            return None
        all_of_it, some = many_hours(one.minutes), many_hours(one.with_citizens)
        quiet = tr("{hours} hours, of them {some} with citizens", hours=all_of_it, some=some)
        titles = {effort.id: effort.name for effort in loaded.efforts}
        cards = (self._sums(one), self._entries(one, titles))
        return Page(month_words(one), quiet, insert=lambda parent: ledgers(parent, cards))

    @staticmethod
    def _sums(one: Month) -> Ledger:
        rows = tuple(
            LedgerRow((tr(ACTIVITY_LABELS[activity]), share_words(minutes, one.minutes), many_hours(minutes)))
            for activity, minutes in one.by_activity.items()
        )
        return Ledger(tr("What it went to"), ("", tr("Percent"), tr("Hours")), rows)

    def _entries(self, one: Month, titles: dict[str, str]) -> Ledger:
        rows = tuple(self._row(line, titles) for line in one.lines)
        head = (tr("Day"), tr("What it went to"), tr("Hours"))
        return Ledger(tr("Entries"), head, rows, words=frozenset({1}), stretch=1)

    def _row(self, line: Line, titles: dict[str, str]) -> LedgerRow:
        found = line.entry
        words = [tr(ACTIVITY_LABELS[found.activity]), line.child, titles.get(found.effort, ""), found.note]
        if found.with_citizen:
            words.insert(1, tr("with citizens"))
        said = " · ".join(part for part in words if part)
        doings = (
            Doing(tr("Change …"), partial(self.write, found), about=f"{short_day(found.spent_on)} {said}"),
            self.removing(
                partial(time_log.remove, entry=found.id), N_("The time is removed. Ctrl+Z brings it back."),
                f"{short_day(found.spent_on)} {said}",
            ),
        )  # fmt: skip
        return LedgerRow((short_day(found.spent_on), said, many_hours(found.minutes or 0)), doings)

    def saved(self, key: object) -> None:
        """The cursor stays on its month."""

    def write(self, found: TimeEntry | None) -> None:
        """Write time, or change some."""
        from ui.dialogs import time_forms

        offered = () if self.loaded is None else self.loaded.efforts
        time_forms.entry(self.house, self, offered, found).open()

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; one begun at a visit, a meeting or an entry is offered what it was offered there."""
        at = draft.key.split(":")[2:]
        if len(at) == 2:
            use_time(self.house, self, at[0], bytes.fromhex(at[1]))
        else:
            super().resume(draft)

    def forms(self) -> dict[str, Callable[[], None]]:
        found: dict[str, Callable[[], None]] = {"time_entry:new": partial(self.write, None)}
        for month in () if self.loaded is None else self.loaded.months:
            for line in month.lines:
                found[f"time_entry:{line.entry.id.hex()}"] = partial(self.write, line.entry)
        return found
