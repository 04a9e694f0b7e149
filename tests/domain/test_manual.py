"""The manual: pages by place, and what is refused where one is not written as one."""

from __future__ import annotations

import re

import pytest

import resources
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.manual import ManualFault, read_manual, read_page
from tests.helpers.source import ROOT

INDEX = '[[page]]\nid = "one"\nplaces = ["case"]\n[[page]]\nid = "two"\nplaces = ["case:journal"]\npicture = "a.png"\n'
TEXTS = {
    "one": "# Sagen\n\nHer begynder det.\n\n## Faner\n- en\n",
    "two": "# Journal\n\n## Skriv\n**Ctrl+S** gemmer.\n",
    "quick-guide": "# Kort\n\n## Hver dag\n- se efter\n",
}


@pytest.fixture
def manual():
    return read_manual(INDEX, TEXTS.__getitem__)


def test_the_most_particular_page_of_a_place_is_chosen(manual):
    assert manual.page_at("case:journal:entries").title == "Journal"
    assert manual.page_at("case:people").title == "Sagen"
    assert manual.page_at("nowhere").title == "Sagen"


def test_a_page_is_found_by_all_its_words_whatever_their_case(manual):
    assert [page.id for page in manual.search("GEMMER skriv")] == ["two"]
    assert manual.search("gemmer faner") == ()
    assert len(manual.search("  ")) == 2


def test_a_page_is_read_into_its_sections():
    title, sections = read_page(TEXTS["one"], "one")
    assert title == "Sagen"
    assert [(section.heading, section.text) for section in sections] == [
        ("", "Her begynder det."),
        ("Faner", "- en"),
    ]


@pytest.mark.parametrize("text", ["", "Sagen\n", "# \n\nord", "# A\n", "# A\n\n## B\n", "# A\n\nord\n# C\n"])
def test_a_page_that_is_none_is_refused_with_its_name(text):
    with pytest.raises(ManualFault, match="side"):
        read_page(text, "side")


@pytest.mark.parametrize(
    "index",
    [
        "page = 1",
        "[[page]",
        "[[page]]\nplaces = []",
        INDEX + '[[page]]\nid = "one"\n',
        INDEX + '[[page]]\nid = "three"\nplaces = ["case"]\n',
        INDEX + '[[page]]\nid = "one"\nword = 1\n',
        "page = []",
    ],
)
def test_an_index_that_is_none_is_refused(index):
    with pytest.raises(ManualFault):
        read_manual(index, {**TEXTS, "three": TEXTS["one"]}.__getitem__)


# what ships


def test_each_picture_a_page_asks_for_is_there_and_each_that_is_there_is_asked_for():
    wanted = {page.picture for page in ShippedBooks().manual().pages if page.picture}
    there = {file.name for file in resources.path("manual", "pictures").glob("*.png")}
    assert wanted == there


def test_each_page_that_is_written_is_in_the_index():
    manual = ShippedBooks().manual()
    written = {file.stem for file in resources.path("manual", "da").glob("*.md")}
    assert written == {page.id for page in manual.pages} | {manual.guide.id}


def test_each_key_the_manual_names_is_one_of_the_program():
    said = "\n".join(file.read_text(encoding="utf-8") for file in resources.path("manual", "da").glob("*.md"))
    keys = set(re.findall(r"\*\*((?:Ctrl|Alt)\+[^*]+|F\d+|Ins)\*\*", said))
    source = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "ui").rglob("*.py"))
    known = set(re.findall(r'"((?:Ctrl|Alt|Shift)\+[^"]+|F\d+|Ins)"', source)) | {
        "Alt+1",
        "Alt+9",
        "Alt+0",
        "Alt+M",
        "Ctrl++",
    }
    danish = {"Alt+Venstre": "Alt+Left"}
    assert {key for key in keys if danish.get(key, key) not in known} == set()
