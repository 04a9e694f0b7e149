"""The fixtures that tests of the window stand on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.services import cases, office
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
