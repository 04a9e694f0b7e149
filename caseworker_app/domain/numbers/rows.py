"""The rows of the tables on placements (T 2.2, 2.3 and 4.1), and which of them a kind of intervention belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.intervention import InterventionKind


class PlaceRow(StrEnum):
    """One row: where a placed child lives."""

    HOME_BASED = "home_based"
    ORDINARY_FOSTER = "ordinary_foster"
    NETWORK_FOSTER = "network_foster"
    SPECIAL_FOSTER = "special_foster"
    RESIDENTIAL = "residential"
    SOCIAL_RESIDENCE = "social_residence"
    SECURE = "secure"


PLACE_ROW_LABELS: Mapping[PlaceRow, str] = {
    PlaceRow.HOME_BASED: "Home-based placements",
    PlaceRow.ORDINARY_FOSTER: "Ordinary foster families",
    PlaceRow.NETWORK_FOSTER: "Kin and network care",
    PlaceRow.SPECIAL_FOSTER: "Special foster families",
    PlaceRow.RESIDENTIAL: "Residential institutions",
    PlaceRow.SOCIAL_RESIDENCE: "Social-pedagogical residences",
    PlaceRow.SECURE: "Secure institutions",
}


class PlaceGroup(StrEnum):
    """What the rows add up to: the tables 4.1, 2.3 and 2.2."""

    HOME_BASED = "home_based_all"
    FOSTER = "foster_all"
    INSTITUTION = "institution_all"


PLACE_GROUP_LABELS: Mapping[PlaceGroup, str] = {
    PlaceGroup.HOME_BASED: "Home-based placements in all",
    PlaceGroup.FOSTER: "Placements in foster families in all",
    PlaceGroup.INSTITUTION: "Placements in institutions in all",
}

ROWS_OF: Mapping[PlaceGroup, tuple[PlaceRow, ...]] = {
    PlaceGroup.HOME_BASED: (PlaceRow.HOME_BASED,),
    PlaceGroup.FOSTER: (PlaceRow.ORDINARY_FOSTER, PlaceRow.NETWORK_FOSTER, PlaceRow.SPECIAL_FOSTER),
    PlaceGroup.INSTITUTION: (PlaceRow.RESIDENTIAL, PlaceRow.SOCIAL_RESIDENCE, PlaceRow.SECURE),
}
"""In the order of the ladder, from below."""
GROUP_OF: Mapping[PlaceRow, PlaceGroup] = {row: group for group, rows in ROWS_OF.items() for row in rows}

ROW_OF_KIND: Mapping[InterventionKind, PlaceRow] = {
    InterventionKind.HOME_BASED_PLACEMENT: PlaceRow.HOME_BASED,
    InterventionKind.NETWORK_FOSTER: PlaceRow.NETWORK_FOSTER,
    InterventionKind.FOSTER: PlaceRow.ORDINARY_FOSTER,
    InterventionKind.INSTITUTION: PlaceRow.RESIDENTIAL,
}
"""Where a placement is counted when the catalogue does not say."""


class Effort(StrEnum):
    """What figure 2.2 sorts follow-ups by."""

    PREVENTIVE = "preventive"
    HOME_BASED = "home_based"
    FOSTER = "foster"
    INSTITUTION = "institution"
    OTHER = "other"


EFFORT_LABELS: Mapping[Effort, str] = {
    Effort.PREVENTIVE: "Supporting interventions",
    Effort.HOME_BASED: "Home-based placements",
    Effort.FOSTER: "Foster families",
    Effort.INSTITUTION: "Institutions",
    Effort.OTHER: "Other help",
}
EFFORT_OF: Mapping[InterventionKind, Effort] = {
    InterventionKind.GENERAL: Effort.OTHER,
    InterventionKind.EARLY: Effort.OTHER,
    InterventionKind.PREVENTIVE: Effort.PREVENTIVE,
    InterventionKind.FAMILY_STAY: Effort.PREVENTIVE,
    InterventionKind.HOME_BASED_PLACEMENT: Effort.HOME_BASED,
    InterventionKind.NETWORK_FOSTER: Effort.FOSTER,
    InterventionKind.FOSTER: Effort.FOSTER,
    InterventionKind.INSTITUTION: Effort.INSTITUTION,
    InterventionKind.AFTERCARE: Effort.OTHER,
}
