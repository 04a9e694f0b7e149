"""Samarbejde in the real window: written by keyboard, looked through before it is printed, carried on from a draft."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.first_meeting import AnalysisSheet, FirstMeetingAnswer
from caseworker_app.domain.internal_sheet import InternalAgenda, InternalCase
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.domain.person import Role
from caseworker_app.domain.professional_network import ProfessionalContact
from caseworker_app.domain.psychologist_talk import PsychologistCourse, PsychologistTalk
from caseworker_app.domain.resource_meeting import ResourceAnswer, ResourceDescription
from caseworker_app.services import (
    cases,
    first_meetings,
    internal_meetings,
    meetings,
    people,
    professional_network,
    psychologist_talks,
    resource_meetings,
    resource_papers,
)
from ui.house import Place
from ui.pages.case_cooperation import CaseCooperation
from ui.pages.case_page import CasePage

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
TODAY = dt.date(2026, 11, 21)
BOOKS = ShippedBooks()


@pytest.fixture
def emma(write):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "opened_on": dt.date(2026, 3, 2)}))
    write(
        lambda w: people.add(w, case, {"name": "Tom Vang", "role": Role.TEACHER, "function": "klasselærer"})
    )
    return case


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, read, emma, settled):
    made = CaseCooperation(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 560)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma)))
    settled()
    return made


def dialog():
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return found


def go(page, name, settled):
    page.want(name)
    settled()
    return page.part(name)


def press(part, words):
    next(b for name, b in part.sheet.buttons.items() if words in name).click()


def shown(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def insert(qtbot, part, settled):
    part.setFocus()
    qtbot.keyClick(part.focusProxy() or part, Qt.Key.Key_Insert)
    settled()
    return dialog()


def write_in(qtbot, form, name, words):
    editor = form.form.rows[name].editor
    editor.setFocus()
    qtbot.keyClicks(editor.control, words)


def test_an_actor_is_written_by_keyboard_and_counted(qtbot, page, read, settled):
    part = go(page, "actors", settled)
    form = insert(qtbot, part, settled)
    qtbot.keyClicks(form.focusWidget(), "Anja Kjeldsen")
    qtbot.keyClick(form.focusWidget(), *SAVE)
    settled()
    (found,) = read(lambda r: r.find(ProfessionalContact))
    assert found.name == "Anja Kjeldsen"
    assert "1 fagperson har en aktiv sag med familien" in shown(part.sheet)


def test_the_professionals_of_the_case_are_taken_over_at_a_press(page, read, settled):
    part = go(page, "actors", settled)
    part.buttons[1].click()
    settled()
    (found,) = read(lambda r: r.find(ProfessionalContact))
    assert (found.name, found.function) == ("Tom Vang", "klasselærer")


def test_the_tab_of_the_case_says_how_many_actors_there_are(qtbot, house, tasks, write, emma, settled):
    write(lambda w: professional_network.add(w, emma, {"name": "Anja"}))
    made = CasePage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.show_thing(emma, "")
    settled()
    last = made.tabs.count() - 1
    assert made.tabs.tabText(last) == "Samarbejde (1)"
    assert made.tabs.tabToolTip(last) == "Alt+0"
    write(lambda w: professional_network.add(w, emma, {"name": "Per"}))
    made.follow(frozenset({("professional_contact", emma)}))
    settled()
    assert made.tabs.tabText(last) == "Samarbejde (2)"


def test_a_case_is_brought_and_what_is_replaced_is_seen_before_it_is_printed(qtbot, page, read, settled):
    part = go(page, "internal", settled)
    form = insert(qtbot, part, settled)
    qtbot.keyClicks(form.focusWidget(), "Hvordan hjælper vi Emma og Preben hos Tom Vang?")
    qtbot.keyClick(form.focusWidget(), *SAVE)
    settled()
    (sheet,) = read(lambda r: r.find(InternalCase))
    assert "Emma" in sheet.question
    words = shown(part.sheet)
    assert "<b><u>barnet</u></b>" in words
    assert "hos <b><u>lærer</u></b>" in words
    assert "Ord, maskinen ikke kan bedømme" in words
    press(part, "Preben: Lad det stå")
    settled()
    assert read(lambda r: r.get(InternalCase, sheet.id)).kept == ("Preben",)
    assert "Ord, maskinen ikke kan bedømme" not in shown(part.sheet)


def test_the_paper_is_made_from_what_was_looked_through(qtbot, page, write, emma, settled):
    write(lambda w: internal_meetings.bring(w, emma, {"question": "Hvad med Emma Holm?"}))
    part = go(page, "internal", settled)
    part.ask()
    settled()
    with qtbot.waitSignal(part.desk.previewed, timeout=20_000) as got:
        part.acts.print()
    got.args[0].close()
    settled()


def test_a_named_sheet_without_consent_says_what_to_do(page, write, emma, settled):
    write(lambda w: internal_meetings.bring(w, emma, {"question": "Hvad med Emma?", "named": True}))
    part = go(page, "internal", settled)
    part.ask()
    settled()
    assert "intet gældende samtykke til et internt møde" in shown(part.sheet)
    assert "Hvad med <b><u>barnet</u></b>" in shown(part.sheet)


def test_a_case_is_put_on_a_meeting_discussed_and_the_family_told(qtbot, page, write, read, emma, settled):
    when = TimeSpan(TODAY, dt.time(9), dt.time(10))
    write(lambda w: internal_meetings.plan(w, {"when": when, "members": ("Lone Kjær", "Per Dam")}))
    sheet = write(lambda w: internal_meetings.bring(w, emma, {"question": "Hvad nu?"}))
    part = go(page, "internal", settled)
    part.ask()
    settled()
    press(part, "Sæt på mødet")
    settled()
    assert read(lambda r: r.get(InternalCase, sheet)).agenda == read(lambda r: r.find(InternalAgenda))[0].id
    assert "45 minutter" in shown(part.sheet)
    press(part, "Det kom vi til")
    settled()
    form = dialog()
    write_in(qtbot, form, "ideas", "Netværksmøde i januar")
    form.form.save()
    settled()
    whats = {one.what for one in read(lambda r: r.find(Agreement))}
    assert whats == {internal_meetings.INFORM, internal_meetings.JOURNAL}
    press(part, "Familien er orienteret i dag")
    settled()
    assert read(lambda r: r.get(InternalCase, sheet)).informed_on == TODAY


def test_a_case_is_put_on_a_meeting_in_the_plan_and_the_way_there_stands_at_it(
    page, write, read, emma, went, settled
):
    when = TimeSpan(TODAY, dt.time(9), dt.time(10))
    kind = read(lambda r: BOOKS.meeting_kinds(r).kinds.get(MeetingKind.INTERNAL))
    meeting = write(lambda w: meetings.plan(w, None, {"when": when, "place": "Lokale 3"}, kind))
    write(lambda w: internal_meetings.bring(w, emma, {"question": "Hvad nu?"}))
    part = go(page, "internal", settled)
    part.ask()
    settled()
    press(part, "Sæt på mødet")
    settled()
    assert read(lambda r: r.find(InternalAgenda))[0].meeting == meeting
    assert "Lokale 3" in shown(part.sheet)
    press(part, "Gå til mødet")
    assert went[-1] == Place("meeting", meeting, "agenda")


def test_a_child_is_brought_and_the_deadline_is_seen(qtbot, page, read, settled):
    part = go(page, "resource", settled)
    form = insert(qtbot, part, settled)
    qtbot.keyClicks(form.focusWidget(), "10-12-2026")
    qtbot.keyClick(form.focusWidget(), *SAVE)
    settled()
    (found,) = read(lambda r: r.find(ResourceDescription))
    assert found.meeting_on == dt.date(2026, 12, 10)
    assert "skal være her 26-11-2026" in shown(part.sheet)


def test_a_filled_in_form_is_fetched_from_its_file(page, write, read, emma, settled, tmp_path):
    import io

    import pikepdf

    values = {"meeting_on": dt.date(2026, 12, 10)}
    key = write(lambda w: resource_meetings.ask(w, emma, values, BOOKS.forms(w)))
    data = make(read(lambda r: resource_papers.form_job(r, BOOKS, key))).data
    path = tmp_path / "svar.pdf"
    with pikepdf.open(io.BytesIO(data)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) == "why":
                field.V = pikepdf.String("Ondt i maven om mandagen")
        document.save(path)
    part = go(page, "resource", settled)
    part.ask()
    settled()
    part.acts.fetch_from(str(path))
    settled()
    (answer,) = read(lambda r: r.find(ResourceAnswer))
    assert (answer.topic, answer.text) == ("why", "Ondt i maven om mandagen")
    path.write_bytes(b"nothing")
    part.acts.fetch_from(str(path))
    settled()
    assert part.complaint.isVisible()


def test_the_description_is_written_topic_by_topic(qtbot, page, write, read, emma, settled):
    values = {"meeting_on": dt.date(2026, 12, 10)}
    write(lambda w: resource_meetings.ask(w, emma, values, BOOKS.forms(w)))
    part = go(page, "resource", settled)
    part.ask()
    settled()
    press(part, "Lærerens beskrivelse: Skriv")
    settled()
    form = dialog()
    form.form.go_to("strengths")
    settled()
    qtbot.keyClicks(form.focusWidget(), "God til matematik")
    form.close_button.click()
    settled()
    (answer,) = read(lambda r: r.find(ResourceAnswer))
    assert (answer.topic, answer.text) == ("strengths", "God til matematik")
    assert "1 af 11 emner" in shown(part.sheet)


def test_talks_are_asked_for_with_the_words_that_it_is_no_treatment(qtbot, page, read, settled):
    part = go(page, "psychologist", settled)
    form = insert(qtbot, part, settled)
    assert "ikke fortrolig behandling" in shown(form)
    qtbot.keyClicks(form.focusWidget(), "Hvad er svært?")
    qtbot.keyClick(form.focusWidget(), *SAVE)
    settled()
    assert read(lambda r: r.count(PsychologistCourse)) == 1
    part.hold()
    settled()
    dialog().form.save()
    settled()
    assert read(lambda r: r.count(PsychologistTalk)) == 1
    assert "1. samtale" in shown(part.sheet)


def test_a_sixth_talk_is_refused_in_its_form(page, write, read, emma, settled):
    course = write(lambda w: psychologist_talks.ask(w, emma, {"question": "Hvad?"}))
    for _talk in range(5):
        write(lambda w: psychologist_talks.hold(w, course, {}))
    part = go(page, "psychologist", settled)
    part.ask()
    settled()
    part.hold()
    settled()
    form = dialog()
    form.form.save()
    settled()
    assert "5 er det højeste antal" in shown(form)
    assert read(lambda r: r.count(PsychologistTalk)) == 5
    form.close()


def test_the_checklist_is_begun_ticked_and_written_in(qtbot, page, read, settled):
    part = go(page, "first", settled)
    part.setFocus()
    qtbot.keyClick(part.focusProxy() or part, Qt.Key.Key_Insert)
    settled()
    press(part, "Retten til en bisidder: Sæt flueben")
    settled()
    (answer,) = read(lambda r: r.find(FirstMeetingAnswer))
    assert answer.tags == ("support_person",)
    part.write()
    settled()
    form = dialog()
    form.form.go_to("works")
    settled()
    qtbot.keyClicks(form.focusWidget(), "Mormor henter")
    form.close_button.click()
    settled()
    assert {one.text for one in read(lambda r: r.find(FirstMeetingAnswer))} == {"", "Mormor henter"}


def test_an_analysis_is_written_by_keyboard(qtbot, page, read, settled):
    part = go(page, "analysis", settled)
    form = insert(qtbot, part, settled)
    qtbot.keyClicks(form.focusWidget(), "Hvorfor mandag?")
    write_in(qtbot, form, "citizen_words", "Jeg vil hjem")
    qtbot.keyClick(form.focusWidget(), *SAVE)
    settled()
    (found,) = read(lambda r: r.find(AnalysisSheet))
    assert found.citizen_words == "Jeg vil hjem"
    assert "»Jeg vil hjem«" in shown(part.sheet)


def test_a_form_that_was_left_is_gone_on_with_from_its_draft(qtbot, page, read, settled):
    part = go(page, "analysis", settled)
    form = insert(qtbot, part, settled)
    qtbot.keyClicks(form.focusWidget(), "Halvt tænkt")
    form.close()
    settled()
    (draft,) = read(lambda r: r.drafts())
    page.want(f"analysis:draft:{draft.key}")
    settled()
    again = dialog()
    assert again.form.value("question") == "Halvt tænkt"
    again.close()
    settled()


def test_every_button_and_field_of_the_section_has_a_name(page, write, emma, settled):
    write(lambda w: first_meetings.begin(w, emma, BOOKS.forms(w)))
    from PySide6.QtWidgets import QPushButton

    for name in ("actors", "internal", "resource", "psychologist", "first", "analysis"):
        part = go(page, name, settled)
        for button in part.findChildren(QPushButton):
            assert button.accessibleName() or button.text()
        assert part.list.accessibleName()
