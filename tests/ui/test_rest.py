"""Locking and closing with work under way: nothing typed is lost, nothing shows, what leaves the house is noted."""

from __future__ import annotations

import os
import signal
import threading

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from caseworker_app import i18n
from caseworker_app.documents import papers as paper_making
from caseworker_app.domain.case import Case
from caseworker_app.domain.office import Print
from caseworker_app.services import cases, meetings
from caseworker_app.services import papers as paper_services
from caseworker_app.worker.process import WorkerProcess
from tests.ui.meeting_house import settle_family
from tests.ui.own_window import PASSPHRASE, OwnWindow, own_ways
from tests.ui.test_preview import ink, paper
from ui import printing
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.template_dialog import TemplateDialog
from ui.house import Place
from ui.tasks import Op, Query
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.widgets.meeting.papers import PapersPart

LONG = "Emma siger at det går bedre i skolen. " * 500


class Held:
    """The real maker of papers in this process, held back until it may go on."""

    def __init__(self):
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.may_go_on.set()

    def make(self, job):
        self.begun.set()
        assert self.may_go_on.wait(20)
        return paper_making.make(job)


@pytest.fixture
def papers():
    return Held()


@pytest.fixture
def own(qtbot, dressed, tmp_path, clock, papers, settings):
    ways = own_ways(tmp_path / "own", clock)
    made = OwnWindow(qtbot, ways, papers, settings)
    yield made
    papers.may_go_on.set()
    made.close()
    ways.release()
    assert made.bugs == []


@pytest.fixture
def family(own):
    found = settle_family(own.write, own.read)
    own.write(lambda w: meetings.invite(w, found.meeting, found.people.values()))
    return found


