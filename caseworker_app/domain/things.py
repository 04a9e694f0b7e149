"""Every type of thing the field has, declared.

Tables, rebuild and the fingerprint of the projections need all of them: a declaration that is missing here would have no
table. A test looks for modules that declare and are not imported.
"""

from __future__ import annotations

from caseworker_app.domain import (
    case,
    catalogue,
    chronology,
    complaint,
    consent,
    factors,
    document,
    family,
    family_pin,
    follow_up,
    honour,
    intervention,
    investigation,
    journal,
    meeting,
    network_map,
    notification,
    office,
    person,
    plan,
)
from caseworker_app.domain.entity import all_types

MODULES = (
    case,
    catalogue,
    chronology,
    complaint,
    consent,
    factors,
    family_pin,
    document,
    family,
    follow_up,
    honour,
    intervention,
    investigation,
    journal,
    meeting,
    network_map,
    notification,
    office,
    person,
    plan,
)
TYPES = all_types()
