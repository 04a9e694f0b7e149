"""Nothing but the allowed is in the family's window: not shown, not told to a screen reader, not held by any part of it."""

from __future__ import annotations

import enum
import gc
import types
from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from caseworker_app.domain.case import Address
from caseworker_app.domain.network_map import Candidate, MapPersonKind, Quality, Voice
from caseworker_app.domain.person import Role
from caseworker_app.services import cases, family_view, history, network_maps, people
from caseworker_app.services.family_view import Audience
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.quiet import quiet
from tests.services.test_family_view import TEMPLATES, school_sector, spot
from ui.family_mode.hatch import Hatch
from ui.family_mode.session import FamilySession
from ui.family_mode.window import FamilyWindow
from ui.house import House
from ui.tasks import Tasks

NUMBER = "7103152000"
FORBIDDEN = (
    "Kragelund", "710315", "DUBU-77123", "Skovmosen", "Hellevej", "7470", "Karup", "Ulla", "Gravgaard", "97123456",
    "Morsmand", "Naboen", "Underretning", "Rummet", "bekymret", "Tvivlsom", "Strengt fortroligt", "Tilbageholdt",
)  # fmt: skip
"""Surname, CPR, case number, protected school and address, a card that is on no map, the mother's map, the worker's note
and words, what was undone before."""


@pytest.fixture
def child_map(write):
    """A child with a protected address; its own map, and a mother's map with other names and lines."""
    values = {
        "child_name": "Ida Kragelund",
        "called": "Ida",
        "person_number": NUMBER,
        "record_number": "DUBU-77123",
        "school": "Skovmosens Skole",
        "note": "Underretning fra Naboen",
        "address": Address("Hellevej 4", "7470", "Karup"),
        "address_protected": True,
    }
    case = write(lambda w: cases.register(w, values))
    card = {"name": "Ulla Gravgaard", "role": Role.FOSTER_PARENT, "phone": "97123456", "note": "Tvivlsom"}
    write(lambda w: people.add(w, case, card))
    mothers = write(lambda w: network_maps.begin(w, case, Voice.MOTHER))
    write(lambda w: network_maps.add_person(w, mothers, "Morsmand", placement=spot(0)))
    made = write(lambda w: network_maps.begin(w, case, Voice.CHILD, place="Rummet på Hellevej"))

    def add(name, **more):
        return write(lambda w: network_maps.add_person(w, made, name, **more))

    mormor = add("Mormor", placement=spot(0), role_word="mormor")
    add("Skovmosen", kind=MapPersonKind.PLACE, placement=spot(0, school_sector()))
    add("Fætter Bo")
    marks = {"candidate": Edit(Candidate.PLACEMENT), "doubtful": Edit(True)}
    write(lambda w: network_maps.edit_person(w, mormor, marks))
    write(lambda w: network_maps.add_relation(w, made, None, mormor, Quality.STRONG, Voice.CHILD))
    line = write(lambda w: network_maps.add_relation(w, made, None, mormor, Quality.BROKEN, Voice.WORKER))
    write(lambda w: network_maps.edit_relation(w, line, {"note": Edit("Strengt fortroligt")}))
    write(lambda w: network_maps.add_quote(w, made, "Mormor er bekymret", Voice.WORKER, mormor))
    write(lambda w: network_maps.add_person(w, mothers, "Tilbageholdt"))
    write(history.undo)
    return made


@pytest.fixture
def window(qtbot, dressed, store, tasks, child_map):
    """The family's window, joined to real tasks by its hatch as :class:`ui.family_mode.mode.FamilyMode` does it."""
    model = store.read(lambda r: family_view.family_model(r, child_map, Audience.CHILD, TEMPLATES))
    hatch = Hatch()
    hatch.writes.connect(tasks.op)
    hatch.reads.connect(tasks.query)
    session = FamilySession(hatch, model, TEMPLATES, store.read(history.latest))
    hatch.setParent(session)
    made = FamilyWindow(session, has_pin=True)
    tasks.touched.connect(session.follow)
    made.resize(1366, 728)
    made.show()
    made.welcome.begin.click()
    yield made
    quiet(qtbot, tasks)
    made.let_go()


def told(thing: QObject) -> Iterator[str]:
    """Yield every string property of a Qt object, its own and those set on it, and what its model shows."""
    about = thing.metaObject()
    for number in range(about.propertyCount()):
        value = about.property(number).read(thing)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
    for name in thing.dynamicPropertyNames():
        with suppress(RuntimeError):  # Qt's own, of a type Python has no word for
            value = thing.property(bytes(name.data()).decode())
            yield from [value] if isinstance(value, str) else ()
    if isinstance(thing, QAction | QWidget):
        yield from (thing.toolTip(), thing.statusTip(), thing.whatsThis())
    if isinstance(thing, QAbstractItemModel):
        for row in range(thing.rowCount(QModelIndex())):
            for role in (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleTextRole,
            ):
                yield str(thing.data(thing.index(row, 0), int(role)) or "")


