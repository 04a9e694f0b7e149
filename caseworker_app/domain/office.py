"""The worker, the municipality, its own templates, and what was printed for whom."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import FLAG, MOMENT, NUMBER, REFERENCE, TEXT, choice, texts


class Function(StrEnum):
    """Whose store it is: the limit of 25 is a caseworker's (Herningmodellen, K "Vores fælles forandringsteori")."""

    CASEWORKER = "caseworker"
    HEALTH_VISITOR = "health_visitor"


FUNCTION_LABELS = {Function.CASEWORKER: "Caseworker", Function.HEALTH_VISITOR: "Health visitor"}


@entity("worker", "Worker")
class Worker(Entity):
    """The worker; lives in her own stream, and her id is the author of what she writes."""

    name: str = field(TEXT, "Name", default="")
    function: Function = field(choice(Function), "Function", default=Function.CASEWORKER)
    title: str = field(TEXT, "Title", default="")
    phone: str = field(TEXT, "Telephone", default="")
    email: str = field(TEXT, "E-mail", default="")
    team: str = field(TEXT, "Team", default="")


@entity("office", "Office")
class Office(Entity):
    """The municipality as its letters show it. ``logo`` is a PNG in base64, empty for none.

    ``limit`` is the municipality's own limit of active cases: for health visitors none unless it sets one.
    ``record_system`` is what the caseworkers' record system is called (empty: DUBU), ``record_system_health`` the health
    visitors' (empty: NOVAX); nothing is sent to either.
    """

    municipality: str = field(TEXT, "Municipality", default="")
    department: str = field(TEXT, "Department", default="")
    address: tuple[str, ...] = field(texts(), "Address", default=())
    phone: str = field(TEXT, "Telephone", default="")
    email: str = field(TEXT, "E-mail", default="")
    logo: str = field(TEXT, "Logo", default="")
    signature_line: str = field(TEXT, "Line under the signature", default="")
    limit: int | None = field(NUMBER, "Most active cases", default=None)
    record_system: str = field(TEXT, "The caseworkers' record system", default="")
    record_system_health: str = field(TEXT, "The health visitors' record system", default="")


@entity("template", "Template")
class OwnTemplate(Entity):
    """A municipality's own wording in place of ours; ``name`` is the template's id, ``text`` its TOML."""

    name: str = field(TEXT, "Template", default="", indexed=True)
    text: str = field(TEXT, "Text", default="")


@entity("print", "Print")
class Print(Entity):
    """One copy that left the house: what, for whom, when, the hash of its bytes, and whether as a file, not on paper."""

    about: Id | None = field(REFERENCE, "About", default=None, indexed=True)
    document: str = field(TEXT, "Document", default="")
    recipient: str = field(TEXT, "Recipient", default="")
    printed_at: dt.datetime | None = field(MOMENT, "Printed at", default=None)
    sha256: str = field(TEXT, "Hash", default="")
    saved: bool = field(FLAG, "Saved as a file", default=False)
