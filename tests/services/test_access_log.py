"""The access log: every use is noted with who and when, shown by case, printed without names, deleted in its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.case_keeping import forget_old_access
from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.searching import Question
from caseworker_app.domain.text_facts import TablePart
from caseworker_app.services import access_log, access_papers, cases, people, searching
from caseworker_app.services.access_log import LogLine, Use, Wanted
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from caseworker_app.worker.process import WorkerProcess
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import NOON, founded, register


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    opened = founded(tmp_path, clock)
    yield opened
    opened.close()


def worked_with(store: SqlStore, clock: FixedClock, name: str = "Emma Prøve", **values: object) -> bytes:
    """Do one of everything with a case; a minute between each."""
    made = register(store, name, **values)
    stream = store.read(lambda r: r.get(Case, made)).stream
    for act in (
        lambda w: access_log.note_reading(w, "case", made, "journal"),
        lambda w: people.show_number(w, Case, made),
        lambda w: searching.note(w, Question("skole 1234", stream=stream)),
        lambda w: cases.edit(w, made, {"school": Edit("Sydskolen")}),
        lambda w: w.log_access(Access.PRINT, "case", made, "chronology"),
        lambda w: w.log_access(Access.EXPORT, "case", made, "transfer"),
    ):
        clock.advance(dt.timedelta(minutes=1))
        store.write(act)
    clock.advance(dt.timedelta(minutes=1))
    mother = store.write(lambda w: people.add(w, made, {"name": "Mona Prøve"})).result
    clock.advance(dt.timedelta(minutes=1))
    store.write(lambda w: people.remove(w, mother))
    return made


def asked(store: SqlStore, **wanted: object) -> tuple[LogLine, ...]:
    return store.read(lambda r: access_log.lines(r, Wanted(**wanted)))  # type: ignore[arg-type]


def test_every_kind_of_use_of_a_case_is_there_with_who_when_and_why(
    store: SqlStore, clock: FixedClock
) -> None:
    case = worked_with(store, clock)
    found = asked(store, case=case)
    assert {line.use for line in found} == set(Use)
    assert [line.at for line in found] == sorted((line.at for line in found), reverse=True)
    assert {line.who for line in found} == {"Karen Prøve"}
    assert all(line.purpose for line in found)
    assert {line.case.child_name for line in found if line.case is not None} == {"Emma Prøve"}
    (search,) = [line for line in found if line.use is Use.SEARCH]
    assert search.detail == "skole ####", "a number that was searched for is not kept"


def test_a_case_has_its_own_lines_and_only_those_of_the_time_and_use_asked_for(
    store: SqlStore, clock: FixedClock
) -> None:
    emma = worked_with(store, clock)
    clock.advance(dt.timedelta(days=40))
    ida = worked_with(store, clock, "Ida Prøve", kinds=frozenset({CaseKind.HEALTH_VISITING}))
    assert {line.case.id for line in asked(store, case=ida) if line.case} == {ida}
    assert {line.purpose for line in asked(store, case=ida)} == {"Health visiting"}
    today = store.read(lambda r: r.today)
    late = asked(store, since=today)
    assert {line.case.id for line in late if line.case} == {ida}
    early = asked(store, until=today - dt.timedelta(days=1))
    assert {line.case.id for line in early if line.case} == {emma}
    reads = asked(store, uses=frozenset({Use.READ}))
    assert [line.use for line in reads] == [Use.READ, Use.READ]
    assert len(asked(store, limit=3)) == 3


def test_lists_and_pages_of_no_case_are_noted_as_the_workers_own(store: SqlStore, clock: FixedClock) -> None:
    store.write(lambda w: access_log.note_reading(w, "caseload", None, ""))
    store.write(lambda w: access_log.note_reading(w, "case", bytes(16), ""))
    (line,) = asked(store, uses=frozenset({Use.READ}))
    assert (line.case, line.detail) == (None, "caseload")


def rows_of(job: PaperJob) -> list[tuple[str, ...]]:
    return [row for part in job.facts.parts if isinstance(part, TablePart) for row in part.rows]  # type: ignore[union-attr]


def test_the_paper_for_a_citizen_says_days_and_purposes_and_never_who(
    store: SqlStore, clock: FixedClock
) -> None:
    case = worked_with(store, clock)
    other = worked_with(store, clock, "Ida Fremmed")
    job = store.read(lambda r: access_papers.job(r, case, None, None))
    rows = rows_of(job)
    assert {row[0] for row in rows} == {"21. november"}
    assert {row[2] for row in rows} >= {"Behandling af sagen", "Notatpligt og journalføring"}
    whole = repr(job.facts.parts)  # type: ignore[union-attr]
    assert "Karen" not in whole
    assert "Ida" not in whole
    assert other
    worker = WorkerProcess()
    assert worker.make(job).data.startswith(b"%PDF-")
    worker.close()
    empty = store.read(lambda r: access_papers.job(r, case, dt.date(2020, 1, 1), dt.date(2020, 2, 1)))
    assert rows_of(empty) == []


def test_the_log_is_deleted_when_its_time_is_over_and_a_row_taken_out_before_that_is_seen(
    store: SqlStore, clock: FixedClock
) -> None:
    worked_with(store, clock)
    assert forget_old_access(store) == 0
    clock.advance(dt.timedelta(days=400))
    worked_with(store, clock, "Ida Prøve")
    clock.advance(dt.timedelta(days=400))
    assert forget_old_access(store) == 5
    assert len(store.read(lambda r: r.access_log())) == 5
    assert faults(store) == []
    store.connection.execute("DELETE FROM access_log WHERE no = 8")
    assert faults(store) == ["access log: 1 rows are gone"]
    clock.advance(dt.timedelta(days=800))
    assert forget_old_access(store) == 3, "the newest stays: the numbers go on from it"
    assert faults(store) == ["access log: 1 rows are gone"] or faults(store) == []
    store.write(lambda w: access_log.note_reading(w, "caseload", None, ""))
    assert faults(store) == []
