"""Forms as data: what ships is whole, every fault has its key and line, what is empty stays off the paper."""

from __future__ import annotations

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.form_paper import Answer, form_parts
from caseworker_app.domain.form_spec import FormError, TopicKind, frozen, newest
from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.investigation import DEMANDED, FORM_OF, PRELIMINARY, TRIANGLE, TWO_WORKERS
from caseworker_app.domain.text_facts import ListPart, PairsPart, TextPart

HEAD = """[[form]]
id = "visit"
version = 1
name = "Besøg"

[[form.section]]
id = "home"
label = "Hjemmet"
"""
TOPIC = """
[[form.section.topic]]
id = "{id}"
label = "{label}"
"""


def forms(*topics):
    return read_forms(HEAD + "".join(topics), "forms.toml")


def topic(name, label="Emne", *lines):
    return TOPIC.format(id=name, label=label) + "\n".join(lines) + "\n"


def faults(text):
    with pytest.raises(FormError) as caught:
        read_forms(text, "forms.toml")
    return {(fault.key, fault.line) for fault in caught.value.faults}, caught.value


def line_of(text, beginning, nth=1):
    return [n for n, line in enumerate(text.splitlines(), 1) if line.startswith(beginning)][nth - 1]


def shipped():
    return ShippedBooks().forms(None)


def test_every_kind_of_investigation_has_a_form_that_ships():
    assert {newest(shipped(), name).id for name in FORM_OF.values()} == set(FORM_OF.values())


def test_the_triangle_has_three_sides_and_ten_dimensions():
    ics = newest(shipped(), "ics")
    sides = [s for s in ics.sections if any(t.goes_to == TRIANGLE for t in s.topics)]
    dimensions = [t for s in sides for t in s.topics]
    assert [s.label for s in sides] == ["Barnets udvikling", "Forældrekompetencer", "Familie og netværk"]
    assert len(dimensions) == 10 and all(t.goes_to == TRIANGLE and t.help for t in dimensions)


def test_the_investigation_form_has_a_topic_for_everything_the_law_asks_for():
    there = {t.goes_to for t in newest(shipped(), "ics").topics}
    assert there >= {*DEMANDED, PRELIMINARY, TWO_WORKERS}


def test_an_unknown_key_is_named_with_its_line():
    text = HEAD + topic("order", "Orden", 'colour = "red"')
    found, error = faults(text)
    assert found == {("form[1].section[1].topic[1].colour", line_of(text, "colour"))}
    assert "{what} ({key}, line {line})" in error.message and error.values["line"] == line_of(text, "colour")


def test_a_missing_label_is_named_at_its_own_topic():
    text = HEAD + topic("order") + '\n[[form.section.topic]]\nid = "mood"\n'
    assert faults(text)[0] == {
        ("form[1].section[1].topic[2].label", line_of(text, "[[form.section.topic]]", 2))
    }


def test_two_topics_of_one_id_are_a_fault_at_the_second_also_across_sections():
    more = '\n[[form.section]]\nid = "school"\nlabel = "Skolen"\n'
    text = HEAD + topic("order") + more + topic("order")
    assert faults(text)[0] == {("form[1].section[2].topic[1].id", line_of(text, 'id = "order"', 2))}


def test_topics_that_are_under_one_another_in_a_circle_are_each_named():
    text = (
        HEAD
        + topic("a", "A", 'under = "b"')
        + topic("b", "B", 'under = "c"')
        + topic("c", "C", 'under = "a"')
    )
    found, _error = faults(text)
    assert found == {(f"form[1].section[1].topic[{n}].under", line_of(text, "under", n)) for n in (1, 2, 3)}


def test_a_topic_under_one_that_is_not_there_is_a_fault():
    text = HEAD + topic("a", "A", 'under = "nobody"')
    assert faults(text)[0] == {("form[1].section[1].topic[1].under", line_of(text, "under"))}


def test_a_version_cannot_be_written_a_second_time():
    text = HEAD + topic("a") + "\n" + HEAD + topic("a")
    assert faults(text)[0] == {("form[2].version", line_of(text, "version", 2))}
    with pytest.raises(FormError):
        read_forms(HEAD + topic("a"), "other.toml", {("visit", 1)})


def test_what_is_no_toml_is_said_with_its_line():
    assert faults("[[form]]\nid = \n")[0] == {("TOML", 2)}


def test_an_option_without_words_is_named_by_its_row():
    text = HEAD + topic(
        "a", "A", 'kind = "choice"', "options = [", '  { id = "x", label = "X" },', '  { id = "y" },', "]"
    )
    assert faults(text)[0] == {
        ("form[1].section[1].topic[1].options[2].label", line_of(text, '  { id = "y"'))
    }


def test_a_kind_that_is_none_and_a_choice_without_options_are_faults():
    text = HEAD + topic("a", "A", 'kind = "drawing"') + topic("b", "B", 'kind = "choice"')
    keys = {key for key, _line in faults(text)[0]}
    assert keys == {"form[1].section[1].topic[1].kind", "form[1].section[1].topic[2].options"}


def test_what_was_filled_in_keeps_its_version_when_a_newer_one_comes():
    old, new = HEAD + topic("a"), HEAD.replace("version = 1", "version = 2") + topic("b")
    both = {(one.id, one.version): one for one in read_forms(old + "\n" + new, "forms.toml")}
    assert newest(both, "visit").version == 2
    assert [t.id for t in frozen(both, "visit", 1).topics] == ["a"]


def test_nothing_that_is_empty_reaches_the_paper():
    (spec,) = forms(topic("order", "Orden"), topic("mood", "Stemning"))
    assert form_parts(spec, {}) == ()
    assert form_parts(spec, {"order": Answer("  "), "mood": Answer()}) == ()
    parts = form_parts(spec, {"mood": Answer("Rolig.")})
    assert parts == (TextPart("Hjemmet"), TextPart("Stemning", "Rolig.", level=3))


def test_short_answers_stand_as_pairs_and_columns_under_their_own_headings():
    (spec,) = forms(
        topic("seen", "Set", 'kind = "tags"', 'options = [{ id = "eye", label = "Øjenkontakt" }]'),
        topic("count", "Antal", 'kind = "number"'),
        topic("bond", "Samspil"),
    )
    answers = {
        "seen": Answer(tags=("eye", "gone")),
        "count": Answer(number=0),
        "bond": Answer(columns=(("Ressourcer", "Varme"),), sources=("Journalnotat",)),
    }
    assert form_parts(spec, answers) == (
        TextPart("Hjemmet"),
        PairsPart((("Set", "Øjenkontakt, gone"), ("Antal", "0"))),
        TextPart("Samspil", "", level=3),
        TextPart(text="**Ressourcer:** Varme"),
        TextPart(text="Bygger på:", muted=True),
        ListPart(("Journalnotat",)),
    )


def test_only_what_goes_to_one_place_is_printed_for_it():
    (spec,) = forms(topic("a", "A", 'goes_to = "child"'), topic("b", "B", 'goes_to = "parents"'))
    answers = {"a": Answer("om barnet"), "b": Answer("om forældrene")}
    (_head, only) = form_parts(spec, answers, goes_to="child")
    assert only == TextPart("A", "om barnet", level=3)


def test_what_an_older_version_asked_for_is_not_lost_on_paper():
    (spec,) = forms(topic("a", "A"))
    assert form_parts(spec, {"gone": Answer("skrevet")}) == (TextPart("gone", "skrevet", level=3),)
    assert spec.topic("a").kind is TopicKind.TEXT
