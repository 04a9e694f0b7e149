"""Short facts side by side: no line of them ends or begins with the dot between them."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from ui.widgets.facts_line import FactsLine, lines_of

FACTS = (
    "Fælles forældremyndighed",
    "Gullestrup Skole, 2.b",
    "Trin 3",
    "Næste møde onsdag",
    "Fagsystem: 2026-17",
)


def test_no_line_ends_or_begins_with_the_dot_however_narrow_it_is(qtbot):
    line = FactsLine()
    qtbot.addWidget(line)
    line.show_facts(FACTS)
    line.show()
    for width in range(40, 1200, 40):
        line.resize(width, 60)
        lines = line.text().split("\n")
        assert all(each == each.strip(" ·") for each in lines)
        assert " · ".join(lines) == " · ".join(FACTS)
    assert len(lines) == 1


def test_an_empty_fact_leaves_no_dot_behind(qtbot):
    line = FactsLine()
    qtbot.addWidget(line)
    line.resize(1000, 40)
    line.show_facts(("Trin 3", "", " "))
    assert line.text() == "Trin 3"


def test_a_fact_is_never_broken(qtbot):
    line = FactsLine()
    qtbot.addWidget(line)
    assert lines_of(FACTS, QFontMetrics(line.font()), 1) == list(FACTS)
