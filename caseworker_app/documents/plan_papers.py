"""The plan on paper: for the file with all its letters and charts, and for the child in large type and plain words.

The words of the frame are Danish, as every letter of a Danish municipality. A goal is a group of paragraph, table and
drawing that stays together, which a template of single blocks cannot say; so the pages are composed here.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Document,
    Drawing,
    Heading,
    KeepTogether,
    KeyValues,
    Paragraph,
    SignatureLine,
    Spacer,
    Span,
    Table,
    cell,
    paragraph,
    row,
)
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.papers import Sender
from caseworker_app.domain.plan_facts import ChildGoalFacts, ChildPlanFacts, GoalFacts, PlanFacts
from caseworker_app.drawing.goal_chart import chart_words, child_scale, goal_chart

_MISSING = "Mangler"
_CHILDS = "Din plan"


def plan_document(facts: PlanFacts | ChildPlanFacts) -> Document:
    """Return the paper of some facts."""
    return child_document(facts) if isinstance(facts, ChildPlanFacts) else file_document(facts)


def _document(facts: PlanFacts | ChildPlanFacts, blocks: tuple[Block, ...]) -> Document:
    from caseworker_app.documents.papers import letterhead

    return Document(
        title=_titled(facts),
        blocks=blocks,
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        letterhead=letterhead(facts.sender),
    )


def _titled(facts: PlanFacts | ChildPlanFacts) -> str:
    """Return the document's title: what kind of plan it is, without a name."""
    return facts.name if isinstance(facts, PlanFacts) else _CHILDS


# --- For the file ---------------------------------------------------------------------------------------------


def file_document(facts: PlanFacts) -> Document:
    """Return the plan for the file."""
    blocks: list[Block] = [Heading(1, facts.name), paragraph(_standing(facts), look="muted"), _about(facts)]
    blocks += _said("Formålet med planen", facts.purpose)
    blocks += _said(f"Det siger {facts.child}", facts.child_words, quoted=True)
    blocks += _said("Det siger forældrene", facts.parents_words, quoted=True)
    blocks += _said("Støtte til familien", facts.family_support)
    blocks.append(Heading(2, "Mål"))
    if not facts.goals:
        blocks.append(paragraph("Der er ikke skrevet mål endnu."))
    for number, goal in enumerate(facts.goals, start=1):
        blocks += _goal(goal, f"Mål {number}: {goal.text}", facts.child)
    blocks += _versions(facts)
    blocks.append(_signatures(facts))
    return _document(facts, tuple(blocks))


def _signatures(facts: PlanFacts) -> Block:
    """Return the lines to sign on, and with a number on the paper whom it must not be given to."""
    signed = (f"Dato og underskrift: {name}" for name in facts.signers)
    lines: list[Block] = [SignatureLine(words, 110.0) for words in signed]
    if facts.number:
        warning = "Denne kopi indeholder et CPR-nummer og må ikke gives videre til familie eller netværk."
        lines.append(paragraph(warning, look="small"))
    return KeepTogether((Heading(2, "Underskrifter"), *lines))


def _standing(facts: PlanFacts) -> str:
    """Return whose copy it is and what it shows: a version, or the plan as it stands."""
    if facts.version is not None:
        shown = f"Version {facts.version.number} af {long_date(facts.version.made_on)}"
        why = f": {facts.version.why.rstrip('.')}" if facts.version.why else ""
        return f"Kopi til sagen. {shown}{why}. Udskrevet den {long_date(facts.dated)}"
    return f"Kopi til sagen. Planen, som den står den {long_date(facts.dated)}"


def _about(facts: PlanFacts) -> Block:
    who = f"{facts.child_full_name}, cpr. nr. {facts.number}" if facts.number else facts.child_full_name
    pairs = [("Vedrørende", f"Det barn, {facts.child} venter" if facts.unborn else who)]
    pairs.append(("Lovgrundlag", facts.law))
    state = facts.state
    if facts.ready_on is not None:
        state = f"{state} fra den {long_date(facts.ready_on)}"
    pairs.append(("Status", state))
    if facts.begun_on is not None:
        pairs.append(("Begyndt", long_date(facts.begun_on)))
    if facts.sender.worker:
        title = f", {facts.sender.worker_title.lower()}" if facts.sender.worker_title else ""
        pairs.append(("Rådgiver", f"{facts.sender.worker}{title}"))
    return KeyValues(tuple((name, cell(text)) for name, text in pairs))


