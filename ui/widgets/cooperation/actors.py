"""The professional network: who in which department has an active case with this family, and how many they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.professional_network import DEPARTMENT_LABELS, MANY, ProfessionalContact
from caseworker_app.i18n import N_
from caseworker_app.services import professional_network
from caseworker_app.services.ports import Reader
from caseworker_app.services.professional_network import ContactRow, FamilyActors, Offer
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """The actors of the family, as the case sees them."""

    case: Case
    actors: FamilyActors


class ActorsPart(CooperationPart[Loaded]):
    """Active ones first, by department; those with a card who are not among them are offered."""

    follows = frozenset({"professional_contact", "person", "sibling_link", "case"})
    list_name = N_("Professionals around the family")
    nothing_yet = N_(
        "Nobody is written yet. Write who in which department has an active case with this family: child, siblings and "
        "parents. A family with many professionals often does not know itself who does what."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("New professional (Ins)"), "Ins", self.add),
            (N_("From the people of the case"), "", self.take_offers),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        return Loaded(case, professional_network.of_family(reader, case.id))

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [self._line(loaded, row) for row in loaded.actors.rows]

    @staticmethod
    def _line(loaded: Loaded, row: ContactRow) -> ListLine:
        one = row.contact
        quiet = [tr(DEPARTMENT_LABELS[one.department])]
        if not row.active:
            quiet.append(tr("ended {day}", day=short_day(one.ended_on)) if one.ended_on else tr("not begun"))
        elif row.case.id != loaded.case.id:
            quiet.append(tr("written in a sibling's case"))
        name = ", ".join(part for part in (one.name, one.function) if part)
        icon, tone = ("meetings", "accent") if row.active else ("close", "muted")
        return ListLine(one.id, name, " · ".join(quiet), icon, tone)

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        row = next((row for row in loaded.actors.rows if row.contact.id == key), None)
        if row is None:
            return None
        one, about = row.contact, tr("the professional")
        rows = (
            (tr("Department"), tr(DEPARTMENT_LABELS[one.department])),
            (tr("Workplace"), one.workplace),
            (tr("Whom the case is about"), one.about),
            (tr("What she does for the family"), one.role),
            (tr("Telephone"), one.phone),
            (tr("E-mail"), one.email),
            (tr("Active from"), day_words(one.begun_on)),
            (tr("Ended on"), day_words(one.ended_on)),
            (tr("Note"), one.note),
        )
        doings = [Doing(tr("Change …"), partial(self._change, one), primary=True, about=about)]
        if row.active:
            doings.append(Doing(tr("Has ended with the family"), partial(self._end, one), about=about))
        doings.append(
            self.removing(
                lambda w: professional_network.remove(w, one.id),
                N_("The professional is removed. Ctrl+Z brings her back."),
                about,
            )
        )
        name = ", ".join(part for part in (one.name, one.function) if part)
        return Page(
            name, self._how_many(loaded), self._minds(loaded), facts=(Facts("", rows),), doings=tuple(doings),
            tasks_heading=tr("People of the case who are not in the network") if loaded.actors.offers else "",
            tasks=tuple(self._offer(offer) for offer in loaded.actors.offers),
        )  # fmt: skip

    @staticmethod
    def _how_many(loaded: Loaded) -> str:
        actors = loaded.actors
        people = i18n.ngettext(
            "{n} professional has an active case with the family",
            "{n} professionals have an active case with the family",
            actors.count,
        )
        places = i18n.ngettext("from {n} place", "from {n} places", actors.departments)
        return f"{people}, {places}"

    @staticmethod
    def _minds(loaded: Loaded) -> tuple[str, ...]:
        if loaded.actors.count < MANY:
            return ()
        return (
            tr(
                "Many are at work here. Who has the whole of it in hand, and does the family know who does what?"
            ),
        )

    def _offer(self, offer: Offer) -> Task:
        department = tr(DEPARTMENT_LABELS[offer.department])
        add = Doing(tr("Add …"), partial(self._take, offer))
        return Task(offer.person.name, department, False, (add,), "accent")

    # what is done

    def add(self) -> None:
        """Note a professional."""
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.actor(self.house, case, self))

    def _take(self, offer: Offer) -> None:
        from ui.dialogs import cooperation_forms

        values = professional_network.values_from(offer)
        self.open(lambda case: cooperation_forms.actor(self.house, case, self, values=values))

    def take_offers(self) -> None:
        """Write everybody with a card who is not among them yet."""
        loaded = self.loaded
        if loaded is None:
            return
        offers, case = loaded.actors.offers, loaded.case.id
        if not offers:
            self.house.say(tr("Every professional with a card in the case is here already."))
            return

        told = N_("The professionals of the case are written.")
        self.do(lambda w: professional_network.add_offers(w, case, offers), told)

    def _change(self, one: ProfessionalContact) -> None:
        from ui.dialogs import cooperation_forms

        self.open(lambda case: cooperation_forms.actor(self.house, case, self, one))

    def _end(self, one: ProfessionalContact) -> None:
        told = N_("It has ended; the line stays below. Ctrl+Z takes it back.")
        self.do(lambda w: professional_network.end(w, one.id, w.today), told)

    def print(self) -> None:
        """Show the network as a paper."""
        case = self.case
        if case is not None:
            self.show_paper(lambda r: professional_network.job(r, case.id), tr("Professional network"))

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None or self.loaded is None:
            return {}
        found = {new_key("professional_contact", self.case.id): self.add}
        for row in self.loaded.actors.rows:
            found[f"professional_contact:{row.contact.id.hex()}"] = partial(self._change, row.contact)
        return found
