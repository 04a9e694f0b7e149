"""A goal in the words of a language: for its chart on the screen, and for the plan on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from caseworker_app.domain.danish import join_and
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import (
    GOAL_STATUS_LABELS,
    HELP_QUESTION_LABELS,
    LETTER_LABELS,
    MARK_SOURCE_LABELS,
    Goal,
    GoalStatus,
    Letter,
)
from caseworker_app.domain.plan_facts import (
    ChartWords,
    GoalFacts,
    GoalProgress,
    LetterFacts,
    MarkFacts,
    SaidLine,
)
from caseworker_app.i18n import Translator
from caseworker_app.services.evidence import Shows
from caseworker_app.services.goals import GoalView, progress

SIGNS = {
    Letter.SPECIFIC: "S",
    Letter.MEASURABLE: "M",
    Letter.ATTRACTIVE: "A",
    Letter.REALISTIC: "R",
    Letter.TIME_BOUND: "T",
}
"""The letters themselves: the same in Danish and in English."""


def letters_named(letters: Iterable[Letter], language: str) -> str:
    """Return ``M og T``; empty for none."""
    return join_and((SIGNS[letter] for letter in letters), language)


def lacking(words: Translator, missing: Iterable[Letter]) -> str:
    """Return ``Kladde: mangler M og T``; empty when no letter is missing."""
    letters = letters_named(missing, words.language)
    return words.gettext("Draft: lacks {letters}", letters=letters) if letters else ""


def answers(goal: Goal) -> dict[Letter, str]:
    """Return what is written for each letter itself; M may be answered by the indicator and T by the day instead."""
    return {
        Letter.SPECIFIC: goal.specific,
        Letter.MEASURABLE: goal.measurable,
        Letter.ATTRACTIVE: goal.attractive,
        Letter.REALISTIC: goal.realistic,
        Letter.TIME_BOUND: goal.time_bound,
    }


def goal_progress(words: Translator, view: GoalView, today: dt.date) -> GoalProgress:
    """Return what a goal's chart is drawn from, in the words of a language."""
    return GoalProgress(
        lines=tuple(
            SaidLine(line.source, words.gettext(MARK_SOURCE_LABELS[line.source]), line.points)
            for line in progress(view.marks)
        ),
        start=view.goal.start,
        expected=view.goal.expected_on,
        today=today,
        status=words.gettext(GOAL_STATUS_LABELS[view.status]),
        words=ChartWords(
            language=words.language,
            expected=words.gettext("Expected:"),
            today=words.gettext("Today"),
            status=words.gettext("Status:"),
            nothing=words.gettext("No progress is marked yet."),
            about=words.gettext("Progress of the goal from 0 to 10."),
        ),
    )


def shown(words: Translator, one: Shows) -> str:
    """Return what shows a goal's progress in one line: what, when, and the note."""
    named = words.say(one.said) if isinstance(one.said, Phrase) else one.said
    day = "" if one.on is None else f" {long_date(one.on, words.language)}"
    return f"{named}{day}: {one.note}" if one.note else f"{named}{day}"


def goal_facts(words: Translator, view: GoalView, day: dt.date, shows: Iterable[Shows] = ()) -> GoalFacts:
    """Return a goal as the file reads it, with its subgoals."""
    goal = view.goal
    written = answers(goal)
    return GoalFacts(
        text=goal.text,
        status=words.gettext(GOAL_STATUS_LABELS[view.status]),
        lacks=lacking(words, view.missing) if view.status is GoalStatus.DRAFT else "",
        child_words=goal.child_words,
        parents_words=goal.parents_words,
        letters=tuple(
            LetterFacts(
                words.gettext(LETTER_LABELS[one]),
                words.gettext(HELP_QUESTION_LABELS[one]),
                _answer(words, goal, one, written),
            )
            for one in Letter
        ),
        indicator=goal.indicator,
        owners=goal.owners,
        start=goal.start,
        expected_on=goal.expected_on,
        progress=goal_progress(words, view, day),
        marks=tuple(
            MarkFacts(mark.marked_on, words.gettext(MARK_SOURCE_LABELS[mark.source]), mark.value, mark.words)
            for mark in view.marks
            if mark.marked_on is not None
        ),
        evidence=tuple(shown(words, one) for one in shows),
        subgoals=tuple(goal_facts(words, sub, day) for sub in view.subgoals),
    )


def _answer(words: Translator, goal: Goal, letter: Letter, written: dict[Letter, str]) -> str:
    """Return a letter's answer; what will be seen answers M, the expected day answers T."""
    if not written[letter] and letter is Letter.MEASURABLE:
        return goal.indicator
    if not written[letter] and letter is Letter.TIME_BOUND and goal.expected_on is not None:
        return long_date(goal.expected_on, words.language)
    return written[letter]
