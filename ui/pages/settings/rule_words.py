"""What the editor of the follow-up rules says: faults with their line, and deadlines before and after."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.rules.faults import Fault
from caseworker_app.services.cases import display_name
from caseworker_app.services.rule_editing import CaseChange, Checked
from ui.words import error_words, tr


def verdict(checked: Checked) -> str:
    """Return what is to be said of a text that was looked through."""
    if checked.faults:
        return i18n.ngettext(
            "{n} fault: the rules cannot be used.",
            "{n} faults: the rules cannot be used.",
            len(checked.faults),
        )
    if checked.refused is not None:
        sentence, ways_out = error_words(checked.refused)
        return " ".join((sentence, *ways_out))
    if not checked.changes:
        return tr("No faults. No deadline of your {cases} cases changes within a year.", cases=checked.cases)
    touched = len({change.case.id for change in checked.changes})
    return i18n.ngettext(
        "No faults. {n} deadline in {touched} of your {cases} cases changes within a year:",
        "No faults. {n} deadlines in {touched} of your {cases} cases change within a year:",
        len(checked.changes), touched=touched, cases=checked.cases,
    )  # fmt: skip


def fault_words(fault: Fault) -> str:
    """Return what is wrong, with line and key."""
    what = i18n.say(fault.what)
    if not fault.line:
        return f"{fault.key}: {what}"
    return tr("Line {line}, {key}: {what}", line=fault.line, key=fault.key, what=what)


def change_words(found: CaseChange) -> str:
    """Return whose deadline would change, from which day to which."""
    before, after = found.change.before, found.change.after
    who, what = display_name(found.case), found.intervention.name
    if before is None and after is not None:
        return tr("{child}, {what}: {day} is new", child=who, what=what, day=date_words(after.due))
    if before is not None and after is None:
        return tr("{child}, {what}: {day} falls away", child=who, what=what, day=date_words(before.due))
    assert before is not None and after is not None
    if before.due == after.due:
        return tr(
            "{child}, {what}: {day} asks for something else", child=who, what=what, day=date_words(after.due)
        )
    return tr(
        "{child}, {what}: {before} becomes {after}",
        child=who, what=what, before=date_words(before.due), after=date_words(after.due),
    )  # fmt: skip


def date_words(day: dt.date) -> str:
    """Return a day in the language of the moment."""
    return long_date(day, i18n.current().language)
