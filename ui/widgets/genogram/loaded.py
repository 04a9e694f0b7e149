"""What the genogram's page shows, asked of the store in one go."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.genogram_view import GenogramProfile, GenogramView, SeenMember
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services import genogram_proposal, genograms
from caseworker_app.services.genogram_profiles import see
from caseworker_app.services.genogram_proposal import Proposed
from caseworker_app.services.genogram_sketch import family_of
from caseworker_app.services.ports import Reader


@dataclass(frozen=True, slots=True)
class Loaded:
    """The genogram as the file has it, who could be added, who may be there twice. ``left_out`` is what the family's
    copy would not hold."""

    case: Case
    view: GenogramView
    family_view: GenogramView
    proposed: tuple[Proposed, ...]
    cards: tuple[Person, ...]
    twins: tuple[tuple[Id, Id], ...]

    def member(self, who: Id | None) -> SeenMember | None:
        """Return somebody of the genogram."""
        return self.view.member(who)


def load(reader: Reader, case: Id) -> Loaded:
    """Ask for a case's genogram. Raises ``KeyError`` when there is no such case."""
    family = family_of(reader, case)
    view = see(family, GenogramProfile.FILE)
    drawn = {one.card for one in family.members}
    cards = [
        card for card in family.cards.values() if card.id not in drawn and not card.cancelled and card.private
    ]
    return Loaded(
        case=family.case,
        view=view,
        family_view=see(family, GenogramProfile.FAMILY),
        proposed=genogram_proposal.propose(reader, case),
        cards=tuple(sorted(cards, key=lambda card: sort_key(card.name))),
        twins=genograms.twins(view),
    )
