"""The fixtures that tests of the window stand on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.services import cases, office
from tests.helpers.held_keys import let_go
from ui.tasks import Op, Query


def test_what_a_page_writes_is_in_the_store_and_comes_back_to_it(qtbot, house, wait_idle, said, read):
    owner = QWidget()
    qtbot.addWidget(owner)
    names = []

    def ask(case):
        house.tasks.query(owner, Query(lambda r: cases.view(r, case).case.child_name, names.append))

    register = Op(lambda w: cases.register(w, {"child_name": "Emma Holm"}), done=ask, said="Saved.")
    house.tasks.op(owner, register)
    wait_idle()
    assert names == ["Emma Holm"]
    assert said == ["Saved."]
    assert read(office.house).worker.name == "Lone Kjær"


def test_no_key_is_held_when_the_next_test_begins(qtbot):
    line = QWidget()
    qtbot.addWidget(line)
    QTest.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    let_go()
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
