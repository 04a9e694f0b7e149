"""Templates: read whole or refused, filled without reading the values."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from caseworker_app import i18n
from caseworker_app.domain import cpr
from caseworker_app.domain.meeting import Audience, MeetingKind, TimeSpan
from caseworker_app.domain.paper_values import template_of, values_of
from caseworker_app.domain.papers import (
    Agreed,
    InvitationFacts,
    MinutesFacts,
    Present,
    Reader,
    RecoverySheetFacts,
    Sender,
)
from caseworker_app.domain.template_contracts import CONTRACTS
from caseworker_app.domain.template_parts import Contract, Names, TemplateError
from caseworker_app.domain.templates import (
    FilledHeading,
    FilledLines,
    FilledList,
    FilledPairs,
    FilledParagraph,
    FilledSign,
    FilledTable,
    choose,
    fill,
    fill_title,
    load_template,
)

CONTRACT = Contract(
    "letter",
    Names(frozenset({"child", "place", "cpr"}), frozenset({"to_child"})),
    {"people": Names(frozenset({"name", "function"}), frozenset({"away"}))},
    frozenset({"child"}),
    frozenset({"cpr"}),
)
HEAD = """id = "letter"
language = "da"
title = "Om {child}"
valid_from = 2026-01-01
fields = ["child", "place"]
flags = ["to_child"]
[repeats]
people = ["name", "function", "away"]

