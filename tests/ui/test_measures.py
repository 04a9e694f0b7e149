"""Målinger in the real window: planned, answered by keyboard, filled in with the citizen, looked at, fetched, asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.case import Case, CaseState
from caseworker_app.domain.instruments import Respondent
from caseworker_app.domain.measurement import Measurement, MeasurementPlan, OwnInstrument, Phase
from caseworker_app.services import cases, instruments, measurement_papers, measurements
from ui.dialogs.close_case_dialog import CloseCaseDialog
from ui.dialogs.instruments_dialog import InstrumentsDialog
from ui.dialogs.measure_import_dialog import MeasureImportDialog
from ui.house import Place
from ui.pages.case_measures import CaseMeasures
from ui.pages.quality_page import QualityPage
from ui.pages.today_page import TodayPage
from ui.widgets.measures.charts import Chart
from ui.widgets.measures.fill_in import FillIn
from ui.widgets.today.whole_line import WholeLine

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
TODAY = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
BEFORE = ("emotional=600", "conduct=400", "hyperactivity=700", "peer=300", "prosocial=600")
AFTER = ("emotional=300", "conduct=200", "hyperactivity=500", "peer=200", "prosocial=800")


@pytest.fixture
def emma(write):
    born = dt.date(2016, 4, 5)
    return write(
        lambda w: cases.register(
            w, {"child_name": "Emma Holm", "opened_on": dt.date(2026, 3, 2), "born": born}
        )
    )


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, read, emma, settled):
    made = CaseMeasures(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 560)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma)))
    settled()
    return made


@pytest.fixture
def record(write, emma):
    def act(instrument, respondent, scores, **values):
        given = {"instrument": instrument, "respondent": respondent, "scores": scores, **values}
        return write(lambda w: measurements.record(w, BOOKS.instruments(w), emma, given))

    return act


@pytest.fixture
def plan(write, emma):
    def act(instrument, respondent, **values):
        given = {"instrument": instrument, "respondent": respondent, **values}
        return write(lambda w: measurements.plan(w, BOOKS.instruments(w), emma, given))

    return act


def dialogs():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def go(page, name, settled):
    part = page.part(name.partition(":")[0])
    part.ask()
    page.want(name)
    settled()
    return part


def press(part, words):
    next(b for name, b in part.sheet.buttons.items() if words in name).click()


def shown(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_measurement_is_planned_and_the_one_after_stands_beside_it(qtbot, page, read, settled):
    part = go(page, "plan", settled)
    part.setFocus()
    qtbot.keyClick(part.focusProxy() or part, Qt.Key.Key_Insert)
    settled()
    (form,) = dialogs()
    form.form.set_value("instrument", "sdq")
    form.form.set_value("respondent", Respondent.MOTHER)
    form.form.rows["who"].editor.setFocus()
    qtbot.keyClicks(form.focusWidget(), "Anna")
    form.form.set_value("due", TODAY - 3 * DAY)
    qtbot.keyClick(form, *SAVE)
    settled()
    found = read(lambda r: r.find(MeasurementPlan))
    assert {(one.phase, one.who) for one in found} == {(Phase.BEFORE, "Anna"), (Phase.AFTER, "Anna")}
    assert "mangler siden 18-11-2026" in shown(part.sheet)
    assert "Den mangler" in shown(part.sheet)


def test_scores_are_written_by_keyboard_added_up_and_refused_outside_their_range(
    qtbot, page, plan, read, settled
):
    planned = plan("sdq", Respondent.MOTHER, phase=Phase.AFTER, who="Anna", due=TODAY)
    part = go(page, f"plan:{planned.hex()}", settled)
    press(part, "Registrér svaret")
    settled()
    (form,) = dialogs()
    scores = form.form.rows["scores"].editor
    for name, typed in (("emotional", "11"), ("conduct", "2"), ("hyperactivity", "5"), ("peer", "4/3")):
        scores.lines[name].setFocus()
        qtbot.keyClicks(scores.lines[name], typed)
    assert "lagt sammen: 25" in shown(scores), "four points in three answers are seven"
    qtbot.keyClick(form, *SAVE)
    settled()
    assert "går fra 0 til 10" in shown(form)
    scores.lines["emotional"].clear()
    qtbot.keyClicks(scores.lines["emotional"], "3")
    form.form.rows["own_words"].editor.setFocus()
    qtbot.keyClicks(form.focusWidget(), "Nu går hun selv ind")
    qtbot.keyClick(form, *SAVE)
    settled()
    (found,) = read(lambda r: r.find(Measurement))
    assert found.scores == ("emotional=300", "conduct=200", "hyperactivity=500", "peer=700")
    assert (found.plan, found.who, found.phase, found.own_words) == (
        planned,
        "Anna",
        Phase.AFTER,
        "Nu går hun selv ind",
    )
    taken = go(page, "taken", settled)
    text = shown(taken.sheet)
    assert "Efter britiske normer, forælder, 4-17 år" in text
    assert "»Nu går hun selv ind«\nAnna, 21. november 2026" in text


def test_item_ten_of_epds_prompts_at_once_and_is_not_saved_without_what_was_done(
    qtbot, page, plan, read, settled
):
    planned = plan("epds", Respondent.MOTHER, phase=Phase.DURING, due=TODAY)
    part = go(page, f"plan:{planned.hex()}", settled)
    press(part, "Registrér svaret")
    settled()
    (form,) = dialogs()
    scores = form.form.rows["scores"].editor
    qtbot.keyClicks(scores.lines["score"], "2")
    assert "tal om det nu" not in shown(form)
    qtbot.keyClicks(scores.lines["item10"], "1")
    assert "tal om det nu" in shown(form)
    qtbot.keyClick(form, *SAVE)
    settled()
    assert read(lambda r: r.find(Measurement)) == []
    assert "Skriv, hvad der er gjort" in shown(form)
    form.form.rows["safety"].editor.setFocus()
    qtbot.keyClicks(form.focusWidget(), "Laegen er ringet op")
    qtbot.keyClick(form, *SAVE)
    settled()
    assert "Spørgsmål 10 er over 0" in shown(go(page, "taken", settled).sheet)


def test_our_own_scale_is_filled_in_on_the_whole_screen_by_digits_and_stands_in_the_form(
    qtbot, page, plan, read, settled
):
    planned = plan("own_scale", Respondent.CHILD, phase=Phase.DURING, due=TODAY, asked="Hvor trygt er det?")
    part = go(page, f"plan:{planned.hex()}", settled)
    press(part, "Udfyld sammen")
    settled()
    (sheet,) = [one for one in dialogs() if isinstance(one, FillIn)]
    assert sheet.question.text() == "Hvor trygt er det?"
    assert sheet.isFullScreen()
    assert "Emma" not in shown(sheet) + sheet.windowTitle(), "nothing of the case is in sight"
    qtbot.keyClicks(sheet, "10")
    assert sheet.answers == {"score": 1000}
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert "Tak" in sheet.question.text()
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    settled()
    (form,) = dialogs()
    qtbot.keyClick(form, *SAVE)
    settled()
    (found,) = read(lambda r: r.find(Measurement))
    assert (found.scores, found.together, found.asked) == (("score=1000",), True, "Hvor trygt er det?")
    assert read(lambda r: r.get(MeasurementPlan, planned)).settled_on == TODAY


@pytest.mark.slow
def test_what_is_filled_in_is_kept_as_a_draft_and_gone_on_with(qtbot, page, plan, read, settled):
    planned = plan("motivation", Respondent.MOTHER, phase=Phase.DURING, due=TODAY)
    part = go(page, f"plan:{planned.hex()}", settled)
    press(part, "Udfyld sammen")
    settled()
    (sheet,) = [one for one in dialogs() if isinstance(one, FillIn)]
    sheet.buttons[3].click()
    sheet.close()
    settled()
    (form,) = dialogs()
    form.close()
    settled()
    (draft,) = read(lambda r: r.drafts())
    page.want(f"plan:draft:{draft.key}")
    settled()
    (again,) = dialogs()
    assert again.form.value("scores") == ("score=400",)
    again.form.discard()
    again.close()


def test_looked_at_together_it_is_drawn_and_said_and_printed_for_one_alone(
    qtbot, page, record, read, settled, emma
):
    record("sdq", Respondent.MOTHER, BEFORE, who="Anna", taken_on=TODAY - 200 * DAY, own_words="Det er svært")
    record("sdq", Respondent.MOTHER, AFTER, who="Anna", phase=Phase.AFTER)
    record("sdq", Respondent.SCHOOL, ("total=1500",), taken_on=TODAY - 190 * DAY)
    part = go(page, "together", settled)
    charts = part.sheet.findChildren(Chart)
    assert len(charts) == 2
    assert "Før, 05-05-2026: Følelsesmæssige symptomer 6" in charts[0].accessibleName()
    assert "Anna (moren): 20 (før, 5. maj 2026), 12 (efter, 21. november 2026)" in charts[1].accessibleName()
    text = shown(part.sheet)
    assert "ændring: -8 (lavere er bedre)" in text
    assert "Der er ikke skrevet, hvad der blev sagt eller set." in text
    part.print()
    settled()
    (preview,) = dialogs()
    preview.close()
    key = part.list.key
    job = read(lambda r: measurement_papers.together_job(r, BOOKS.instruments(r), emma, key))
    assert make(job).pages >= 1


HEADS = (
    "skema", "dato", "fase", "hvem svarer", "navn", "cpr", "Følelsesmæssige symptomer", "Adfærd", "Hyperaktivitet",
    "Jævnaldrende", "Sociale styrkesider", "Klasse",
)  # fmt: skip
ROWS = """
SDQ;01-05-2026;før;mor;Anna;;6;4;7;3;6;2.b
SDQ;01-11-2026;efter;mor;Anna;;3;2;5;2;8;2.b
SDQ;01-11-2026;efter;mor;Anna;;3;2;5;2;8;2.b
SDQ;01-11-2026;efter;far;Bo;;12;2;5;2;8;2.b
SDQ;01-11-2015;efter;far;Bo;;2;2;5;2;8;2.b
SDQ;01-11-2026;efter;onkel;Per;;2;2;5;2;8;2.b
XYZ;01-11-2026;efter;far;Bo;;2;2;5;2;8;2.b
SDQ;i går var det;efter;far;Bo;;2;2;5;2;8;2.b
SDQ;01-11-2026;efter;far;Bo;;to;2;5;2;8;2.b
SDQ;01-11-2026;efter;skole;;6101261234;2;2;5;2;8;2.b
"""


def test_scores_are_fetched_from_a_list_and_what_cannot_be_is_said_row_for_row(
    qtbot, page, read, settled, tmp_path
):
    file = tmp_path / "svar.csv"
    file.write_text(";".join(HEADS) + ROWS, encoding="utf-8")
    part = go(page, "plan", settled)
    part.acts.fetch()
    settled()
    (found,) = [one for one in dialogs() if isinstance(one, MeasureImportDialog)]
    with qtbot.waitSignal(found.looked):
        found.read(str(file))
    rows = [found.table.item(row, 6).text() for row in range(found.table.rowCount())]
    assert [row.partition(":")[0] for row in rows] == [
        "Hentes", "Hentes", "Er der allerede", *["Kan ikke hentes"] * 6, "Et andet barn",
    ]  # fmt: skip
    for row, words in (
        (3, "går fra 0 til 10"),
        (4, "ikke født"),
        (5, "onkel"),
        (6, "XYZ"),
        (8, "er ikke et tal"),
    ):
        assert words in rows[row], rows[row]
    assert "klasse" in found.counts.text()
    found.fetch_button.click()
    settled()
    taken = sorted(read(lambda r: r.find(Measurement)), key=lambda one: one.taken_on)
    assert [(one.phase, one.who, len(one.scores)) for one in taken] == [
        (Phase.BEFORE, "Anna", 5), (Phase.AFTER, "Anna", 5),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_list_without_known_headings_is_refused_in_words(qtbot, page, settled, tmp_path):
    file = tmp_path / "svar.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    part = go(page, "plan", settled)
    part.acts.fetch()
    settled()
    (found,) = dialogs()
    with qtbot.waitSignal(found.looked):
        found.read(str(file))
    assert "ingen overskrifter" in shown(found)
    assert not found.fetch_button.isEnabled()


def test_closing_a_case_asks_for_the_measurement_after_and_takes_a_reason(
    qtbot, house, record, read, settled, emma, went
):
    record("sdq", Respondent.MOTHER, BEFORE, taken_on=TODAY - 90 * DAY)
    form = CloseCaseDialog(house, read(lambda r: r.get(Case, emma)))
    form.open()
    settled()
    assert "Der mangler 1 måling efter indsatsen: SDQ" in shown(form)
    qtbot.keyClick(form, *SAVE)
    settled()
    assert read(lambda r: r.get(Case, emma)).state is CaseState.ACTIVE
    form.form.rows["unmeasured"].editor.setFocus()
    qtbot.keyClicks(form.focusWidget(), "Familien er flyttet")
    qtbot.keyClick(form, *SAVE)
    settled()
    found = read(lambda r: r.get(Case, emma))
    assert (found.state, found.unmeasured) == (CaseState.CLOSED, "Familien er flyttet")
    assert went == []


def test_i_dag_lists_a_missing_measurement_and_leads_to_it(qtbot, house, plan, settled, emma, went):
    planned = plan("pss", Respondent.FATHER, phase=Phase.AFTER, due=TODAY - 2 * DAY, who="Bo")
    page = TodayPage(house)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.show_thing(None, "")
    settled()
    line = next(one for one in page.findChildren(WholeLine) if "PSS" in one.accessibleName())
    assert "2 dage for sent" in line.accessibleName()
    line.click()
    assert went[-1] == Place("case", emma, f"measures:plan:{planned.hex()}")


def test_an_own_instrument_is_added_retired_and_taken_up_again(qtbot, house, read, write, settled):
    found = InstrumentsDialog(house)
    qtbot.addWidget(found)
    found.show()
    settled()
    found.add()
    settled()
    form = next(one for one in dialogs() if one is not found)
    for name, words in (("name", "Soevnskala"), ("question", "Hvordan sov du?")):
        form.form.rows[name].editor.setFocus()
        qtbot.keyClicks(form.focusWidget(), words)
    qtbot.keyClick(form, *SAVE)
    settled()
    (own,) = read(lambda r: r.find(OwnInstrument))
    assert found.chosen.name == "Soevnskala"
    press(found, "Lad det udgå")
    settled()
    assert "Udgået fra" in shown(found.sheet)
    assert read(lambda r: BOOKS.instruments(r).is_retired(own.id.hex(), TODAY))
    press(found, "Tag det i brug igen")
    settled()
    assert not read(lambda r: BOOKS.instruments(r).is_retired(own.id.hex(), TODAY))
    write(lambda w: instruments.remove(w, own.id))


def test_across_cases_the_caution_stands_and_the_children_can_be_opened(
    qtbot, house, tasks, record, settled, emma, went
):
    record("pss", Respondent.MOTHER, ("score=4300",), taken_on=TODAY - 90 * DAY)
    record("pss", Respondent.MOTHER, ("score=3700",), phase=Phase.AFTER)
    page = QualityPage(house)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.show_thing(None, "measures")
    settled()
    part = page.parts.part("measures")
    text = shown(part.sheet)
    assert "Få observationer og ingen kontrolgruppe" in text
    assert "43 → 37, ændring -6 (n = 1)" in text
    press(part, "Emma Holm")
    assert went[-1] == Place("case", emma, "measures:together")
