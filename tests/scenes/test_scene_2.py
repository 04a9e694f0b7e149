"""Scene 2: a nine-year-old's map in child wording, locked, and printed in black and white so that anybody can read it."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.network_map import MapPersonKind, MapState, Quality
from caseworker_app.services import map_papers

pytestmark = pytest.mark.unwatched

PEOPLE = (
    ("Mor", "closest", "family", MapPersonKind.PERSON),
    ("Plet", "closest", "friends", MapPersonKind.PET),
    ("Mormor", "close", "family", MapPersonKind.PERSON),
    ("Anna", "known", "friends", MapPersonKind.PERSON),
    ("Karin", "distant", "school", MapPersonKind.PERSON),
    ("Farfar", "outside", "family", MapPersonKind.PERSON),
)
LINES = (("Mor", Quality.STRAINED), ("Farfar", Quality.BROKEN), ("Plet", Quality.STRONG))


def draw(stage):
    """Put everybody on the map by finger, and say of what kind three lines are."""
    hands, desk = stage.hands, stage.page.desk
    field, panel = desk.asking.name_field, desk.asking.line_panel
    for name, ring, sector, kind in PEOPLE:
        stage.tap(stage.spot(ring, sector, 0.4))
        assert field.isVisible()
        if kind is MapPersonKind.PET:
            stage.click(field.kinds._buttons[kind])
        stage.type(name, field.line)
        stage.press(Qt.Key.Key_Return, on=field.line)
        stage.tap(stage.bare())
    for name, quality in LINES:
        stage.click(desk.tools.line)
        stage.tap(hands.at(hands.named(name).id))
        stage.tap(hands.child())
        assert panel.isVisible()
        stage.click(panel.buttons[quality])
    return hands


def test_a_childs_own_map_is_drawn_locked_and_read_by_somebody_who_was_not_there(stage):
    stage.child("Ida Holm")
    stage.begin_map()
    hands = draw(stage)
    panel = stage.page.desk.asking.line_panel
    line = hands.session.opened.relations[0]
    stage.page.desk.asking.ask_kind(line.id)
    stage.settle()
    assert panel.buttons[Quality.STRAINED].text() == "Det er svært / vi skændes tit"
    stage.album("scene-2-line")
    stage.press(Qt.Key.Key_Escape, on=panel)
    standing = stage.standing()
    assert {cell[0] for cell in standing.values()} == {"closest", "close", "known", "distant", "outside"}
    stage.click(stage.page.header.keep)
    opened = stage.opened()
    assert (opened.map.state, opened.map.number, opened.locked) == (MapState.LOCKED, 1, True)
    before = stage.standing()
    stage.slide(hands.at(hands.named("Anna").id), stage.spot("close", "school"))
    assert stage.standing() == before
    stage.page.desk.canvas.fit()
    stage.album("scene-2-locked")
    read_by_another(stage, opened.map.digest)


def read_by_another(stage, digest):
    """What is on the paper alone says who is where, in the child's words, without a colour or a picture."""
    job = stage.read(lambda r: map_papers.job(r, stage.map, stage.templates, MapProfile.CHILD, black=True))
    paper = stage.window.house.papers.make(job)
    (stage.out / "scene-2-child-copy.pdf").write_bytes(paper.data)
    document = pypdfium2.PdfDocument(paper.data)
    first, *others = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (842, 595), "A4 held sideways"
    for words in (
        "Netværkskort tegnet med",
        "Ida",
        "Barnets kort",
        "21. november 2026",
        "version 1",
        digest[:8],
    ):
        assert words in first, words
    for name, *_rest in PEOPLE:
        assert name in first, name
    for words in (
        "Det er svært / vi skændes tit",
        "Vi ses ikke mere",
        "Vi har det rigtig godt",
        "Et dyr eller en bamse",
    ):
        assert words in " ".join(first.split()), words
    in_words = " ".join(" ".join(others).split())
    assert "Helt tæt på mig" in in_words
    assert "Farfar Ses ikke nu / savner Vi ses ikke mere" in in_words
    kinds = {item.type for n in range(len(document)) for item in document[n].get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    page = document[0].render(scale=2).to_pil()
    page.save(stage.out / "scene-2-child-copy.png")
    assert all(max(pixel) - min(pixel) < 24 for _n, pixel in page.convert("RGB").getcolors(1 << 20)), (
        "no colour"
    )
    document.close()
