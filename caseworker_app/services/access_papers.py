"""The access log of a case for the citizen who asks: on which days the file was used, for what, and not by whom.

Databeskyttelsesforordningen art. 15 as read in C-579/21: dates and purpose, normally not the employee's name.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import groupby

from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import day_and_month, long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.i18n import Translator, load
from caseworker_app.services import access_log, papers
from caseworker_app.services.access_log import USE_LABELS, LogLine, Use, Wanted
from caseworker_app.services.ports import Reader

_MOST = 20_000


@cache
def _danish() -> Translator:
    return load("da")


def job(reader: Reader, case: Id, since: dt.date | None, until: dt.date | None) -> PaperJob:
    """Return the paper. Raises ``KeyError`` for a case that is not there."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    told = access_log.lines(reader, Wanted(case, since, until, limit=_MOST))
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Oplysning om opslag i en sag",
        heading="Opslag og ændringer i sagen om " + (found.child_name or f"ufødt barn af {found.unborn_of}"),
        dated=reader.today,
        standing=_standing(reader, since, until),
        parts=(TextPart(text=_ABOUT), *_parts(told)),
    )
    return PaperJob(Paper.ACCESS_LOG, facts, "access-log.pdf", "", case)


_ABOUT = (
    "Her står, hvilke dage oplysningerne i sagen er brugt i programmet på rådgiverens computer, og hvad de er brugt til. "
    "Oversigten gives efter databeskyttelsesforordningens artikel 15. Den siger ikke, hvilken medarbejder det var: "
    "den oplysning gives normalt ikke (EU-Domstolens dom C-579/21). Opslag i kommunens andre systemer står ikke her, "
    "og opslag, der er ældre end loggens slettefrist, er slettet."
)


def _standing(reader: Reader, since: dt.date | None, until: dt.date | None) -> str:
    parts = [f"Udskrevet den {long_date(reader.today)}."]
    if since is not None or until is not None:
        first = "" if since is None else f" fra den {long_date(since)}"
        last = "" if until is None else f" til den {long_date(until)}"
        parts.append(f"Viser tiden{first}{last}.")
    return " ".join(parts)


def _parts(told: tuple[LogLine, ...]) -> tuple[Part, ...]:
    if not told:
        return (TextPart(text="Der er ingen opslag eller ændringer i den tid.", muted=True),)
    oldest_first = sorted(told, key=lambda line: line.at)
    years = groupby(oldest_first, key=lambda line: _local(line).year)
    return tuple(
        TablePart(
            ("Dato", "Hvad der blev gjort", "Formål"),
            _rows(list(lines)),
            (0.22, 0.42, 0.36),
            heading=str(year),
        )
        for year, lines in years
    )


def _rows(lines: list[LogLine]) -> tuple[tuple[str, str, str], ...]:
    """One row a day and purpose: what was done, and how many times."""
    rows = []
    for (day, purpose), group in _grouped(lines).items():
        counted: dict[Use, int] = {}
        for line in group:
            counted[line.use] = counted.get(line.use, 0) + 1
        done = [
            _danish().gettext(USE_LABELS[use]) + (f" ({times} gange)" if times > 1 else "")
            for use, times in counted.items()
        ]
        rows.append(
            (day_and_month(day), ", ".join([done[0], *(words.lower() for words in done[1:])]), purpose)
        )
    return tuple(rows)


def _grouped(lines: list[LogLine]) -> dict[tuple[dt.date, str], list[LogLine]]:
    found: dict[tuple[dt.date, str], list[LogLine]] = {}
    for line in lines:
        found.setdefault((_local(line), _danish().gettext(line.purpose)), []).append(line)
    return found


def _local(line: LogLine) -> dt.date:
    return line.at.astimezone().date()
