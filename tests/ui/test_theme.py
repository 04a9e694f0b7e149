"""The look: what is written can be read in every theme, pressed or not."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme
from ui.theme import ThemeName

READABLE = 4.5
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
