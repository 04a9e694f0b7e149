"""The genogram in words: what each is called, and a list of everybody with every line, for paper, list and ear."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.domain.family import COUPLE_LABELS, SIBLING_LABELS, MemberKind, SiblingTie, TieKind
from caseworker_app.domain.genogram_facts import ToldMember
from caseworker_app.domain.genogram_view import GenogramView, SeenCouple, SeenMember, called
from caseworker_app.domain.genogram_words import KEY_LABELS, GenogramWords, couple_years
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.i18n import Translator

PARENT_LABELS = {
    TieKind.BIOLOGICAL: "Parent of {names}",
    TieKind.ADOPTIVE: "Parent by adoption of {names}",
    TieKind.STEP: "Step-parent of {names}",
    TieKind.FOSTER: "Foster carer of {names}",
    TieKind.DONOR: "Donor to {names}",
}
CHILD_LABELS = {
    TieKind.BIOLOGICAL: "Child of {names}",
    TieKind.ADOPTIVE: "Adopted by {names}",
    TieKind.STEP: "Has {names} as step-parent",
    TieKind.FOSTER: "In foster care with {names}",
    TieKind.DONOR: "Conceived with {names} as donor",
}


def words_of(view: GenogramView, translator: Translator) -> GenogramWords:
    """Return the words in the drawing."""
    say = translator.gettext
    return GenogramWords(
        names={one.id: name_of(one, translator) for one in view.members},
        born=say(N_("b. {year}"), year="{year}"),
        died=say(N_("d. {year}"), year="{year}"),
        dead=say(N_("dead")),
        key={sign: say(label) for sign, label in KEY_LABELS.items()},
    )


def name_of(member: SeenMember, translator: Translator) -> str:
    """Return what somebody is called."""
    found = called(member)
    return translator.say(found) if isinstance(found, Phrase) else found


def tell(view: GenogramView, translator: Translator, order: Sequence[Id] = ()) -> tuple[ToldMember, ...]:
    """Return everybody in words, in ``order`` (the drawing's, from the oldest generation), the rest after them."""
    place = {one: number for number, one in enumerate(order)}
    people = sorted(view.members, key=lambda one: place.get(one.id, len(place)))
    return tuple(_Telling(view, translator).one(member) for member in people)


class _Telling:
    def __init__(self, view: GenogramView, translator: Translator) -> None:
        self._view, self._translator, self._say = view, translator, translator.gettext
        self._names = {one.id: name_of(one, translator) for one in view.members}
        eldest_first = sorted(view.members, key=lambda m: (m.born is None, m.born or 0, self._names[m.id]))
        self._in_order = [one.id for one in eldest_first]

    def one(self, member: SeenMember) -> ToldMember:
        lines = [*self._self(member), *self._couples(member.id), *self._parents(member.id)]
        lines += [*self._children(member.id), *self._siblings(member.id), *self._homes(member.id)]
        return ToldMember(member.id, self._names[member.id], self._years(member), tuple(lines))

    def _years(self, one: SeenMember) -> str:
        parts = []
        if one.born is not None:
            parts.append(self._say(N_("born in {year}"), year=one.born))
        if one.died is not None:
            parts.append(self._say(N_("died in {year}"), year=one.died))
        elif one.dead:
            parts.append(self._say(N_("dead")))
        return ", ".join(parts)

    def _self(self, one: SeenMember) -> list[str]:
        found = []
        if one.child:
            found.append(self._say(N_("The child of the case")))
        if one.role_words and one.role_words != one.name and not one.withheld:
            found.append(one.role_words)
        if one.kind is MemberKind.UNKNOWN and one.name:
            found.append(self._say(N_("Nobody knows who it is")))
        return found

    def _list(self, people: Sequence[Id]) -> str:
        wanted = set(people)
        return self._translator.list(self._names[one] for one in self._in_order if one in wanted)

    def _couples(self, who: Id) -> list[str]:
        found = []
        for couple in self._view.couples:
            if who in (couple.a, couple.b):
                other = couple.b if couple.a == who else couple.a
                text = self._say(
                    N_("{what} ({name})"), what=self._say(COUPLE_LABELS[couple.kind]), name=self._names[other]
                )
                found.append(f"{text}{self._span(couple)}")
                if couple.related:
                    found.append(self._say(N_("They are of one blood")))
        return found

    def _span(self, couple: SeenCouple) -> str:
        years = couple_years(couple)
        return f", {years}" if years else ""

    def _parents(self, who: Id) -> list[str]:
        found = []
        for kind, label in CHILD_LABELS.items():
            now = [t.parent for t in self._view.ties if t.child == who and t.kind is kind and t.ended is None]
            if now:
                found.append(self._say(label, names=self._list(now)))
            for tie in self._view.ties:
                if tie.child == who and tie.kind is kind and tie.ended is not None:
                    text = self._say(label, names=self._names[tie.parent])
                    found.append(self._say(N_("{what}, until {year}"), what=text, year=tie.ended))
        return found

    def _children(self, who: Id) -> list[str]:
        found = []
        for kind, label in PARENT_LABELS.items():
            children = [t.child for t in self._view.ties if t.parent == who and t.kind is kind]
            if children:
                found.append(self._say(label, names=self._list(children)))
        return found

    def _siblings(self, who: Id) -> list[str]:
        found = []
        for kind in SiblingTie:
            others = [
                link.b if link.a == who else link.a
                for link in self._view.siblings
                if link.kind is kind and who in (link.a, link.b)
            ]
            if others:
                what = self._say(SIBLING_LABELS[kind])
                found.append(self._say(N_("{what} with {names}"), what=what, names=self._list(others)))
        return found

    def _homes(self, who: Id) -> list[str]:
        found = []
        for home in self._view.homes:
            if who in home.members and len(home.members) > 1:
                others = [one.id for one in self._view.members if one.id in home.members and one.id != who]
                text = self._say(N_("Lives with {names}"), names=self._list(others))
                found.append(f"{text} ({home.label})" if home.label else text)
        return found