"""
VALUES = {"child": "Emma", "place": "Skolen", "cpr": "", "to_child": False, "people": []}
DAY = dt.date(2026, 11, 21)


def page(blocks: str, **values):
    return fill(load_template(HEAD + blocks, CONTRACT), VALUES | values)


def faults(text: str):
    with pytest.raises(TemplateError) as refused:
        load_template(text, CONTRACT, "Herning")
    return refused.value


def block(kind: str, rest: str) -> str:
    return f'[[blocks]]\nkind = "{kind}"\n{rest}\n'


def test_every_kind_of_block_is_filled():
    blocks = (
        block("heading", 'level = 2\ntext = "Om {child}"')
        + block("paragraph", 'look = "lead"\ntext = "{child} på {place}, {{sådan}}"')
        + block("list", 'ordered = true\nitems = ["En", "{child}"]')
        + block(
            "pairs",
            'rows = [{name = "Sted", text = "{place}"}, {name = "Nej", text = "x", when = "to_child"}]',
        )
        + block("table", 'columns = ["A", "B"]\nwidths = [1, 2.5]\ncaption = "C"\nrows = [["a", "{child}"]]')
        + block("lines", "count = 3")
        + block("sign", 'text = "Underskrift"')
    )
    assert page(blocks) == (
        FilledHeading(2, "Om Emma"),
        FilledParagraph("Emma på Skolen, {sådan}", "lead"),
        FilledList(("En", "Emma"), ordered=True),
        FilledPairs((("Sted", "Skolen"),)),
        FilledTable(("A", "B"), ((("a",), ("Emma",)),), (1, 2.5), "C"),
        FilledLines(3),
        FilledSign("Underskrift"),
    )


PEOPLE = [{"name": "Lis", "function": "mor", "away": False}, {"name": "Ib", "function": " ", "away": True}]
LISTED = block(
    "list",
    'each = "people"\nitems = [{text = "{name}, {function}", when = ["function", "not away"]},'
    ' {text = "{name} fra {place}", when = "not function"}]',
)


def test_a_list_runs_through_its_records_and_sees_the_page_s_values_too():
    assert page(LISTED, people=PEOPLE) == (FilledList(("Lis, mor", "Ib fra Skolen")),)


def test_a_cell_can_hold_a_list_and_be_empty():
    blocks = block("table", 'columns = ["A", "B"]\nrows = [[{each = "people", text = "{name}"}, {each = "people", text = '
                            '"{name}", when = "away"}]]')  # fmt: skip
    assert page(blocks, people=PEOPLE) == (FilledTable(("A", "B"), ((("Lis", "Ib"), ("Ib",)),)),)
    assert page(blocks) == (FilledTable(("A", "B"), (((), ()),)),)


def test_rows_repeat_and_a_table_without_rows_is_left_out():
    blocks = block("table", 'columns = ["N"]\neach = "people"\nrows = [{cells = ["{name}"], when = "away"}]')
    assert page(blocks, people=PEOPLE) == (FilledTable(("N",), ((("Ib",),),)),)
    assert page(blocks) == ()


def test_what_has_no_text_is_left_out():
    blocks = (
        LISTED
        + block("paragraph", 'text = "{place}"')
        + block("pairs", 'rows = [{name = "S", text = "{place}"}]')
    )
    assert page(blocks, place=" \n") == ()


def test_a_part_stands_when_all_its_conditions_hold():
    blocks = block("paragraph", 'text = "Ja"\nwhen = ["to_child", "place", "not people"]')
    assert page(blocks, to_child=True) == (FilledParagraph("Ja"),)
    assert (
        page(blocks)
        == page(blocks, to_child=True, place="")
        == page(blocks, to_child=True, people=PEOPLE)
        == ()
    )


@given(st.text())
def test_nothing_in_a_value_is_read(value):
    filled = page(block("heading", 'level = 1\ntext = ">{child}<"') + LISTED, child=value, people=[
        {"name": value, "function": "{name}", "away": False}])  # fmt: skip
    assert filled[0] == FilledHeading(1, f">{value}<")
    assert filled[1] == FilledList((f"{value}, {{name}}",))


def test_braces_markup_and_new_lines_of_a_value_stand_as_they_are():
    blocks = block("paragraph", 'text = "{child}"')
    for value in ("{place}", "{{x}}", "Mor <3", "a\nb", "{0.__class__}", "%s"):
        assert page(blocks, child=value) == (FilledParagraph(value),)


def test_a_value_the_template_uses_must_be_given():
    template = load_template(HEAD + LISTED, CONTRACT)
    with pytest.raises(ValueError, match="no value for people, place"):
        fill(template, {"child": "Emma"})
    with pytest.raises(ValueError, match="a record has no function"):
        fill(template, VALUES | {"people": [{"name": "Ib"}]})
    with pytest.raises(ValueError, match="list of records"):
        fill(template, VALUES | {"people": "Ib"})


@pytest.mark.parametrize(
    ("blocks", "key", "line", "says"),
    [
        (block("paragraph", 'text = "{brain}"'), "blocks[1].text", 12, "no field brain"),
        (block("paragraph", 'text = "x"') + block("sign", 'text = "{brain}"'), "blocks[2].text", 15, "no field brain"),
        (block("paragraph", 'text = "{to_child}"'), "blocks[1].text", 12, "no field to_child"),
        (block("paragraph", 'text = "{name}"'), "blocks[1].text", 12, "no field name"),
        (block("paragraph", 'text = "{cpr}"'), "blocks[1].text", 12, "not declared"),
        (block("paragraph", 'text = "a { b"'), "blocks[1].text", 12, "brace stands alone"),
        (block("paragraph", 'text = "{}"'), "blocks[1].text", 12, "brace stands alone"),
        (block("paragraph", 'text = "{child.name}"'), "blocks[1].text", 12, "brace stands alone"),
        (block("paragraph", 'text = "x"\ncolour = "red"'), "blocks[1].colour", 13, "not known here"),
        (block("paragraph", 'look = "loud"\ntext = "x"'), "blocks[1].look", 12, "one of body, lead"),
        (block("paragraph", 'when = "brain"\ntext = "x"'), "blocks[1].when", 12, "no field brain"),
        (block("paragraph", "when = 3\ntext = 'x'"), "blocks[1].when", 12, "must be a list"),
        (block("paragraph", 'each = "places"\ntext = "x"'), "blocks[1].each", 12, "no list places"),
        (block("paragraph", ""), "blocks[1].text", 10, "is missing"),
        (block("heading", 'level = 4\ntext = "x"'), "blocks[1].level", 12, "one of 1, 2, 3"),
        (block("heading", 'level = true\ntext = "x"'), "blocks[1].level", 12, "one of 1, 2, 3"),
        (block("list", 'items = "x"'), "blocks[1].items", 12, "must be a list"),
        (block("list", 'items = [{txt = "x"}]'), "blocks[1].items.text", 10, "is missing"),
        (block("list", 'ordered = 1\nitems = []'), "blocks[1].ordered", 12, "true or false"),
        (block("table", 'columns = ["A"]\nrows = [["a", "b"]]'), "blocks[1].rows", 13, "2 cells for 1 columns"),
        (block("lines", 'count = "three"'), "blocks[1].count", 12, "must be a number"),
        (block("poem", 'text = "x"'), "blocks[1].kind", 11, "one of heading"),
        ("[[block]]\n", "block", 10, "not known here"),
        ("[[blocks]\n", "TOML", 10, "not TOML"),
        ("blocks = 3\n", "blocks", 0, "is missing"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_line_and_key(blocks, key, line, says):
    error = faults(HEAD + blocks)
    told = [(fault.key, fault.line) for fault in error.faults if says in str(fault.what)]
    assert (key, line) in told, [(f.key, f.line, str(f.what)) for f in error.faults]
    assert "Herning" in str(error)
    assert error.ways_out


@pytest.mark.parametrize(
    ("was", "becomes", "key", "line", "says"),
    [
        ('id = "letter"', 'id = "other"', "id", 1, "must be letter"),
        ('id = "letter"\n', "", "id", 0, "missing"),
        ("2026-01-01", '"soon"', "valid_from", 4, "must be a date"),
        ("2026-01-01", "2026-01-01T10:00:00", "valid_from", 4, "must be a date"),
        ("Om {child}", "Om {cpr}", "title", 3, "must not stand in a title"),
        ("Om {child}", "Om", "blocks", 0, "field child must stand somewhere"),
        ('"place"]', '"place", "address"]', "fields", 5, "no field address"),
        ("people =", "animals =", "repeats", 8, "no field animals"),
        ('"away"]', '"gone"]', "repeats.people", 8, "no field gone"),
        ('language = "da"', "language = 3", "language", 2, "must be a text"),
        ('flags = ["to_child"]', 'flags = ["to_child"]\nmood = 1', "mood", 7, "not known here"),
    ],
)
def test_a_fault_in_the_head_is_said_with_line_and_key(was, becomes, key, line, says):
    assert was in HEAD
    error = faults(HEAD.replace(was, becomes) + block("paragraph", 'text = "x"'))
    assert (key, line) in [(fault.key, fault.line) for fault in error.faults if says in str(fault.what)]


def test_all_faults_are_found_at_once():
    error = faults(HEAD + block("paragraph", 'text = "{a} {b}"\ncolour = 1') + block("poem", ""))
    assert len(error.faults) == 4


def test_a_fault_is_said_in_danish():
    sentence, ways_out = i18n.load("da").error(faults(HEAD + block("paragraph", 'text = "{brain}"')))
    assert sentence == (
        "Skabelonen Herning kan ikke bruges: Feltet brain findes ikke til dette papir (blocks[1].text, linje 12)."
    )
    assert len(ways_out) == 2


OURS = HEAD + block("paragraph", 'text = "Vores"')


def test_a_municipality_s_own_wording_is_used_when_it_is_whole():
    own = HEAD + block("paragraph", 'text = "Deres"')
    chosen = choose(OURS, own, CONTRACT, DAY)
    assert (fill(chosen.template, VALUES), chosen.fault) == ((FilledParagraph("Deres"),), None)


def test_a_faulty_own_wording_is_said_and_ours_is_used():
    chosen = choose(OURS, HEAD + block("paragraph", 'text = "{"'), CONTRACT, DAY)
    assert fill(chosen.template, VALUES) == (FilledParagraph("Vores"),)
    assert chosen.fault is not None and chosen.fault.faults[0].line == 12


@pytest.mark.parametrize("days", [("2026-11-22", "2027-01-01"), ("2026-01-01", "2026-11-20")])
def test_an_own_wording_outside_its_days_is_not_used(days):
    head = HEAD.replace("2026-01-01", f"{days[0]}\nvalid_to = {days[1]}")
    chosen = choose(OURS, head + block("paragraph", 'text = "Deres"'), CONTRACT, DAY)
    assert (fill(chosen.template, VALUES), chosen.fault) == ((FilledParagraph("Vores"),), None)


def test_both_ends_of_the_validity_count():
    head = HEAD.replace("2026-01-01", "2026-11-21\nvalid_to = 2026-11-21")
    assert load_template(head + block("paragraph", 'text = "x"'), CONTRACT).valid_on(DAY)


def test_without_an_own_wording_ours_is_used():
    assert choose(OURS, None, CONTRACT, DAY).fault is None


# The templates that ship.

SENDER = Sender(
    "Herning Kommune", "Center for Børn og Forebyggelse", (), "96 28 28 28", "", "", "", "Karen Holm",
    "socialrådgiver", "96 28 12 34",
)  # fmt: skip
WHEN = TimeSpan(DAY, dt.time(10, 30), dt.time(12))
PRESENT = (Present("Jonas", "", is_child=True), Present("Lene Holm", "mor"), Present("Ib", ""))
NUMBER = "731206-4123"


def shipped(name: str):
    return load_template(resources.text("templates", f"{name}.da.toml"), CONTRACTS[name])


def invitation(audience=Audience.PARENT, *, kind=MeetingKind.INVOLVING, **changes):
    reader = Reader("Lene Holm", audience, age=changes.pop("age", None), interpreter=changes.pop("interpreter", False),
                    language=changes.pop("language", ""), support_person=changes.pop("support", ""))  # fmt: skip
    facts = {
        "sender": SENDER, "reader": reader, "child": "Jonas", "kind": kind, "purpose": "Jonas er begyndt at blive væk.",
        "when": WHEN, "place": "Højbo Skole", "participants": PRESENT, "chair": "Mette Lund", "chair_function": "psykolog",
        "course": "", "contact_name": "", "contact_phone": "", "dated": dt.date(2026, 11, 2),
    }  # fmt: skip
    return InvitationFacts(**(facts | changes))


def minutes(audience=None, *, kind=MeetingKind.INVOLVING, **changes):
    reader = None if audience is None else Reader("Lene Holm", audience)
    facts = {
        "sender": SENDER, "reader": reader, "child": "Jonas", "child_full_name": "Jonas Holm", "number": "", "kind": kind,
        "purpose": "Jonas er begyndt at blive væk.", "when": WHEN, "place": "Højbo Skole", "came": PRESENT[:2],
        "stayed_away": PRESENT[2:], "minutes_taker": "Karen Holm", "contact_name": "Karen Holm", "contact_phone": "",
        "worries": ("Sover dårligt", "Kommer for sent"), "works": ("Glad for klassen",), "wishes": (),
        "agreements": (Agreed("Vækkes kl. 7", "mor", dt.date(2026, 12, 1), "Det virker bedst"),), "summary": "",
        "dated": dt.date(2026, 11, 22),
    }  # fmt: skip
    return MinutesFacts(**(facts | changes))


def page_of(facts, **options):
    return fill(shipped(template_of(facts)), values_of(facts, **options))


def words(facts, **options) -> str:
    return "\n".join(str(part) for part in page_of(facts, **options))


EVERY = [
    *(invitation(audience, kind=kind, age=age, interpreter=True, language="arabisk", support="Lis")
      for audience in Audience for kind in MeetingKind for age in (None, 8, 15)),
    *(minutes(audience, kind=kind) for audience in (None, *Audience) for kind in MeetingKind),
    RecoverySheetFacts("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF-GGGGG", "Herning Kommune", "Karen Holm", DAY),
]  # fmt: skip


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_template_that_ships_is_whole_and_danish_and_valid_today(name):
    template = shipped(name)
    assert (template.language, template.valid_on(DAY)) == ("da", True)


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: template_of(facts))
def test_every_paper_has_one_title_no_skipped_heading_and_no_heading_without_text_below(facts):
    page = page_of(facts)
    levels = [part.level for part in page if isinstance(part, FilledHeading)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    for part, following in itertools.pairwise((*page, FilledHeading(1, ""))):
        assert not (isinstance(part, FilledHeading) and isinstance(following, FilledHeading)), part


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: template_of(facts))
def test_no_paper_has_stray_spaces_empty_names_or_braces(facts):
    for words in _texts(page_of(facts)):
        assert words == words.strip() and "  " not in words
        assert not {", ,", " ,", " .", "..", "()", "{", "}"} & {
            words[i : i + n] for n in (1, 2, 3) for i in range(len(words))
        }


def _texts(page):
    for part in page:
        match part:
            case FilledHeading(text=text) | FilledParagraph(text=text) | FilledSign(text=text):
                yield text
            case FilledList(items=items):
                yield from items
            case FilledPairs(pairs=pairs):
                yield from itertools.chain(*pairs)
            case FilledTable(rows=rows):
                yield from (text for row in rows for cell in row for text in cell)


def test_an_invitation_says_what_the_compendium_s_template_says():
    said = words(invitation(Audience.PARENT))
    for part in ("Invitation til Jonas' netværksmøde", "lørdag den 21. november 2026", "kl. 10.30-12.00", "Højbo Skole",
                 "Formålet med mødet er at samle de voksne, der kender Jonas.", "Vi mødes fordi", "Deltagere på mødet",
                 "Lene Holm, mor", "Mette Lund, psykolog, vil være mødeleder.", "Sådan kommer mødet til at forløbe",
                 "Vi glæder os til at se jer alle.", "telefonnummer 96 28 12 34", "Med venlig hilsen", "Karen Holm",
                 "socialrådgiver"):  # fmt: skip
        assert part in said
    assert (
        fill_title(shipped("invitation_involving"), values_of(invitation()))
        == "Invitation til Jonas' netværksmøde"
    )


def test_each_reader_is_spoken_to_in_their_own_way():
    for kind in MeetingKind:
        pages = [words(invitation(a, kind=kind, age=age)) for a, age in
                 ((Audience.CHILD, 8), (Audience.CHILD, 15), (Audience.PARENT, None), (Audience.NETWORK, None),
                  (Audience.PROFESSIONAL, None))]  # fmt: skip
        assert len(set(pages)) == 5
        child, young, parent, network, professional = pages
        assert (
            "Jonas (det er dig)" in child and "Jonas (det er dig)" in young and "(det er dig)" not in parent
        )
        assert "Du må tage en med" in child and "tavshedspligt" in young and "ret til en bisidder" in parent
        assert "bisidder" not in network and "bisidder" not in professional


def test_a_child_whose_age_is_not_known_is_spoken_to_in_simple_words():
    assert words(invitation(Audience.CHILD)) == words(invitation(Audience.CHILD, age=12))
    assert words(invitation(Audience.CHILD)) != words(invitation(Audience.CHILD, age=13))


def test_a_child_s_letter_has_short_sentences():
    for kind in MeetingKind:
        for text in _texts(page_of(invitation(Audience.CHILD, kind=kind, age=10))):
            assert all(len(sentence.split()) <= 20 for sentence in text.replace("?", ".").split(". ")), text


def test_the_interpreter_and_the_chosen_support_person_are_named():
    said = words(invitation(interpreter=True, language="arabisk", support="Lis Vind"))
    assert "tolk" in said and "(arabisk)" in said and "Lis Vind er din bisidder" in said
    assert "Tolk" not in words(invitation())


def test_an_own_course_of_several_lines_is_an_agenda_and_one_line_a_sentence():
    assert FilledList(("Velkomst", "Aftaler"), ordered=True) in page_of(
        invitation(course="Velkomst\n\n Aftaler ")
    )
    assert FilledParagraph("Vi spiser først.") in page_of(invitation(course="Vi spiser først."))


def test_an_invitation_around_an_unborn_child_speaks_of_the_child_to_come():
    said = words(replace(invitation(Audience.NETWORK, child="Lene"), unborn=True))
    assert "det barn, Lene venter" in said and "kender Lene" not in said


def test_an_invitation_is_whole_without_contact_chair_and_course():
    bare = Sender("", "", (), "", "", "", "", "", "", "")
    said = words(invitation(Audience.NETWORK, sender=bare, chair="", chair_function=""))
    assert "mødeleder" not in said and "telefonnummer" not in said


def test_a_cpr_number_cannot_be_put_on_an_invitation():
    for name in ("invitation_involving", "invitation_network"):
        assert "cpr" not in CONTRACTS[name].names.all
        own = resources.text("templates", f"{name}.da.toml").replace('"child",', '"child", "cpr",')
        with pytest.raises(TemplateError, match="no field cpr"):
            load_template(own, CONTRACTS[name])


@pytest.mark.parametrize("kind", MeetingKind)
def test_the_number_stands_in_the_minutes_only_where_it_is_given(kind):
    assert f"Jonas Holm, cpr. nr. {NUMBER}" in words(minutes(kind=kind, number=NUMBER))
    without = words(minutes(Audience.PARENT, kind=kind))
    assert "cpr" not in without.casefold() and not cpr.contains_person_number(without)
    template = template_of(minutes(kind=kind))
    assert not cpr.contains_person_number(
        fill_title(shipped(template), values_of(minutes(kind=kind, number=NUMBER)))
    )


def test_the_minutes_have_the_three_columns_and_the_agreements():
    said = page_of(minutes())
    assert FilledTable(
        ("Bekymringer", "Fungerer", "Hvad vil vi se ske"),
        ((("Sover dårligt", "Kommer for sent"), ("Glad for klassen",), ()),),
    ) in said  # fmt: skip
    assert FilledHeading(2, "Aftaler / løsninger") in said
    agreed = next(part for part in said if isinstance(part, FilledTable) and part.columns[0] == "Hvad")
    assert agreed.rows == ((("Vækkes kl. 7",), ("mor",), ("1. december 2026",)),)
    told = words(minutes())
    assert "Referat fra netværksmøde den 21. november 2026" in told
    assert "Der var indkaldt til møde på Højbo Skole på baggrund af en bekymring vedrørende Jonas" in told
    for part in ("På mødet deltog", "Afbud", "Referent", "Kontaktperson"):
        assert part in told


def test_a_place_that_has_its_own_preposition_keeps_it():
    assert "indkaldt til møde hos mormor på baggrund" in words(minutes(place="hos mormor"))


def test_a_decision_has_reason_owner_and_date():
    decided = next(p for p in page_of(minutes(kind=MeetingKind.NETWORK)) if isinstance(p, FilledTable))
    assert decided.columns == ("Beslutning", "Begrundelse", "Ansvarlig", "Frist")
    assert decided.rows == ((("Vækkes kl. 7",), ("Det virker bedst",), ("mor",), ("1. december 2026",)),)


def test_minutes_without_agreements_say_so():
    assert "Der blev ikke lavet aftaler på mødet." in words(minutes(agreements=()))
    assert "Der blev ikke truffet beslutninger på mødet." in words(
        minutes(agreements=(), kind=MeetingKind.NETWORK)
    )


def test_the_recovery_sheet_shows_the_code_in_numbered_groups():
    sheet = EVERY[-1]
    code = next(part for part in page_of(sheet) if isinstance(part, FilledTable))
    assert code.columns == tuple("1234567")
    assert code.rows == (tuple((letter * 5,) for letter in "ABCDEFG"),)
    assert isinstance(page_of(sheet)[-1], FilledSign)


def test_no_record_hides_a_value_of_the_page():
    for contract in CONTRACTS.values():
        for names in contract.repeats.values():
            assert not names.all & (contract.names.all | set(contract.repeats))


def test_the_program_hands_over_every_value_a_template_may_ask_for():
    for facts in EVERY:
        contract = CONTRACTS[template_of(facts)]
        values = values_of(facts)
        assert set(values) == contract.names.all | set(contract.repeats)
        for name, names in contract.repeats.items():
            assert all(names.all >= set(record) for record in values[name])
