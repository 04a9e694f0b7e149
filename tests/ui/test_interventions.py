"""Indsatser: registered from the catalogue, changed, ended, agreed about; the child heard before they start."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.follow_up import FollowUpException, PartyHearing, Way
from caseworker_app.domain.intervention import EndReason, Intervention, InterventionKind, Price
from caseworker_app.domain.journal import PARTY_HEARING_HEADING, Entry
from caseworker_app.services import cases, follow_ups, interventions
from caseworker_app.services.deadline import Work
from caseworker_app.services.follow_ups import Held, Talk
from ui.dialogs.end_intervention_dialog import EndInterventionDialog
from ui.dialogs.exception_dialog import ExceptionDialog
from ui.dialogs.follow_up_dialog import FollowUpDialog
from ui.dialogs.intervention_dialog import InterventionDialog
from ui.dialogs.party_hearing_dialog import PartyHearingDialog
from ui.models.caseload_rows import Col
from ui.models.intervention_words import basis_words
from ui.pages.case_page import CasePage
from ui.pages.caseload_page import CaseloadPage
from ui.widgets.follow_up.editors import PriceEditor

BOOKS = ShippedBooks()
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def emma(write):
    return write(
        lambda w: cases.register(w, {"child_name": "Emma Holm", "born": dt.date(2015, 3, 1), "step": 2})
    )


@pytest.fixture
def register(write, read, emma):
    """Register the first intervention of a kind with a local rule."""

    def made(kind, start=dt.date(2026, 11, 5), **values):
        offered = read(lambda r: BOOKS.catalogue(r)).catalogue.offered(start)
        entry = next(e for e in offered if e.kind is kind and e.rule)
        return write(lambda w: interventions.register(w, emma, entry, {"start": start, **values}))

    return made


@pytest.fixture
def page(qtbot, house, tasks, emma, wait_idle):
    made = CasePage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1222, 694)
    made.show()

    def show(part="follow_up"):
        made.show_thing(emma, part)
        wait_idle()
        wait_idle()
        return made

    return show


@pytest.fixture
def desk(page):
    return lambda: page().follow_up.made("follow_up")


def dialog(owner, cls):
    (found,) = [d for d in owner.findChildren(cls) if d.isVisible()]
    return found


def minded(desk):
    return [one.words for card in desk.cards.cards for one in card.minded]


# --- Registered ----------------------------------------------------------------------------------------------


def test_an_intervention_is_registered_from_the_catalogue(qtbot, desk, read, wait_idle):
    shown = desk()
    shown.cards.add.setFocus()
    qtbot.keyClick(shown.cards.add, Qt.Key.Key_Insert)
    wait_idle()
    asked = dialog(shown, InterventionDialog)
    entry = next(e for e in asked._catalogue.offered(TODAY) if e.kind is InterventionKind.FOSTER)
    asked.form.set_value("catalogue", entry.id)
    assert asked._about.text().startswith(
        f"Trin {entry.step} · {entry.basis.bl} (før 2024: {entry.basis.sel})"
    )
    assert asked.form.value("supplier") == entry.supplier
    qtbot.keyClicks(asked.form.rows["purpose"].editor.text, "Ro og tryghed")
    qtbot.keyClicks(asked.form.rows["price"].editor.line, "24.500")
    asked.form.save()
    wait_idle()
    (made,) = read(lambda r: r.find(Intervention))
    assert (made.name, made.kind, made.step, made.purpose) == (
        entry.name,
        entry.kind,
        entry.step,
        "Ro og tryghed",
    )
    assert made.price == Price(2_450_000, entry.price_unit.value)
    assert made.start == TODAY
    wait_idle()
    assert [card.view.intervention.name for card in shown.cards.cards] == [entry.name]
    assert shown.list.count()


def test_choosing_nothing_is_refused_beside_the_choice(desk, wait_idle):
    shown = desk()
    shown.register()
    wait_idle()
    asked = dialog(shown, InterventionDialog)
    asked.form.save()
    wait_idle()
    assert asked.form.rows["catalogue"].problem == "Vælg indsatsen."
    asked.close()


def test_the_catalogue_is_that_of_the_start(desk, wait_idle):
    shown = desk()
    shown.register()
    wait_idle()
    asked = dialog(shown, InterventionDialog)
    now = set(asked.chooser._entries)
    asked.form.set_value("start", dt.date(2010, 1, 1))
    assert set(asked.chooser._entries) != now
    asked.close()


def test_an_institution_is_asked_how_it_will_end(desk, wait_idle):
    shown = desk()
    shown.register()
    wait_idle()
    asked = dialog(shown, InterventionDialog)
    assert not asked.form.rows["coming_carer"].isVisible()
    entry = next(e for e in asked._catalogue.offered(TODAY) if e.kind is InterventionKind.INSTITUTION)
    asked.form.set_value("catalogue", entry.id)
    assert all(asked.form.rows[name].isVisible() for name in ("next_step", "coming_carer", "child_wants"))
    asked.form.cancel()


def test_an_institution_without_an_end_or_with_a_far_one_is_warned_of(desk, register, write):
    institution = register(InterventionKind.INSTITUTION)
    assert any(words.startswith("Ingen planlagt afslutning") for words in minded(desk()))
    write(lambda w: w.act("Change the intervention") or w.set(
        Intervention, institution, "planned_end", dt.date(2028, 3, 1), parents=None))  # fmt: skip
    assert any("12 måneder" in words for words in minded(desk()))


def test_two_placements_at_once_are_shown_and_said(desk, register):
    register(InterventionKind.FOSTER, name="Plejefamilien Krogh")
    register(InterventionKind.INSTITUTION, name="Fjordhøj")
    shown = desk()
    assert len(shown.cards.cards) == 2
    column = shown.cards._column
    assert column.itemAt(0).widget().text().startswith("2 anbringelser er i gang på samme tid")


def test_both_words_of_the_law_are_said_the_one_in_force_first(read):
    entry = next(
        e for e in read(lambda r: BOOKS.catalogue(r)).catalogue.entries if e.basis.sel and e.basis.bl
    )
    assert basis_words(entry.basis, dt.date(2025, 1, 1)) == f"{entry.basis.bl} (før 2024: {entry.basis.sel})"
    assert basis_words(entry.basis, dt.date(2020, 1, 1)) == f"{entry.basis.sel} (fra 2024: {entry.basis.bl})"


@pytest.mark.parametrize(
    ("typed", "oere"), [("12.500", 1_250_000), ("980,5", 98_050), ("24 500 kr.", 2_450_000), ("", None)]
)
def test_a_price_is_read_as_it_is_written(dressed, typed, oere):
    editor = PriceEditor()
    editor.line.setText(typed)
    assert getattr(editor.value(), "oere", None) == oere


# --- Ended, changed, removed ---------------------------------------------------------------------------------


def test_an_intervention_is_ended_with_its_reason(desk, register, read, wait_idle):
    register(InterventionKind.FOSTER)
    shown = desk()
    (card,) = shown.cards.cards
    card.asked.emit("end")
    wait_idle()
    asked = dialog(shown, EndInterventionDialog)
    asked.form.save()
    wait_idle()
    assert asked.form.rows["end_reason"].problem == "Vælg, hvorfor den blev afsluttet."
    asked.form.set_value("end_reason", EndReason.PLACE_GAVE_UP)
    asked.form.set_value("ended_on", dt.date(2026, 11, 20))
    asked.form.save()
    wait_idle()
    (ended,) = read(lambda r: r.find(Intervention))
    assert ended.breakdown
    wait_idle()
    assert shown.cards.cards == []
    assert shown.cards.toggle.text() == "Afsluttede (1)"
    shown.cards.toggle.click()
    assert len(shown.cards.cards) == 1


def test_an_end_before_the_start_is_refused_beside_the_day(desk, register, wait_idle):
    register(InterventionKind.FOSTER)
    shown = desk()
    shown.cards.cards[0].asked.emit("end")
    wait_idle()
    asked = dialog(shown, EndInterventionDialog)
    asked.form.set_value("end_reason", EndReason.PLANNED)
    asked.form.set_value("ended_on", dt.date(2026, 1, 1))
    asked.form.save()
    wait_idle()
    assert asked.form.rows["ended_on"].problem
    asked.close()


# --- The child heard, the exception agreed -------------------------------------------------------------------


def test_the_hearing_is_asked_for_then_recorded(qtbot, desk, register, read, wait_idle):
    register(InterventionKind.FOSTER)
    shown = desk()
    assert "Barnet er ikke partshørt endnu." in minded(shown)
    for fill in ("asked", "held"):
        shown.cards.cards[0].asked.emit("hearing")
        wait_idle()
        wait_idle()
        asked = dialog(shown, PartyHearingDialog)
        asked.form.set_value(f"{fill}_on", dt.date(2026, 11, 4 if fill == "asked" else 5))
        if fill == "held":
            qtbot.keyClicks(asked.form.rows["child_words"].editor.text, "Jeg vil gerne derhen")
        asked.form.save()
        wait_idle()
        wait_idle()
    (hearing,) = read(lambda r: r.find(PartyHearing))
    assert (hearing.asked_on, hearing.held_on) == (dt.date(2026, 11, 4), dt.date(2026, 11, 5))
    (entry,) = read(lambda r: r.find(Entry))
    assert entry.heading == PARTY_HEARING_HEADING
    assert "Barnet er ikke partshørt endnu." not in minded(shown)


def test_an_exception_changes_how_the_extra_ones_are_held(qtbot, desk, register, write, read, wait_idle):
    start = dt.date(2026, 9, 1)
    foster = register(InterventionKind.FOSTER, start=start)
    due = dt.date(2026, 9, 15)
    write(
        lambda w: follow_ups.hold(w, BOOKS.rules(w), Held(foster, due, due=due, talk=Talk(child_words="Hej")))
    )
    shown = desk()
    shown.cards.cards[0].asked.emit("exception")
    wait_idle()
    asked = dialog(shown, ExceptionDialog)
    asked.form.set_value("kind", "far_away")
    assert "50 km" in asked.form.rows["kind"].editor.hint()
    qtbot.keyClicks(asked.form.rows["agreed_by"].editor.line, "Hanne Lund")
    qtbot.keyClicks(asked.form.rows["reason"].editor.text, "85 km væk")
    asked.form.save()
    wait_idle()
    assert asked.form.rows["serves_child"].problem
    qtbot.keyClicks(asked.form.rows["serves_child"].editor.text, "Mindre uro for Emma")
    asked.form.save()
    wait_idle()
    wait_idle()
    (exception,) = read(lambda r: r.find(FollowUpException))
    assert (exception.kind, exception.agreed_on) == ("far_away", TODAY)
    late = next(r.deadline for r in shown.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP)
    shown.list.choose(late)
    assert "50 km" in shown.why.texts["how"].text()
    shown.do(late)
    wait_idle()
    wait_idle()
    holding = dialog(shown, FollowUpDialog)
    assert holding.form.rows["way"].editor.combo.model().item(list(Way).index(Way.PHONE)).isEnabled()
    holding.close()


# --- From other pages ----------------------------------------------------------------------------------------


def test_a_place_that_names_a_deadline_opens_what_does_it(page, desk, register, wait_idle):
    register(InterventionKind.FOSTER)
    shown = desk()
    late = next(r.deadline for r in shown.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP)
    whole = page(f"follow_up:{late.name}")
    wait_idle()
    assert whole.tabs.tabText(whole.tabs.currentIndex()) == "Plan og opfølgning"
    asked = dialog(shown, FollowUpDialog)
    assert asked.form.value("due") == late.due
    asked.close()


def test_the_head_says_the_step_that_runs_and_what_is_next(page, register, write, wait_idle):
    foster = register(InterventionKind.FOSTER)
    shown = page()
    facts = shown.header.facts.text().replace("\u00a0", " ")
    assert "Trin 5" in facts
    assert "Næste frist" in facts
    assert "Ingen børnesamtale endnu" in facts
    due = dt.date(2026, 11, 19)
    held = Held(foster, due, due=due, talk=Talk(child_words="Hej"))
    write(lambda w: follow_ups.hold(w, BOOKS.rules(w), held))
    shown.follow(frozenset({("follow_up", b"x")}))
    wait_idle()
    assert "Seneste børnesamtale 19. november 2026" in shown.header.facts.text().replace("\u00a0", " ")


def test_the_caseload_says_the_next_deadline_after_its_first_paint(qtbot, house, tasks, register, wait_idle):
    register(InterventionKind.FOSTER)
    page = CaseloadPage(house)
    qtbot.addWidget(page)
    page.resize(1222, 689)
    painted = []
    page.first_rows_painted.connect(lambda _n: painted.append(page.model.row(0).cells[Col.DEADLINE]))
    page.show()
    page.show_thing(None, "")
    wait_idle()
    qtbot.waitUntil(lambda: page.model.row(0).cells[Col.DEADLINE] != "")
    assert painted == [""]
    row = page.model.row(0)
    assert (row.step, row.tone) == (5, "overdue")
    assert row.cells[Col.DEADLINE] == "16 dage over"
    assert "Partshøring" in row.what


def test_a_follow_up_that_is_held_is_taken_out_of_what_is_late(desk, register, write):
    foster = register(InterventionKind.FOSTER)
    due = dt.date(2026, 11, 19)
    held = Held(foster, due, due=due, talk=Talk(child_words="Hej"))
    write(lambda w: follow_ups.hold(w, BOOKS.rules(w), held))
    shown = desk()
    assert not any(r.deadline and r.deadline.due == due and r.deadline.work is Work.FOLLOW_UP
                   for r in shown.list.rows())  # fmt: skip
    shown.settled.setChecked(True)
    done = [r for r in shown.list.rows() if r.deadline and r.late.startswith("Udført")]
    assert done


def test_the_buttons_of_a_card_are_of_one_height(desk, register):
    register(InterventionKind.FOSTER)
    card = desk().cards.cards[0]
    assert {button.height() for button in card.findChildren(QAbstractButton) if button.isVisible()} == {32}


def test_the_unit_of_a_price_and_the_weekday_of_a_start_stand_whole(qtbot, desk, wait_idle):
    shown = desk()
    shown.cards.add.setFocus()
    qtbot.keyClick(shown.cards.add, Qt.Key.Key_Insert)
    wait_idle()
    form = dialog(shown, InterventionDialog).form
    unit, start = form.rows["price"].editor.unit, form.rows["start"]
    widest = max(unit.fontMetrics().horizontalAdvance(unit.itemText(n)) for n in range(unit.count()))
    assert widest < unit.width() - 40
    assert start.editor.hint()
    assert start.fontMetrics().horizontalAdvance(start.editor.hint()) < start.width()
