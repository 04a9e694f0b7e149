"""The demo's investigations: one that runs whole, one that is late and said so."""

from __future__ import annotations

from caseworker_app.compose.investigation_pictures import fullest_investigation, print_investigation
from caseworker_app.demo import books
from caseworker_app.demo.investigating import forms
from caseworker_app.domain.investigation import Investigation
from caseworker_app.services import contributions_due, investigation_views
from caseworker_app.worker.process import WorkerProcess


def view(demo, one):
    return demo.read(lambda r: investigation_views.view(r, one, forms(), books.rules()))


def test_one_runs_with_answers_contributions_and_both_maps(demo):
    shown = view(demo, demo.read(fullest_investigation))
    assert len(shown.answers) >= 12 and len(shown.contributions) == 3 and len(shown.maps) == 2
    assert shown.missing_maps == () and shown.investigation.ended_on is None and not shown.late
    assert {one.received_on is None for one in shown.contributions} == {True, False}


def test_one_is_late_and_was_assessed_preliminarily(demo):
    late = [shown for one in demo.read(lambda r: r.find(Investigation)) if (shown := view(demo, one.id)).late]
    assert [shown.investigation.preliminary_on is not None for shown in late] == [True]
    assert late[0].answers["preliminary"].text


def test_somebody_is_waited_for_in_i_dag(demo):
    assert demo.read(contributions_due.overdue)


def test_the_investigation_comes_on_paper(demo):
    kept = {}
    worker = WorkerProcess()
    try:
        print_investigation(lambda file, kind, _title, data: kept.update({(file, kind): data}), demo, worker)
    finally:
        worker.close()
    assert kept["investigation.pdf", "investigation"].startswith(b"%PDF")
