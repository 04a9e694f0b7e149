"""The words of what is due: what it is, when, whose rule, how late; made where lists are filled, not where they paint."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.dates import MONTHS, short_date, weekday
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import Bound, Title
from caseworker_app.i18n import N_
from caseworker_app.services.deadline import Deadline, Lateness, Work
from ui.words import tr

WORK_LABELS = {
    Work.FOLLOW_UP: N_("Follow-up"),
    Work.REPORT: N_("Written status"),
    Work.COURSE_END: N_("End of the course"),
    Work.SUPERVISION: N_("Supervision visit"),
}
"""What is due by an intervention's own rule; everything else has its own title."""
TONES = {Lateness.OVERDUE: "overdue", Lateness.TODAY: "soon"}
"""The colour token of a lateness that has one; a word and an icon say it too."""
DO_LABELS = {
    Work.FOLLOW_UP: N_("Hold the follow-up …"),
    Work.HEARING: N_("Record the hearing …"),
    Work.RHYTHM: N_("Record the decision …"),
    Work.PLAN: N_("Go to the plan"),
    Work.INVESTIGATION: N_("Go to the investigation"),
    Work.COMPLAINT: N_("Go to the complaint"),
    Work.PARENT_HEARD: N_("Go to the hearing"),
}
MARK_LABEL = N_("Say that it is done …")


def title_words(title: Title | Phrase) -> str:
    """Return a title that comes with a rule, or with the program, in the language of the moment."""
    return title.say(i18n.current().language) if isinstance(title, Title) else i18n.say(title)


def what_words(one: Deadline, intervention: str = "") -> str:
    """Return what is due, with the intervention it is about where there is one."""
    if one.work is Work.FOLLOW_UP and one.status:
        words = tr("Follow-up with status")
    elif one.work in WORK_LABELS:
        words = tr(WORK_LABELS[one.work])
    else:
        words = title_words(one.title)
    return f"{words}: {intervention}" if intervention else words


def law_words(one: Deadline) -> str:
    """Return whether it is law or a local standard; law that was not verified says so."""
    if not one.law:
        return tr("Local standard")
    if isinstance(one.item, DueItem) and not one.item.source.is_fact:
        return tr("Law, not verified")
    return tr("Law")


def late_words(one: Deadline, today: dt.date) -> str:
    """Return how it stands: overdue by how much, today, in how many days, held or waived."""
    if one.item.held is not None:
        return tr("Done {day}", day=short_date(one.item.held, i18n.current().language))
    if one.item.waived:
        return tr("Waived")
    if not one.open:
        return tr("Over")
    if isinstance(one.item, DueItem) and one.item.bound is Bound.UNDATED and one.due <= today:
        return tr("As soon as possible")
    days = (one.due - today).days
    if one.lateness is Lateness.OVERDUE:
        return i18n.ngettext("{n} day overdue", "{n} days overdue", max(-days, 0)) if days else tr("Overdue")
    if days == 0:
        return tr("Today")
    return i18n.ngettext("In {n} day", "In {n} days", days)


def when_words(one: Deadline, today: dt.date) -> str:
    """Return the due day, the working day it is planned on, and the day agreed at the last follow-up."""
    language = i18n.current().language
    said = [tr("by {day}", day=short_date(one.due, language))]
    if one.open and not one.passes and one.planned != one.due:
        day = f"{weekday(one.planned, language)[:3]}. {_near(one.planned, today)}"
        said.append(tr("plan {day}", day=day))
    if one.agreed is not None and one.open:
        said.append(tr("agreed for {day}", day=_near(one.agreed, today)))
    if one.guess and one.open:
        said.append(tr("moves with the one before"))
    return " · ".join(said)


def _near(day: dt.date, today: dt.date) -> str:
    """Return a day of these months in few letters, any other with its year."""
    language = i18n.current().language
    if abs((day - today).days) > 300:
        return short_date(day, language)
    month = MONTHS[language][day.month - 1]
    short = month if len(month) < 5 else month[:3] + ("." if language == "da" else "")
    return f"{day.day}. {short}" if language == "da" else f"{day.day} {short}"


def do_words(one: Deadline) -> str:
    """Return what the button that does it says."""
    return tr(DO_LABELS.get(one.work, MARK_LABEL))
