"""What others wrote beside a field of a form: live values that disagree, and values that came meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from caseworker_app import i18n
from caseworker_app.domain.dates import MONTHS
from caseworker_app.domain.heads import Head
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.forms import FormField
from ui.widgets.field_row import Beside
from ui.words import tr

_COUNTER_BITS = 16


class Answers(Protocol):
    """What can be done about a value beside a field."""

    def settle(self, name: str, value: Any) -> None:
        """Let one of the live values be the field's."""

    def answer_meanwhile(self, name: str, *, take: bool) -> None:
        """Take what came meanwhile, or keep one's own."""


def beside(
    name: str, now: FormField, words: Callable[[Any], str], names: Mapping[Id, str], answers: Answers
) -> list[Beside]:
    """Return what stands beside a field, with the buttons that answer it; ``words`` says a value."""
    if now.fresh is not None:
        actions = (
            (N_("Use it"), lambda: answers.answer_meanwhile(name, take=True)),
            (N_("Keep mine"), lambda: answers.answer_meanwhile(name, take=False)),
        )
        return [
            Beside(
                tr("Changed meanwhile to '{value}'{by}.", value=words(head.value), by=_by(head, names)),
                actions if number == 0 else (),
            )
            for number, head in enumerate(now.meanwhile)
        ]
    found = []
    for number, head in enumerate(now.shown.others):
        use = (N_("Use this one"), _settler(answers, name, head.value))
        keep = (N_("Keep the one shown"), _settler(answers, name, now.shown.value))
        offered = () if now.touched else (use, keep) if number == 0 else (use,)
        said = tr("Also: '{value}'{by}", value=words(head.value), by=_by(head, names))
        found.append(Beside(said, offered))
    return found


def _settler(answers: Answers, name: str, value: Any) -> Callable[[], None]:
    return lambda: answers.settle(name, value)


def _by(head: Head[Any], names: Mapping[Id, str]) -> str:
    """Return who wrote a value and when, in brackets, as far as it is known."""
    who = names.get(head.author, "") or (tr("a colleague") if head.author else "")
    when = ""
    if head.hlc:
        day = dt.datetime.fromtimestamp((head.hlc >> _COUNTER_BITS) / 1000, dt.UTC).astimezone().date()
        language = i18n.current().language
        month = MONTHS[language][day.month - 1]
        short = month if len(month) <= 4 else f"{month[:3]}{'.' if language == 'da' else ''}"
        when = f"{day.day}. {short}" if language == "da" else f"{day.day} {short}"
    said = ", ".join(part for part in (who, when) if part)
    return f" ({said})" if said else ""
