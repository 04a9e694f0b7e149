"""What the program offers each template: its fields, flags and lists, and what a template of it must and must
not say.

The values are made in :mod:`caseworker_app.domain.paper_values`. A CPR number is offered to minutes only.
"""

from __future__ import annotations

from typing import Final

from caseworker_app.domain.template_parts import Contract, Names

_SENDER: Final = frozenset(
    {"municipality", "department", "worker", "worker_title", "worker_phone", "signature_line", "letter_date"}
)
_MEETING: Final = frozenset(
    {
        "child",
        "child_genitive",
        "day",
        "date",
        "time",
        "place",
        "at_place",
        "purpose",
        "contact_name",
        "contact_phone",
    }
)
_READER: Final = frozenset({"to_self", "to_child", "to_young", "to_parent", "to_network", "to_professional"})
"""Who reads this copy. ``to_self`` is the child whom it is about: ``to_child`` under 13, else
``to_young``."""
_PERSON: Final = Names(frozenset({"name", "function"}), frozenset({"is_child"}))
_TEXT: Final = Names(frozenset({"text"}))

_INVITATION: Final = Names(
    _SENDER | _MEETING | {"meeting", "background"}
    | {"reader", "reader_first", "chair", "chair_function", "course", "interpreter_language", "support_person"},
    _READER | {"has_interpreter", "unborn"},
)  # fmt: skip
_INVITED: Final = {"participants": _PERSON, "agenda": _TEXT}
_AGENDA: Final = Names(
    _SENDER | (_MEETING - {"contact_name", "contact_phone"}) | {"meeting", "reader", "chair", "course"},
    _READER | {"unborn", "for_chair", "has_agenda"},
)
_ON_AGENDA: Final = {
    "participants": _PERSON,
    "points": _TEXT,
    "wanted": Names(frozenset({"text", "who"}), frozenset({"quiet"})),
    "earlier": Names(frozenset({"what", "who", "when", "went"})),
}

_MINUTES: Final = Names(
    _SENDER
    | _MEETING
    | {"reader", "child_full_name", "cpr", "minutes_taker", "summary"}
    | {"family_task", "scale_question", "signed_by", "signed_on"},
    _READER | {"for_file", "unborn", "draft"},
)
_HELD: Final = {
    "came": _PERSON,
    "stayed_away": _PERSON,
    "worries": _TEXT,
    "works": _TEXT,
    "wishes": _TEXT,
    "child_words": _TEXT,
    "agreements": Names(frozenset({"what", "who", "when", "reason"})),
    "scale": Names(frozenset({"who", "value"})),
    "additions": Names(frozenset({"by", "when", "text"})),
}

GROUPS: Final = tuple(f"group_{number}" for number in range(1, 8))
"""The groups of a recovery code, each a field."""
CONTRACTS: Final = {
    contract.id: contract
    for contract in (
        Contract(
            "invitation_involving", _INVITATION, _INVITED, frozenset({"day", "time", "place", "purpose", "participants"})
        ),
        Contract(
            "invitation_network", _INVITATION, _INVITED, frozenset({"day", "time", "place", "purpose", "participants"})
        ),
        Contract("invitation_meeting", _INVITATION, _INVITED, frozenset({"day", "time", "place", "participants"})),
        Contract("agenda", _AGENDA, _ON_AGENDA, frozenset({"points", "wanted", "earlier"})),
        Contract(
            "minutes_involving", _MINUTES, _HELD,
            frozenset({"day", "came", "worries", "works", "wishes", "agreements"}), frozenset({"cpr", "child_full_name"}),
        ),
        Contract(
            "minutes_decision", _MINUTES, _HELD,
            frozenset({"day", "came", "agreements"}), frozenset({"cpr", "child_full_name"}),
        ),
        Contract(
            "recovery_sheet", Names(frozenset({"worker", "municipality", "made", *GROUPS})),
            {}, frozenset(GROUPS),
        ),
    )
}  # fmt: skip
"""Every contract by the id of its template; the file is ``resources/templates/<id>.<language>.toml``."""
