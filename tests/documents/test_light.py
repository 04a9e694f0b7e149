"""Light text on paper."""

from __future__ import annotations

from caseworker_app.documents.blocks import BulletList, Paragraph, Span
from caseworker_app.documents.light import light


def test_items_that_follow_on_each_other_are_one_list():
    made = light("Aftalt:\n- mor ringer\n- far **henter**\n\nNæste gang *fredag*.")
    assert [type(block) for block in made] == [Paragraph, BulletList, Paragraph]
    assert made[1] == BulletList(
        ((Paragraph((Span("mor ringer"),)),), (Paragraph((Span("far "), Span("henter", bold=True))),))
    )
    assert made[2] == Paragraph((Span("Næste gang "), Span("fredag", italic=True), Span(".")))


def test_nothing_written_is_no_block():
    assert light(" \n\n") == ()
