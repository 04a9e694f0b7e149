"""The PIN of Familievisning is chosen, changed and removed in the settings."""

from __future__ import annotations

import pytest

from caseworker_app.compose.access import Access
from caseworker_app.secrets import Finding
from caseworker_app.services import family_pin
from caseworker_app.vault.locks import Argon2Parameters
from ui.pages.settings.family_pane import FamilyPane


@pytest.fixture
def doors(tmp_path, clock):
    return Access(
        tmp_path / "own",
        clock,
        find_keyring=lambda: Finding(None, ""),
        parameters=Argon2Parameters(passes=1, memory_kib=1024, lanes=1),
    )


@pytest.fixture
def pane(qtbot, house, doors, wait_idle):
    (doors.folder).mkdir()
    made = FamilyPane(house, doors)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.begin()
    wait_idle()
    return made


def choose(pane, pin, again, wait_idle):
    pane.pin.setText(pin)
    pane.again.setText(again)
    pane.keep.click()
    for _ in range(3):  # hashed, written, asked for again
        wait_idle()


def test_a_pin_is_chosen_changed_and_removed(pane, doors, read, wait_idle):
    assert pane.state.text() == "Du har ingen PIN."
    assert not pane.forget.isVisible()
    for pin in ("2580", "90210"):
        choose(pane, pin, pin, wait_idle)
        assert pane.state.text() == "Du har en PIN."
        assert (pane.pin.text(), pane.again.text()) == ("", "")
        doors.check_pin(read(family_pin.pin_hash), pin)
    pane.forget.click()
    wait_idle()
    wait_idle()
    assert read(family_pin.pin_hash) == ""
    assert pane.state.text() == "Du har ingen PIN."


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("258", "258", "En PIN er på 4 til 8 cifre."), ("1234", "1234", "Den PIN bliver gættet først."),
     ("2580", "2581", "De to er ikke ens.")],
)  # fmt: skip
def test_a_pin_that_is_none_is_refused_in_words(pane, read, wait_idle, pin, again, said):
    choose(pane, pin, again, wait_idle)
    assert pane.complaint.isVisible()
    assert pane.complaint.sentence.text() == said
    assert read(family_pin.pin_hash) == ""


def test_what_was_typed_is_gone_when_the_pane_is_left(pane):
    pane.pin.setText("2580")
    assert pane.leave()
    assert pane.pin.text() == ""


def test_digits_are_never_on_the_screen(pane):
    for line in (pane.pin, pane.again):
        line.setText("2580")
        assert "2" not in line.displayText()
        assert line.accessibleName()
