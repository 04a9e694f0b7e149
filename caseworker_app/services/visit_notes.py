"""What is written under the topics of a visit, each point with the journal it goes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.form_spec import Forms
from caseworker_app.domain.ids import Id
from caseworker_app.domain.visit import Area, Visit, VisitNote, area_of
from caseworker_app.services import answers, visit_journal, visits_together
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Writer
from caseworker_app.services.visit_views import known

_TEXTS = ("text", "common")


def write_note(writer: Writer, forms: Forms, visit: Id, topic: str, values: Mapping[str, Any]) -> Id:
    """Write the first words under a topic; return the note's id. The form's version is frozen with them.
    What is ``common`` is written in the siblings' visits too, when the visit is written for several.

    ``values`` are fields of :class:`VisitNote`; the area is the form's unless one is given. Raises
    :class:`InvalidInput` and, when that journal is signed, :class:`UserError`.
    """
    now = known(writer, visit)
    spec = visit_journal.spec_of(forms, now)
    answers.checked(spec, topic, values, _TEXTS)
    found = spec.topic(topic)
    area = values.get("area", area_of("" if found is None else found.goes_to))
    visit_journal.refuse_signed(writer, visit, area.side)
    before = visit_journal.following(writer, visit)
    writer.act("Write of a visit")
    if now.form_version is None:
        writer.set(Visit, visit, "form", spec.id, parents=None)
        writer.set(Visit, visit, "form_version", spec.version, parents=None)
    blank = VisitNote(stream=now.stream, visit=visit, topic=topic)
    made = answers.put(writer, blank, visit, topic, {**values, "area": area})
    there = next((one for one in before.notes if one.id == made), replace(blank, id=made))
    visit_journal.follow(writer, forms, before, now, replace(there, **{**values, "area": area}))
    if values.get("common"):
        visits_together.say_common(writer, forms, now, topic, values["common"])
    return made


def edit_note(writer: Writer, forms: Forms, note: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is written under a topic. Raises as :func:`write_note`."""
    now = writer.get(VisitNote, note)
    if now is None or now.visit is None:
        raise KeyError("no such note")
    visit = known(writer, now.visit)
    values = {name: one.value for name, one in edits.items()}
    answers.checked(visit_journal.spec_of(forms, visit), now.topic, values, _TEXTS)
    if values.keys() - {"to_investigation"}:
        for side in {now.area.side, values.get("area", now.area).side}:
            visit_journal.refuse_signed(writer, visit.id, side)
    before = visit_journal.following(writer, visit.id)
    writer.act("Write of a visit")
    apply_edits(writer, VisitNote, note, edits)
    visit_journal.follow(writer, forms, before, visit, replace(now, **values))
    if "common" in values:
        visits_together.say_common(writer, forms, visit, now.topic, values["common"])


def let_into_investigation(writer: Writer, note: Id, may: bool = True) -> None:
    """Say whether one point may go to the investigation. What is signed may be let in too: nothing of it changes."""
    if writer.get(VisitNote, note) is None:
        raise KeyError("no such note")
    writer.act("Let a point into the investigation" if may else "Keep a point out of the investigation")
    writer.set(VisitNote, note, "to_investigation", may, parents=None)


def move_note(writer: Writer, forms: Forms, note: Id, area: Area) -> None:
    """Let a point go to another heading. Raises :class:`UserError` when one of the two journals is signed."""
    edit_note(writer, forms, note, {"area": Edit(area, writer.heads(note, "area"))})
