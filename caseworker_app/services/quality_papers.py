"""The board of trial actions and a KIK sheet on paper; lines to write on where nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kik_sheet import DEGREE_LABELS, OCCASION_LABELS, QUALITY_LABELS
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import LinesPart, PairsPart, Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.domain.trial_action import BOARD, STAGE_LABELS, Stage
from caseworker_app.services import kik, papers, trials
from caseworker_app.services.kik import ElementView
from caseworker_app.services.known_names import danish
from caseworker_app.services.ports import Reader
from caseworker_app.services.trials import TrialView


def kik_job(reader: Reader, sheet: Id) -> PaperJob:
    """Return a KIK sheet: each core element with degree, quality and how it moved; empty ones to be ticked by hand."""
    shown = kik.view(reader, sheet)
    found, say = shown.sheet, danish().gettext
    pairs = (
        ("Indsats", found.effort),
        ("Anledning", say(OCCASION_LABELS[found.occasion])),
        ("Dato", "" if found.made_on is None else long_date(found.made_on)),
        ("Deltog", found.present),
        ("Sidst", "" if shown.before is None else long_date(shown.before)),
        ("Næste gang", "" if found.next_on is None else long_date(found.next_on)),
    )
    parts: list[Part] = [PairsPart(tuple(p for p in pairs if p[1]))]
    parts.append(
        TextPart(
            text="Se på jeres eget arbejde, ét kerneelement ad gangen: i hvilken grad gør I det, og hvor godt? "
            "Ingen børn nævnes.",
            muted=True,
        )
    )
    head = ("Kerneelement", "I hvilken grad", "Hvor godt", "Det ser vi på", "Kan blive bedre")
    rows = tuple(_element(one) for one in shown.elements) or (
        ("", _boxes(DEGREE_LABELS), _boxes(QUALITY_LABELS), "", ""),
    )
    parts.append(TablePart(head, rows, (0.26, 0.17, 0.17, 0.2, 0.2), row_heads=True))
    parts.append(TextPart("Det gør vi anderledes", found.agreed))
    if not found.agreed:
        parts.append(LinesPart(3))
    return _job(reader, Paper.KIK_SHEET, "Kvalitet i kerneelementer (KIK)", "kik-sheet.pdf", parts, sheet)


def _boxes(labels: Mapping[Any, str]) -> str:
    return "\n".join(f"☐ {danish().gettext(words)}" for words in labels.values())


def _element(one: ElementView) -> tuple[str, ...]:
    say, found = danish().gettext, one.element
    degree = _boxes(DEGREE_LABELS) if found.degree is None else say(DEGREE_LABELS[found.degree])
    quality = _boxes(QUALITY_LABELS) if found.quality is None else say(QUALITY_LABELS[found.quality])
    if one.moved:
        quality = f"{quality}\n({'op' if one.moved > 0 else 'ned'} siden sidst)"
    return found.name, degree, quality, found.seen, found.better


def board_job(reader: Reader) -> PaperJob:
    """Return the board: ideas, trials by where they stand with owner and day, and a table for new tasks."""
    views, say = trials.board(reader), danish().gettext
    parts: list[Part] = [
        TextPart(text="Et kort, stående møde. Her behandles ingen sager, og ingen børn nævnes.", muted=True)
    ]
    for stage in BOARD:
        here = [one for one in views if one.trial.stage is stage]
        heading = say(STAGE_LABELS[stage])
        if here:
            head = ("Hvad", "Mål, og hvordan ved vi det?", "Ansvarlig", "Vises")
            rows = tuple(_trial(one) for one in here)
            parts.append(TablePart(head, rows, (0.34, 0.34, 0.18, 0.14), f"{heading} ({len(here)})"))
        elif stage is not Stage.IDEA:
            parts.append(TextPart(heading, "Ingen.", muted=True))
    parts.append(
        TablePart(("Nye opgaver", "Hvem", "Hvornår"), (("", "", ""),) * 4, (0.6, 0.22, 0.18), row_height=10)
    )
    return _job(reader, Paper.TRIAL_BOARD, "Tavle: prøvehandlinger", "trial-board.pdf", parts, reader.author)


def _trial(one: TrialView) -> tuple[str, str, str, str]:
    found = one.trial
    number = f" ({one.round.number}. runde)" if one.round is not None and (one.round.number or 0) > 1 else ""
    point = f"\n{found.point}" if found.point else ""
    aim = "\n".join(part for part in (found.aim, found.how_known) if part)
    return (
        f"{found.what}{number}{point}",
        aim,
        found.owner,
        "" if found.show_on is None else short_date(found.show_on),
    )


def _job(reader: Reader, kind: Paper, title: str, file: str, parts: list[Part], about: Id) -> PaperJob:
    facts = TextPaperFacts(
        sender=papers.sender(reader), title=title, heading=title, dated=reader.today, parts=tuple(parts), letterhead=False,
    )  # fmt: skip
    return PaperJob(kind, facts, file, "", about)
