"""Scene 7: the genogram of a foster family: the five cases of a child-protection worker, without a wrong line."""

from __future__ import annotations

import pypdfium2
import pytest

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_facts import Sheet
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.drawing.display_list import Group, Line, Polyline
from caseworker_app.drawing.genogram_signs import COUPLE_DASHES, SIBLING_DASHES, TIE_DASHES
from caseworker_app.services import genogram_papers, genogram_relatives, genograms
from caseworker_app.services.genogram_sketch import Who, Years

pytestmark = pytest.mark.unwatched


def who(name="", **values):
    return Who(values={"name": name, **values})


@pytest.fixture
def family(stage):
    """Ida lives with Else and Kaj; Mia had her with Jonas, then lived with Per. Mia's father is unknown to everybody."""
    case, on = stage.child("Ida Holm"), {}

    def do(fn, *args, **more):
        return stage.write(lambda w: fn(w, *args, **more))

    add = genogram_relatives
    on["Ida"] = do(genograms.begin, case)
    on["Mia"] = do(add.add_parent, on["Ida"], who("Mia", sex=Sex.FEMALE))
    on["Jonas"] = do(add.add_parent, on["Ida"], who("Jonas", sex=Sex.MALE))
    on["Else"] = do(add.add_parent, on["Ida"], who("Else", sex=Sex.FEMALE), TieKind.FOSTER, Years(2023, None))
    on["Kaj"] = do(add.add_parent, on["Ida"], who("Kaj", sex=Sex.MALE), TieKind.FOSTER, Years(2023, None))
    on["Per"] = do(
        add.add_partner,
        on["Mia"],
        who("Per", sex=Sex.MALE),
        CoupleKind.PARTED,
        years=Years(2017, 2020),
    )
    do(add.add_partner, on["Mia"], Who(member=on["Jonas"]), CoupleKind.DIVORCED, years=Years(2010, 2016))
    do(add.add_partner, on["Else"], Who(member=on["Kaj"]), CoupleKind.MARRIED)
    on["Karin"] = do(add.add_parent, on["Mia"], who("Karin", sex=Sex.FEMALE))
    on["?"] = do(add.add_parent, on["Mia"], who(kind=MemberKind.UNKNOWN, sex=Sex.MALE))
    on["Noah"] = do(add.add_sibling, on["Jonas"], who("Noah", sex=Sex.MALE), SiblingTie.UNKNOWN)
    return case, on


def flat(items):
    for item in items:
        yield from flat(item.items) if isinstance(item, Group) else (item,)


def dashed(made, dash):
    return [i for i in flat(made.drawing.items) if isinstance(i, Line | Polyline) and i.stroke.dash == dash]


def test_a_foster_familys_genogram_has_no_wrong_line(stage, family):
    case, on = family
    page = stage.go("genogram", case)
    made, view = page.picture.drawn, page._loaded.view
    row = {name: made.layout.tree.row[one] for name, one in on.items()}
    # 1: the biological parents are the anchor; the carers are a second, dotted link
    assert row["Mia"] == row["Jonas"] == row["Ida"] - 1
    assert {t.parent for t in view.ties if t.child == on["Ida"] and t.kind is TieKind.BIOLOGICAL} == {
        on["Mia"],
        on["Jonas"],
    }
    assert dashed(made, TIE_DASHES[TieKind.FOSTER])
    # 2: somebody is there once, however many partners
    shown = [one for layout_row in made.layout.rows for one in layout_row]
    assert len(shown) == len(set(shown)) == len(view.members) == len(on)
    # 3: a brother without parents invented for him
    assert [t for t in view.ties if t.child == on["Noah"]] == []
    assert dashed(made, SIBLING_DASHES[SiblingTie.UNKNOWN])
    # 4: a cohabitation that ended is neither marriage nor divorce
    ended, married, parted = (
        COUPLE_DASHES[kind] for kind in (CoupleKind.PARTED, CoupleKind.MARRIED, CoupleKind.DIVORCED)
    )
    assert ended != married
    assert dashed(made, ended)
    assert parted == married, "a divorce is a marriage with two strokes"
    # 5: an unknown father is a person
    assert on["?"] in shown
    stage.album("scene-7")
    paper = stage.window.house.papers.make(
        stage.read(lambda r: genogram_papers.job(r, case, GenogramProfile.FILE, Sheet.A4))
    )
    document = pypdfium2.PdfDocument(paper.data)
    words = " ".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    assert all(name in words for name in on)
    document[0].render(scale=2).to_pil().save(stage.out / "scene-7-paper.png")
    document.close()
