"""A visit for siblings by mouse and keys: ticked in the form, the common part written once, agreements for each."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.case import Case, SiblingKind
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.visit import Visit, VisitAgreement, VisitKind, VisitNote, VisitState
from caseworker_app.services import cases, visits_together
from tests.ui.conftest import NOW

TODAY = NOW.date()
DAY = dt.timedelta(days=1)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))


@pytest.fixture
def ida(write, emma):
    made = write(lambda w: cases.register(w, {"child_name": "Ida Holm"}))
    write(lambda w: cases.link_siblings(w, emma, made, SiblingKind.FULL))
    return made


@pytest.fixture
def part(house, emma, ida, read, qtbot, wait_idle):
    from ui.widgets.visits.part import VisitsPart

    made = VisitsPart(house)
    qtbot.addWidget(made)
    made.resize(1190, 540)
    made.show()
    house.tasks.touched.connect(made.follow)
    made.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    return made


@pytest.fixture
def held(write, emma, ida):
    values = {"kind": VisitKind.NEEDS, "held_on": TODAY - DAY, "participants": ("Mor",)}
    return write(lambda w: visits_together.plan(w, emma, values, (ida,)))


def dialog_of(part, qtbot):
    from ui.dialogs.record_dialog import RecordDialog

    found = []

    def there():
        found[:] = [one for one in part.findChildren(RecordDialog) if one.isVisible()]
        assert found
        assert found[0].form.form is not None

    qtbot.waitUntil(there)
    return found[0]


def test_a_sibling_ticked_in_the_form_gets_the_visit_too(part, ida, read, qtbot, wait_idle):
    qtbot.keyClick(part.register, Qt.Key.Key_Insert)
    form = dialog_of(part, qtbot).form
    form.set_value("when", TimeSpan(TODAY + 2 * DAY, dt.time(10), dt.time(11)))
    qtbot.mouseClick(form.rows["siblings"].editor.boxes[ida], Qt.MouseButton.LeftButton)
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: read(lambda r: r.count(Visit)) == 2)
    wait_idle()


def test_the_common_part_is_written_once_and_the_childs_own_beside_it(part, held, read, qtbot, wait_idle):
    mine, hers = held
    with qtbot.waitSignal(part.written):
        part.want(f"write:{mine.hex()}")
    wait_idle()
    page = part.page
    assert "Ida Holm" in page.when.text()
    page.form.go_to("interplay")
    editors = page.form.cards["interplay"].row.editors
    assert list(editors) == ["common", "text"]
    qtbot.keyClicks(editors["common"].text, "Leger")
    qtbot.keyClicks(editors["text"].text, "Glad")
    page.form.commit()

    def notes(visit):
        return [(n.common, n.text) for n in read(lambda r: r.find(VisitNote, where={"visit": visit}))]

    qtbot.waitUntil(lambda: notes(hers) == [("Leger", "")])
    assert notes(mine) == [("Leger", "Glad")]


def test_a_visit_of_one_child_alone_has_one_text_a_topic(part, emma, write, qtbot, wait_idle):
    values = {"kind": VisitKind.NEEDS, "held_on": TODAY - DAY}
    (alone,) = write(lambda w: visits_together.plan(w, emma, values))
    with qtbot.waitSignal(part.written):
        part.want(f"write:{alone.hex()}")
    wait_idle()
    part.page.form.go_to("interplay")
    assert list(part.page.form.cards["interplay"].row.editors) == ["text"]


def test_a_child_who_is_unticked_keeps_the_planned_visit(part, emma, ida, write, read, qtbot, wait_idle):
    when = TimeSpan(TODAY - DAY, dt.time(10), dt.time(11))
    mine, hers = write(lambda w: visits_together.plan(w, emma, {"when": when}, (ida,)))
    part.register.ask()
    wait_idle()
    part.register.acts.hold(read(lambda r: r.get(Visit, mine)))
    form = dialog_of(part, qtbot).form
    box = form.rows["siblings"].editor.boxes[ida]
    assert box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: read(lambda r: r.get(Visit, mine)).state is VisitState.HELD)
    assert read(lambda r: r.get(Visit, hers)).state is VisitState.PLANNED


def test_what_is_agreed_is_written_for_those_who_are_ticked(part, held, read, qtbot, wait_idle):
    part.register.ask()
    wait_idle()
    part.register.acts.agree(read(lambda r: r.get(Visit, held[0])))
    form = dialog_of(part, qtbot).form
    form.set_value("what", "Ringe til lægen")
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: read(lambda r: r.count(VisitAgreement)) == 2)
    found = read(lambda r: r.find(VisitAgreement))
    assert {one.visit for one in found} == set(held)
