"""The words in and beside a genogram: what each sign means, who is called what. Plain text, in one language, picklable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseworker_app.domain.family import (
    COUPLE_LABELS,
    MEMBER_KIND_LABELS,
    SEX_LABELS,
    SIBLING_LABELS,
    TIE_LABELS,
    CoupleKind,
    MemberKind,
    Sex,
    SiblingTie,
    TieKind,
)
from caseworker_app.domain.genogram_view import SeenCouple
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_

KEY_LABELS: Mapping[str, str] = {
    "index": N_("The child of the case"),
    **{f"sex:{sex.value}": SEX_LABELS[sex] for sex in Sex},
    "sex:": N_("Sex not known"),
    **{
        f"kind:{kind.value}": MEMBER_KIND_LABELS[kind] for kind in MemberKind if kind is not MemberKind.PERSON
    },
    "dead": N_("Dead"),
    **{f"couple:{kind.value}": COUPLE_LABELS[kind] for kind in CoupleKind},
    "couple:": N_("Have a child together; more is not known"),
    "related": N_("They are of one blood"),
    **{f"tie:{kind.value}": TIE_LABELS[kind] for kind in TieKind},
    "over": N_("That time is over"),
    **{f"sibling:{kind.value}": SIBLING_LABELS[kind] for kind in SiblingTie},
    "home": N_("Live together"),
}
"""What a sign means, by the sign; a key shows only those that are used."""


@dataclass(frozen=True, slots=True)
class GenogramWords:
    """``names`` is what each is called; ``born`` and ``died`` take the year at ``{year}``; ``key`` is by sign."""

    names: Mapping[Id, str] = field(default_factory=dict)
    born: str = "{year}"
    died: str = "{year}"
    dead: str = ""
    key: Mapping[str, str] = field(default_factory=lambda: dict(KEY_LABELS))
    heading: str = ""


def couple_years(couple: SeenCouple | None) -> str:
    """Return the years of a couple: "2009–2016", "2018–", "–2016"."""
    if couple is None or (couple.begun is None and couple.ended is None):
        return ""
    if couple.begun is not None and couple.begun == couple.ended:
        return str(couple.begun)
    return f"{couple.begun or ''}–{couple.ended or ''}"
