"""High contrast, nothing that moves by itself, and both languages live: what is seen, whoever looks."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest

from tests.ui.test_theme import contrast
from ui import theme

ROOT = Path(__file__).resolve().parents[2]
MOVING = {
    "QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie", "QSequentialAnimationGroup",
    "QParallelAnimationGroup", "QGraphicsOpacityEffect", "setAnimated",
}  # fmt: skip


def names_in(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | {
        n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)
    }


@pytest.mark.parametrize("words", ["text", "muted", "accent", "overdue", "soon", "done", "note"])
def test_in_high_contrast_every_word_stands_out_seven_times(words):
    for ground in ("ground", "surface", "tint"):
        assert contrast(getattr(theme.CONTRAST, words), getattr(theme.CONTRAST, ground)) >= 7, ground


def test_in_high_contrast_lines_and_what_is_pressed_stand_out_too():
    assert contrast(theme.CONTRAST.on_accent, theme.CONTRAST.accent) >= 7
    assert contrast(theme.CONTRAST.line, theme.CONTRAST.ground) >= 3


@pytest.mark.parametrize(
    ("tokens", "mark"), list(product((theme.LIGHT, theme.DARK), ("accent", "overdue", "soon", "done")))
)
def test_a_mark_stands_out_three_times_from_every_ground(tokens, mark):
    for ground in ("ground", "surface", "tint"):
        assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3


def test_nothing_on_the_screen_moves_by_itself_so_nothing_has_to_be_stilled():
    moving = {
        file.relative_to(ROOT).as_posix(): found
        for file in sorted((ROOT / "ui").rglob("*.py"))
        if (found := names_in(file) & MOVING)
    }
    assert moving == {}
