"""The plan's papers in the window: looked at, noted, and refused in words."""

from __future__ import annotations

import pytest

from caseworker_app.documents import papers as paper_making
from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.plan import GoalStatus
from caseworker_app.services import goals, plans
from caseworker_app.services import papers as paper_services
from caseworker_app.services.ports import Access
from tests.helpers.planned import settle
from ui import printing
from ui.pages.case_plan import CasePlan


class HereAndNow:
    """The real maker of papers, in this process: the worker process itself has its own tests."""

    def make(self, job):
        return paper_making.make(job)


@pytest.fixture
def papers():
    return HereAndNow()


@pytest.fixture
def emma(write):
    return settle(write)


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, read, emma, settled):
    made = CasePlan(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma.case)))
    settled()
    made.previews = []
    made.papers.desk.previewed.connect(lambda dialog: (qtbot.addWidget(dialog), made.previews.append(dialog)))
    yield made
    settled()


def words(dialog) -> str:
    pages = printing.Pages(dialog._pages.data)
    return "\n".join(pages.text(index) for index in range(len(pages)))


def test_the_files_plan_is_looked_at_first_and_showing_the_number_is_noted(page, read, settled):
    page.do("file")
    settled()
    (dialog,) = page.previews
    assert "610315-4234" in words(dialog)
    assert not contains_person_number(dialog.windowTitle())
    (row,) = read(lambda r: r.access_log())
    assert (row.action, row.entity_type, row.detail) == (Access.SHOW_NUMBER, "plan", "plan")


def test_the_childs_plan_is_shown_without_a_number_and_nothing_is_noted(page, read, settled):
    page.do("child")
    settled()
    (dialog,) = page.previews
    assert "Det vil vi gerne opnå" in words(dialog)
    assert not contains_person_number(words(dialog))
    assert read(lambda r: r.access_log()) == []


def test_what_is_saved_or_printed_is_noted_and_stands_in_the_head(page, emma, read, tmp_path, settled):
    page.do("child")
    settled()
    page.previews[0].save_to(str(tmp_path / "plan.pdf"))
    settled()
    (noted,) = read(lambda r: paper_services.printed(r, emma.plan))
    assert noted.document == "plan_child"
    assert "udskrevet 21-11-2026 kl. 09.30" in page.header.standing.text()


def test_without_an_agreed_goal_the_childs_plan_is_refused_in_words(page, emma, write, settled):
    write(lambda w: goals.set_status(w, emma.school, GoalStatus.GIVEN_UP))
    page.do("child")
    settled()
    assert page.previews == []
    assert "de er alle kladder" in page.complaint.sentence.text()


def test_a_version_is_shown_on_paper_as_it_stood(page, emma, write, settled):
    write(lambda w: plans.keep_version(w, emma.plan, "Første gang"))
    page.follow(frozenset({("plan_version", emma.plan)}))
    settled()
    page.doing.read_versions(page.view, page.papers)
    from ui.dialogs.plan_versions_dialog import PlanVersionsDialog

    (versions,) = page.findChildren(PlanVersionsDialog)
    versions.paper.click()
    settled()
    (dialog,) = page.previews
    assert "Version 1 af 21. november 2026: Første gang" in words(dialog)
    versions.close()
