"""The plan on paper, read back: structure, alternative text, large type for the child, and no number there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.documents import papers
from caseworker_app.documents.blocks import Block, Document, Drawing, Heading, KeepTogether, Paragraph
from caseworker_app.documents.plan_papers import plan_document
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import plan_papers, plans
from tests.documents.reading import Reading
from tests.helpers.planned import settle
from tests.helpers.stores import founded


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> tuple[PaperJob, PaperJob]:
    store = founded(Path(tmp_path_factory.mktemp("plan")))
    emma = settle(lambda fn: store.write(fn).result)
    store.write(lambda w: plans.make_ready(w, emma.plan, dt.date(2026, 11, 21), "Aftalt"))
    file, child = store.read(lambda r: plan_papers.jobs(r, emma.plan))
    store.close()
    return file, child


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, KeepTogether):
            yield from flat(block.blocks)


def document(job: PaperJob) -> Document:
    return plan_document(job.facts)


def words(reading: Reading) -> str:
    return reading.root.text


def test_the_file_reads_back_in_order_with_nothing_untagged(jobs):
    reading = Reading(papers.make(jobs[0]).data)
    assert reading.faults() == []
    heads = [e.text.strip() for e in reading.root.walk() if e.role in ("H1", "H2", "H3")]
    assert heads == [
        "Barnets plan (handleplan)", "Formålet med planen", "Det siger Emma", "Det siger forældrene", "Mål",
        "Mål 1: Emma er i skole hver dag og har en ven at være sammen med", "Mål 2: Emma sover hele natten",
        "Versioner", "Underskrifter",
    ]  # fmt: skip


def test_the_chart_is_a_figure_with_every_mark_in_its_alternative_text(jobs):
    (figure,) = Reading(papers.make(jobs[0]).data).root.all("Figure")
    assert figure.alt is not None
    assert (
        "Barnet: 2 (9. marts 2026), 4 (8. juni 2026), 6 (7. september 2026), 5 (9. november 2026)"
        in figure.alt
    )
    assert "Forventet: 1. juni 2027" in figure.alt


def test_a_missing_letter_is_said_in_words(jobs):
    text = words(Reading(papers.make(jobs[0]).data))
    assert "Kladde: mangler M, R og T" in text
    assert text.count("Mangler") == 3


def test_the_number_stands_on_the_files_plan_and_not_in_its_title(jobs):
    made = papers.make(jobs[0])
    assert "610315-4234" in words(Reading(made.data))
    assert not contains_person_number(document(jobs[0]).title)
    assert made.missing == ()


def test_the_childs_plan_has_no_number_no_case_number_and_no_adults_worry(jobs):
    text = words(Reading(papers.make(jobs[1]).data))
    assert not contains_person_number(text)
    for hidden in ("27.24.00", "Bekymring", "fravær", "Kladde", "Barnets lov", "Holm"):
        assert hidden not in text
    for said in ("Det vil vi gerne opnå", "Hvem hjælper", "Hvornår ser vi på det", "Det siger du selv"):
        assert said in text


def test_the_childs_plan_is_set_in_large_type_throughout(jobs):
    blocks = list(flat(document(jobs[1]).blocks))
    assert all(block.look == "lead" for block in blocks if isinstance(block, Paragraph))
    assert all(block.large for block in blocks if isinstance(block, Heading))
    (scale,) = [block for block in blocks if isinstance(block, Drawing)]
    assert "sagde du 5" in scale.alt_text


def test_the_same_facts_give_the_same_bytes(jobs):
    assert papers.make(jobs[1]).data == papers.make(jobs[1]).data
