"""A notification as lines and sheet: what is said of it, translated."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.dates import day_and_month, long_date, short_date
from caseworker_app.domain.notification import (
    CONTACT_KIND_LABELS,
    SCREENING_LABELS,
    SECOND_READER_LABELS,
    SENDER_KIND_LABELS,
    FirstContact,
    Notification,
)
from caseworker_app.services.deadline import Lateness
from caseworker_app.services.notification_views import STEP_LABELS, NotificationView, Step, StepView
from ui.value_words import moment
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.today.due_words import hours, said
from ui.words import tr


def day_words(day: dt.date | None) -> str:
    """Return a day in words; empty for none."""
    return "" if day is None else long_date(day, i18n.current().language)


def short_day(day: dt.date | None) -> str:
    """Return a day in figures, for a narrow list; empty for none."""
    return "" if day is None else short_date(day, i18n.current().language)


def sender_words(one: Notification) -> str:
    """Return from whom it is."""
    kind = "" if one.capacity is None else tr(SENDER_KIND_LABELS[one.capacity])
    return one.sender or kind or tr("Sender not written")


def _brief(at: dt.datetime) -> str:
    """Return a moment for a narrow list."""
    here, language = at.astimezone(), i18n.current().language
    return f"{day_and_month(here.date(), language)} {i18n.current().time(here)}"


def _left(left: float) -> str:
    """Return how long a clock still runs; what is over for more than two days, in days."""
    if left > -48:
        return hours(left)
    days = int(-left // 24)
    return i18n.ngettext("{n} day late", "{n} days late", days)


def clock_words(view: NotificationView, now: dt.datetime) -> tuple[str, str]:
    """Return how long its 24 hours still run, and the colour's meaning; empty when they do not run."""
    ends = view.ends_at
    if ends is None:
        return "", "muted"
    left = (ends - now).total_seconds() / 3600
    words = tr("Not assessed yet: {left}. The 24 hours end {moment}.", left=_left(left), moment=moment(ends))
    return words, "overdue" if left < 0 else "soon"


def line_of(view: NotificationView, now: dt.datetime) -> ListLine:
    """Return its line of the list."""
    one = view.notification
    came = "" if one.received_at is None else _brief(one.received_at)
    if view.ends_at is not None:
        left = (view.ends_at - now).total_seconds() / 3600
        return ListLine(
            one.id, sender_words(one), f"{_left(left)} · {came}",
            "warning" if left < 0 else "history", "overdue" if left < 0 else "soon",
        )  # fmt: skip
    open_steps = sum(step.open for step in view.steps)
    if open_steps:
        left_words = i18n.ngettext("{n} thing to do", "{n} things to do", open_steps)
        return ListLine(one.id, sender_words(one), f"{left_words} · {came}", "today", "accent")
    return ListLine(one.id, sender_words(one), f"{tr('done')} · {came}", "done", "done")


def step_words(step: StepView) -> tuple[str, str]:
    """Return what a step is called, and below it when it was done or is due."""
    name = tr(STEP_LABELS[step.step])
    if step.done_on is not None:
        day = day_words(step.done_on)
        return name, tr("{day}, {who}", day=day, who=step.words) if step.words else day
    if step.waived:
        return name, tr("waived")
    one = step.deadline
    if one is None or step.step is Step.ASSESSED:
        return name, ""
    if one.lateness is Lateness.TODAY and one.at is None and one.due < one.planned:
        return name, tr("As soon as possible")
    late = one.lateness is Lateness.OVERDUE
    when = tr("was due {day}", day=day_words(one.due)) if late else tr("by {day}", day=day_words(one.due))
    return name, f"{when} · {said(one.source)}"


def facts_of(view: NotificationView) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what is written of it, in groups: (heading, rows of name and words)."""
    one = view.notification
    kind = "" if one.capacity is None else tr(SENDER_KIND_LABELS[one.capacity])
    second = "" if one.second_role is None else tr(SECOND_READER_LABELS[one.second_role])
    return [
        (
            "",
            [
                (tr("About"), one.about),
                (tr("The sender is"), kind),
                (tr("Abuse is suspected"), tr("yes") if one.abuse_suspected else ""),
            ],
        ),
        (
            tr("Assessment within 24 hours") if one.assessed_at else "",
            [
                (tr("Assessed at"), "" if one.assessed_at is None else moment(one.assessed_at)),
                (tr("Assessed by"), one.assessed_by),
                (tr("Needs help at once"), _yes_no(one)),
                (tr("Urgent assessment"), one.assessment),
            ],
        ),
        (
            tr("Second opinion") if one.second_on else "",
            [(tr("By"), _joined(second, one.second_by)), (tr("Conclusion"), one.second_conclusion)],
        ),
        (
            tr("Screening") if one.screening else "",
            [
                (tr("Result"), "" if one.screening is None else tr(SCREENING_LABELS[one.screening])),
                (tr("Reasons"), one.screening_why),
            ],
        ),
    ]


def contact_words(contact: FirstContact) -> tuple[str, str]:
    """Return a first contact as name and words."""
    name = f"{tr(CONTACT_KIND_LABELS[contact.kind])}, {day_words(contact.held_on)}"
    return name, "\n".join(part for part in (contact.who, contact.text) if part)


def _yes_no(one: Notification) -> str:
    if one.assessed_at is None:
        return ""
    return tr("yes") if one.acute else tr("no")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
