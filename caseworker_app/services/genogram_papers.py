"""The genogram on paper: for the file with the child's number, for the family without what is protected.

The words in the facts are Danish, whatever language the screen has.
"""

from __future__ import annotations

from functools import cache

from caseworker_app.domain.cpr import contains_person_number, formatted
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.genogram_facts import GenogramFacts, Sheet
from caseworker_app.domain.genogram_view import GenogramProfile, GenogramView
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob, number_on_copy
from caseworker_app.i18n import Translator, load
from caseworker_app.services import papers
from caseworker_app.services.genogram_profiles import see
from caseworker_app.services.genogram_sketch import family_of
from caseworker_app.services.genogram_words import tell, words_of
from caseworker_app.services.ports import Reader


@cache
def _danish() -> Translator:
    return load("da")


def job(
    reader: Reader, case: Id, profile: GenogramProfile = GenogramProfile.FILE, sheet: Sheet = Sheet.A4
) -> PaperJob:
    """Return a copy of the genogram. Raises :class:`UserError` when there is nobody in it, or when a personal number
    stands in a name or note of the family's copy."""
    family = family_of(reader, case)
    view = see(family, profile)
    if len(view.members) < 2:
        raise UserError("There is nobody but the child in the genogram yet.", "Add somebody first.")
    _refuse_numbers(view)
    danish, file = _danish(), profile is GenogramProfile.FILE
    found = family.case
    facts = GenogramFacts(
        sender=papers.sender(reader),
        view=view,
        words=words_of(view, danish),
        told=tell(view, danish),
        child=(found.child_name if file else found.first_name) or found.unborn_of,
        number=formatted(found.person_number) if file and number_on_copy(found, None) else "",
        dated=reader.today,
        sheet=sheet,
    )
    return PaperJob(Paper.GENOGRAM, facts, f"genogram-{profile.value}.pdf", "", case)


def _refuse_numbers(view: GenogramView) -> None:
    texts = [text for one in view.members for text in (one.name, one.role_words)]
    texts += [home.label for home in view.homes]
    if any(contains_person_number(text) for text in texts):
        raise UserError(
            "A CPR number stands in a name in the genogram, where it must not stand.",
            "Take the number out there, and print again.",
        )
