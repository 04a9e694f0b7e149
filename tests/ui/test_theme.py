"""The look: what is written can be read in every theme, pressed or not."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QRadioButton, QStyle, QStyleOptionButton, QWidget

from ui import theme
from ui.theme import ThemeName
from ui.widgets.combo import Combo

READABLE = 4.5
SEEN = 3.0
"""What a mark has to stand out from what is beside it (WCAG 1.4.11)."""
THEMES = (ThemeName.LIGHT, ThemeName.DARK, ThemeName.CONTRAST)


def luminance(colour):
    """Return WCAG's relative luminance of an ``#RRGGBB``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def dress(qapp):
    """Return ``dress(name)``; the light theme is put on again afterwards."""
    theme.load_fonts()
    yield lambda name: theme.apply(qapp, name)
    theme.apply(qapp, ThemeName.LIGHT)


@pytest.fixture
def painted(qtbot):
    """Return ``painted(look, enabled)``: (ground, what stands out most from it) of a button as it is painted."""

    def paint(look, enabled):
        desk = QWidget()
        qtbot.addWidget(desk)
        button = QPushButton("Gem og luk", desk)
        button.setProperty("look", look)
        button.setEnabled(enabled)
        button.setGeometry(10, 10, 160, 40)
        desk.show()
        image = desk.grab(button.geometry().adjusted(6, 6, -6, -6)).toImage()
        places = product(range(image.width()), range(image.height()))
        seen = Counter(image.pixelColor(x, y).name() for x, y in places)
        ground = seen.most_common(1)[0][0]
        return ground, max(seen, key=lambda colour: contrast(colour, ground))

    return paint


@pytest.mark.parametrize(
    ("name", "look", "enabled"), list(product(THEMES, ("", "primary", "quiet"), (True, False)))
)
def test_the_words_on_a_button_can_be_read_whether_it_can_be_pressed_or_not(
    dress, painted, name, look, enabled
):
    dress(name)
    assert contrast(*painted(look, enabled)) >= READABLE


@pytest.mark.parametrize(("name", "look"), list(product(THEMES, ("", "primary"))))
def test_a_button_that_cannot_be_pressed_looks_otherwise_than_one_that_can(dress, painted, name, look):
    dress(name)
    assert painted(look, enabled=True) != painted(look, enabled=False)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK, theme.CONTRAST], ids=lambda t: t.name)
def test_every_colour_of_words_can_be_read_on_every_ground(tokens):
    for words, ground in product(
        ("text", "muted", "accent", "overdue", "soon", "done", "note", "off"), ("ground", "surface", "tint")
    ):
        assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= READABLE, (words, ground)
    assert contrast(tokens.on_accent, tokens.accent) >= READABLE
    assert contrast(tokens.off, tokens.off_ground) >= READABLE


@pytest.fixture
def indicator(qtbot):
    """Return ``indicator(cls, checked)``: the picture of what is pressed of a radio button or a check box."""
    part = {
        QRadioButton: QStyle.SubElement.SE_RadioButtonIndicator,
        QCheckBox: QStyle.SubElement.SE_CheckBoxIndicator,
    }

    def paint(cls, checked, enabled=True):
        desk = QWidget()
        qtbot.addWidget(desk)
        desk.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button = cls("Ja", desk)
        button.setChecked(checked)
        button.setEnabled(enabled)
        button.setGeometry(10, 10, 100, 32)
        desk.show()
        desk.setFocus()
        option = QStyleOptionButton()
        button.initStyleOption(option)
        where = button.style().subElementRect(part[cls], option, button)
        return desk.grab(where.translated(button.pos()).adjusted(-2, -2, 2, 2)).toImage()

    return paint


def outline(image):
    """Return the strongest contrast to the ground that is met on the way in from each of the four sides."""
    ground, wide, high = image.pixelColor(0, 0).name(), image.width(), image.height()
    ways = (
        [(x, high // 2) for x in range(wide // 3)],
        [(wide - 1 - x, high // 2) for x in range(wide // 3)],
        [(wide // 2, y) for y in range(high // 3)],
        [(wide // 2, high - 1 - y) for y in range(high // 3)],
    )
    return [max(contrast(image.pixelColor(x, y).name(), ground) for x, y in way) for way in ways]


@pytest.mark.parametrize(
    ("name", "cls", "checked", "enabled"),
    list(product(THEMES, (QRadioButton, QCheckBox), (False, True), (True, False))),
)
def test_what_is_chosen_from_has_an_outline_that_is_seen_chosen_or_not_pressable_or_not(
    dress, indicator, name, cls, checked, enabled
):
    dress(name)
    assert min(outline(indicator(cls, checked, enabled))) >= SEEN


@pytest.mark.parametrize(
    ("name", "cls", "enabled"), list(product(THEMES, (QRadioButton, QCheckBox), (True, False)))
)
def test_what_is_chosen_is_told_from_what_is_not_by_its_shape(dress, indicator, name, cls, enabled):
    dress(name)
    plain, chosen = indicator(cls, False, enabled), indicator(cls, True, enabled)
    places = list(product(range(plain.width()), range(plain.height())))
    ground = plain.pixelColor(0, 0).name()

    def marked(image):
        return {at for at in places if contrast(image.pixelColor(*at).name(), ground) >= SEEN}

    assert len(marked(plain) ^ marked(chosen)) >= len(marked(plain)) // 2


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("count", [2, 9])
def test_a_list_to_choose_from_opens_as_tall_as_its_rows(qtbot, dress, name, count):
    dress(name)
    combo = Combo()
    qtbot.addWidget(combo)
    combo.addItems([f"Valg {number}" for number in range(count)])
    combo.show()
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0, timeout=1000)
    last = view.visualRect(view.model().index(count - 1, 0))
    assert last.bottom() < view.viewport().height()
    combo.hidePopup()
