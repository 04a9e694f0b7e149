"""Ten years of a caseworker's work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.person import Person
from caseworker_app.services import cases
from tests.demo.conftest import Filled, filled
from tests.demo.looking import most_at_once, texts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    made = filled(tmp_path_factory.mktemp("scale"), scale=True)
    yield made
    made.store.close()


def test_ten_years_are_twenty_five_rows_sixty_closed_cases_and_four_hundred_meetings(ten_years):
    load = ten_years.read(cases.caseload)
    assert (len(load.active), load.above) == (25, 0)
    assert len(load.closed) == 60
    assert 380 <= ten_years.summary.meetings <= 430
    assert 18_000 <= ten_years.read(lambda r: r.unsent())[0] <= 26_000


def test_the_limit_was_never_passed_in_ten_years(ten_years):
    assert ten_years.read(lambda r: most_at_once(r, ten_years.summary.today)) <= 25


def test_nothing_of_ten_years_holds_a_brace_or_a_real_number(ten_years):
    assert not any("{" in text for _kind, _name, text in ten_years.read(lambda r: list(texts(r))))
    numbers = [
        thing.person_number for of in (Case, Person) for thing in ten_years.read(lambda r, of=of: r.find(of))
    ]
    assert all("61" <= number[:2] <= "91" for number in numbers if number)


def test_ten_years_rebuild_to_the_very_same_cases(ten_years):
    before = ten_years.read(lambda r: (r.find(Case), r.find(Person)))
    assert ten_years.store.rebuild() > 18_000
    assert ten_years.read(lambda r: (r.find(Case), r.find(Person))) == before
