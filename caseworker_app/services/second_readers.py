"""Who may not give the second opinion on a notification: whoever was in the case before (BL § 137 stk. 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseworker_app.domain.anonymous import fold
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.notification import Notification, SecondReader
from caseworker_app.domain.visit import ParentsEntry
from caseworker_app.services import office
from caseworker_app.services.ports import Reader

_BETWEEN = re.compile(r"[^\w]+")


def earlier(reader: Reader, notification: Notification, role: SecondReader) -> Iterator[str]:
    """Yield the names of those who were in the case before, as they are stored.

    They are the worker herself, who assessed this notification, and whoever signed in the child's journal or the parents'.
    Who looked at another notification of the child counts too, but for the duty worker: she meets the same children again.
    """
    yield office.house(reader).worker.name
    yield notification.assessed_by
    for cls in (Entry, ParentsEntry):
        signed = {by for _id, by in reader.pick(cls, ("signed_by",), stream=notification.stream)}
        yield from (by.partition(",")[0] for by in sorted(signed))
    if role is SecondReader.DUTY_WORKER:
        return
    for one in reader.find(Notification, stream=notification.stream):
        if one.id != notification.id:
            yield one.assessed_by
            yield one.second_by


def same_name(one: str, other: str) -> bool:
    """Whether two names name the same person, whatever their capitals, accents, hyphens, middle names and order."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    return min(len(first), len(second)) > 1 and (first[0], first[-1]) == (second[0], second[-1])


def _parts(name: str) -> list[str]:
    return [part for part in _BETWEEN.split(fold(name)) if part]
