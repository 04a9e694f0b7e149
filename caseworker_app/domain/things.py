"""Every type of thing the field has, declared.

Tables, rebuild and the fingerprint of the projections need all of them: a declaration that is missing here would have no
table. A test looks for modules that declare and are not imported.
"""

from __future__ import annotations

from caseworker_app.domain import (
    agreement,
    case,
    case_import,
    catalogue,
    chronology,
    complaint,
    consent,
    daycare_consult,
    document,
    factors,
    family,
    family_course,
    family_pin,
    follow_up,
    honour,
    intervention,
    investigation,
    journal,
    meeting,
    meeting_run,
    minutes,
    network_map,
    notification,
    office,
    person,
    plan,
    screening_score,
    transfer,
    visit,
    visit_plan,
)
from caseworker_app.domain.entity import all_types

MODULES = (
    agreement,
    case,
    case_import,
    catalogue,
    chronology,
    complaint,
    consent,
    daycare_consult,
    document,
    factors,
    family,
    family_course,
    family_pin,
    follow_up,
    honour,
    intervention,
    investigation,
    journal,
    meeting,
    meeting_run,
    minutes,
    network_map,
    notification,
    office,
    person,
    plan,
    screening_score,
    transfer,
    visit,
    visit_plan,
)
TYPES = all_types()
