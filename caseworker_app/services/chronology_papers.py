"""The chronology on paper: the basis for a decision, with what was held up and commented on, without what was left out."""

from __future__ import annotations

from functools import cache

from caseworker_app.domain.case import Case
from caseworker_app.domain.chronology import EVENT_KIND_LABELS
from caseworker_app.domain.dates import day_and_month, long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.text_facts import Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.i18n import Translator, load
from caseworker_app.services import chronology, papers
from caseworker_app.services.chronology import EVERYTHING, Shown, Wanted
from caseworker_app.services.ports import Reader


@cache
def _danish() -> Translator:
    return load("da")


def _said(words: Phrase | str) -> str:
    return words if isinstance(words, str) else _danish().say(words)


def job(reader: Reader, case: Id, wanted: Wanted = EVERYTHING) -> PaperJob:
    """Return the chronology as a paper for the file, oldest first, as it is filtered; what is left out is counted."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    everything = chronology.view(reader, case, wanted)
    shown = [one for one in reversed(everything) if not one.hidden]
    left_out = len(everything) - len(shown)
    name = found.child_name or f"Ufødt barn af {found.unborn_of}"
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Kronologi",
        heading=f"Kronologi for {name}",
        dated=reader.today,
        standing=_standing(reader, wanted, left_out),
        parts=_parts(shown),
    )
    return PaperJob(Paper.CHRONOLOGY, facts, "chronology.pdf", "", case)


def _standing(reader: Reader, wanted: Wanted, left_out: int) -> str:
    parts = [f"Kopi til sagen, udskrevet den {long_date(reader.today)}."]
    if wanted.since is not None or wanted.until is not None:
        since = "" if wanted.since is None else f" fra den {long_date(wanted.since)}"
        until = "" if wanted.until is None else f" til den {long_date(wanted.until)}"
        parts.append(f"Viser tiden{since}{until}.")
    if wanted.kinds:
        kinds = sorted(_danish().gettext(EVENT_KIND_LABELS[kind]).lower() for kind in wanted.kinds)
        parts.append(f"Viser kun: {', '.join(kinds)}.")
    if left_out:
        one = left_out == 1
        parts.append(f"{left_out} {'hændelse er' if one else 'hændelser er'} udeladt af rådgiveren.")
    return " ".join(parts)


def _parts(shown: list[Shown]) -> tuple[Part, ...]:
    if not shown:
        return (TextPart(text="Der er ikke sket noget i den tid, der vises.", muted=True),)
    years: dict[int, list[Shown]] = {}
    for one in shown:
        years.setdefault(one.event.day.year, []).append(one)
    return tuple(
        TablePart(
            ("Dato", "Hvad der skete", "Bemærkning"),
            tuple(_row(one) for one in of_year),
            (0.19, 0.51, 0.3),
            heading=str(year),
        )
        for year, of_year in years.items()
    )


def _row(one: Shown) -> tuple[str, str, str]:
    event = one.event
    what = "\n".join(line for line in (_said(event.title), _said(event.detail)) if line)
    mark = "Vigtigt" if one.highlighted else ""
    return day_and_month(event.day), what, "\n".join(w for w in (mark, one.comment) if w)
