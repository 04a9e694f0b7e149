"""Journalen: reading, writing, signing and correcting entries; what stands beside them."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case, SiblingKind
from caseworker_app.domain.journal import CHILD_TALK_HEADING, Entry, EntryDraft, EntryKind
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.pasted import LONGEST_LINE
from caseworker_app.services import cases, entries, history, journal_desk, meeting_lines, meetings, phrases
from caseworker_app.services.entries import ENTRY_LENGTH
from ui.dialogs.close_case_dialog import CloseCaseDialog
from ui.dialogs.phrases_dialog import PhrasesDialog
from ui.house import Place
from ui.pages.case_journal import case_journal
from ui.widgets.journal.entry_model import KEPT, PAGE
from ui.widgets.journal.part import EntriesPart
from ui.widgets.journal.phrase_popup import PhrasePopup

TODAY = dt.date(2026, 11, 21)
CONTROL = Qt.KeyboardModifier.ControlModifier


def ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def emma(write, read):
    made = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "born": dt.date(2014, 3, 2)}))
    return read(lambda r: r.get(Case, made))


@pytest.fixture
def ida(write, read, emma):
    made = write(lambda w: cases.register(w, {"child_name": "Ida Holm", "born": dt.date(2017, 3, 2)}))
    write(lambda w: cases.link_siblings(w, emma.id, made, SiblingKind.FULL))
    return read(lambda r: r.get(Case, made))


@pytest.fixture
def part(qtbot, house, emma, wait_idle):
    made = EntriesPart(house)
    qtbot.addWidget(made)
    house.tasks.touched.connect(made.follow)
    made.resize(1190, 560)
    made.show()
    made.show_case(emma)
    wait_idle()
    return made


@pytest.fixture
def settled(qtbot, wait_idle):
    def settle():
        for _turn in range(4):
            wait_idle()
            QApplication.processEvents()

    return settle


@pytest.fixture
def begun(qtbot, part, settled):
    qtbot.mouseClick(part.new_button, Qt.MouseButton.LeftButton)
    settled()
    return part.writing


def signed(write, case, **values):
    draft = write(
        lambda w: entries.begin(w, case.id, {"kind": EntryKind.TELEPHONE, "text": "Mor ringede.", **values})
    )
    return write(lambda w: entries.sign(w, draft))[0]


def held_meeting(write, case, days):
    when = TimeSpan(ago(days), dt.time(10), dt.time(11))
    meeting = write(lambda w: meetings.plan(w, case.id, {"when": when, "purpose": "Skolestart"}))
    write(lambda w: meetings.hold(w, meeting))
    return meeting


def type_in(qtbot, widget, text):
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def choose_kind(form, kind):
    combo = form.rows["kind"].editor.combo
    combo.setCurrentIndex(list(EntryKind).index(kind))
    combo.activated.emit(combo.currentIndex())


# writing and signing


def test_an_entry_is_written_and_signed_with_the_keyboard(qtbot, part, begun, read, emma, settled, said):
    choose_kind(begun.form, EntryKind.TELEPHONE)
    type_in(qtbot, begun.form.text.text, "Mor ringede i dag.")
    qtbot.keyClick(begun.form.text.text, Qt.Key.Key_Return, CONTROL)
    settled()
    (entry,) = read(lambda r: r.find(Entry))
    assert (entry.heading, entry.text, entry.stream) == ("Telefonsamtale", "Mor ringede i dag.", emma.stream)
    assert entry.signed and entry.signed_by.startswith("Lone Kjær")
    assert part.right.currentWidget() is part.reading
    assert part.reading.signed.text().startswith("Underskrevet af Lone Kjær, Socialrådgiver")
    assert read(lambda r: r.drafts()) == []


def test_what_is_typed_is_there_again_without_being_saved(qtbot, house, part, begun, read, emma, settled):
    type_in(qtbot, begun.form.text.text, "Halvt skrevet")
    draft = begun.draft
    part.leave()
    settled()
    assert read(lambda r: r.get(EntryDraft, draft)).text == ""
    again = EntriesPart(house)
    qtbot.addWidget(again)
    again.show()
    again.show_case(emma)
    again.want(draft.hex())
    settled()
    assert again.writing.form.text.value() == "Halvt skrevet"


def test_an_entry_in_which_nothing_was_written_is_taken_back_when_it_is_left(part, begun, read, settled):
    part.leave()
    settled()
    assert read(lambda r: r.find(EntryDraft)) == []


def test_the_demanded_heading_cannot_be_typed_over(begun, settled):
    choose_kind(begun.form, EntryKind.CHILD_TALK)
    assert begun.form.value("heading") == CHILD_TALK_HEADING
    assert not begun.form.rows["heading"].editor.isEnabled()
    choose_kind(begun.form, EntryKind.MAIL)
    assert begun.form.value("heading") == "Mail"
    assert begun.form.rows["heading"].editor.isEnabled()


def test_an_entry_without_a_heading_is_not_signed_and_says_what_is_missing(qtbot, begun, read, settled):
    type_in(qtbot, begun.form.text.text, "Mor ringede i dag.")
    qtbot.mouseClick(begun.sign_button, Qt.MouseButton.LeftButton)
    settled()
    assert read(lambda r: r.find(Entry)) == []
    assert begun.form.rows["heading"].problem.startswith("Skriv en overskrift")
    assert begun.form.text.value() == "Mor ringede i dag."
    type_in(qtbot, begun.form.rows["heading"].editor.line, "Opkald")
    qtbot.mouseClick(begun.sign_button, Qt.MouseButton.LeftButton)
    settled()
    assert [entry.heading for entry in read(lambda r: r.find(Entry))] == ["Opkald"]


def test_a_refused_signature_is_not_given_by_saving_later(qtbot, begun, read, settled):
    type_in(qtbot, begun.form.text.text, "Mor ringede i dag.")
    qtbot.keyClick(begun.form.text.text, Qt.Key.Key_Return, CONTROL)
    settled()
    type_in(qtbot, begun.form.rows["heading"].editor.line, "Opkald")
    qtbot.keyClick(begun.form.rows["heading"].editor.line, Qt.Key.Key_S, CONTROL)
    settled()
    assert read(lambda r: r.find(Entry)) == []
    assert read(lambda r: r.get(EntryDraft, begun.draft)).heading == "Opkald"


def test_a_day_to_come_is_refused_beside_its_field(qtbot, begun, read, settled):
    type_in(qtbot, begun.form.rows["heading"].editor.line, "Opkald")
    type_in(qtbot, begun.form.text.text, "Mor ringede.")
    type_in(qtbot, begun.form.rows["held_on"].editor.day.line, "24-12-2030")
    qtbot.keyClick(begun.form.text.text, Qt.Key.Key_Return, CONTROL)
    settled()
    assert read(lambda r: r.find(Entry)) == []
    assert begun.form.rows["held_on"].problem


def test_a_discarded_entry_comes_back_with_what_was_typed(qtbot, part, begun, read, write, store, settled):
    type_in(qtbot, begun.form.text.text, "Mor ringede.")
    draft = begun.draft
    qtbot.mouseClick(begun.discard_button, Qt.MouseButton.LeftButton)
    settled()
    assert read(lambda r: r.get(EntryDraft, draft)).cancelled
    assert part.right.currentWidget() is part.empty
    write(history.undo)
    found = read(lambda r: r.get(EntryDraft, draft))
    assert (found.cancelled, found.text) == (False, "Mor ringede.")


# siblings


def test_an_entry_for_two_siblings_gives_each_the_common_part_and_its_own(
    qtbot, ida, emma, part, begun, read, settled
):
    choose_kind(begun.form, EntryKind.HOME_VISIT)
    qtbot.mouseClick(begun.form.rows["siblings"].editor.boxes[ida.id], Qt.MouseButton.LeftButton)
    settled()
    type_in(qtbot, begun.form.text.text, "Vi spiste sammen.")
    type_in(qtbot, begun.parts.form_of(emma.id).rows["text"].editor.text, "Emma var glad.")
    type_in(qtbot, begun.parts.form_of(ida.id).rows["text"].editor.text, "Ida sov.")
    begun.sign()
    settled()
    found = {e.stream: (e.text, e.own_text) for e in read(lambda r: r.find(Entry))}
    assert found == {
        emma.stream: ("Vi spiste sammen.", "Emma var glad."),
        ida.stream: ("Vi spiste sammen.", "Ida sov."),
    }
    assert "Ida" not in part.reading.text.toPlainText()
    assert read(lambda r: r.drafts()) == []


def test_without_siblings_there_is_nothing_to_choose(begun):
    assert not begun.form.rows["siblings"].isVisible()


# reading and correcting


def test_a_correction_leaves_the_original_readable_and_says_by_whom_and_when(
    qtbot, part, read, write, emma, settled
):
    first = signed(write, emma)
    part.want(first.hex())
    settled()
    qtbot.mouseClick(part.reading.correct_button, Qt.MouseButton.LeftButton)
    settled()
    assert part.writing.notice.words.text().startswith("Her retter du notatet fra den 21. november 2026")
    type_in(qtbot, part.writing.form.text.text, "Det var far, der ringede.")
    part.writing.sign()
    settled()
    part.want(first.hex())
    settled()
    assert part.reading.text.toPlainText() == "Mor ringede."
    words = part.reading.corrected.words.text()
    assert "21. november 2026" in words
    assert "Lone Kjær" in words
    qtbot.mouseClick(part.reading.corrected.button, Qt.MouseButton.LeftButton)
    settled()
    assert part.reading.text.toPlainText() == "Det var far, der ringede."
    assert part.reading.corrects.isVisible()


def test_nothing_of_a_text_is_run_as_markup(part, write, emma, settled):
    entry = signed(write, emma, text="<script>x</script> **fed** & *skrå*\n- et\n- to")
    part.want(entry.hex())
    settled()
    assert part.reading.text.toPlainText() == "<script>x</script> fed & skrå\net\nto"


def test_what_an_entry_is_about_is_gone_to(qtbot, part, write, emma, settled, went):
    meeting = held_meeting(write, emma, 2)
    entry = signed(write, emma, links=(entries.link_to("meeting", meeting),))
    part.want(entry.hex())
    settled()
    button = part.reading._flow.itemAt(0).widget()
    assert button.text() == "Møde: Skolestart, 19-11-2026"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert went == [Place("meeting", meeting)]


def test_a_link_is_picked_from_the_cases_own_things_and_taken_away(qtbot, part, write, emma, settled, read):
    held_meeting(write, emma, 2)
    part.begin()
    settled()
    links = part.writing.form.rows["links"].editor
    part.writing.form._layout.unfold("links")
    (under,) = links.menu.actions()
    under.menu().actions()[0].trigger()
    assert [chip.text() for chip in links.chips] == ["Møde: Skolestart, 19-11-2026  ✕"]
    assert part.writing.form.dirty
    qtbot.mouseClick(links.chips[0], Qt.MouseButton.LeftButton)
    assert links.value() == ()


# the list


def many(store, case, count):
    def run(writer):
        writer.act("Write entries")
        for n in range(count):
            writer.create(
                Entry(
                    id=writer.new_id(), stream=case.stream, heading=f"Notat {n}", signed=True, text="Tekst. " * 20,
                    held_on=dt.date(2016, 1, 1) + dt.timedelta(days=n),
                )
            )  # fmt: skip

    store.write(run)


def test_a_long_journal_is_held_a_few_pages_at_a_time(qtbot, house, emma, store, settled):
    many(store, emma, PAGE * (KEPT + 4))
    made = EntriesPart(house)
    qtbot.addWidget(made)
    made.resize(1190, 560)
    made.show()
    made.show_case(emma)
    settled()
    assert made.model.rowCount() == PAGE * (KEPT + 4)
    assert made.model.pages_held <= 2
    bar = made.list.verticalScrollBar()
    for step in range(0, bar.maximum(), bar.maximum() // 12):
        bar.setValue(step)
        settled()
    assert made.model.pages_held <= KEPT
    assert made.model.row(0) is None or made.model.row(0).heading == f"Notat {PAGE * (KEPT + 4) - 1}"
    settled()
    bar.setValue(0)
    settled()
    assert made.model.row(0).heading == f"Notat {PAGE * (KEPT + 4) - 1}"


def test_one_kind_is_shown_alone(qtbot, part, write, emma, settled):
    signed(write, emma)
    signed(write, emma, kind=EntryKind.MAIL)
    part.kinds.setCurrentIndex(1 + list(EntryKind).index(EntryKind.MAIL))
    part.kinds.activated.emit(part.kinds.currentIndex())
    settled()
    assert part.model.rowCount() == 1
    assert part.count.text() == "1 notat"


def test_the_journal_opens_with_its_first_entry_to_be_read(qtbot, house, write, emma, settled):
    signed(write, emma, held_on=ago(9), text="Ældst")
    newest = signed(write, emma, held_on=ago(2), text="Nyest")
    write(lambda w: entries.begin(w, emma.id, {"heading": "Kladde", "text": "Under skrivning"}))
    made = EntriesPart(house)
    qtbot.addWidget(made)
    made.show()
    made.show_case(emma)
    settled()
    assert made.right.currentWidget() is made.reading
    assert made.reading.view.entry.id == newest
    assert made.list.currentIndex().row() == 1


def test_the_entry_that_is_asked_for_is_opened_and_not_the_first(qtbot, house, write, emma, settled):
    asked = signed(write, emma, held_on=ago(9), text="Ældst")
    signed(write, emma, held_on=ago(2), text="Nyest")
    made = EntriesPart(house)
    qtbot.addWidget(made)
    made.show()
    made.show_case(emma)
    made.want(asked.hex())
    settled()
    assert made.reading.view.entry.id == asked


def test_an_empty_journal_says_how_to_begin(part):
    assert part.empty.isVisible()
    assert "Ins" in part.empty.text()


# the duty to write


def test_a_hint_begins_the_entry_with_everything_filled(qtbot, part, write, emma, settled):
    meeting = held_meeting(write, emma, 5)
    part.show_case(emma)
    settled()
    (line,) = part.hints.lines
    assert line.words == "Skriv notat om mødet den 16. november"
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    settled()
    form = part.writing.form
    assert form.value("heading") == "Møde"
    assert form.value("held_on") == ago(5)
    assert form.value("links") == (entries.link_to("meeting", meeting),)
    assert not part.hints.isVisible()


def test_a_place_can_ask_for_the_entry_of_a_hint(part, write, emma, settled):
    meeting = held_meeting(write, emma, 5)
    part.want(f"hint:meeting:{meeting.hex()}")
    settled()
    assert part.writing.form.value("heading") == "Møde"


# open tasks


def test_a_new_entry_is_about_today_until_another_day_is_said(qtbot, part, read, settled):
    qtbot.mouseClick(part.new_button, Qt.MouseButton.LeftButton)
    settled()
    assert part.writing.form.rows["held_on"].editor.value() == TODAY


def test_a_tick_closes_a_task_with_the_day_that_was_held(qtbot, part, write, read, emma, settled, said):
    meeting = held_meeting(write, emma, 2)
    made = write(lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Mor ringer", "who": "Mor"}))
    part.begin()
    settled()
    part.writing.form.rows["held_on"].editor.day.line.selectAll()
    type_in(qtbot, part.writing.form.rows["held_on"].editor.day.line, "20-11-2026")
    box = part.writing.tasks.boxes[made.hex()]
    assert box.accessibleName().startswith("Gjort: Mor: Mor ringer")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    settled()
    assert read(lambda r: r.get(Agreement, made)).done_on == ago(1)
    assert made.hex() not in part.writing.tasks.boxes


def test_what_is_open_is_put_away_and_fetched_again(qtbot, write, emma, part, settled):
    meeting = held_meeting(write, emma, 1)
    write(lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Ring til skolen", "due": TODAY}))
    settled()
    qtbot.mouseClick(part.new_button, Qt.MouseButton.LeftButton)
    settled()
    writing = part.writing
    assert writing.tasks.isVisible() and not writing.tasks.unfold_button.isVisible()
    wide = writing.form.text.text.width()
    writing.tasks.fold_button.setFocus()
    qtbot.keyClick(writing.tasks.fold_button, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert not writing.tasks.isVisible()
    assert writing.tasks.unfold_button.text() == "Åbent i sagen (1)"
    assert writing.form.text.text.width() > wide + 200
    qtbot.keyClick(writing.tasks.unfold_button, Qt.Key.Key_Space)
    assert writing.tasks.isVisible()


def test_a_task_is_not_closed_on_a_day_to_come(qtbot, part, write, read, emma, settled):
    meeting = held_meeting(write, emma, 2)
    made = write(lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Mor ringer"}))
    part.begin()
    settled()
    part.writing.form.rows["held_on"].editor.day.line.selectAll()
    type_in(qtbot, part.writing.form.rows["held_on"].editor.day.line, "24-12-2030")
    box = part.writing.tasks.boxes[made.hex()]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    settled()
    assert read(lambda r: r.get(Agreement, made)).done_on is None
    assert not part.writing.tasks.boxes[made.hex()].isChecked()


# the text


def paste(editor, *, text="", html=""):
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    editor.insertFromMimeData(data)


def test_bold_and_italic_are_put_around_what_is_chosen_and_taken_away(qtbot, begun):
    text = begun.form.text.text
    type_in(qtbot, text, "Mor ringede")
    text.selectAll()
    qtbot.keyClick(text, Qt.Key.Key_B, CONTROL)
    assert text.toPlainText() == "**Mor ringede**"
    qtbot.keyClick(text, Qt.Key.Key_B, CONTROL)
    assert text.toPlainText() == "Mor ringede"
    qtbot.keyClick(text, Qt.Key.Key_I, CONTROL)
    assert text.toPlainText() == "*Mor ringede*"


def test_a_list_goes_on_by_itself_and_ends_on_an_empty_item(qtbot, begun):
    text = begun.form.text.text
    begun.form.text.buttons["List"].click()
    type_in(qtbot, text, "mor ringer")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    type_in(qtbot, text, "far henter")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "- mor ringer\n- far henter\n"


def test_a_pasted_web_page_becomes_light_text(begun):
    text = begun.form.text.text
    paste(text, html="<h1>Vejledning</h1><p>Barnet <b>skal</b> høres.</p><script>x</script>", text="?")
    assert text.toPlainText() == "Vejledning\n\nBarnet **skal** høres."


def test_more_than_an_entry_holds_is_refused_in_words_and_changes_nothing(qtbot, begun):
    text = begun.form.text.text
    type_in(qtbot, text, "Før.")
    paste(text, text="x" * ENTRY_LENGTH)
    assert text.toPlainText() == "Før."
    assert begun.form.text.complaint.isVisible()
    assert begun.form.text.complaint.sentence.text().startswith("Det er mere, end et notat kan rumme")
    type_in(qtbot, text, "!")
    assert not begun.form.text.complaint.isVisible()


def test_typing_in_fifty_thousand_characters_is_fluent(qtbot, begun, settled):
    text = begun.form.text.text
    paste(text, text="Mor fortæller om ugen. " * 2200)
    settled()
    assert max(len(line) for line in text.toPlainText().split("\n")) <= LONGEST_LINE
    type_in(qtbot, text, "Og så ringede far.")  # the watchdog counts each key
    settled()
    assert text.toPlainText().endswith("Og så ringede far.")


@pytest.mark.slow
def test_an_entry_of_a_million_characters_is_written_signed_and_read(qtbot, part, begun, read, settled):
    choose_kind(begun.form, EntryKind.MAIL)
    paste(begun.form.text.text, text=("Mor fortæller om ugen. " * 40 + "\n") * 1080)
    settled()
    begun.sign()
    settled()
    (entry,) = read(lambda r: r.find(Entry))
    assert len(entry.text) > 990_000
    assert part.reading.long_text.toPlainText().startswith("Mor fortæller")


# phrases


def test_a_phrase_is_put_in_by_key_and_by_its_name(qtbot, part, write, settled):
    write(lambda w: phrases.keep(w, "tak", "Tak for samtalen."))
    part.begin()
    settled()
    text = part.writing.form.text.text
    qtbot.keyClick(text, Qt.Key.Key_J, CONTROL)
    popup = part.writing.findChild(PhrasePopup)
    assert popup.list.count() == 1
    QTest.keyClicks(popup.line, "tak")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    settled()
    assert text.toPlainText() == "Tak for samtalen."
    type_in(qtbot, text, " ;tak")
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.toPlainText() == "Tak for samtalen. Tak for samtalen."


def test_phrases_are_kept_changed_and_removed_in_their_dialog(qtbot, house, read, settled):
    ground = QWidget()
    qtbot.addWidget(ground)
    dialog = PhrasesDialog(house, ground)
    dialog.open()
    settled()
    type_in(qtbot, dialog.form.rows["title"].editor.line, "tak")
    type_in(qtbot, dialog.form.rows["text"].editor.text, "Tak for i dag.")
    dialog.form.save()
    settled()
    assert [(p.title, p.text) for p in read(phrases.phrases)] == [("tak", "Tak for i dag.")]
    assert dialog.list.count() == 1
    type_in(qtbot, dialog.form.rows["text"].editor.text, "!")
    dialog.form.save()
    settled()
    assert "!" in read(phrases.phrases)[0].text
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    settled()
    assert read(phrases.phrases) == ()
    dialog.close()


# closing


def test_closing_a_case_says_that_entries_are_not_signed_and_leads_to_them(
    qtbot, house, write, emma, settled, went
):
    draft = write(lambda w: entries.begin(w, emma.id, {"text": "Mor ringede."}))
    ground = QWidget()
    qtbot.addWidget(ground)
    dialog = CloseCaseDialog(house, emma, ground)
    dialog.open()
    settled()
    assert dialog.unsigned.isVisible()
    assert dialog.unsigned.words.text().startswith("1 notat i sagen er ikke underskrevet")
    qtbot.mouseClick(dialog.unsigned.button, Qt.MouseButton.LeftButton)
    assert went == [Place("case", emma.id, f"journal:entries:{draft.hex()}")]


def test_a_draft_outlives_the_closing_of_its_case(write, read, emma):
    draft = write(lambda w: entries.begin(w, emma.id, {"heading": "Opkald", "text": "Mor ringede."}))
    write(lambda w: cases.close(w, emma.id, TODAY, "Flyttet"))
    write(lambda w: entries.sign(w, draft))
    assert read(lambda r: journal_desk.waiting(r, emma)).signed == 1


def test_a_tab_that_is_clicked_has_the_keyboard_in_its_part_so_that_ins_begins_a_note(
    qtbot, house, emma, read, settled
):
    holder = QWidget()
    qtbot.addWidget(holder)
    journal, section = case_journal(house, holder)
    journal.resize(1190, 560)
    holder.show()
    section.show_case(emma)
    settled()
    tabs = journal.tabs
    for number in (1, 0):
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(number).center())
        settled()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Insert)
    settled()
    assert len(read(lambda r: r.find(EntryDraft))) + len(read(lambda r: r.find(Entry))) == 1