def _said(heading: str, text: str, *, quoted: bool = False) -> list[Block]:
    if not text:
        return []
    return [Heading(2, heading), paragraph(text, look="quote" if quoted else "body")]


def _goal(goal: GoalFacts, heading: str, child: str) -> list[Block]:
    head: list[Block] = [Heading(3, heading)]
    if goal.child_words:
        head.append(_labelled(f"{child} siger", goal.child_words))
    if goal.parents_words:
        head.append(_labelled("Forældrene siger", goal.parents_words))
    head.append(KeyValues(_pairs(goal)))
    found: list[Block] = [*head, _letters(goal)]
    if goal.marks:
        found.append(KeepTogether((Drawing(goal_chart(goal.progress), chart_words(goal.progress)),)))
        found += _marks(goal)
    if goal.evidence:
        found += [
            paragraph(Span("Det viser sig her:", bold=True), look="tight"),
            BulletList(row(*goal.evidence)),
        ]
    for number, sub in enumerate(goal.subgoals, start=1):
        found += _subgoal(sub, number, child)
    return found


def _labelled(label: str, words: str) -> Paragraph:
    return paragraph(f"{label}: ", Span(words, italic=True))


def _pairs(goal: GoalFacts) -> tuple[tuple[str, tuple[Paragraph, ...]], ...]:
    """Return what stands beside the goal; the indicator only where the letter M has an answer of its own."""
    pairs = [("Status", goal.lacks or goal.status)]
    if goal.indicator and goal.indicator not in {one.answer for one in goal.letters}:
        pairs.append(("Det kan ses på", goal.indicator))
    if goal.owners:
        pairs.append(("Arbejder med det", ", ".join(goal.owners)))
    if goal.start is not None:
        pairs.append(("Start", long_date(goal.start)))
    if goal.expected_on is not None:
        pairs.append(("Forventet nået", long_date(goal.expected_on)))
    return tuple((name, (paragraph(text),)) for name, text in pairs)


def _letters(goal: GoalFacts) -> Block:
    """Return the five letters with their help questions; a missing one is said in words."""
    rows = tuple(
        row(
            cell(Span(one.name, bold=True), paragraph(one.question, look="small")),
            cell(one.answer) if one.answer else cell(Span(_MISSING, italic=True)),
        )
        for one in goal.letters
    )
    return Table(row("Bogstav og spørgsmål", "Svar"), rows, (2.3, 3.4), rules="rows")


def _marks(goal: GoalFacts) -> list[Block]:
    """Return what was said in words, with who said it; the numbers stand in the chart."""
    spoken = [mark for mark in goal.marks if mark.words]
    if not spoken:
        return []
    rows = tuple(
        row(long_date(m.on), m.source, "" if m.value is None else str(m.value), m.words) for m in spoken
    )
    return [Table(row("Dag", "Hvem siger det", "0-10", "Med ord"), rows, (1.9, 1.9, 0.7, 4.0), rules="rows")]


def _subgoal(goal: GoalFacts, number: int, child: str) -> list[Block]:
    answered = tuple((one.name.partition(":")[0], cell(one.answer)) for one in goal.letters if one.answer)
    head: list[Block] = [paragraph(Span(f"Delmål {number}: {goal.text}", bold=True), look="tight")]
    if goal.child_words:
        head.append(_labelled(f"{child} siger", goal.child_words))
    found: list[Block] = [KeepTogether((*head, KeyValues((*_pairs(goal), *answered)))), Spacer(2)]
    if goal.marks:
        found.append(KeepTogether((Drawing(goal_chart(goal.progress), chart_words(goal.progress)),)))
        found += _marks(goal)
    return found


