"""The investigation in the window: written topic by topic, maps attached, contributions asked for, printed."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.consent import InformationKind
from caseworker_app.domain.investigation import Contribution, Investigation, InvestigationKind
from caseworker_app.domain.network_map import Voice
from caseworker_app.services import cases, consents, investigations, network_maps
from ui.dialogs.record_dialog import RecordDialog
from ui.widgets.consent_note import ConsentNote
from ui.widgets.investigation.part import InvestigationPart

TODAY = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "born": dt.date(2017, 3, 1)}))


@pytest.fixture
def running(write, emma):
    return write(lambda w: investigations.begin(w, emma, {"known_on": TODAY - 30 * DAY}))


@pytest.fixture
def part(qtbot, house, emma, read, wait_idle):
    made = InvestigationPart(house)
    qtbot.addWidget(made)
    made.resize(1200, 620)
    made.show()
    house.tasks.touched.connect(made.follow)
    made.show_case(read(lambda r: r.get(cases.Case, emma)))
    wait_idle()
    return made


def topic_labels(part):
    return [part.topics.item(n).text().strip() for n in range(part.topics.count())]


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_an_empty_case_says_how_it_begins_and_the_insert_key_begins_it(qtbot, part, wait_idle, read, emma):
    assert part._stack.currentIndex() == 0
    qtbot.keyClick(part, Qt.Key.Key_Insert)
    dialog = part.findChild(RecordDialog)
    qtbot.waitUntil(lambda: dialog.form.form is not None)
    dialog.form.save()
    wait_idle()
    (one,) = read(lambda r: investigations.of_case(r, emma))
    assert (one.kind, one.known_on) == (InvestigationKind.INVESTIGATION, TODAY)
    assert part._stack.currentIndex() == 1


def test_the_triangle_stands_at_the_left_and_its_topic_in_the_middle(running, part):
    labels = topic_labels(part)
    assert (
        labels.index("Barnets udvikling")
        < labels.index("Sundhedsforhold")
        < labels.index("Forældrekompetencer")
    )
    part.topics.go("care")
    assert part.form.topic == "care"
    assert set(part.form.cards["care"].row.editors) == {
        "challenges", "resources", "child_words", "parents_words", "sources",
    }  # fmt: skip


def test_enter_goes_to_the_field_and_the_list_ticks_what_is_written(qtbot, running, part, read, wait_idle):
    part.topics.go("school")
    part.topics.setFocus()
    part.topics.itemActivated.emit(part.topics.currentItem())
    editor = part.form.cards["school"].row.editors["challenges"]
    qtbot.waitUntil(editor.text.hasFocus)
    qtbot.keyClicks(editor.text, "Meget fravær")
    part.topics.setFocus()
    wait_idle()
    assert read(lambda r: investigations.answers_of(r, running))["school"].challenges == "Meget fravær"
    assert "✓  Dagtilbud, skole og læring" in topic_labels(part)


def test_going_to_another_topic_by_the_arrow_keys_keeps_what_was_written(
    qtbot, running, part, read, wait_idle
):
    part.form.go_to("health")
    qtbot.keyClicks(part.form.cards["health"].row.editors["resources"].text, "Rask")
    part.topics.setFocus()
    qtbot.keyClick(part.topics, Qt.Key.Key_Down)
    wait_idle()
    assert part.form.topic == "behaviour"
    assert read(lambda r: investigations.answers_of(r, running))["health"].resources == "Rask"


def test_the_clock_says_the_day_and_its_law(running, part):
    said = texts(part.beside)
    assert any("22. februar 2027" in words for words in said)
    assert any("§ 20, stk. 3" in words for words in said)


def test_one_that_is_late_asks_for_the_preliminary_assessment(qtbot, write, emma, part, wait_idle, read):
    found = write(lambda w: investigations.begin(w, emma, {"known_on": TODAY - 140 * DAY}))
    part.choose(found)
    wait_idle()
    assert any("foreløbige vurdering nu" in words for words in texts(part.beside))
    part.header.actions_by_name["preliminary"].trigger()
    wait_idle()
    assert read(lambda r: r.get(Investigation, found)).preliminary_on == TODAY
    assert part.form.topic == "preliminary"


def test_a_map_is_attached_from_its_list_and_taken_off_again(house, running, part, emma, write, wait_idle):
    drawn = write(lambda w: network_maps.begin(w, emma, Voice.CHILD, templates=house.books.map_templates()))
    part._ask()
    wait_idle()
    assert sum("Der er ikke vedlagt" in words for words in texts(part.beside)) == 2
    (action,) = part.beside.attach_button.menu().actions()
    action.trigger()
    wait_idle()
    assert [one.id for one in part.loaded.view.maps] == [drawn]
    assert sum("Der er ikke vedlagt" in words for words in texts(part.beside)) == 1
    part.beside.detach.emit(part.loaded.view.maps[0])
    wait_idle()
    assert part.loaded.view.maps == ()


def test_a_contribution_is_asked_for_and_written_when_it_comes(qtbot, running, part, read, wait_idle):
    qtbot.mouseClick(part.beside.ask_button, Qt.MouseButton.LeftButton)
    dialog = part.findChild(RecordDialog)
    qtbot.waitUntil(lambda: dialog.form.form is not None)
    qtbot.keyClicks(dialog.form.rows["whom"].editor.control, "Lise Beck")
    qtbot.keyClicks(dialog.form.rows["profession"].editor.control, "Lærer")
    dialog.form.save()
    wait_idle()
    (one,) = read(lambda r: r.find(Contribution))
    assert (one.whom, one.asked_on) == ("Lise Beck", TODAY)
    assert part.beside.contributions[one.id].words == "Lise Beck, Lærer"


def test_what_is_refused_stands_beside_its_field(qtbot, running, part, wait_idle):
    part.doing.days()
    dialog = part.findChild(RecordDialog)
    qtbot.waitUntil(lambda: dialog.form.form is not None)
    dialog.form.set_value("ended_on", TODAY - 40 * DAY)
    dialog.form.save()
    wait_idle()
    assert "før behovet blev kendt" in dialog.form.rows["ended_on"].problem
    dialog.form.discard()
    dialog.close()


def test_it_is_concluded_and_goes_on_again(running, part, read, wait_idle):
    part.header.end.click()
    wait_idle()
    assert read(lambda r: r.get(Investigation, running)).ended_on == TODAY
    assert not part.header.end.isVisible()
    part.header.actions_by_name["go_on"].trigger()
    wait_idle()
    assert read(lambda r: r.get(Investigation, running)).ended_on is None


def test_it_is_shown_on_paper_with_what_was_just_written(qtbot, running, part, wait_idle):
    from ui.dialogs.preview_dialog import PreviewDialog

    part.form.go_to("conclusion")
    qtbot.keyClicks(part.form.cards["conclusion"].row.editors["text"].text, "Der er grundlag for støtte.")
    with qtbot.waitSignal(part.desk.previewed, timeout=20_000) as shown:
        part.doing.print()
    dialog = shown.args[0]
    assert isinstance(dialog, PreviewDialog)
    dialog.close()


def test_two_in_one_case_are_told_apart_and_turned_to(write, emma, running, part, wait_idle):
    screening = write(lambda w: investigations.begin(w, emma, {"kind": InvestigationKind.SCREENING}))
    part.choose(screening)
    wait_idle()
    assert part.header.others.count() == 2 and part.form.shown.spec.id == "screening"
    part.header.turned.emit(running)
    wait_idle()
    assert part.form.shown.spec.id == "ics"


def test_a_topic_rests_on_what_is_chosen_from_the_case(qtbot, running, part, write, read, wait_idle):
    made = write(lambda w: investigations.ask(w, running, {"whom": "PPR", "profession": "Psykolog"}))
    part._ask()
    wait_idle()
    part.form.go_to("behaviour")
    part.form.cards["behaviour"].row.editors["sources"].add(f"contribution:{made.hex()}")
    part.leave()
    wait_idle()
    assert read(lambda r: investigations.answers_of(r, running))["behaviour"].sources == (
        f"contribution:{made.hex()}",
    )


def test_asking_for_a_contribution_says_which_consents_stand(running, part, write, emma, wait_idle):
    values = {
        "giver": "Mia Holm", "recipient": "Skolen", "kinds": frozenset({InformationKind.SCHOOL}), "purpose": "§ 20",
    }  # fmt: skip
    made = write(lambda w: consents.give(w, emma, values))
    write(lambda w: consents.withdraw(w, made, TODAY, ""))
    part.doing.contribution()
    wait_idle()
    asked = part.findChild(RecordDialog)
    (note,) = asked.findChildren(ConsentNote)
    assert "Trukket tilbage 21. november 2026: samtykke fra Mia Holm til Skolen." in note.text()
    assert note.isVisibleTo(asked)
