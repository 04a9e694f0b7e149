"""The words of the trade: what an English term must be called in Danish, on every screen and paper.

From the project's glossary: one word for one thing. Words are looked for whole, without regard to capitals, in the singular
and the plural; the Danish stands as the beginning of a word, so that its endings and compounds are taken too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

GLOSSARY: Final[Mapping[str, tuple[str, ...]]] = {
    "network map": ("netværkskort", "kort"),
    "network meeting": ("netværksmøde",),
    "caseload": ("sager", "sagsstamme"),
    "notification of concern": ("underretning",),
    "support person": ("bisidder",),
    "supporter": ("bisidder",),
    "interpreter": ("tolk",),
    "consent": ("samtyk",),
    "complaint": ("klage",),
    "breakdown": ("sammenbrud",),
    "screening": ("screening",),
    "home visit": ("hjemmebesøg",),
    "genogram": ("genogram",),
    "deadline": ("frist",),
    "hearing of parents": ("partshøring",),
    "ladder": ("trappe", "indsatstrappe"),
    "agreement": ("aftal",),
    "custody": ("forældremyndighed",),
    "sibling": ("søskende",),
    "access to documents": ("aktindsigt",),
    "protective factor": ("beskyttelse",),
    "trial action": ("prøvehandling",),
    "resource-centre meeting": ("ressourcecentermøde", "rcm"),
    "minutes of": ("referat", "beslutningsreferat"),
    "follow-up": ("opfølgning", "følges op", "følge op", "følger op", "fulgt op"),
    "journal": ("journal",),
    "investigation": ("undersøgelse", "undersøges"),
    "placement": ("anbring", "anbragt"),
    "intervention": ("indsats", "foranstaltning"),
    "measurement plan": ("måleplan",),
    "handover pack": ("overlever",),
}
"""English term and what one of must stand in the Danish."""
FREE: Final = frozenset({
    "Move nearer on the network map",
    "All placements",
    "Home-based placements",
    ("No complaint and no breakdown is recorded. A complaint is looked at again within four weeks; a "
        "placement that breaks down is recorded with what comes next."),
    "The four months of an investigation run from the day the need was known, not from today (barnets lov § 20).",
    "Supporting interventions",
    "interventions.toml",
})  # fmt: skip
"""Where the term is understood from what stands around it, or is the name of a file."""


def strays(msgid: str, danish: str) -> list[str]:
    """Return the terms of a msgid that its Danish does not have."""
    if msgid in FREE:
        return []
    said = danish.casefold()
    return [
        f"{term!r} is {' or '.join(map(repr, words))}"
        for term, words in GLOSSARY.items()
        if re.search(rf"\b{re.escape(term)}s?\b", msgid, re.IGNORECASE)
        and not any(word in said for word in words)
    ]