def spoken(about: object) -> Iterator[str]:
    """Yield what a screen reader is told of a window and everything in it."""
    for kind in QAccessible.Text:
        yield about.text(kind)
    for number in range(about.childCount()):
        child = about.child(number)
        if child is not None:
            yield from spoken(child)


_SKIPPED = (type, types.ModuleType, types.FrameType, types.CodeType, types.BuiltinFunctionType, enum.Enum)


def held(roots: list[object]) -> Iterator[object]:
    """Yield every object that can be reached from the roots without leaving by a module's globals."""
    seen: set[int] = set()
    left = list(roots)
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, _SKIPPED):
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, types.FunctionType):
            left += [cell.cell_contents for cell in one.__closure__ or () if _filled(cell)]
            left += [*(one.__defaults__ or ()), *(one.__kwdefaults__ or {}).values()]
        elif isinstance(one, types.MethodType):
            left += [one.__self__, one.__func__]
        else:
            left += gc.get_referents(one)
            left += one.children() if isinstance(one, QObject) and isValid(one) else []


def _filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - asks whether there is anything
    except ValueError:
        return False
    return True


def leaks(words: Iterator[str]) -> list[str]:
    return [one for one in words if any(word.casefold() in one.casefold() for word in FORBIDDEN)]


def test_the_forbidden_words_are_in_the_store(store, child_map):
    """Else the tests below would find nothing whatever was shown."""
    case = store.read(lambda r: network_maps.open_map(r, child_map, TEMPLATES)).case
    assert leaks(iter([case.child_name, case.person_number, case.record_number, case.school, case.note]))
    assert leaks(iter(["Ulla Gravgaard", "Morsmand"]))


def test_no_part_of_the_window_says_anything_forbidden(window):
    parts = [window, *window.findChildren(QObject)]
    said = [one for part in parts for one in told(part)]
    assert "Tæt på" in said
    assert any("Fætter Bo" in one for one in said)
    assert leaks(iter(said)) == []


def test_a_screen_reader_is_told_nothing_forbidden(window):
    said = list(spoken(QAccessible.queryAccessibleInterface(window)))
    assert any("Fætter Bo" in one for one in said)
    assert leaks(iter(said)) == []


def test_nothing_forbidden_is_held_by_the_window_or_anything_it_holds(window):
    roots = [window, *window.findChildren(QObject)]
    strings = [one for one in held(roots) if isinstance(one, str)]
    assert "Fætter Bo" in strings
    assert leaks(iter(strings)) == []


def test_no_store_and_no_house_is_reached_from_the_window(window):
    roots = [window, *window.findChildren(QObject)]
    found = [one for one in held(roots) if isinstance(one, SqlStore | Tasks | House)]
    assert found == []


def test_it_is_so_after_drawing_undo_and_redo_too(qtbot, window, tasks):
    session = window.session

    def settle():
        quiet(qtbot, tasks)

    plet = session.add_person("Plet", placement=spot(3))
    settle()
    session.add_relation(None, session.real(plet), Quality.STRAINED)
    settle()
    for act in (session.undo, session.undo, session.undo, session.redo, session.redo, session.redo):
        act()
        settle()
    assert {one.called for one in session.view.people} >= {"Plet", "Mormor", "Fætter Bo"}
    roots = [window, *window.findChildren(QObject)]
    assert leaks(one for one in held(roots) if isinstance(one, str)) == []
    assert leaks(one for part in roots for one in told(part)) == []


def test_undo_and_redo_here_do_not_reach_the_mothers_map(qtbot, window, tasks, store, child_map):
    mothers = store.read(lambda r: [row.map.id for row in network_maps.maps_of(r, case_of(r, child_map))])
    before = {one: people_on(store, one) for one in mothers}
    for act in (window.session.redo, window.session.undo, window.session.undo, window.session.redo):
        act()
        quiet(qtbot, tasks)
        assert {one: people_on(store, one) for one in mothers} == before


def case_of(reader, map_id):
    return network_maps.open_map(reader, map_id, TEMPLATES).case.id


def people_on(store, map_id):
    opened = store.read(lambda r: network_maps.open_map(r, map_id, TEMPLATES))
    return {one.called for one in opened.people}


def test_nothing_is_left_of_the_map_once_the_store_is_closed(window):
    window.forget()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    roots = [window, *window.findChildren(QObject)]
    said = [one for part in roots for one in told(part)]
    strings = [one for one in held(roots) if isinstance(one, str)]
    for name in ("Mormor", "Fætter Bo", "Ida"):
        assert not [one for one in (*said, *strings) if name in one], name


def test_the_title_names_nobody(window):
    assert [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()] == ["Tæt på"]