def windows():
    """The windows on the screen besides the main one."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def open_form(own):
    """Open the dialog for a new case and return its form."""
    own.window.navigator.go(Place("caseload", None, "new"))
    own.settle()
    (dialog,) = windows()
    return dialog, dialog.form


# no room on the disk


def no_more_room(own):
    pages = own.store.connection.execute("PRAGMA page_count").fetchone()[0]
    own.store.connection.execute(f"PRAGMA max_page_count = {pages}")


def room_again(own):
    own.store.connection.execute("PRAGMA max_page_count = 1000000")


def kept_notes(own):
    return [draft.fields.get("note", ("",))[0] for draft in own.read(lambda r: r.drafts())]


@pytest.fixture
def short_wait(monkeypatch):
    from ui import rest, tasks
    from ui.widgets import form_drafts

    for module in (rest, tasks, form_drafts):
        monkeypatch.setattr(module, "RETRY_MS", 50)


def type_long(form):
    form.rows["note"].editor.control.setPlainText(LONG)


@pytest.mark.usefixtures("short_wait")
def test_a_full_disk_while_typing_is_said_and_the_text_is_kept_once_there_is_room_again(own):
    dialog, form = open_form(own)
    no_more_room(own)
    type_long(form)
    form.leave()
    own.qtbot.waitUntil(own.window.banner.isVisible, timeout=5000)
    assert own.window.banner.sentence.text() == i18n.gettext("The disk is full.")
    assert form.rows["note"].editor.control.toPlainText() == LONG
    assert form.footer.status.text() == i18n.gettext(
        "Not saved yet, and no draft could be kept: leave this open."
    )
    room_again(own)
    own.qtbot.waitUntil(lambda: LONG in kept_notes(own), timeout=5000)
    own.settle()
    assert form.footer.status.text() == i18n.gettext("Not saved yet; a draft is kept.")
    dialog.close()


@pytest.mark.usefixtures("short_wait")
def test_a_draft_that_could_not_be_kept_is_kept_later_although_its_form_is_gone(own):
    dialog, form = open_form(own)
    no_more_room(own)
    type_long(form)
    dialog.close()
    own.qtbot.waitUntil(own.window.banner.isVisible, timeout=5000)
    own.qtbot.wait(150)
    assert LONG not in kept_notes(own)
    room_again(own)
    own.qtbot.waitUntil(lambda: LONG in kept_notes(own), timeout=5000)


@pytest.mark.usefixtures("short_wait")
def test_the_lock_covers_at_once_and_closes_the_store_only_when_everything_typed_is_kept(own):
    _dialog, form = open_form(own)
    no_more_room(own)
    type_long(form)
    own.window.lock()
    assert own.window.locked
    assert windows() == []
    own.qtbot.waitUntil(lambda: i18n.gettext("The disk is full.") in own.words(), timeout=5000)
    own.qtbot.wait(200)
    assert own.tasks.store is not None
    room_again(own)
    own.unlock(own.wait_locked())
    assert LONG in kept_notes(own)
    assert not own.window.banner.isVisible()


@pytest.mark.usefixtures("short_wait")
def test_a_draft_that_could_not_be_kept_does_not_come_back_once_its_form_is_saved(own):
    _dialog, form = open_form(own)
    own.qtbot.keyClicks(form.rows["child_name"].editor.control, "Emma")
    no_more_room(own)
    type_long(form)
    form.leave()
    own.qtbot.waitUntil(lambda: own.tasks.unkept, timeout=5000)
    room_again(own)
    form.save()
    own.qtbot.waitUntil(lambda: windows() == [], timeout=5000)
    assert not own.tasks.unkept
    own.press_lock()
    own.unlock(own.wait_locked())
    assert own.read(lambda r: r.drafts()) == []
    assert [case.note for case in own.read(lambda r: r.find(Case))] == [LONG.strip()]


@pytest.mark.usefixtures("short_wait")
def test_what_could_not_be_kept_of_one_child_is_kept_later_although_another_is_in_the_form(own):
    emma, emil = (own.write(lambda w, n=n: cases.register(w, {"child_name": n})) for n in ("Emma", "Emil"))
    form = FormView(own.window.house, Case, (Row("note", makers.long_text(3)),), lambda w, case, e: case)
    own.qtbot.addWidget(form)
    form.show()
    form.edit(emma)
    own.settle()
    no_more_room(own)
    type_long(form)
    form.edit(emil)
    own.qtbot.waitUntil(lambda: own.tasks.unkept, timeout=5000)
    own.qtbot.wait(150)
    assert not form._desk.drafts.failing, "nothing is wrong with what stands in the form now"
    room_again(own)
    own.qtbot.waitUntil(lambda: not own.tasks.unkept, timeout=5000)
    assert [(d.entity, d.fields["note"][0]) for d in own.read(lambda r: r.drafts())] == [(emma, LONG)]


@pytest.mark.usefixtures("short_wait")
def test_a_half_written_template_is_kept_later_too(own):
    dialog = TemplateDialog(own.window.house, "minutes_involving", "Minutes of a meeting", None, own.window)
    dialog.open()
    own.settle()
    no_more_room(own)
    dialog.text.setPlainText(LONG)
    dialog.reject()
    own.qtbot.waitUntil(lambda: own.tasks.unkept, timeout=5000)
    room_again(own)
    own.qtbot.waitUntil(lambda: not own.tasks.unkept, timeout=5000)
    assert [draft.fields["text"][0] for draft in own.read(lambda r: r.drafts())] == [LONG]


@pytest.mark.usefixtures("short_wait")
def test_a_window_whose_drafts_cannot_be_kept_stays_open_until_it_is_closed_once_more(own):
    _dialog, form = open_form(own)
    no_more_room(own)
    type_long(form)
    form.leave()
    own.window.close()
    own.qtbot.waitUntil(own.window.banner.isVisible, timeout=5000)
    own.qtbot.wait(200)
    assert own.window.isVisible()
    own.window.close()
    assert not own.window.isVisible()
    room_again(own)


def test_closing_waits_until_what_was_typed_is_kept(own):
    _dialog, form = open_form(own)
    type_long(form)
    own.window.close()
    own.qtbot.waitUntil(lambda: not own.window.isVisible(), timeout=5000)
    assert LONG in kept_notes(own)


def test_a_window_closed_while_it_is_being_locked_closes_when_it_is(own):
    _dialog, form = open_form(own)
    type_long(form)
    own.window.lock()
    own.window.close()
    assert own.window.isVisible()
    own.qtbot.waitUntil(lambda: not own.window.isVisible(), timeout=5000)
    assert own.tasks.store is None
    own.store = own.ways.open_by_passphrase(PASSPHRASE)
    assert LONG in kept_notes(own)
    own.store.close()


# locking with a form open


@pytest.mark.parametrize("by", ["the minutes", "the key"])
def test_a_dialog_half_filled_in_is_kept_as_a_draft_when_it_is_locked(own, by):
    _dialog, form = open_form(own)
    own.qtbot.keyClicks(form.rows["child_name"].editor.control, "Halvskrevet")
    if by == "the minutes":
        own.window._idle._last -= 3600
        own.window._idle.look()
    else:
        own.window._idle.asked.emit()
    page = own.wait_locked()
    assert windows() == []
    own.unlock(page)
    drafts = own.read(lambda r: r.drafts())
    assert [draft.fields["child_name"][0] for draft in drafts] == ["Halvskrevet"]


def test_locking_twice_is_locking_once(own):
    open_form(own)
    for _ in range(3):
        own.window.lock()
    own.window._idle.idle.emit()
    page = own.wait_locked()
    own.window.lock()
    own.qtbot.wait(30)
    assert own.window._flow.currentWidget() is page
    own.unlock(page)
    own.press_lock()
    own.unlock(own.wait_locked())
    assert own.read(lambda r: r.drafts()) == []


def test_a_timer_that_asks_after_the_lock_is_no_bug(own):
    page, answers = own.page, []
    own.press_lock()
    own.wait_locked()
    own.tasks.query(own.window, Query(lambda r: 1, answers.append))
    own.window.undoing.ask()
    own.qtbot.wait(150)
    assert answers == []
    assert page is not own.page


# locking with a paper under way


class Eye(QObject):
    """Notes every window that comes to the screen, if only for a moment."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def at_the_meeting(own, family, part="invitations"):
    own.window.navigator.go(Place("meeting", family.meeting, part))
    own.settle()


