"""The days offices are closed in Denmark."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from caseworker_app.services.calendar import closed_days, danish_holidays

EASTER = {2026: date(2026, 4, 5), 2027: date(2027, 3, 28), 2028: date(2028, 4, 16)}


@pytest.mark.parametrize("year", EASTER)
def test_the_holidays_are_those_of_the_law_sheet(year):
    easter = EASTER[year].toordinal()
    moving = {date.fromordinal(easter + days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    assert danish_holidays(year) == moving | {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}


def test_store_bededag_is_a_holiday_until_2023():
    assert date(2022, 5, 13) in danish_holidays(2022)
    assert date(2023, 5, 5) in danish_holidays(2023)
    assert date(2024, 4, 26) not in danish_holidays(2024)


def test_a_municipality_may_be_closed_on_more_days():
    closed = closed_days(["constitution_day", "christmas_eve"])
    assert closed(2026) - danish_holidays(2026) == {date(2026, 6, 5), date(2026, 12, 24)}
    assert closed_days() is danish_holidays


def test_the_library_of_holidays_is_not_loaded_before_it_is_asked():
    code = "import sys, caseworker_app.services.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
