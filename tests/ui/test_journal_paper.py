"""Journalen på papir: choosing entries, looking at the copy, and what is noted when it leaves the house."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.case import Case
from caseworker_app.domain.journal import EntryKind
from caseworker_app.services import cases, entries, papers
from ui.dialogs.journal_paper_dialog import JournalPaperDialog
from ui.widgets.journal.part import EntriesPart

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def emma(write, read):
    made = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "born": dt.date(2014, 3, 2)}))
    return read(lambda r: r.get(Case, made))


@pytest.fixture
def settled(wait_idle):
    def settle():
        for _turn in range(4):
            wait_idle()
            QApplication.processEvents()

    return settle


def signed(write, case, text, days):
    given = {"kind": EntryKind.TELEPHONE, "text": text, "held_on": TODAY - dt.timedelta(days=days)}
    draft = write(lambda w: entries.begin(w, case.id, given))
    return write(lambda w: entries.sign(w, draft))[0]


@pytest.fixture
def three(write, emma):
    made = [signed(write, emma, text, days) for text, days in (("Første", 40), ("Anden", 20), ("Tredje", 1))]
    write(lambda w: entries.begin(w, emma.id, {"heading": "Kladde", "text": "Min egen"}))
    return made


@pytest.fixture
def dialog(qtbot, house, emma, three, settled):
    made = JournalPaperDialog(house, emma)
    qtbot.addWidget(made)
    made.open()
    settled()
    return made


def test_the_journal_opens_it_by_button_and_key(qtbot, house, emma, three, settled):
    part = EntriesPart(house)
    qtbot.addWidget(part)
    part.show()
    part.show_case(emma)
    settled()
    qtbot.keyClick(part.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (first,) = part.findChildren(JournalPaperDialog)
    first.close()
    qtbot.mouseClick(part.side.paper_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in part.findChildren(JournalPaperDialog)))


def test_all_that_is_signed_is_chosen_at_first_and_what_is_not_is_counted(dialog, three):
    assert dialog.model.chosen() == frozenset(three)
    assert dialog.count.text() == "3 notater valgt"
    assert dialog.waiting.text() == "1 notat er ikke underskrevet og kommer ikke med."


def test_space_takes_an_entry_away_and_a_time_narrows_the_list(qtbot, dialog, three):
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.model.index(0))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.model.chosen() == frozenset(three[:2])
    dialog.since.line.setFocus()
    qtbot.keyClicks(dialog.since.line, "25-10-2026")
    assert dialog.model.chosen() == {three[1]}
    assert dialog.count.text() == "1 notat valgt"
    qtbot.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert not dialog.show_button.isEnabled()
    qtbot.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert dialog.model.chosen() == frozenset(three[1:])


def test_the_copy_is_looked_at_and_a_saved_one_is_noted_with_its_reader(
    qtbot, dialog, emma, read, settled, tmp_path
):
    previews = []
    dialog.desk.previewed.connect(previews.append)
    qtbot.keyClicks(dialog.to_whom, "Advokat Lund")
    qtbot.mouseClick(dialog.show_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(previews), timeout=10_000)
    assert "Emma" not in previews[0].windowTitle()
    previews[0].save_to(str(tmp_path / "kopi.pdf"))
    qtbot.waitUntil(lambda: (tmp_path / "kopi.pdf").exists(), timeout=5_000)
    settled()
    (noted,) = read(lambda r: papers.printed(r, emma.id))
    assert (noted.document, noted.recipient, noted.saved) == ("journal", "Advokat Lund", True)


def test_a_list_of_ten_years_is_shown_at_once(qtbot, house, emma, dialog):
    import time

    from caseworker_app.services.journal_papers import Offered

    rows = [
        Offered(n.to_bytes(16, "big"), f"Notat {n}", TODAY - dt.timedelta(days=n // 3), None)
        for n in range(5000)
    ]
    begun = time.perf_counter()
    dialog.model.show(rows)
    QApplication.processEvents()
    assert time.perf_counter() - begun < 0.5
    assert dialog.count.text() == "5000 notater valgt"
