"""A form to talk from: folded until touched, saved by itself, kept as a draft, undone by one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt

from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.investigation import InvestigationAnswer, InvestigationKind
from caseworker_app.services import answers, cases, history, investigations
from ui.tasks import Op
from ui.widgets.topic_form.columns import AnswerKeeping, Shown
from ui.widgets.topic_form.editors import MOST_LINES, NumberEditor, OneOfEditor, OptionsEditor, PageEditor
from ui.widgets.topic_form.form import TopicForm

TEXT = """
[[form]]
id = "talk"
version = 1
name = "Samtale"
[[form.section]]
id = "home"
label = "Hjemmet"
[[form.section.topic]]
id = "order"
label = "Orden"
help = "Hvem gør hvad?"
[[form.section.topic]]
id = "mood"
label = "Stemning"
kind = "tags"
options = [{ id = "calm", label = "Rolig" }, { id = "loud", label = "Højlydt" }]
[[form.section.topic]]
id = "work"
label = "Arbejde"
kind = "choice"
options = [{ id = "yes", label = "I arbejde" }, { id = "no", label = "Uden arbejde" }]
[[form.section.topic]]
id = "rooms"
label = "Værelser"
kind = "number"
under = "order"
"""
(SPEC,) = read_forms(TEXT, "talk.toml")
FORMS = {("talk", 1): SPEC, ("screening", 1): SPEC}


@pytest.fixture
def about(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Prøve"}))
    kind = {"kind": InvestigationKind.SCREENING}
    begun = write(lambda w: investigations.begin(w, case, kind))
    return read(lambda r: investigations.known(r, begun))


def keeping():
    return AnswerKeeping(
        InvestigationAnswer,
        lambda w, of, topic, values: investigations.write_answer(w, of, FORMS, topic, values),
        lambda w, answer, edits: investigations.edit_answer(w, answer, FORMS, edits),
    )


def opened(qtbot, house, about, wait_idle, **more):
    form = TopicForm(house, keeping(), **more)
    qtbot.addWidget(form)
    form.resize(700, 600)
    form.show()
    house.tasks.touched.connect(form.follow)

    def found(reader):
        return {topic: one.id for topic, one in investigations.answers_of(reader, about.id).items()}

    form.show_form(Shown(SPEC, about.id, about.stream, "investigation", "Samtale", found))
    wait_idle()
    return form


@pytest.fixture
def form(qtbot, house, about, wait_idle):
    return opened(qtbot, house, about, wait_idle)


def said(read, about):
    return read(lambda r: investigations.answers_of(r, about.id))


def leave_to(qtbot, form, topic):
    form.cards[topic].heading.setFocus()


def test_what_is_not_touched_is_folded_and_nothing_is_made_for_it(form):
    assert [card.row for card in form.cards.values()] == [None] * 4
    assert not any(card.heading.isChecked() for card in form.cards.values())


def test_enter_on_a_heading_unfolds_it_and_what_is_written_saves_itself_when_one_goes_on(
    qtbot, form, about, read, wait_idle
):
    card = form.cards["order"]
    card.heading.setFocus()
    qtbot.keyClick(card.heading, Qt.Key.Key_Return)
    text = card.row.editors["text"].text
    assert text.hasFocus()
    qtbot.keyClicks(text, "Far laver mad")
    leave_to(qtbot, form, "mood")
    wait_idle()
    assert said(read, about)["order"].text == "Far laver mad"
    assert read(lambda r: r.drafts()) == []
    assert "✓" in card.heading.text() and "der er skrevet noget" in card.heading.accessibleName()


def test_writing_is_kept_as_a_draft_and_comes_back_unfolded(qtbot, house, form, about, read, wait_idle):
    form.go_to("order")
    qtbot.keyClicks(form.cards["order"].row.editors["text"].text, "Halv sæt")
    form.keeper.flush()
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    assert draft.key == f"topics:{about.id.hex()}" and draft.entity == about.id
    again = opened(qtbot, house, about, wait_idle)
    assert again.cards["order"].row.editors["text"].value() == "Halv sæt"
    again.leave()
    wait_idle()
    assert said(read, about)["order"].text == "Halv sæt"


def test_the_draft_keeps_the_other_topics_when_one_is_saved(qtbot, form, read, wait_idle):
    for topic, words in (("order", "Far"), ("rooms", "4")):
        form.cards[topic].unfold()
        editor = next(iter(form.cards[topic].row.editors.values()))
        qtbot.keyClicks(editor.control, words)
    form.cards["order"].commit()
    wait_idle()
    form.keeper.flush()
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    assert set(draft.fields) == {"rooms/number"}


def test_undo_takes_the_words_back_and_the_topic_is_empty_again(
    qtbot, form, about, read, write, house, wait_idle
):
    form.go_to("order")
    qtbot.keyClicks(form.cards["order"].row.editors["text"].text, "Forkert")
    form.commit()
    wait_idle()
    house.tasks.op(form, Op(history.undo))
    wait_idle()
    assert said(read, about) == {}
    assert form.cards["order"].row.editors["text"].value() == ""
    qtbot.keyClicks(form.cards["order"].row.editors["text"].text, "Rigtigt")
    form.commit()
    wait_idle()
    assert said(read, about)["order"].text == "Rigtigt"


def test_tags_a_choice_and_a_number_are_kept_as_they_are(qtbot, form, about, read, wait_idle):
    for topic in ("mood", "work", "rooms"):
        form.cards[topic].unfold()
    tags = form.cards["mood"].row.editors["tags"]
    one = form.cards["work"].row.editors["chosen"]
    number = form.cards["rooms"].row.editors["number"]
    assert (
        isinstance(tags, OptionsEditor) and isinstance(one, OneOfEditor) and isinstance(number, NumberEditor)
    )
    tags.boxes["calm"].click()
    one.buttons["no"].click()
    qtbot.keyClicks(number.line, "4")
    form.commit()
    wait_idle()
    found = said(read, about)
    assert (found["mood"].tags, found["work"].chosen, found["rooms"].number) == (("calm",), "no", 4)


def test_a_number_that_is_none_stays_a_draft_and_says_why(qtbot, form, about, read, wait_idle):
    form.go_to("rooms")
    qtbot.keyClicks(form.cards["rooms"].row.editors["number"].line, "mange")
    form.leave()
    wait_idle()
    assert said(read, about) == {}
    (draft,) = read(lambda r: r.drafts())
    assert draft.fields["rooms/~number"][0] == "mange"


def test_the_next_topic_is_a_key_away(qtbot, form):
    form.go_to("order")
    qtbot.keyClick(
        form.cards["order"].row.editors["text"].text, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier
    )
    assert form.topic == "mood"
    qtbot.keyClick(
        form.cards["mood"].row.editors["tags"].control, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier
    )
    assert form.topic == "order"


def test_a_text_grows_with_its_lines_and_scrolls_when_it_is_tall(qtbot, dressed):
    editor = PageEditor()
    qtbot.addWidget(editor)
    editor.resize(400, 600)
    editor.show()
    low = editor.text.height()
    editor.show_value("\n".join("linje" for _ in range(10)))
    grown = editor.text.height()
    editor.show_value("ord " * 20_000)
    assert low < grown < editor.text.height() <= editor.fontMetrics().lineSpacing() * (MOST_LINES + 2)


def test_a_pasted_page_becomes_light_text(qtbot, dressed):
    editor = PageEditor()
    qtbot.addWidget(editor)
    page = QMimeData()
    page.setHtml("<p>Et <b>vigtigt</b> ord</p><script>nej()</script><ul><li>punkt</li></ul>")
    editor.text.insertFromMimeData(page)
    assert "**vigtigt**" in editor.value() and "- punkt" in editor.value() and "nej()" not in editor.value()


def test_more_than_an_answer_holds_is_said_and_not_saved(form, about, read, wait_idle):
    form.go_to("order")
    row = form.cards["order"].row
    row.editors["text"].text.setPlainText("x" * (answers.ANSWER_LENGTH + 1))
    row.commit()
    wait_idle()
    assert said(read, about) == {} and row._complaining


def test_what_somebody_else_writes_stands_there_when_it_comes(form, about, write, wait_idle, house):
    form.go_to("order")
    house.tasks.op(
        form,
        Op(lambda w: investigations.write_answer(w, about.id, FORMS, "order", {"text": "Fra mobilen"})),
    )
    wait_idle()
    assert form.cards["order"].row.editors["text"].value() == "Fra mobilen"


def test_alone_a_topic_stands_without_the_others(qtbot, house, about, wait_idle):
    form = opened(qtbot, house, about, wait_idle, one=True)
    form.show_topic("work")
    assert [name for name, card in form.cards.items() if card.isVisible()] == ["work"]
    assert not form.cards["work"].heading.isVisible()
