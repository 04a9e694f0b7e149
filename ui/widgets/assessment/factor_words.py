"""Words of the register of factors, translated."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.entity import type_named
from caseworker_app.domain.factors import DIRECTION_LABELS, FactorCourse, FactorWords
from caseworker_app.services.factors import Evidence, FactorView
from ui.widgets.assessment.notification_page import day_words
from ui.words import tr


def evidence_words(one: Evidence) -> str:
    """Return what shows a factor: its day, what it is, and its heading."""
    declared = type_named(one.kind)
    kind = "" if declared is None else tr(declared.label)
    return " · ".join(part for part in (day_words(one.day), kind, one.words) if part)


def course_of(view: FactorView, today: dt.date) -> FactorCourse:
    """Return a factor's marks as they are drawn."""
    points = tuple(
        (mark.marked_on, mark.strength)
        for mark in view.marks
        if mark.marked_on is not None and mark.strength is not None
    )
    language = i18n.current().language
    about = f"{tr(DIRECTION_LABELS[view.factor.direction])}: {view.factor.name}"
    words = FactorWords(language, about, tr("Strength"), tr("No mark yet"))
    return FactorCourse(words, view.factor.direction, points, today)
