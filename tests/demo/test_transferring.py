"""The demo shows two notes that were carried over to the record system."""

from __future__ import annotations

from caseworker_app.domain.transfer import Transfer
from tests.demo.conftest import Filled


def test_two_notes_are_marked_as_carried_over(demo: Filled) -> None:
    found = demo.read(lambda reader: reader.find(Transfer))
    assert [one.subject_type for one in found] == ["entry", "entry"]
    assert {one.system for one in found} == {"DUBU"}