def test_a_paper_that_is_ready_after_the_lock_does_not_open_over_it(own, family, papers):
    at_the_meeting(own, family)
    papers.may_go_on.clear()
    papers.begun.clear()
    (part,) = [p for p in own.page.findChildren(PapersPart) if p.isVisible()]
    own.qtbot.mouseClick(part.buttons["preview"], Qt.MouseButton.LeftButton)
    assert papers.begun.wait(5)
    own.press_lock()
    own.qtbot.wait(50)
    eye = Eye()
    QApplication.instance().installEventFilter(eye)
    papers.may_go_on.set()
    own.wait_locked()
    own.qtbot.wait(50)
    QApplication.instance().removeEventFilter(eye)
    assert eye.seen == []


@pytest.fixture
def slow_printer(monkeypatch):
    """Printing that has begun and waits to go on, page by page, as a slow printer makes it."""
    begun, may_go_on = threading.Event(), threading.Event()
    draw = printing._draw_page

    def slowly(*arguments):
        begun.set()
        assert may_go_on.wait(20)
        draw(*arguments)

    monkeypatch.setattr(printing, "_draw_page", slowly)
    monkeypatch.setattr(printing, "PRINT_DPI", 72)
    yield begun, may_go_on
    may_go_on.set()


def show_paper(own, family, out):
    """Open a preview that notes its print in the store, and begin to print it into a file."""
    job = own.read(lambda r: paper_services.invitations(r, family.meeting))[0]
    data = paper(3)

    def record():
        own.tasks.op(own.window, Op(lambda w: paper_services.record_print(w, job, data)))

    dialog = PreviewDialog(own.window.house, data, "Invitation", record, None, own.page)
    dialog.open()
    own.settle()
    printer = printing.new_printer(dialog._pages, "Invitation")
    printer.setOutputFileName(str(out))
    dialog.print_on(printer)
    return dialog


