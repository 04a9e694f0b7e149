"""Invitations and minutes in the window: looked at, printed, saved, and noted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from caseworker_app.documents import papers as paper_making
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.meeting import Audience, Participant
from caseworker_app.services import meetings
from caseworker_app.services import papers as paper_services
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from tests.ui.meeting_house import HELD, settle_family
from ui import printing
from ui.pages.meeting_page import MeetingPage


class HereAndNow:
    """The real maker of papers, in this process: the worker process itself has its own tests."""

    def make(self, job):
        return paper_making.make(job)


@pytest.fixture
def papers():
    return HereAndNow()


@pytest.fixture
def family(write, read):
    found = settle_family(write, read)
    write(lambda w: meetings.invite_child(w, found.meeting))
    write(lambda w: meetings.invite(w, found.meeting, found.people.values()))
    return found


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def part(qtbot, house, settled, family):
    """Return ``part(name)``: that part of the page over the family's meeting."""
    pages = []

    def show(name: str, meeting=None):
        page = MeetingPage(house)
        pages.append(page)
        qtbot.addWidget(page)
        house.tasks.touched.connect(page.follow)
        page.resize(1200, 680)
        page.show()
        page.show_thing(meeting or family.meeting, name)
        settled()
        return page.parts[name]

    yield show
    settled()


@pytest.fixture
def previews(qtbot):
    """Return ``previews(part)``: the dialogs that the part opens, each closed at the end."""
    opened = []

    def listen(part):
        part.desk.previewed.connect(lambda dialog: (qtbot.addWidget(dialog), opened.append(dialog)))
        return opened

    return listen


@pytest.fixture
def printer(monkeypatch, tmp_path):
    """A printer that prints into files: Qt's own, one file for each copy. Returns the files."""
    files: list[Path] = []
    real = printing.print_pages

    def print_pages(printer, pages):
        files.append(tmp_path / f"printed-{len(files)}.pdf")
        printer.setOutputFileName(str(files[-1]))
        printer.setResolution(72)
        real(printer, pages)

    monkeypatch.setattr(printing, "print_pages", print_pages)
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    return files


def words(pdf: bytes) -> str:
    pages = printing.Pages(pdf)
    return "\n".join(pages.text(index) for index in range(len(pages)))


def printed(family) -> list[tuple[str, str]]:
    found = family.read(lambda r: paper_services.printed(r, family.meeting))
    return [(p.document, p.recipient) for p in reversed(found)]


def accessed(family) -> list[tuple[Access, str]]:
    return [(row.action, row.detail) for row in reversed(family.read(lambda r: r.access_log()))]


def test_there_is_a_line_for_each_who_is_invited_with_what_must_be_known(part):
    table = part("invitations").table
    assert [copy.to for copy in table.copies] == ["Emma Holm", "Mia Holm", "Jonas Bech", "Tom Vang"]
    emma, _mia, jonas, tom = table.copies
    assert emma.remarks == ("Kastanievej 3, 7400 Herning",)
    assert "beskyttelse" in jonas.remarks[1]
    assert jonas.warns
    assert "Ingen adresse" in tom.remarks[0]
    assert table.printed_words(0) == "endnu ikke"


def test_what_an_invitation_lacks_is_said_in_words(part, write, family):
    empty = write(lambda w: meetings.plan(w, family.case, {}))
    shown = part("invitations", empty)
    said = shown.complaint.sentence.text()
    assert said.startswith("Invitationen mangler endnu: ")
    assert "stedet" in said
    assert not shown.buttons["print_all"].isEnabled()


def test_a_copy_is_looked_at_with_enter_and_the_window_has_no_name_in_its_title(
    part, previews, qtbot, settled, family
):
    shown = part("invitations")
    opened = previews(shown)
    shown.table.selectRow(1)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    settled()
    (dialog,) = opened
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Invitation til møde"
    assert "Mia Holm" in words(dialog._pages.data)
    assert printed(family) == []
    assert accessed(family) == []


def test_looking_at_the_copy_with_the_number_is_noted(part, previews, settled, family):
    shown = part("minutes")
    opened = previews(shown)
    shown.buttons["preview"].click()
    settled()
    assert "610315-4234" in words(opened[0]._pages.data)
    assert accessed(family) == [(Access.SHOW_NUMBER, "minutes")]


def test_printing_from_the_preview_is_noted_and_shown_in_the_list(part, previews, printer, settled, family):
    shown = part("invitations")
    opened = previews(shown)
    shown.buttons["preview"].click()
    settled()
    dialog = opened[0]
    dialog.print_on(printing.new_printer(dialog._pages, "Invitation til møde"))
    settled()
    assert printed(family) == [("invitation", "Emma Holm")]
    assert accessed(family) == [(Access.PRINT, "invitation")]
    assert shown.table.printed_words(0) == "21-11-2026 kl. 09.30"
    assert shown.table.printed_words(1) == "endnu ikke"


def test_all_are_printed_after_one_question_and_each_is_noted(part, printer, settled, family, qtbot):
    shown = part("invitations")
    shown.buttons["print_all"].click()
    settled()
    asked = shown.findChild(QPrintDialog)
    assert asked.printer().docName() == "Invitation til møde"
    asked.accepted.emit(asked.printer())  # no printer is here to be chosen: its answer comes from the test
    asked.reject()
    settled()
    names = ["Emma Holm", "Mia Holm", "Jonas Bech", "Tom Vang"]
    assert printed(family) == [("invitation", name) for name in names]
    assert [printing.Pages(file.read_bytes()).sizes[0] for file in printer] == [
        pytest.approx((595, 842), abs=2)
    ] * 4
    assert shown.said.text() == "Udskrevet: 4 af 4."


