"""The step ladder as a small drawing: six rising bars, the current one filled."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from caseworker_app.drawing.display_list import Rect
from caseworker_app.drawing.ladder import ACCENT, PAPER, STEPS, step_glyph


def bars(step: int | None) -> list[Rect]:
    return [item for item in step_glyph(step).items if isinstance(item, Rect)]


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_the_current_step_alone_is_filled(step):
    assert [bar.fill == ACCENT for bar in bars(step)] == [number == step for number in range(1, STEPS + 1)]


def test_without_a_step_nothing_is_filled():
    assert {bar.fill for bar in bars(None)} == {PAPER}


def test_steps_rise_from_one_floor_and_stand_inside_the_drawing():
    glyph = step_glyph(3)
    found = bars(3)
    assert len(found) == STEPS
    assert [bar.height for bar in found] == sorted(bar.height for bar in found)
    assert len({round(bar.y + bar.height, 6) for bar in found}) == 1
    for bar in found:
        edge = bar.stroke.width / 2
        assert bar.x - edge >= -1e-9
        assert bar.y - edge >= -1e-9
        assert bar.x + bar.width + edge <= glyph.width + 1e-9
        assert bar.y + bar.height + edge <= glyph.height + 1e-9


@pytest.mark.parametrize("step", [0, 7, -1])
def test_a_step_the_ladder_does_not_have_is_refused(step):
    with pytest.raises(ValueError, match="1-6"):
        step_glyph(step)


def test_a_drawing_can_be_sent_and_compared_but_not_changed():
    glyph = step_glyph(2, ink="#FFFFFF")
    assert pickle.loads(pickle.dumps(glyph)) == glyph != step_glyph(2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        glyph.width = 3
