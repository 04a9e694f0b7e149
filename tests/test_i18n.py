"""Words on screen and paper, and the catalogues they come from."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app import i18n
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.phrases import Phrase
from tools import glossary, messages
from tools.msgids import survey

TRANSLATIONS = messages.ROOT / "resources" / "translations"
DAY = date(2026, 11, 21)


@pytest.fixture
def da():
    return i18n.load("da")


@pytest.fixture
def en():
    return i18n.load("en")


@pytest.fixture(autouse=True)
def danish_afterwards():
    yield
    i18n.set_language("da")


def test_a_count_takes_its_form(da, en):
    assert [da.say(Phrase.counted("{n} week", "{n} weeks", n)) for n in (0, 1, 2)] == [
        "0 uger",
        "1 uge",
        "2 uger",
    ]
    assert [en.ngettext("{n} week", "{n} weeks", n) for n in (1, 2)] == ["1 week", "2 weeks"]


def test_an_error_is_said_with_its_ways_out_in_the_language_of_the_moment():
    error = InvalidInput("date", "This is not a date.", "Write day, month and year, such as 21-11-2026.")
    assert i18n.translate_error(error) == (
        "Det er ikke en dato.",
        ("Skriv dag, måned og år, f.eks. 21-11-2026.",),
    )
    i18n.set_language("en")
    assert i18n.translate_error(error)[0] == "This is not a date."


def test_what_a_user_typed_is_a_value_and_never_a_field(en):
    error = UserError("Keep {name}.", name="{0.__class__} {x} <3")
    assert en.error(error) == ("Keep {0.__class__} {x} <3.", ())


def test_a_field_without_a_value_stays_readable(en):
    assert en.gettext("{who} has {what}", who="Ib") == "Ib has {what}"


@given(st.text())
def test_any_value_stands_as_it_is(value):
    assert i18n.load("en").gettext("<{value}>", value=value) == f"<{value}>"


def test_values_take_the_language_s_form(da, en):
    values = {"day": DAY, "at": time(9, 5), "much": Decimal("1234.5"), "who": ["Ib", "Bo", "Pi"], "n": 1234}
    words = "{day} {at} {much} {who} {n}"
    assert da.gettext(words, **values) == "21. november 2026 09.05 1.234,5 Ib, Bo og Pi 1234"
    assert en.gettext(words, **values) == "21 November 2026 09:05 1,234.5 Ib, Bo and Pi 1234"
    assert da.gettext("{then}", then=datetime(2026, 11, 21, 9, 5, tzinfo=UTC)) == "21. november 2026 09.05"
    assert da.gettext("in {age}", age=Phrase.counted("{n} month", "{n} months", 3)) == "in 3 måneder"


def test_numbers_and_shares_have_the_decimal_comma(da, en):
    assert (da.number(49.01, 2), da.number(1234567), da.number(0.5, 0)) == ("49,01", "1.234.567", "0")
    assert (da.percent(0.25), da.percent(0.022, 1), en.percent(0.25)) == ("25\u00a0%", "2,2\u00a0%", "25%")


def test_listeners_hear_of_each_change_until_they_cancel():
    language, heard = i18n.CurrentLanguage(), []
    first = language.subscribe(lambda now: heard.append(("first", now.language)))
    language.subscribe(lambda now: heard.append(("second", now.language)))
    assert language.translator.language == "da"
    language.set_language("en")
    language.set_language("en")
    first.cancel()
    first.cancel()
    language.set_language("da")
    assert heard == [("first", "en"), ("second", "en"), ("second", "da")]


def test_a_listener_may_cancel_itself_while_it_is_told():
    language, heard = i18n.CurrentLanguage(), []
    handles = []
    handles.append(language.subscribe(lambda now: handles[0].cancel()))
    language.subscribe(lambda now: heard.append(now.language))
    language.set_language("en")
    assert heard == ["en"]


def test_a_language_without_words_is_refused():
    with pytest.raises(ValueError, match="no words"):
        i18n.set_language("kl")
    assert i18n.current().language == "da"


def test_a_word_without_danish_is_noted_where_it_is_asked_for(da, en):
    i18n.missed.clear()
    assert en.gettext("Sleep") == da.gettext("Sleep") == "Sleep"
    assert da.pgettext("verb", "Doze") == "Doze"
    assert da.ngettext("{n} nap", "{n} naps", 2) == "2 naps"
    assert da.gettext("Name") == "Navn"
    assert i18n.missed == {"Sleep", "Doze", "{n} nap"}
    i18n.missed.clear()


def test_words_are_had_without_loading_babel():
    code = (
        "import sys; from caseworker_app import i18n; i18n.set_language('en'); i18n.gettext('Name {x}', x=1);"
        "sys.exit(any(m.split('.')[0] in ('babel', 'PySide6', 'sqlalchemy') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The catalogues of the program itself.


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_compiled_words_are_those_of_the_catalogue(language):
    compiled = (TRANSLATIONS / f"{language}.mo").read_bytes()
    assert compiled == messages.mo_bytes(messages.read(TRANSLATIONS / f"{language}.po"))


def test_every_word_of_the_program_has_its_danish():
    assert messages.check(messages.ROOT, TRANSLATIONS) == []


# The tool, on a program of its own.

PROGRAM = '''
from words import _, N_, ngettext, pgettext, UserError, InvalidInput, Phrase
STATE_LABELS = {1: "Open", 2: "Closed"}
OTHER: dict[int, str] = {1: "not a label"}
LATER_LABELS: dict[int, str] = {1: "Later"}
class Full(UserError):
    def __init__(self):
        super().__init__("The disk is full.", "Make room.")
class Worse(Full): ...
@entity("case", "Case")
class Case:
    name = field(TEXT, "Name", default="")
_("Hello {name}", name="x")
ngettext("{n} case", "{n} cases", 3)
Phrase.counted("{n} day", "{n} days", 1)
pgettext("verb", "Open")
raise UserError("No {thing}.", "Go back.", "Try " "again.", thing=1)
InvalidInput("field_name", "Too long." if x else "Too short.")
Worse("Even worse.")
words.gettext(N_("Marked"))
writer.act("Close the case")
_(variable)
'''  # fmt: skip


@pytest.fixture
def house(tmp_path):
    for folder in ("caseworker_app", "db", "ui", "resources/translations"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "caseworker_app" / "some.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


def po(house: Path) -> Path:
    return house / "resources" / "translations" / "da.po"


def run(house: Path, *arguments: str) -> int:
    return messages.main(list(arguments), house)


def test_every_way_to_say_a_word_is_found(house):
    found = survey(house).found
    assert {key[1] for key in found} == {
        "Open", "Closed", "Later", "The disk is full.", "Make room.", "Case", "Name", "Hello {name}", "{n} case",
        "{n} day", "No {thing}.", "Go back.", "Try again.", "Too long.", "Too short.", "Even worse.", "Marked",
        "Close the case",
    }  # fmt: skip
    assert found["", "{n} case"].plural == "{n} cases"
    assert ("verb", "Open") in found and ("", "Open") in found


@pytest.mark.parametrize(
    "line", ['_(f"Hello {x}")', 'UserError("a" + b)', '_("a %s" % b)', 'N_("{}".format(b))']
)
def test_a_msgid_put_together_at_run_time_is_a_problem(house, line):
    (house / "ui" / "window.py").write_text(line, encoding="utf-8")
    assert any("ui/window.py:1" in problem for problem in messages.check(house, po(house).parent))


def translate(house: Path) -> None:
    """Give every word a translation with its fields."""
    book = messages.read(po(house))
    for key, words in book.entries.items():
        forms = tuple(
            f"da {words.plural if words.plural and i else words.msgid}" for i in range(len(words.forms))
        )
        book.entries[key] = messages.replace(words, forms=forms)
    po(house).write_bytes(messages.po_bytes(book))


@pytest.fixture
def translated(house):
    run(house, "extract")
    translate(house)
    run(house, "extract")
    run(house, "compile")
    return house


def test_a_whole_catalogue_passes(translated, capsys):
    assert run(translated, "check") == 0
    assert capsys.readouterr().out.endswith("0 problems\n")


def test_extracting_and_compiling_again_change_nothing(translated):
    folder = po(translated).parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run(translated, "extract")
    run(translated, "compile")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def append(house: Path, text: str) -> None:
    with po(house).open("a", encoding="utf-8") as file:
        file.write(text)


def test_entries_appended_by_hand_are_put_in_order_and_kept(house):
    run(house, "extract")
    append(house, '\nmsgid "Name"\nmsgstr "Navn"\nmsgid "Not yet said"\nmsgstr "Endnu ikke sagt"\n')
    run(house, "extract")
    book = messages.read(po(house))
    assert book.entries["", "Name"].forms == ("Navn",)
    assert book.entries["", "Not yet said"].forms == ("Endnu ikke sagt",)
    assert po(house).read_text(encoding="utf-8").count('msgid "Name"') == 1


def test_what_is_put_by_comes_back_with_its_word(translated):
    source = translated / "caseworker_app" / "some.py"
    source.write_text("", encoding="utf-8")
    run(translated, "extract", "--prune")
    assert '#~ msgid "Marked"' in po(translated).read_text(encoding="utf-8")
    run(translated, "compile")
    assert run(translated, "check") == 0
    source.write_text(PROGRAM, encoding="utf-8")
    run(translated, "extract")
    run(translated, "compile")
    assert run(translated, "check") == 0


def problems(house: Path) -> str:
    return "\n".join(messages.check(house, po(house).parent))


def test_a_word_that_is_not_in_the_catalogue_is_a_problem(translated):
    (translated / "ui" / "new.py").write_text('_("New word")', encoding="utf-8")
    assert "stale: 'New word' (ui/new.py) is not in it" in problems(translated)
    run(translated, "extract")
    assert "not translated: 'New word'" in problems(translated)


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ('"da Hello {name}"', '"da Hello {navn}"', "does not have the fields of 'Hello {name}'"),
        ('"da Hello {name}"', '"da Hello"', "does not have the fields"),
        ('"da Hello {name}"', '"da Hello {name"', "does not have the fields"),
        ('"da Hello {name}"', '"da Hello {name.x}"', "does not have the fields"),
        ('"da {n} days"', '"da {m} days"', "does not have the fields of '{n} days'"),
        ('"da {n} days"', '""', "not translated: '{n} day'"),
        ('msgid "Marked"', '#, fuzzy\nmsgid "Marked"', "not translated: 'Marked'"),
        ('msgid "Marked"', 'msgid "Orphan"', "nothing in the program says 'Orphan'"),
        ('msgid_plural "{n} days"', 'msgid_plural "{n} nights"', "the plural of '{n} day' has changed"),
        ('msgid "Marked"', 'msgidd "Marked"', "da.po:"),
    ],
)
def test_what_does_not_fit_is_a_problem(translated, was, becomes, problem):
    text = po(translated).read_text(encoding="utf-8")
    assert was in text
    po(translated).write_text(text.replace(was, becomes), encoding="utf-8")
    assert problem in problems(translated)


def test_two_translations_of_one_word_are_a_problem_and_the_first_is_kept(translated):
    append(translated, '\nmsgid "Name"\nmsgstr "Noget andet"\n')
    assert "two translations of 'Name'" in problems(translated)
    assert messages.read(po(translated)).entries["", "Name"].forms == ("da Name",)


def test_stale_compiled_words_are_a_problem(translated):
    append(translated, '\nmsgid "Extra"\nmsgstr "Ekstra"\n')
    assert "da.mo: is not what da.po says" in problems(translated)


def test_braces_that_are_no_field_are_a_problem_in_the_program_too(translated):
    (translated / "ui" / "new.py").write_text('_("A {} and {0}")', encoding="utf-8")
    assert "braces that are no named field" in problems(translated)


# The words of the trade, and words that nobody translates.


def test_a_term_is_called_as_the_glossary_has_it_on_every_screen(translated):
    (translated / "ui" / "new.py").write_text('_("Draw a network map")', encoding="utf-8")
    run(translated, "extract")
    for danish, wrong in (("Tegn en oversigt", True), ("Tegn et netværkskort", False)):
        text = po(translated).read_text(encoding="utf-8")
        start = text.index('msgid "Draw a network map"')
        end = text.index("\n\n", start)
        entry = f'msgid "Draw a network map"\nmsgstr "{danish}"'
        po(translated).write_text(text[:start] + entry + text[end:], encoding="utf-8")
        assert ("'network map' is 'netværkskort'" in problems(translated)) is wrong


def test_a_term_in_the_plural_needs_its_danish_in_the_plural_too():
    assert glossary.strays("{n} complaint {n} complaints", "{n} klage {n} klager") == []
    assert glossary.strays("{n} complaint {n} complaints", "{n} brok {n} brok") == ["'complaint' is 'klage'"]


def test_what_the_glossary_lets_pass_is_still_said_somewhere():
    """What the catalogue holds the program says (:func:`test_every_word_of_the_program_has_its_danish`)."""
    said = {
        words.msgid for words in messages.read(TRANSLATIONS / "da.po").entries.values() if not words.put_by
    }
    assert said >= glossary.FREE


@pytest.mark.parametrize(
    "line",
    [
        'label.setText("Hello there")',
        'QPushButton("Save")',
        'line.setAccessibleName(f"Name of {who}")',
        'combo.addItem("All")',
    ],
)
def test_words_given_to_a_widget_without_asking_for_their_translation_are_a_problem(translated, line):
    (translated / "ui" / "new.py").write_text(line, encoding="utf-8")
    assert "ui/new.py:1" in problems(translated)
    assert "without a translation" in problems(translated)


def test_keys_signs_and_the_names_of_languages_are_no_words(translated):
    said = 'a.setText("−")\nb.setToolTip("Ctrl+P")\nc.setText("Dansk")\nd.setPlaceholderText("https://")\ne.addTab("")'
    (translated / "ui" / "new.py").write_text(said, encoding="utf-8")
    assert "without a translation" not in problems(translated)


def test_lint_in_ci_runs_the_gates_of_the_words():
    assert "start.py lint" in (messages.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "tools.messages" in (messages.ROOT / "start.py").read_text(encoding="utf-8")
