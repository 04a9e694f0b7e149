"""What a case keeps in the program's own measure is said as a person says it, on the paper for who asks to see it."""

from __future__ import annotations

from caseworker_app.domain.elevator import ElevatorHours, ElevatorMeasure
from caseworker_app.domain.measurement import Measurement
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import PAPER_LABELS, Paper
from caseworker_app.domain.visit import VisitNote
from caseworker_app.services.thing_words import lines


def said(cls, **values):
    return dict(lines(cls(**values), {}))


def test_minutes_are_said_as_hours_and_hundredths_as_the_figure_that_was_written():
    assert said(ElevatorHours, minutes=90)["Timer"] == "1,5"
    assert said(ElevatorMeasure, first=1750)["Kortlægning 1"] == "17,5"


def test_a_measurement_is_said_by_the_names_of_its_instrument_and_its_scales():
    words = said(Measurement, instrument="ors", scores=("individual=490", "close=500"))
    assert words["Skema"] == "ORS (FIT)"
    assert words["Scorer"] == "Personlig trivsel 4,9, Nære relationer 5"


def test_a_topic_and_the_answers_chosen_are_said_in_the_words_of_the_form():
    words = said(VisitNote, topic="seen", tags=("eye_contact",))
    assert words["Emne"] == "Set hos spædbarnet"
    assert words["Set"] == "Søger øjenkontakt"


def test_each_paper_has_a_name_in_the_log():
    assert {paper.value for paper in Paper} <= set(PAPER_LABELS)
    assert said(Print, document="minutes")["Dokument"] == "Referat"
