"""The forms in use: those that ship, with the municipality's own copies in their place.

Every copy that was ever kept stays readable, so that what was written on it keeps its questions; its versions are numbered
from :data:`FIRST` on, and ours never meet them. A copy with a fault in it is never used: ours is, until it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.form_spec import FormError, Forms, FormSpec
from caseworker_app.domain.form_spec_reading import read_forms
from caseworker_app.domain.office import Office
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault
from caseworker_app.services.ports import Reader, Writer

FIRST = 1001
"""The number of the first version of one's own."""
MOST_CHARACTERS = 200_000
_NAME = "form:"
_VERSION = re.compile(r"^(\s*version\s*=\s*)-?\d+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChosenForms:
    """The forms to use, and by id why a form is not the municipality's own where there is one."""

    forms: Forms
    faults: Mapping[str, FormError]


def chosen(reader: Reader, shipped: Forms) -> ChosenForms:
    """Return the forms that ship with the municipality's own over them. One that was gone back from stands under its
    number negated: nothing new is written on it (:func:`~caseworker_app.domain.form_spec.frozen`)."""
    own = [one for one in reader.find(OwnCatalogue, cancelled=True) if one.name.startswith(_NAME)]
    if not own:
        return ChosenForms(shipped, {})
    made: dict[tuple[str, int], FormSpec] = dict(shipped)
    faults: dict[str, FormError] = {}
    for one in own:
        form_id = one.name.removeprefix(_NAME)
        try:
            found = read_own(one.text, form_id, shipped)
        except FormError as error:
            if not one.cancelled:
                faults[form_id] = error
            continue
        made[form_id, -found.version if one.cancelled else found.version] = found
        if not one.cancelled:
            faults.pop(form_id, None)
    return ChosenForms(made, faults)


def read_own(text: str, form_id: str, shipped: Forms) -> FormSpec:
    """Read one form of the municipality's own. Raises :class:`FormError` with every fault found.

    Beside what is asked of ours: it is one form, of a name we have, and what is written under a topic goes nowhere ours
    does not go, so that nothing of the parents gets into the child's journal by a slip of the pen.
    """
    if len(text) > MOST_CHARACTERS:
        what = Phrase("it is longer than {most} characters", {"most": MOST_CHARACTERS})
        raise FormError(form_id, [Fault("form", what, 1)])
    found = read_forms(text, form_id)
    faults = []
    if len(found) != 1:
        faults.append(Fault("form", Phrase("there must be one form in it"), 1))
    elif found[0].id != form_id or not any(name == form_id for name, _version in shipped):
        what = Phrase("it must be called {name}, like ours", {"name": form_id})
        faults.append(Fault("id", what, _line(text, "id")))
    elif found[0].version < FIRST:
        what = Phrase("it must be {first} or more", {"first": FIRST})
        faults.append(Fault("version", what, _line(text, "version")))
    if not faults:
        ways = {
            topic.goes_to for (name, _v), form in shipped.items() if name == form_id for topic in form.topics
        }
        for topic in found[0].topics:
            if topic.goes_to not in ways:
                what = Phrase("{word} is no place it can go to", {"word": topic.goes_to})
                faults.append(Fault("goes_to", what, _line(text, "id", topic.id)))
    if faults:
        raise FormError(form_id, faults)
    return found[0]


def _line(text: str, key: str, value: str = "") -> int:
    """Return the line a key stands on, with a value where one is given; 1 when it is nowhere."""
    wanted = re.compile(rf"\s*{key}\s*=" + (rf"\s*[\"']{re.escape(value)}[\"']" if value else ""))
    return next((n for n, line in enumerate(text.splitlines(), 1) if wanted.match(line)), 1)


def own_text(reader: Reader, form_id: str) -> str:
    """Return the latest copy of a form of the municipality's own as it is written; empty when it has none."""
    own = reader.find(OwnCatalogue, where={"name": f"{_NAME}{form_id}"})
    return own[-1].text if own else ""


def set_own(writer: Writer, form_id: str, text: str, shipped: Forms) -> int:
    """Keep a form of the municipality's own; return its version: the next one, whatever number stands in the text.

    Raises :class:`FormError` for one that cannot be used, :class:`InvalidInput` for none at all.
    """
    if not text.strip():
        raise InvalidInput("text", "Nothing is written yet.")
    kept = chosen(writer, shipped).forms
    version = max((abs(v) for name, v in kept if name == form_id and abs(v) >= FIRST), default=FIRST - 1) + 1
    numbered = _VERSION.sub(lambda found: f"{found[1]}{version}", text, count=1)
    read_own(numbered, form_id, shipped)
    writer.act("Change a form")
    office = writer.find(Office)[0]
    writer.create(
        OwnCatalogue(id=writer.new_id(), stream=office.stream, name=f"{_NAME}{form_id}", text=numbered)
    )
    return version


def reset(writer: Writer, form_id: str) -> None:
    """Go back to the form that ships. What was written on one's own keeps its questions."""
    writer.act("Go back to the standard form")
    for own in writer.find(OwnCatalogue, where={"name": f"{_NAME}{form_id}"}):
        writer.cancel(OwnCatalogue, own.id)