def test_printing_stops_when_told_and_what_was_printed_stays_noted(part, printer, settled, family):
    shown = part("invitations")
    jobs = [copy.job for copy in shown.table.copies]
    shown.desk.progressed.connect(lambda number, _of: shown.desk.cancel() if number == 2 else None)
    shown.desk.print_on(_printer(shown), jobs)
    settled()
    assert printed(family) == [("invitation", "Emma Holm"), ("invitation", "Mia Holm")]
    assert shown.said.text() == "Udskrevet: 2 af 4."


def _printer(shown):
    pages = printing.Pages(paper_making.make(shown.table.copies[0].job).data)
    return printing.new_printer(pages, "Invitation til møde")


def test_without_a_printer_nothing_is_noted_and_it_is_said(part, settled, family, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    shown = part("invitations")
    shown.buttons["print_all"].click()
    settled()
    assert "ingen printer" in shown.complaint.sentence.text()
    assert printed(family) == []


@pytest.mark.qt_log_ignore(r"^QPainter::begin\(\): Returned false")
def test_a_printer_that_refuses_is_said_and_not_noted(part, settled, family, monkeypatch, tmp_path):
    shown = part("invitations")
    device = _printer(shown)
    device.setOutputFileName(str(tmp_path / "missing" / "out.pdf"))
    shown.desk.print_on(device, [copy.job for copy in shown.table.copies])
    settled()
    assert shown.complaint.isVisible()
    assert printed(family) == []
    assert shown.buttons["print_all"].isEnabled()


def test_a_copy_is_saved_under_a_name_without_a_name_and_noted(part, qtbot, settled, family, tmp_path):
    shown = part("invitations")
    shown.table.selectRow(2)
    shown.buttons["save"].click()
    settled()
    asked = shown.findChild(QFileDialog)
    assert [Path(name).name for name in asked.selectedFiles()] == ["invitation-3.pdf"]
    asked.fileSelected.emit(str(tmp_path / "invitation-3.pdf"))
    asked.reject()
    settled()
    assert "Jonas Bech" in words((tmp_path / "invitation-3.pdf").read_bytes())
    assert printed(family) == [("invitation", "Jonas Bech")]
    assert accessed(family) == [(Access.EXPORT, "invitation")]


def test_the_calendar_file_has_neither_name_nor_number(part, settled, family, tmp_path):
    shown = part("invitations")
    shown.buttons["calendar"].click()
    settled()
    asked = shown.findChild(QFileDialog)
    assert [Path(name).name for name in asked.selectedFiles()] == ["meeting.ics"]
    asked.fileSelected.emit(str(tmp_path / "meeting.ics"))
    asked.reject()
    settled()
    text = (tmp_path / "meeting.ics").read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in text
    assert "Emma" not in text
    assert not contains_person_number(text)
    assert accessed(family) == [(Access.EXPORT, "calendar")]


def test_the_minutes_have_a_copy_for_the_file_with_the_number_and_others_without(
    part, settled, family, write
):
    tom = family.participant("Tom Vang").id
    heads = family.read(lambda r: r.fields(Participant, tom))["number_on_minutes"].heads
    write(lambda w: meetings.edit_participant(w, tom, {"number_on_minutes": Edit(True, heads)}))
    shown = part("minutes")
    table = shown.table
    assert table.copies[0].to == "Kopi til sagen"
    numbers = {copy.to: "Med CPR" in copy.remarks[0] for copy in table.copies}
    assert [to for to, number in numbers.items() if number] == ["Kopi til sagen", "Tom Vang"]
    for copy in table.copies:
        assert contains_person_number(words(paper_making.make(copy.job).data)) is numbers[copy.to]


def test_a_number_written_at_the_meeting_stops_the_minutes_in_words(part, family, write):
    from caseworker_app.domain.meeting import Column

    write(lambda w: meetings.add_point(w, family.meeting, Column.WORRIES, "Se 610315-4234"))
    shown = part("minutes")
    assert "CPR-nummer i de tre kolonner" in shown.complaint.sentence.text()
    assert shown.table.copies == ()


def test_the_minutes_of_a_meeting_not_held_yet_say_so(part, write, family):
    assert "ikke markeret som holdt" in part("minutes").note.text()
    held = write(lambda w: meetings.plan(w, family.case, {"when": HELD}))
    write(lambda w: meetings.hold(w, held))
    assert not part("minutes", held).note.isVisible()


def test_participants_of_one_name_have_a_line_each_in_list_and_log(part, printer, settled, family, write):
    for function in ("mormor", "farmor"):
        write(lambda w, f=function: meetings.invite_name(w, family.meeting, "Lis", f, Audience.NETWORK))
    shown = part("invitations")
    assert [copy.to for copy in shown.table.copies][-2:] == ["Lis (mormor)", "Lis (farmor)"]
    shown.desk.print_on(_printer(shown), [shown.table.copies[-1].job])
    settled()
    assert shown.table.printed_words(5) != "endnu ikke"
    assert shown.table.printed_words(4) == "endnu ikke"


def test_a_plan_that_is_not_saved_is_named_beside_the_invitations(part, qtbot, settled):
    shown = part("plan")
    place = shown.form.rows["place"].editor.line
    qtbot.keyClicks(place, "Ny ")
    page = shown.window()
    page.tabs.setCurrentIndex(2)
    settled()
    assert "ikke er gemt" in page.parts["invitations"].note.text()
    shown.form.save()
    settled()
    assert "ikke er gemt" not in page.parts["invitations"].note.text()
