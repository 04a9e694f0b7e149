"""What others wrote beside a field of a form: live values that disagree, and values that came meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from caseworker_app import i18n
from caseworker_app.domain.dates import MONTHS
from caseworker_app.domain.heads import Head
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from ui.widgets.field_row import Beside
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.form_view import FormView

_COUNTER_BITS = 16


def beside(view: FormView, name: str, names: Mapping[Id, str]) -> list[Beside]:
    """Return what stands beside a field now, with the buttons that answer it."""
    form = view.form
    if form is None:
        return []
    now, editor = form.fields[name], view.rows[name].editor
    found = []
    if now.fresh is not None:
        actions = (
            (N_("Use it"), lambda: view.answer_meanwhile(name, take=True)),
            (N_("Keep mine"), lambda: view.answer_meanwhile(name, take=False)),
        )
        for number, head in enumerate(now.meanwhile):
            words = tr(
                "Changed meanwhile to '{value}'{by}.", value=editor.words(head.value), by=_by(head, names)
            )
            found.append(Beside(words, actions if number == 0 else ()))
        return found
    for number, head in enumerate(now.shown.others):
        words = tr("Also: '{value}'{by}", value=editor.words(head.value), by=_by(head, names))
        use = (N_("Use this one"), _settler(view, name, head.value))
        keep = (N_("Keep the one shown"), _settler(view, name, now.shown.value))
        settled = () if now.touched else (use, keep) if number == 0 else (use,)
        found.append(Beside(words, settled))
    return found


def _settler(view: FormView, name: str, value: Any) -> Any:
    return lambda: view.settle(name, value)


def _by(head: Head[Any], names: Mapping[Id, str]) -> str:
    """Return who wrote a value and when, in brackets, as far as it is known."""
    who = names.get(head.author, tr("a colleague") if head.author else "")
    when = ""
    if head.hlc:
        day = dt.datetime.fromtimestamp((head.hlc >> _COUNTER_BITS) / 1000, dt.UTC).astimezone().date()
        language = i18n.current().language
        month = MONTHS[language][day.month - 1][:3]
        when = f"{day.day}. {month}." if language == "da" else f"{day.day} {month}"
    said = ", ".join(part for part in (who, when) if part)
    return f" ({said})" if said else ""
