"""An investigation on paper: what was found out, by whom, and what it came to; the attached maps as papers of their own.

The words are Danish: the file is, whatever language the screen has. What is not written about stays out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache

from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.entity import type_named
from caseworker_app.domain.form_paper import Answer, form_parts
from caseworker_app.domain.form_spec import Forms
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import Contribution, InvestigationAnswer
from caseworker_app.domain.map_diff import diff, sentences
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapState, NetworkMap
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import (
    ListPart,
    PairsPart,
    Part,
    SignPart,
    TablePart,
    TextPaperFacts,
    TextPart,
)
from caseworker_app.i18n import Translator, load
from caseworker_app.services import (
    investigation_views,
    journal_desk,
    map_papers,
    map_versions,
    office,
    papers,
)
from caseworker_app.services.investigation_views import InvestigationView
from caseworker_app.services.journal_desk import Link
from caseworker_app.services.map_reading import open_map
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

FILE_NAME = "investigation.pdf"
_COLUMNS: Mapping[str, str] = {
    "challenges": "Udfordringer",
    "resources": "Ressourcer",
    "child_words": "Barnets syn",
    "parents_words": "Forældrenes syn",
}


@cache
def _danish() -> Translator:
    return load("da")


def jobs(
    reader: Reader, investigation: Id, forms: Forms, book: RuleBook, templates: Templates
) -> tuple[PaperJob, ...]:
    """Return the investigation for the file, and each attached map as a paper of its own.

    Raises ``KeyError`` when there is no such investigation, ``UserError`` when a personal number stands on a map.
    """
    view = investigation_views.view(reader, investigation, forms, book)
    maps = (map_papers.job(reader, one.id, templates, MapProfile.FILE) for one in view.maps)
    return (job_of(reader, view, templates), *maps)


def job_of(reader: Reader, view: InvestigationView, templates: Templates) -> PaperJob:
    """Return the investigation as a paper for the file."""
    name = view.case.child_name or f"Ufødt barn af {view.case.unborn_of}"
    parts = (
        PairsPart(tuple(_head(view, name))),
        *_answers(reader, view),
        *_contributions(view),
        *_beside(view),
        *_maps(reader, view, templates),
        SignPart((office.house(reader).worker.name or "Rådgiver",)),
    )
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title=view.spec.name,
        heading=f"{view.spec.name}: {name}",
        dated=reader.today,
        standing=f"Kopi til sagen, udskrevet den {long_date(reader.today)}.",
        parts=parts,
        number=any(contains_person_number(text) for text in _texts(parts)),
    )
    return PaperJob(Paper.INVESTIGATION, facts, FILE_NAME, "", view.investigation.id)


def _texts(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case TextPart():
                yield f"{part.heading}\n{part.text}"
            case TablePart():
                yield from (cell for row in part.rows for cell in row)
            case ListPart():
                yield from part.points


def _head(view: InvestigationView, name: str) -> Iterator[tuple[str, str]]:
    found, case = view.investigation, view.case
    yield "Barnet", name
    if case.born is not None:
        yield "Født", long_date(case.born)
    for words, day in (
        ("Behovet kendt", found.known_on),
        ("Foreløbig vurdering", found.preliminary_on),
        ("Afsluttet", found.ended_on),
    ):
        if day is not None:
            yield words, f"den {long_date(day)}"
    if view.clock is not None and found.ended_on is None:
        source = _danish().say(view.clock.source)
        yield "Skal være afsluttet", f"senest den {long_date(view.clock.due)} ({source})"


def _answers(reader: Reader, view: InvestigationView) -> tuple[Part, ...]:
    return form_parts(view.spec, {topic: answer_of(reader, one) for topic, one in view.answers.items()})


def answer_of(reader: Reader, one: InvestigationAnswer) -> Answer:
    """Return what is written under a topic, in the words of the paper."""
    columns = tuple((words, text) for name, words in _COLUMNS.items() if (text := getattr(one, name).strip()))
    links = journal_desk.links_of(reader, one.sources)
    return Answer(one.text, one.tags, one.chosen, one.number, columns, tuple(map(link_words, links)))


def link_words(link: Link) -> str:
    """Say what a topic rests on, in Danish: the kind of thing, its words, its day."""
    declared = type_named(link.kind)
    kind = "" if declared is None else _danish().gettext(declared.label)
    day = "" if link.day is None else long_date(link.day)
    return ": ".join(part for part in (kind, ", ".join(p for p in (link.words, day) if p)) if part)


def _day(day: dt.date | None) -> str:
    return "" if day is None else long_date(day)


def _contributions(view: InvestigationView) -> Iterator[Part]:
    if not view.contributions:
        return
    rows = tuple(
        (
            ", ".join(p for p in (one.whom, one.profession) if p),
            one.what,
            _day(one.asked_on),
            _came(one, view),
        )
        for one in view.contributions
    )
    head = ("Hvem", "Bidraget handler om", "Bedt om", "Modtaget")
    yield TablePart(head, rows, (0.28, 0.36, 0.18, 0.18), heading="Bidrag fra fagfolk")
    for one in view.contributions:
        if one.text.strip():
            yield TextPart(f"Bidrag fra {one.whom or one.profession}", one.text.strip(), level=3)


def _came(one: Contribution, view: InvestigationView) -> str:
    if one.received_on is not None:
        return long_date(one.received_on)
    return "Mangler" if one.overdue(view.today) else "Ikke modtaget endnu"


def _beside(view: InvestigationView) -> Iterator[Part]:
    if not view.beside:
        return
    rows = tuple((each.intervention.name, _when(each.intervention, each.before)) for each in view.beside)
    yield TablePart(("Indsats", "Hvornår"), rows, (0.5, 0.5), heading="Indsatser før og under undersøgelsen")


def _when(one: Intervention, before: bool) -> str:
    end = "løber stadig" if one.ended_on is None else f"sluttede {long_date(one.ended_on)}"
    return f"{'Før' if before else 'Under'}: fra {_day(one.start)}, {end}"


def _maps(reader: Reader, view: InvestigationView, templates: Templates) -> Iterator[Part]:
    lacking = tuple(_danish().say(words) for words in view.missing_maps)
    if not view.maps and not lacking:
        return
    shown = tuple(_danish().say(investigation_views.map_words(one)) for one in view.maps)
    yield ListPart((*(f"Bilag {n}: {one}" for n, one in enumerate(shown, start=1)), *lacking), "Netværkskort")
    for one in view.maps:
        said = _since_last(reader, one, templates)
        if said:
            name = _danish().say(investigation_views.map_words(one))
            yield TextPart(f"Hvad der er anderledes end sidst: {name}", level=3)
            yield ListPart(said)


def _since_last(reader: Reader, now: NetworkMap, templates: Templates) -> tuple[str, ...]:
    """Return what is different on a map from the version of the same voice before it, in sentences."""
    before = [
        one
        for one in map_versions.versions_of(reader, now.id)
        if one.state is not MapState.DRAFT and (one.number or 0) < (now.number or 0)
    ]
    if not before:
        return ()
    old, new = (open_map(reader, one, templates) for one in (before[-1].id, now.id))
    return sentences(diff(old, new), Wording.CHILD, new.case.first_name)
