"""The demo has what worries: a running and an old notification, consents, factors over a year, a settled complaint."""

from __future__ import annotations

from caseworker_app.domain.complaint import Complaint
from caseworker_app.domain.consent import Consent, ParentsHearing
from caseworker_app.domain.factors import FactorMark
from caseworker_app.domain.notification import FirstContact, Notification, Screening


def test_one_notification_runs_and_an_old_one_is_seen_through(demo):
    found = demo.store.read(lambda r: r.find(Notification))
    assert [one for one in found if one.assessed_at is None]
    assert [one for one in found if one.screening is Screening.NOTHING_MORE and one.given_on]
    assert demo.store.read(lambda r: r.count(FirstContact)) >= 1


def test_factors_are_marked_over_a_year(demo):
    days = [one.marked_on for one in demo.store.read(lambda r: r.find(FactorMark))]
    assert (max(days) - min(days)).days > 300


def test_consents_hearings_and_a_complaint_are_there(demo):
    read = demo.store.read
    assert {one.signature is None for one in read(lambda r: r.find(Consent))} == {True, False}
    assert read(lambda r: r.count(ParentsHearing)) >= 1
    assert [one for one in read(lambda r: r.find(Complaint)) if not one.open]