def pages_with_ink(file):
    pages = printing.Pages(file.read_bytes())
    inks = [ink(pages.image(index, 0.3)) for index in range(len(pages))]
    pages.close()
    return len(inks)


@pytest.mark.parametrize("way", ["lock", "close the preview", "Escape", "close the window"])
def test_a_paper_being_printed_comes_out_whole_and_is_noted(own, family, slow_printer, tmp_path, way):
    begun, may_go_on = slow_printer
    at_the_meeting(own, family)
    dialog = show_paper(own, family, tmp_path / "out.pdf")
    assert begun.wait(5)
    if way == "lock":
        own.press_lock()
    elif way == "close the preview":
        dialog.close()
    elif way == "Escape":
        own.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        own.window.close()
    own.qtbot.wait(30)
    assert windows() == []
    may_go_on.set()
    if way == "lock":
        own.unlock(own.wait_locked())
    elif way == "close the window":
        own.qtbot.waitUntil(lambda: not own.window.isVisible(), timeout=10_000)
    own.settle()
    assert pages_with_ink(tmp_path / "out.pdf") == 3
    assert len(own.read(lambda r: r.find(Print))) == 1
    own.qtbot.waitUntil(lambda: not isValid(dialog), timeout=5000)


@pytest.mark.parametrize("way", ["lock", "close the window"])
@pytest.mark.parametrize("what", ["print", "save"])
def test_what_leaves_the_house_from_the_list_of_copies_is_noted(
    own, family, tmp_path, monkeypatch, way, what
):
    begun, may_go_on = threading.Event(), threading.Event()
    place, save_copy = tmp_path / "copy.pdf", printing.save_copy

    def slowly(work):
        begun.set()
        assert may_go_on.wait(20)
        work()

    monkeypatch.setattr(printing, "print_pages", lambda _printer, _pages: slowly(lambda: None))
    monkeypatch.setattr(printing, "save_copy", lambda path, data: slowly(lambda: save_copy(path, data)))
    at_the_meeting(own, family)
    (part,) = [p for p in own.page.findChildren(PapersPart) if p.isVisible()]
    jobs = own.read(lambda r: paper_services.invitations(r, family.meeting))
    if what == "print":
        part.desk.print_on(None, jobs[:2])
    else:
        part.desk.save_to(str(place), jobs[0], b"%PDF-1.7")
    assert begun.wait(5)
    own.press_lock() if way == "lock" else own.window.close()
    own.qtbot.wait(30)
    may_go_on.set()
    if way == "lock":
        own.unlock(own.wait_locked())
    else:
        own.qtbot.waitUntil(lambda: not own.window.isVisible(), timeout=10_000)
    own.settle()
    assert len(own.read(lambda r: r.find(Print))) == (2 if what == "print" else 1)


def test_a_worker_killed_while_it_makes_a_paper_is_said_and_the_next_paper_is_made(
    qtbot, dressed, tmp_path, clock, settings
):
    worker, ways = WorkerProcess(), own_ways(tmp_path / "own", clock)
    own = OwnWindow(qtbot, ways, worker, settings)
    family = settle_family(own.write, own.read)
    own.write(lambda w: meetings.invite(w, family.meeting, family.people.values()))
    at_the_meeting(own, family)
    worker.warm()
    os.kill(worker._process.pid, signal.SIGSTOP)
    (part,) = [p for p in own.page.findChildren(PapersPart) if p.isVisible()]
    qtbot.mouseClick(part.buttons["preview"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(worker._lock.locked, timeout=5000)
    qtbot.wait(50)
    os.kill(worker._process.pid, signal.SIGKILL)
    qtbot.waitUntil(part.complaint.isVisible, timeout=10_000)
    assert i18n.gettext("The part of the program that makes papers has stopped.") in own.words()
    qtbot.mouseClick(part.buttons["preview"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: windows() != [], timeout=20_000)
    assert not part.complaint.isVisible()
    windows()[0].close()
    assert own.bugs == []
    own.close()
    worker.close()
    ways.release()
