"""Scene 5: half a year later. A new version from the old one, five sentences, the slider, and the § 20 attachment."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.network_map import MapState, Quality
from caseworker_app.services import investigations, map_versions
from tests.scenes.drawn import childs_map
from ui import printing

pytestmark = pytest.mark.unwatched
FIVE = (
    "Mormor er rykket fra 'Tæt på' til 'Helt tæt på mig'.",
    "Far er rykket fra 'Længere væk' til 'Tæt på'.",
    "Ali er ny på kortet: 'Kender godt' i feltet 'Venner'.",
    "Tom er ikke på kortet længere.",
    "Stregen mellem Ida og Far er ændret fra 'Det er svært / vi skændes tit' til 'Vi har det fint'.",
)


def test_half_a_year_later_the_new_version_says_in_five_sentences_what_is_drawn_differently(stage):
    stage.child()
    first, _on = childs_map(stage)
    stage.write(lambda w: map_versions.keep(w, first))
    stage.clock.set(stage.clock.now() + dt.timedelta(days=182))
    second = draw_on(stage, first)
    stage.click(stage.page.header.keep)
    stage.page.do("compare")
    stage.settle()
    versions = stage.page.versions
    assert stage.window.navigator.place.page == "map_compare"
    assert versions.sentences.sentences() == FIVE
    assert (versions.older.name.text(), versions.newer.name.text()) == (
        "Version 1, 21. november 2026",
        "Version 2, 22. maj 2027",
    )
    assert versions.older.isVisible() and versions.newer.isVisible()
    stage.album("scene-5-compared")
    stage.press(Qt.Key.Key_Left, on=versions.slider)
    assert versions.newer.name.text() == "Version 1, 21. november 2026"
    stage.press(Qt.Key.Key_Right, on=versions.slider)
    assert versions.newer.name.text() == "Version 2, 22. maj 2027"
    attach(stage, first, second)


def draw_on(stage, first):
    """Draw on from the kept map in the window, and draw what has changed."""
    stage.open_map(first)
    stage.click(stage.page.header.draw_on)
    stage.qtbot.waitUntil(lambda: stage.window.navigator.place.thing != first, timeout=5000)
    hands = stage.open_map(stage.window.navigator.place.thing)
    stage.slide(hands.at(hands.named("Mormor").id), stage.spot("closest", "family", 0.15))
    stage.slide(hands.at(hands.named("Far").id), stage.spot("close", "family", 0.75))
    hands.choose(hands.named("Tom").id)
    stage.press(Qt.Key.Key_Delete, on=hands.canvas)
    stage.tap(stage.spot("known", "friends", 0.8))
    field = stage.page.desk.asking.name_field
    stage.type("Ali", field.line)
    stage.press(Qt.Key.Key_Return, on=field.line)
    stage.press(Qt.Key.Key_Escape, on=field.line)
    (line,) = [r for r in hands.session.opened.relations if r.quality is Quality.STRAINED]
    stage.page.desk.asking.ask_kind(line.id)
    stage.click(stage.page.desk.asking.line_panel.buttons[Quality.ORDINARY])
    return stage.map


def attach(stage, first, second):
    """Both maps are put to the investigation; its attachment holds both, and the sentences."""
    investigation = stage.write(lambda w: investigations.begin(w, stage.case))
    for one in (first, second):
        stage.write(lambda w, one=one: map_versions.attach(w, one, investigation))
        assert stage.opened(one).map.state is MapState.ATTACHED
        assert stage.read(lambda r, one=one: map_versions.verify_digest(r, one))
    stage.go("map_compare", second, "versions")
    shown = []
    stage.page.taking_out.previewed.connect(shown.append)
    stage.click(stage.page.versions.sentences.print)
    stage.qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    (dialog,) = shown
    pages = printing.Pages(dialog._pages.data)
    words = " ".join(" ".join(pages.text(n) for n in range(len(pages))).split())
    for n in range(len(pages)):
        pages.image(n, 1.6).save(str(stage.out / f"scene-5-attachment-{n + 1}.png"))
    pages.close()
    dialog.close()
    for sentence in FIVE:
        assert sentence in words, sentence
    for digest in (stage.opened(one).map.digest for one in (first, second)):
        assert digest[:8] in words
    assert "21. november 2026" in words and "22. maj 2027" in words
