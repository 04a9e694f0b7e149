"""A rule file is read whole, or refused with file, line and key."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.rules.faults import RulesError
from caseworker_app.domain.rules.model import Certainty, ItemKind, RuleSet
from caseworker_app.domain.rules.periods import Period, Unit
from caseworker_app.domain.rules.reading import read
from tests.domain.rules.given import KINDS, NAMES, shipped, text_of

GOOD = """id = "own"
title = {da = "Vores"}
law = false
valid_from = 2026-01-01
source = "Os"

[rules.r]
title = {da = "R"}
source = "Os"

[[rules.r.at]]
after = "2 W"

[[rules.r.then]]
every = "6 W"
from = "held"
within = "12 M"

[[rules.r.then]]
every = "3 M"
from = "held"
"""


def faults(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(RulesError) as refused:
        read(text, "own.toml")
    return [(fault.line, fault.key, str(fault.what)) for fault in refused.value.faults]


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_sets_that_ship_are_whole(name):
    rules = shipped(name)
    assert rules.id == name
    assert rules.law is (name != "herning-2015")


def test_the_ten_kinds_have_their_rule_and_the_floor_is_half_a_year():
    rules = shipped("herning-2015")
    assert tuple(rules.rules) == KINDS
    assert rules.floor == Period(6, Unit.MONTHS)
    assert {name: rule.continued_by for name, rule in rules.rules.items() if rule.continued_by} == {
        "mst": "preventive",
        "family_centre": "preventive",
    }


def test_a_rule_holds_for_the_kind_of_its_name_unless_it_says_more():
    assert [rule.id for rule in shipped("herning-2015").rules_for("foster")] == ["foster"]
    assert shipped("herning-2015").rules_for("aftercare") == ()
    assert {rule.id for rule in shipped("bl-2024").rules_for("placement")} == {"follow_up", "supervision"}
    assert [rule.id for rule in shipped("bl-2024").rules_for("support")] == ["follow_up"]


RULE = 'source = "Os"\n\n[[rules'
"""Where a key of the rule itself can be put in."""
AFTER, EVERY = 'after = "2 W"', 'every = "3 M"'
UNIT = "a number with its unit"


def put(key: str) -> str:
    return RULE.replace("\n\n", f"\n{key}\n\n")


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "what"),
    [
        ('from = "held"\nwithin', 'form = "held"\nwithin', 16, "rules.r.then[1].form", "not known here"),
        (AFTER, "after = 2", 12, "rules.r.at[1].after", UNIT),
        (AFTER, 'after = "2"', 12, "rules.r.at[1].after", UNIT),
        (AFTER, 'after = "0 W"', 12, "rules.r.at[1].after", UNIT),
        (AFTER, 'after = "-2 W"', 12, "rules.r.at[1].after", UNIT),
        (AFTER, 'after = "24 H"', 12, "rules.r.at[1].after", "6 D, 6 W, 6 M"),
        (EVERY, 'every = "3 moons"', 20, "rules.r.then[2].every", UNIT),
        (EVERY + '\nfrom = "held"', EVERY + '\nfrom = "birth"', 21, "rules.r.then[2].from", "one of start, held"),
        ('within = "12 M"\n', "", 15, "rules.r.then[1].every", "never ends"),
        (EVERY, EVERY + '\nwithin = "5 M"', 21, "rules.r.then[2].within", "must not stand here"),
        ("valid_from = 2026-01-01\n", "", 0, "valid_from", "this key is missing"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', 4, "valid_from", "a date such as"),
        ("law = false", "law = false\nvalid_to = 2025-12-31", 4, "valid_to", "before valid_from"),
        ("law = false", 'law = "no"', 3, "law", "true or false"),
        ('id = "own"', 'id = "our own"', 1, "id", "a name of letters"),
        ('title = {da = "Vores"}', 'title = {en = "Ours"}', 2, "title.da", "this key is missing"),
        ('title = {da = "Vores"}', 'title = {da = " "}', 2, "title.da", "must not be empty"),
        ('title = {da = "Vores"}', 'title = "Vores"', 2, "title", "must be a table"),
        (RULE, "source = 7\n\n[[rules", 9, "rules.r.source", "must be a text"),
        ("[[rules.r.at]]", "[rules.r.at]", 11, "rules.r.at", "must be a list"),
        (AFTER, AFTER + '\nparticipants = ["the king"]', 13, "rules.r.at[1].participants", "the king is not"),
        (AFTER, AFTER + '\noutcome = [\n  "child_talk",\n  "gold",\n]', 15, "rules.r.at[1].outcome", "gold is not"),
        (AFTER, AFTER + '\nkind = "party"', 13, "rules.r.at[1].kind", "one of follow_up"),
        (AFTER, AFTER + '\nor_event = "full_moon"', 13, "rules.r.at[1].or_event", "full_moon is not"),
        (AFTER, 'after = "4 W"\n[[rules.r.at]]\nafter = "1 M"', 14, "rules.r.at[2].after", "does not always lie"),
        (EVERY, 'every = "5 M"\nspaced = true', 21, "rules.r.then[2].spaced", "not a number of such times"),
        (RULE, put('certainty = "low"'), 10, "rules.r.certainty", "only a rule of law"),
        (RULE, put('continued_by = "x"'), 10, "rules.r.continued_by", "no rule x"),
        (RULE, put('continued_by = "r"'), 10, "rules.r.continued_by", "never ends"),
        ("[rules.r]", "[rulez.r]", 7, "rulez", "not known here"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_key(old, new, line, key, what):
    assert GOOD.count(old) >= 1
    found = faults(GOOD.replace(old, new, 1))
    assert any(at == line and name == key and what in said for at, name, said in found), found


def test_the_example_itself_is_whole():
    assert set(read(GOOD, "own.toml").rules) == {"r"}


def test_rules_that_take_over_in_a_circle_are_refused():
    one = '[rules.{0}]\ntitle = {{da = "X"}}\nsource = "Os"\ncontinued_by = "{1}"\n[[rules.{0}.at]]\nafter = "4 W"\n'
    text = GOOD + one.format("a", "b") + one.format("b", "c") + one.format("c", "a")
    found = faults(text)
    assert (
        25,
        "rules.a.continued_by",
        "the rules take over from each other in a circle: a → b → c → a",
    ) in found
    assert len(found) == 3
    assert [at for at, _, _ in faults(GOOD + one.format("a", "a"))] == [25]
    outside = faults(GOOD + one.format("a", "b") + one.format("b", "c") + one.format("c", "b"))
    assert [key for _, key, _ in outside] == ["rules.b.continued_by", "rules.c.continued_by"]


def test_a_rule_without_dates_is_refused():
    found = faults(GOOD + '[rules.empty]\ntitle = {da = "X"}\nsource = "Os"\n')
    assert found == [(22, "rules.empty", "the rule has no dates: it needs at or then")]


def test_every_fault_is_found_at_once_and_the_sentence_says_the_first():
    text = GOOD.replace('after = "2 W"', "after = 2").replace('every = "6 W"', "every = 6")
    with pytest.raises(RulesError) as refused:
        read(text, "own.toml")
    assert [fault.line for fault in refused.value.faults] == [12, 15]
    said = str(refused.value)
    assert "own.toml" in said and "line 12" in said and "rules.r.at[1].after" in said
    assert refused.value.ways_out
    assert str(refused.value.faults[1].phrase("own.toml")).startswith(
        "own.toml, line 15: rules.r.then[1].every: "
    )


@pytest.mark.parametrize(
    "text", ["id = ", "= 3", "[rules", 'a = "\n"', "id = 1\nid = 2", "\x00", "[[a]]\n[a.b]\n[[a]]\n]"]
)
def test_what_is_no_toml_is_refused_with_its_line(text):
    ((line, key, what),) = faults(text)
    assert key == "TOML" and "not TOML" in what and line >= 1


def test_a_text_as_long_as_a_book_is_not_read():
    ((_, key, what),) = faults("# " + "x" * 600_000)
    assert key == "TOML" and "too long" in what


def test_deep_nesting_is_refused_and_not_a_crash():
    ((_, key, _),) = faults("id = " + "[" * 100_000)
    assert key == "TOML"


LAW = GOOD.replace("law = false", "law = true")


@pytest.mark.parametrize(
    ("deadline", "key", "what"),
    [
        ('event = "need_known"\nafter = "4 M"\nage = 18', "after", "stands alone"),
        ('event = "need_known"\nafter = "4 M"\nbefore = "4 M"', "after", "stands alone"),
        ('event = "need_known"', "", "a number with its unit is missing"),
        ('event = "need_known"\nafter = 4', "after", "a number with its unit"),
        ('event = "full_moon"\nafter = "4 M"', "event", "full_moon is not"),
        ('event = "need_known"\nage = true\nbefore = "6 M"', "age", "an age"),
        ('event = "need_known"\nage = 99\nbefore = "6 M"', "age", "an age"),
        ('event = 7\nafter = "4 M"', "event", "must be a list"),
        ('event = "need_known"\nafter = "4 M"\ncertainty = "sure"', "certainty", "one of high"),
    ],
)
def test_a_faulty_deadline_is_named(deadline, key, what):
    text = LAW + '\n[[deadlines]]\nid = "D"\ntitle = {da = "X"}\nsource = "§"\n' + deadline
    found = faults(text)
    wanted = "deadlines[1]" + (f".{key}" if key else "")
    assert any(name == wanted and what in said and line > 0 for line, name, said in found), found


def test_a_law_has_no_exceptions_and_an_exception_holds_for_a_kind_there_is():
    exception = (
        '[exceptions.e]\ntitle = {da = "E"}\nsource = "Os"\napplies_to = ["x"]\n'
        'ways = ["phone"]\ntalk = "optional"\ncondition = {da = "C"}\n'
    )
    assert "the law knows no such exceptions" in {what for _, _, what in faults(LAW + exception)}
    assert faults(GOOD + exception) == [(25, "exceptions.e.applies_to", "no rule here holds for x")]


def test_certainty_and_its_basis_are_carried_from_the_file():
    text = LAW.replace(
        'source = "Os"\n\n[[rules', 'source = "§"\ncertainty = "medium"\nbasis = "inferred"\n\n[[rules'
    )
    reference = read(text, "law.toml").rules["r"].origin.reference
    assert (reference.certainty, reference.is_fact, reference.law) == (Certainty.MEDIUM, False, True)


def test_what_is_usual_holds_for_follow_ups_and_not_for_reports():
    text = GOOD.replace(
        "[rules.r]", '[usual]\nparticipants = ["child"]\noutcome = ["child_talk"]\n\n[rules.r]'
    )
    text = text.replace(
        'after = "2 W"', 'after = "2 W"\nkind = "status_report"\noutcome = ["status_received"]'
    )
    rule = read(text, "own.toml").rules["r"]
    assert rule.steps[0].part.kind is ItemKind.STATUS_REPORT
    assert rule.steps[0].part.outcome == ("status_received",)
    assert rule.repeats[0].turns[0].outcome == ("child_talk",)
    assert rule.steps[0].part.participants == ("child",)


def lines_changed(text: str) -> st.SearchStrategy[str]:
    lines = text.splitlines()
    at = st.integers(0, len(lines) - 1)
    junk = st.sampled_from(
        ["", "x = 1", "[rules]", "[[rules.foster.then]]", 'every = "1 D"', "]", '"""', "after = 3"]
    )
    return st.tuples(at, junk).map(
        lambda pick: "\n".join([*lines[: pick[0]], pick[1], *lines[pick[0] + 1 :]])
    )


@given(st.sampled_from(NAMES).flatmap(lambda name: lines_changed(text_of(name))))
def test_a_damaged_file_is_read_or_refused_and_nothing_else_happens(text):
    try:
        rules = read(text, "damaged.toml")
    except RulesError as error:
        assert all(0 <= fault.line <= text.count("\n") + 2 for fault in error.faults)
    else:
        assert isinstance(rules, RuleSet) and tomllib.loads(text)


toml_values = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.dates(), st.sampled_from(["held", "3 M", "child", "", "x"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["da", "at", "then", "r"]), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


def to_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {to_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


@given(st.sampled_from([
    "title", "law", "valid_from", "floor", "usual", "groups", "rules", "exceptions", "deadlines", "source", "id",
]), toml_values)  # fmt: skip
def test_any_value_under_any_key_is_read_or_refused_in_words(key, value):
    text = f'id = "own"\n{key} = {to_toml(value)}\n' if key != "id" else f"id = {to_toml(value)}\n"
    try:
        read(text, "own.toml")
    except RulesError as error:
        assert all(str(fault.what) for fault in error.faults)
