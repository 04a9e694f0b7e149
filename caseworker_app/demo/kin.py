"""The genograms of the demo: begun from the case's persons, then told on with what the family said at the table.

Years are counted from today, as everything in the demo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.telling import Known
from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.ids import Id
from caseworker_app.services import genogram_proposal, genograms
from caseworker_app.services import genogram_relatives as relatives
from caseworker_app.services.forms import Edit
from caseworker_app.services.genogram_sketch import Who, Years
from caseworker_app.services.ports import Writer


@dataclass
class _Table:
    """What is drawn while a family sits at the table; ``who`` is everybody by first name."""

    writer: Writer
    case: Id
    today: int
    child: Id = b""
    who: dict[str, Id] = field(default_factory=dict)

    def year(self, ago: int) -> int:
        """Return the year so many years ago."""
        return self.today - ago

    def begin(self) -> None:
        """Draw what the case's persons say, all of it."""
        proposed = genogram_proposal.propose(self.writer, self.case)
        made = genogram_proposal.accept(self.writer, self.case, [one.id for one in proposed])
        self.writer.flush()
        for one in proposed:
            self.who[one.name.split(" ")[0]] = made[one.id]
        index = genograms.view(self.writer, self.case).index
        self.child = index.id if index is not None else b""

    def do(self, run: Callable[..., Id], *args: Any, name: str = "", **more: Any) -> Id:
        """Do one thing as an act of its own."""
        made = run(self.writer, *args, **more)
        self.writer.flush()
        if name:
            self.who[name] = made
        return made

    def born(self, ago: Mapping[str, int]) -> None:
        """Write how old people are."""
        for name, years in ago.items():
            genograms.edit_member(self.writer, self.who[name], {"born": Edit(self.year(years))})
            self.writer.flush()

    def pair(self, a: str, b: str, kind: CoupleKind, begun: int = 0, ended: int = 0) -> None:
        """Say what two are or were to each other, and how many years ago."""
        years = Years(self.year(begun) if begun else None, self.year(ended) if ended else None)
        self.do(relatives.add_partner, self.who[a], Who(member=self.who[b]), kind, years=years)

    def home(self, label: str, *names: str, child: bool = False, anew: bool = True) -> None:
        """Say who lives together; without ``anew`` the home that was proposed gets its name."""
        members = {self.who[name] for name in names} | ({self.child} if child else set())
        there = genograms.view(self.writer, self.case).homes
        home = there[0].id if there and not anew else None
        self.do(relatives.set_home, self.case, label, members, home)


def new(name: str, sex: Sex | None = None, born: int | None = None, **more: Any) -> Who:
    """Return somebody without a card."""
    return Who(values={"name": name, "sex": sex, "born": born, **more})


def _krogh(it: _Table) -> None:
    """Felix lives with carers, his half-siblings with their mother."""
    it.begin()
    it.born({"Louise": 33, "Dennis": 37, "Birthe": 61, "Hanne": 54, "Poul": 57})
    martin = new("Martin Ærø", Sex.MALE, it.year(35))
    it.do(relatives.add_partner, it.who["Louise"], martin, CoupleKind.SEPARATED, name="Martin",
          years=Years(it.year(9), it.year(1)))  # fmt: skip
    for name in ("Liva", "Storm"):
        for parent in ("Louise", "Martin"):
            it.do(relatives.add_parent, it.who[name], Who(member=it.who[parent]))
    it.pair("Louise", "Dennis", CoupleKind.PARTED, 14, 10)
    it.pair("Hanne", "Poul", CoupleKind.MARRIED, 29)
    jens = new("Jens Krogh", Sex.MALE, it.year(66), dead=True, died=it.year(6))
    it.do(relatives.add_parent, it.who["Louise"], jens, name="Jens")
    it.pair("Birthe", "Jens", CoupleKind.DIVORCED, 36, 21)
    it.do(relatives.add_child, it.who["Birthe"], new("Mikkel Krogh", Sex.MALE, it.year(30)),
          TieKind.BIOLOGICAL, it.who["Jens"], name="Mikkel")  # fmt: skip
    it.do(relatives.add_sibling, it.who["Dennis"], Who(values={"kind": MemberKind.SIBLINGS, "count": 2}))
    it.home("Plejefamilien", "Hanne", "Poul", child=True, anew=False)
    it.home("Hos Louise", "Louise", "Liva", "Storm")