def _versions(facts: PlanFacts) -> list[Block]:
    if not facts.versions:
        return []
    rows = tuple(row(str(v.number), long_date(v.made_on), v.why) for v in facts.versions)
    table = Table(row("Version", "Dag", "Hvorfor"), rows, (0.8, 1.6, 5.0), rules="rows")
    return [KeepTogether((Heading(2, "Versioner"), table))]


# --- For the child --------------------------------------------------------------------------------------------


def child_document(facts: ChildPlanFacts) -> Document:
    """Return the plan for the child: large type, its own words first, no number and no deadline that frightens."""
    blocks: list[Block] = [
        Heading(1, _CHILDS, large=True),
        _words(f"Hej {facts.child}"),
        _words(
            "Her kan du læse, hvad vi har aftalt at arbejde for sammen med dig. Det er din plan. "
            "Er der noget, du ikke forstår, eller noget, der skal laves om, så sig det."
        ),
    ]
    if facts.child_words:
        blocks.append(_part("Det har du fortalt os", _own(facts.child_words), level=2))
    for number, goal in enumerate(facts.goals, start=1):
        heading = "Det vil vi gerne opnå" if len(facts.goals) == 1 else f"Det vil vi gerne opnå: mål {number}"
        blocks.append(KeepTogether(tuple(_child_goal(goal, heading))))
    if facts.next_talk is not None:
        talk = f"Vi ses og taler om din plan den {long_date(facts.next_talk)}."
        blocks.append(_part("Næste gang", _words(talk), level=2))
    blocks.append(_contact(facts.sender))
    return _document(facts, tuple(blocks))


def _child_goal(goal: ChildGoalFacts, heading: str) -> list[Block]:
    first: list[Block] = [Heading(2, heading, large=True), _words(goal.text)]
    if goal.child_words:
        first.append(_part("Det siger du selv", _own(goal.child_words)))
    found: list[Block] = [KeepTogether(tuple(first))]
    if goal.steps:
        found.append(_part("På vej derhen", _bullets(goal.steps)))
    if goal.helpers:
        found.append(_part("Hvem hjælper", _bullets(goal.helpers)))
    if goal.reached:
        found.append(paragraph(Span("Det er nået. Godt gået!", bold=True), look="lead"))
        return found
    look = "Det aftaler vi sammen." if goal.look_on is None else f"Senest den {long_date(goal.look_on)}."
    found.append(_part("Hvornår ser vi på det", _words(look)))
    found.append(_scale(goal))
    return found


def _scale(goal: ChildGoalFacts) -> Block:
    """Return the scale to draw a ring on, with what the child said last."""
    alt = "En skala fra 0 til 10 med plads til at sætte ring om et tal."
    ask = "Sæt ring om et tal. 0 er slet ikke i gang, 10 er helt i mål."
    if goal.said is None:
        return _part("Hvor langt er vi, synes du?", _words(ask), Drawing(child_scale(None), alt))
    day, value = goal.said
    last = f"Den {long_date(day)} sagde du {value}."
    return _part(
        "Hvor langt er vi nu, synes du?",
        _words(f"{last} {ask}"),
        Drawing(child_scale(value), f"{alt} {last}"),
    )


def _part(heading: str, *blocks: Block, level: Literal[2, 3] = 3) -> Block:
    return KeepTogether((Heading(level, heading, large=True), *blocks))


def _words(text: str) -> Paragraph:
    return paragraph(text, look="lead")


def _own(text: str) -> Paragraph:
    return paragraph(Span(text, italic=True), look="lead")


def _bullets(texts: tuple[str, ...]) -> BulletList:
    return BulletList(tuple(cell(_words(text)) for text in texts))


def _contact(sender: Sender) -> Block:
    phone = sender.worker_phone or sender.phone
    reach = f"Du kan altid ringe til {sender.worker}" + (f" på {phone}. " if phone else ". ")
    company = "Du må gerne have en voksen, du stoler på, med, når vi taler sammen."
    return _part("Vil du spørge om noget?", _words(f"{reach if sender.worker else ''}{company}"), level=2)
