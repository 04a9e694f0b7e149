"""Giving a case in a file and taking it in, and going through what is given by aktindsigt, in the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.handing import Handing
from caseworker_app.domain.access_request import AccessRequest, Asker, Choice, Ground
from caseworker_app.domain.case import Case
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import access_requests, entries, office
from caseworker_app.vault import pack as container
from caseworker_app.vault.locks import Argon2Parameters
from db.store import SqlStore
from tests.helpers.stores import new_store, register
from ui.dialogs.access_review_dialog import AccessReviewDialog
from ui.dialogs.give_pack_dialog import GivePackDialog
from ui.dialogs.take_pack_dialog import TakePackDialog
from ui.widgets.access.part import AccessPart

WORDS = "fire trætte gulerødder danser tango"
TINY = Argon2Parameters(1, 64, 1)


@pytest.fixture
def giving(house: Any, papers: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A house that hands cases over, with a quick hash."""
    monkeypatch.setattr(container, "SMALL_MACHINE", TINY)
    monkeypatch.setattr(container.seal_with, "__defaults__", (TINY,))
    return replace(house, handover=lambda store: Handing(store, ShippedBooks(), papers))


@pytest.fixture
def colleague(tmp_path: Path, papers: Any) -> Iterator[tuple[SqlStore, Handing]]:
    (tmp_path / "colleague").mkdir()
    store = new_store(tmp_path / "colleague")
    store.write(lambda w: office.found(w, {"name": "Mia Modtager"}, {"municipality": ""}))
    yield store, Handing(store, ShippedBooks(), papers)
    store.close()


def felix(store: SqlStore) -> Case:
    case = register(store, "Felix Prøve")
    text = "Naboen Lis ringede i går."
    values = {"kind": EntryKind.FREE, "heading": "Opkald", "text": text, "held_on": dt.date(2026, 11, 20)}
    draft = store.write(lambda w: entries.begin(w, case, values)).result
    store.write(lambda w: entries.sign(w, draft))
    found = store.read(lambda r: r.get(Case, case))
    assert found is not None

    def lis(writer: Any) -> None:
        writer.act("Add a person")
        writer.create(Person(id=writer.new_id(), stream=found.stream, name="Lis Nabo", role=Role.NEIGHBOUR))

    store.write(lis)
    return found


def test_a_case_is_given_in_a_file_by_a_passphrase(qtbot, giving, store, colleague, tmp_path, wait_idle):
    dialog = GivePackDialog(giving, felix(store))
    qtbot.addWidget(dialog)
    dialog.show()
    wait_idle()
    assert dialog.child.text() == "Felix Prøve" and dialog.first.isVisible() and not dialog.code.isVisible()
    dialog.first.line.setText(WORDS)
    dialog.again.line.setText(WORDS + "x")
    dialog.make()
    assert "ikke ens" in dialog.complaint.sentence.text()
    dialog.again.line.setText(WORDS)
    dialog._given = giving.handover(store).make([dialog._case.id], WORDS)
    file = tmp_path / "ud.taetpaa"
    dialog.save_to(str(file))
    wait_idle()
    assert "Filen er gemt" in dialog.said.text() and dialog.first.text() == ""
    other, desk = colleague
    report = desk.take_in(file, WORDS)
    assert (
        report.new_cases == 1
        and other.read(lambda r: r.get(Case, dialog._case.id)).child_name == "Felix Prøve"
    )


def test_a_pack_is_looked_at_and_then_taken_in_with_a_report(
    qtbot, giving, store, colleague, tmp_path, wait_idle
):
    other, desk = colleague
    case = felix(other)
    file = tmp_path / "ind.taetpaa"
    file.write_bytes(desk.make([case.id], WORDS).data)
    dialog = TakePackDialog(giving)
    dialog.show()
    wait_idle()
    assert dialog.code.text().count("-") > 10 and not dialog.take_button.isEnabled()
    bad = tmp_path / "x.taetpaa"
    bad.write_bytes(b"ikke en pakke")
    dialog.use(str(bad))
    wait_idle()
    assert "ikke en overleveringspakke" in dialog.complaint.sentence.text()
    dialog.use(str(file))
    wait_idle()
    dialog.words.line.setText("forkerte ord hele vejen igennem")
    qtbot.mouseClick(dialog.look_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert "Adgangssætningen er ikke" in dialog.complaint.sentence.text()
    dialog.words.line.setText(WORDS)
    qtbot.mouseClick(dialog.look_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert "Felix Prøve" in dialog.told.text() and store.read(lambda r: r.get(Case, case.id)) is None
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert "1 sag er ny her." in dialog.told.text()
    assert store.read(lambda r: r.get(Case, case.id)) is not None
    dialog._go()


def test_what_is_given_is_gone_through_with_mouse_and_keys_and_kept(qtbot, house, store, wait_idle):
    case = felix(store)
    part = AccessPart(house)
    qtbot.addWidget(part)
    part.show()
    part.show_case(case)
    wait_idle()
    values = {"asker": Asker.PARENT, "name": "Mona Prøve"}
    request = store.write(lambda w: access_requests.begin(w, case.id, values)).result
    part.ask()
    wait_idle()
    assert "Mona Prøve" in part.list.model().index(0, 0).data()
    dialog = AccessReviewDialog(house, request)
    dialog.show()
    wait_idle()
    assert dialog.view is not None and dialog.view.lacking == 1 and not dialog.draft.isEnabled()
    assert dialog.current().item.title == "Lis Nabo"
    dialog.ground.setCurrentIndex(list(Ground).index(Ground.OTHERS))
    qtbot.mouseClick(dialog.leave_out, Qt.MouseButton.LeftButton)
    wait_idle()
    assert dialog.view.lacking == 0 and dialog.draft.isEnabled() and not dialog.finish.isEnabled()
    dialog.only.setCurrentIndex(0)
    dialog._say()
    row = next(one for one in dialog.view.rows if one.item.title == "Opkald")
    dialog._show_list(row.item.key.encode())
    dialog._say_row()
    qtbot.mouseClick(dialog.strike, Qt.MouseButton.LeftButton)
    assert "Marker ordene" in dialog.complaint.sentence.text()
    at = dialog.text.toPlainText().index("Lis ringede")
    cursor = dialog.text.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + len("Lis"), QTextCursor.MoveMode.KeepAnchor)
    dialog.text.setTextCursor(cursor)
    qtbot.mouseClick(dialog.strike, Qt.MouseButton.LeftButton)
    wait_idle()
    assert dialog.passages.count() == 1 and len(dialog.text.extraSelections()) == 1
    again = next(one for one in dialog.view.rows if one.item.title == "Opkald")
    assert again.choice is Choice.PARTS and again.lack is None
    dialog.show_paper()
    wait_idle()
    assert dialog.finish.isEnabled()
    for shown in dialog.findChildren(type(dialog).__mro__[1]):
        shown.close()
    qtbot.mouseClick(dialog.finish, Qt.MouseButton.LeftButton)
    wait_idle()
    given = store.read(lambda r: r.get(AccessRequest, request))
    assert given.given_on is not None and (given.left_out, given.passages) == (1, 1)