def _iversen(it: _Table) -> None:
    """Noah's father is dead; his mother lives with Claus."""
    it.do(genograms.begin, it.case, name="child")
    father = new("Torben Iversen", Sex.MALE, it.year(45), dead=True, died=it.year(3))
    it.do(relatives.add_parent, it.who["child"], father, name="Torben")
    it.begin()
    genograms.edit_member(it.writer, it.who["Claus"], {"sex": Edit(Sex.MALE)})
    it.writer.flush()
    it.born({"Jeanette": 42, "Ellen": 71, "Jakob": 41})
    it.pair("Jeanette", "Torben", CoupleKind.DIVORCED, 15, 6)
    it.pair("Jeanette", "Claus", CoupleKind.COHABITING, 4)
    it.do(relatives.add_parent, it.who["Jakob"], Who(member=it.who["Ellen"]))
    it.do(relatives.add_child, it.who["Claus"], new("Freja", Sex.FEMALE, it.year(15)), name="Freja")
    it.home("Jeanettes og Claus' hjem", "Jeanette", "Claus", child=True, anew=False)


def _friis_lykke(it: _Table) -> None:
    """Tobias lives with carers; who his father is, nobody knows."""
    it.begin()
    it.born({"Charlotte": 38})
    unknown = Who(values={"kind": MemberKind.UNKNOWN, "sex": Sex.MALE})
    it.do(relatives.add_parent, it.child, unknown, name="?")
    it.pair("Charlotte", "?", CoupleKind.SHORT, 12, 12)
    it.pair("Grethe", "Ole", CoupleKind.MARRIED, 30)
    for parent in ("Grethe", "Ole"):
        it.do(relatives.add_parent, it.who["Karoline"], Who(member=it.who[parent]))
    it.do(relatives.add_sibling, it.who["Charlotte"], Who(values={"kind": MemberKind.SIBLINGS}))
    it.home("Plejefamilien", "Grethe", "Ole", "Karoline", child=True, anew=False)


def _bech_holm(it: _Table) -> None:
    """Jonas and Ida live in two homes by turns."""
    it.begin()
    it.born({"Trine": 36, "Rasmus": 39, "Lis": 63})
    for parent in ("Trine", "Rasmus"):
        it.do(relatives.add_parent, it.who["Ida"], Who(member=it.who[parent]))
    it.pair("Trine", "Rasmus", CoupleKind.DIVORCED, 12, 3)
    it.do(relatives.add_sibling, it.who["Trine"], new("Kasper Bech", Sex.MALE, it.year(33)), SiblingTie.FULL)
    it.home("Hos mor", "Trine", "Ida", child=True, anew=False)
    it.home("Hos far", "Rasmus", "Ida", child=True)


_TOLD: Final[Mapping[str, tuple[str, Callable[[_Table], None]]]] = {
    "krogh": ("felix", _krogh),
    "iversen": ("noah", _iversen),
    "friis_lykke": ("tobias", _friis_lykke),
    "bech_holm": ("jonas", _bech_holm),
}
"""By family: the child at whose table it is told, and how."""
_WHEN: Final = "-6w"


def draw_families(known: Known) -> None:
    """Lay the family's genogram on the agenda, if it has one."""
    if known.family.name not in _TOLD:
        return
    child, tell = _TOLD[known.family.name]
    day = known.days.past(known.on(_WHEN))
    known.agenda.add(known.days.some_moment(day, known.rng, 13 * 60 + 20), _telling(known, child, tell))


def _telling(known: Known, child: str, tell: Callable[[_Table], None]) -> Act:
    return lambda writer: tell(_Table(writer, known.cases[child], writer.today.year))
