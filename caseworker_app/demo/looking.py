"""The demo's access log: what the worker looked at, searched for and printed in the last weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from caseworker_app.demo.agenda import Agenda
from caseworker_app.demo.when import Days
from caseworker_app.domain.case import Case
from caseworker_app.domain.searching import Question
from caseworker_app.services import access_log, cases, people, searching
from caseworker_app.services.ports import Access, Writer

_DAYS = tuple(range(3, 46, 3))
_PARTS = ("overview", "journal", "people", "follow_up", "meetings")
_WORDS = ("skole", "bedstemor", "aflastning")


def look_around(agenda: Agenda, days: Days) -> None:
    """Put days of looking into the agenda."""
    for number, back in enumerate(_DAYS):
        moment = days.moment(days.at(f"-{back}d"), dt.time(9, 5 + number))
        agenda.add(moment, _at_work(number))


def _at_work(number: int) -> Callable[[Writer], None]:
    def work(writer: Writer) -> None:
        access_log.note_reading(writer, "caseload", None, "")
        active = cases.caseload(writer).active
        for step in range(3):
            case = active[(2 * number + step) % len(active)].case
            access_log.note_reading(writer, "case", case.id, _PARTS[(number + step) % len(_PARTS)])
            if step == 1 and number % 3 == 0:
                people.show_number(writer, Case, case.id)
            if step == 2 and number % 2 == 0:
                searching.note(writer, Question(_WORDS[number % len(_WORDS)], stream=case.stream))
            if step == 0 and number % 4 == 0:
                writer.log_access(Access.PRINT, "case", case.id, "chronology")

    return work
