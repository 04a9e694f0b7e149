"""The sheet of one visit: what is open, what can be done, what stands in each journal."""

from __future__ import annotations

from functools import partial

from caseworker_app.domain.person import Person
from caseworker_app.domain.visit import Area, Side, Visit, VisitAgreement, VisitState
from caseworker_app.i18n import N_
from caseworker_app.services import visit_journal, visits, visits_together
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.visits import words
from ui.widgets.visits.acts import VisitActs
from ui.widgets.visits.words import Loaded, OneVisit
from ui.words import tr

TAKEN_BACK = N_("Done. Ctrl+Z takes it back.")


class SheetPage:
    """Makes the sheet; its buttons do what ``acts`` can."""

    def __init__(self, acts: VisitActs) -> None:
        self._acts = acts
        self._parents: tuple[Person, ...] = ()

    def page(self, loaded: Loaded, one: OneVisit) -> Page:
        """Return the sheet of a visit."""
        visit, self._parents = one.visit, loaded.parents
        return Page(
            words.kind_words(visit),
            words.when_words(visit),
            self._minds(one),
            tasks_heading=tr("Agreed on the visit") if one.view.agreements else "",
            tasks=tuple(self._agreement(one, agreed, loaded) for agreed in one.view.agreements),
            facts=(
                Facts("", (), self._doings(one, loaded)),
                *self._journals(one),
                self._scores(loaded, visit),
                *self._home(loaded),
            ),
        )

    def _minds(self, one: OneVisit) -> tuple[str, ...]:
        visit, found = one.visit, []
        if visit.state is VisitState.PLANNED and visit.purpose:
            found.append(visit.purpose)
        if one.draft is not None:
            found.append(tr("The entry in the child's journal is not signed yet."))
        if one.view.side(Side.PARENTS) and not one.parents and visit.state is VisitState.HELD:
            found.append(tr("The parents' part is not signed yet."))
        if one.view.together:
            found.append(words.together_words(one))
        return (" ".join(found),) if found else ()

    def _agreement(self, one: OneVisit, agreed: VisitAgreement, loaded: Loaded) -> Task:
        what, quiet, tone = words.agreement_words(agreed, loaded.today)
        done = agreed.done_on is not None
        settle = partial(
            self._acts.do,
            lambda w: visits.settle_agreement(w, agreed.id, None if done else w.today),
            TAKEN_BACK,
        )
        tick = Doing(tr("Not done") if done else tr("Done today"), settle)
        change = Doing(tr("Change …"), partial(self._acts.agree, one.visit, agreed))
        return Task(what, quiet, done, (tick, change), "soon" if tone == "done" else tone)

    def _journals(self, one: OneVisit) -> tuple[Facts, ...]:
        found = []
        for area in Area:
            rows = words.rows_of(one, area)
            if rows:
                copy = Doing(
                    tr("Copy this heading"), partial(self._acts.copy, one, area), about=words.heading_of(area)
                )
                found.append(Facts(words.area_words(area), rows, (copy, *self._side_doings(one, area))))
        for entry in one.parents:
            if entry.corrects is not None:
                found.append(
                    Facts(
                        tr("Correction in the parents' journal"),
                        ((words.day_words(entry.written_on), entry.text),),
                    )
                )
        return tuple(found)

    def _side_doings(self, one: OneVisit, area: Area) -> tuple[Doing, ...]:
        side = area.side
        last = [a for a in visit_journal.AREAS[side] if words.rows_of(one, a)][-1]
        if area is not last:
            return ()
        about = tr("the child's journal") if side is Side.CHILD else tr("the parents' journal")
        doings = [Doing(tr("On paper …"), partial(self._acts.print_side, one.visit, side), about=about)]
        if side is Side.CHILD and one.draft is not None:
            doings.append(
                Doing(
                    tr("Go to the entry and sign"), partial(self._acts.to_entry, one.draft.id), primary=True
                )
            )
        elif side is Side.PARENTS and not one.parents and one.visit.held_on is not None:
            doings.append(
                Doing(
                    tr("Sign in the parents' journal"),
                    partial(self._acts.sign_parents, one.visit),
                    primary=True,
                )
            )
            if len(self._parents) > 1:
                doings += [
                    Doing(
                        tr("Only about {name}: sign", name=parent.name),
                        partial(self._acts.sign_parents, one.visit, parent.id),
                    )
                    for parent in self._parents
                ]
        elif side is Side.PARENTS and one.parents:
            doings.append(Doing(tr("Correct …"), partial(self._acts.correct_parents, one)))
        return tuple(doings)

    def _scores(self, loaded: Loaded, visit: Visit) -> Facts:
        rows = tuple(
            words.score_words(score)
            for score in loaded.scores
            if score.visit == visit.id or (score.visit is None and score.taken_on == visit.held_on)
        )
        return Facts(tr("Scores"), rows)

    def _home(self, loaded: Loaded) -> tuple[Facts, ...]:
        home = loaded.home
        if home is None:
            return ()
        rows = (
            (tr("Dog or other animals"), home.dog),
            (tr("How one comes in"), home.way_in),
            (tr("To mind"), home.mind),
        )
        return (Facts(tr("At the door"), rows),)

    def _doings(self, one: OneVisit, loaded: Loaded) -> tuple[Doing, ...]:
        visit, about = one.visit, tr("the visit")
        found: list[Doing] = []
        if visit.state is VisitState.CALLED_OFF:
            return (Doing(tr("Remove"), partial(self._acts.remove, visit), about=about),)
        held = visit.state is VisitState.HELD
        if not held:
            found.append(
                Doing(tr("It was held …"), partial(self._acts.hold, visit), primary=True, about=about)
            )
        found.append(
            Doing(tr("Write of it (Enter)"), partial(self._acts.write, visit.id), primary=held, about=about)
        )
        found.append(Doing(tr("Agree …"), partial(self._acts.agree, visit), about=about))
        if held:
            found.append(Doing(tr("Time used …"), partial(self._acts.time_used, visit), about=about))
        found.append(Doing(tr("Sheet to take along …"), partial(self._acts.sheet_paper, visit), icon="print"))
        if loaded.followed and not held:
            found.append(Doing(tr("Copy a text message"), partial(self._acts.copy_message, visit)))
        found.append(Doing(tr("Change …"), partial(self._acts.change, visit), about=about))
        if not held:
            off = lambda w: visits_together.call_off(w, visit.id)  # noqa: E731
            found.append(
                Doing(
                    tr("Call off"),
                    partial(self._acts.do, off, N_("The visit is called off. Ctrl+Z takes it back.")),
                )
            )
        found.append(Doing(tr("Remove"), partial(self._acts.remove, visit), about=about))
        return tuple(found)
