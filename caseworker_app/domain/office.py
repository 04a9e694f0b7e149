"""The worker, the municipality, its own templates, and what was printed for whom."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import MOMENT, NUMBER, REFERENCE, TEXT, choice, texts


class Function(StrEnum):
    """Whose store it is: the limit of 25 is a caseworker's (Herningmodellen, K "Vores fælles forandringsteori")."""

    CASEWORKER = "caseworker"
    HEALTH_VISITOR = "health_visitor"


FUNCTION_LABELS = {Function.CASEWORKER: "Caseworker", Function.HEALTH_VISITOR: "Health visitor"}


@entity("worker", "Worker")
class Worker(Entity):
    """The worker; lives in her own stream, and her id is the author of what she writes."""

    name: str = field(TEXT, "Name", "")
    function: Function = field(choice(Function), "Function", Function.CASEWORKER)
    title: str = field(TEXT, "Title", "")
    phone: str = field(TEXT, "Telephone", "")
    email: str = field(TEXT, "E-mail", "")
    team: str = field(TEXT, "Team", "")


@entity("office", "Office")
class Office(Entity):
    """The municipality as its letters show it. ``logo`` is a PNG in base64, empty for none.

    ``limit`` is the municipality's own limit of active cases: for health visitors none unless it sets one.
    """

    municipality: str = field(TEXT, "Municipality", "")
    department: str = field(TEXT, "Department", "")
    address: tuple[str, ...] = field(texts(), "Address", ())
    phone: str = field(TEXT, "Telephone", "")
    email: str = field(TEXT, "E-mail", "")
    logo: str = field(TEXT, "Logo", "")
    signature_line: str = field(TEXT, "Line under the signature", "")
    limit: int | None = field(NUMBER, "Most active cases", None)


@entity("template", "Template")
class OwnTemplate(Entity):
    """A municipality's own wording in place of ours; ``name`` is the template's id, ``text`` its TOML."""

    name: str = field(TEXT, "Template", "", indexed=True)
    text: str = field(TEXT, "Text", "")


@entity("print", "Print")
class Print(Entity):
    """One copy that left the printer: what, for whom, when, and the hash of its bytes."""

    about: Id | None = field(REFERENCE, "About", None, indexed=True)
    document: str = field(TEXT, "Document", "")
    recipient: str = field(TEXT, "Recipient", "")
    printed_at: dt.datetime | None = field(MOMENT, "Printed at", None)
    sha256: str = field(TEXT, "Hash", "")
