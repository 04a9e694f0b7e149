"""A fictional child with a plan, goals and marks, for tests of the plan on screen and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Address
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Custody, Role
from caseworker_app.domain.plan import GoalStatus, MarkSource
from caseworker_app.services import cases, goals, people, plans

NUMBER = "6103154234"
BEGUN = dt.date(2026, 3, 2)
SCHOOL = {
    "text": "Emma er i skole hver dag og har en ven at være sammen med",
    "child_words": "Jeg vil gerne have én at sidde ved siden af, som ikke griner.",
    "parents_words": "Vi håber, hun får lyst til at gå ud ad døren om morgenen igen.",
    "specific": "Emma er i klassen fra kl. 8 til 14 alle skoledage.",
    "indicator": "Ugens fremmøde, og om Emma selv fortæller om en ven.",
    "attractive": "Emma vil gerne spille trommer i klassens band, og det øver de om torsdagen.",
    "realistic": "Mor følger hende de første fire uger. Klasselæreren finder en makker.",
    "owners": ("Emma", "Mia (mor)", "Tom Vang, klasselærer"),
    "start": BEGUN,
    "expected_on": dt.date(2027, 6, 1),
}
MARKS = (
    (dt.date(2026, 3, 9), MarkSource.CHILD, 2, "Jeg har ondt i maven om morgenen."),
    (dt.date(2026, 3, 9), MarkSource.PARENT, 3, ""),
    (dt.date(2026, 4, 13), MarkSource.SCHOOL, 3, "Til stede tre dage ud af fem."),
    (dt.date(2026, 6, 8), MarkSource.CHILD, 4, "Sofie sidder ved siden af mig."),
    (dt.date(2026, 6, 8), MarkSource.PARENT, 4, ""),
    (dt.date(2026, 9, 7), MarkSource.CHILD, 6, ""),
    (dt.date(2026, 9, 7), MarkSource.SCHOOL, 7, "Fire dage og ingen konflikter."),
    (dt.date(2026, 11, 9), MarkSource.CHILD, 5, "Det er svært igen efter ferien."),
)


@dataclass
class Planned:
    """Emma's case and plan, with the goal about school, its subgoal, and a draft about sleep."""

    case: Id
    plan: Id
    school: Id
    step: Id
    sleep: Id


def settle(write: Callable[[Callable[[Any], Any]], Any]) -> Planned:
    """Write Emma's case and plan into a store."""
    case = write(
        lambda w: cases.register(
            w,
            {
                "child_name": "Emma Holm",
                "person_number": NUMBER,
                "record_number": "27.24.00-G01-12-26",
                "address": Address("Kastanievej 3", "7400", "Herning"),
            },
        )
    )
    parents = (("Mia Holm", Role.MOTHER), ("Jonas Bech", Role.FATHER))
    for name, role in parents:
        values = {"name": name, "role": role, "custody": Custody.SHARED}
        write(lambda w, values=values: people.add(w, case, values))
    purpose = "Emma har meget fravær. Bekymring for, om hun trives derhjemme."
    words = {
        "child_words": "Jeg vil gerne være ligesom de andre.",
        "parents_words": "Vi vil gerne hjælpe hende.",
    }
    plan = write(lambda w: plans.begin(w, case, {"begun_on": BEGUN, "purpose": purpose, **words}))
    school = write(lambda w: goals.add(w, plan, SCHOOL))
    write(lambda w: goals.set_status(w, school, GoalStatus.ACTIVE))
    small = {
        "text": "Emma spiser frokost sammen med Sofie",
        "specific": "De spiser sammen mindst tre dage om ugen.",
        "indicator": "Læreren ser det.",
        "attractive": "Emma har selv foreslået det.",
        "realistic": "Tom Vang siger det til Sofie.",
        "expected_on": dt.date(2026, 12, 18),
    }
    step = write(lambda w: goals.add(w, plan, small, school))
    write(lambda w: goals.set_status(w, step, GoalStatus.ACTIVE))
    draft = {
        "text": "Emma sover hele natten",
        "specific": "Emma sover fra kl. 21 til 6.30.",
        "attractive": "Så er hun frisk.",
    }
    sleep = write(lambda w: goals.add(w, plan, draft))
    for on, source, value, said in MARKS:
        write(
            lambda w, m=(on, source, value, said): goals.mark(
                w, school, on=m[0], source=m[1], value=m[2], words=m[3]
            )
        )
    return Planned(case, plan, school, step, sleep)
