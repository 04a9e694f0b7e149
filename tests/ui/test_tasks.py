"""Work off the GUI thread."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from ui.tasks import Job, Op, Query, Tasks


@pytest.fixture
def owner(qtbot, tasks):
    return QObject(tasks)


def register(name):
    return lambda w: cases.register(w, {"child_name": name})


def test_a_write_says_what_it_touched_before_its_owner_goes_on(qtbot, tasks, owner, wait_idle):
    order = []
    tasks.touched.connect(lambda touched: order.append(sorted({kind for kind, _id in touched})))
    tasks.op(owner, Op(register("Emma"), done=lambda _id: order.append("done"), said="Saved."))
    wait_idle()
    assert order[0][0] == "case"
    assert order[-1] == "done"


def test_writes_run_one_after_the_other_in_the_order_asked(qtbot, tasks, owner, wait_idle, read):
    for number in range(20):
        tasks.op(owner, Op(register(f"Barn {number}")))
    wait_idle()
    names = [case.child_name for case in read(lambda r: r.find(Case))]
    assert names == [f"Barn {number}" for number in range(20)]


def test_nothing_of_the_store_runs_on_the_window_s_thread(qtbot, tasks, owner, wait_idle):
    here, threads = threading.current_thread().name, []
    tasks.op(owner, Op(lambda _w: threads.append(threading.current_thread().name)))
    tasks.query(owner, Query(lambda _r: threads.append(threading.current_thread().name), lambda _x: None))
    tasks.job(owner, Job(lambda: threads.append(threading.current_thread().name), lambda _x: None))
    wait_idle()
    assert len(threads) == 3
    assert here not in threads


def test_answers_come_on_the_window_s_thread(qtbot, tasks, owner, wait_idle):
    seen = []
    tasks.query(owner, Query(lambda _r: 1, lambda _x: seen.append(threading.current_thread())))
    wait_idle()
    assert seen == [threading.current_thread()]


def test_an_answer_whose_owner_is_gone_is_dropped_and_the_write_still_counts(qtbot, tasks, wait_idle, read):
    owner, answers = QObject(), []
    tasks.op(owner, Op(register("Emma"), done=answers.append))
    tasks.query(owner, Query(lambda _r: 1, answers.append))
    delete(owner)
    wait_idle()
    assert answers == []
    assert len(read(lambda r: r.find(Case))) == 1


def test_an_expected_error_goes_to_whoever_asked_else_to_the_banner(qtbot, tasks, owner, wait_idle, errors):
    def refuse(_writer):
        raise UserError("No.")

    mine = []
    tasks.op(owner, Op(refuse, failed=mine.append))
    tasks.op(owner, Op(refuse))
    wait_idle()
    assert [str(error) for error in mine] == ["No."]
    assert [str(error) for error in errors] == ["No."]


def test_a_refused_write_leaves_the_store_as_it_was_and_says_nothing(
    qtbot, tasks, owner, wait_idle, read, said
):
    def half(writer):
        cases.register(writer, {"child_name": "Emma"})
        raise UserError("No.")

    tasks.op(owner, Op(half, said="Saved."))
    wait_idle()
    assert read(lambda r: r.find(Case)) == []
    assert said == []


def test_a_bug_is_told_as_a_bug_and_the_next_task_runs(qtbot, tasks, owner, wait_idle, heard):
    tasks.op(owner, Op(lambda _w: 1 / 0))
    tasks.op(owner, Op(register("Emma"), said="Saved."))
    wait_idle()
    assert [type(bug) for bug in heard.bugs] == [ZeroDivisionError]
    assert heard.said == ["Saved."]
    heard.bugs.clear()


def test_a_read_goes_on_while_something_is_written(qtbot, tasks, owner, wait_idle):
    begun, read_done = threading.Event(), threading.Event()

    def slow(_writer):
        begun.set()
        assert read_done.wait(5)

    tasks.op(owner, Op(slow))
    begun.wait(5)
    tasks.query(owner, Query(lambda r: len(r.find(Case)), lambda _n: read_done.set()))
    wait_idle()
    assert read_done.is_set()


def test_the_window_answers_while_a_slow_job_runs(qtbot, tasks, owner, wait_idle):
    done = []
    tasks.job(owner, Job(lambda: time.sleep(0.2), lambda _x: done.append(1)))
    qtbot.waitUntil(lambda: done == [1])


def test_what_is_asked_of_a_locked_store_is_no_bug_and_a_write_is_refused_in_words(qtbot, dressed, owner):
    locked, answers, mine, others = Tasks(), [], [], []
    locked.error.connect(others.append)
    locked.query(owner, Query(lambda _r: 1, answers.append))
    locked.op(owner, Op(lambda _w: 1, answers.append, failed=mine.append))
    locked.op(owner, Op(lambda _w: 1, answers.append))
    assert locked.idle
    assert answers == []
    assert [str(error) for error in (*mine, *others)] == ["Your cases are locked: this was not saved."] * 2
    locked.finish()


def test_what_is_asked_after_the_end_reaches_nobody(qtbot, dressed, store, owner):
    tasks, answers, bugs = Tasks(store), [], []
    tasks.bug.connect(bugs.append)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_reader):
        begun.set()
        go_on.wait(5)
        return 1

    for _ in range(6):
        tasks.query(owner, Query(slow, answers.append))
    begun.wait(5)
    go_on.set()
    tasks.finish()
    tasks.query(owner, Query(lambda _r: 2, answers.append))
    tasks.op(owner, Op(register("Emma"), done=answers.append))
    tasks.job(owner, Job(lambda: 3, answers.append))
    qtbot.wait(20)
    assert 2 not in answers
    assert 3 not in answers
    assert bugs == []
    assert store.read(lambda r: r.find(Case)) == []


def test_finishing_waits_for_what_is_being_written(qtbot, dressed, store, read):
    tasks = Tasks(store)
    owner = QObject()
    tasks.op(owner, Op(register("Emma")))
    tasks.finish()
    assert len(read(lambda r: r.find(Case))) == 1
