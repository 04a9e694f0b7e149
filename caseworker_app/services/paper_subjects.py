"""What each paper is about, where that is not a meeting: what the log of papers names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseworker_app.domain.access_request import AccessRequest
from caseworker_app.domain.case import Case
from caseworker_app.domain.cost import CostSheet
from caseworker_app.domain.effort_course import EffortCourse
from caseworker_app.domain.elevator import ElevatorContract, ElevatorCourse
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.family_course import FamilyCourse
from caseworker_app.domain.first_meeting import AnalysisSheet, FirstMeeting
from caseworker_app.domain.group_course import GroupCourse
from caseworker_app.domain.internal_sheet import InternalAgenda, InternalCase
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.kik_sheet import KikSheet
from caseworker_app.domain.network_map import NetworkMap
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.office import Worker
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.person import Person
from caseworker_app.domain.plan import Plan
from caseworker_app.domain.psychologist_talk import PsychologistCourse
from caseworker_app.domain.resource_meeting import ResourceDescription
from caseworker_app.domain.visit import Visit

SUBJECTS: Final[Mapping[Paper, type[Entity]]] = {
    Paper.PLAN: Plan,
    Paper.PLAN_CHILD: Plan,
    Paper.NETWORK_MAP: NetworkMap,
    Paper.NETWORK_MAP_COMPARISON: NetworkMap,
    Paper.GENOGRAM: Case,
    Paper.NOTIFICATION_RECEIPT: Notification,
    Paper.CHRONOLOGY: Case,
    Paper.INVESTIGATION: Investigation,
    Paper.JOURNAL: Case,
    Paper.TRANSFER: Case,
    Paper.EXPECTATIONS_SHEET: Case,
    Paper.REMINDER_CARD: Case,
    Paper.VISIT_SHEET: Visit,
    Paper.VISIT_JOURNAL: Visit,
    Paper.PARENTS_JOURNAL: Person,
    Paper.COURSE_INVITATION: FamilyCourse,
    Paper.COURSE_PROGRAMME: FamilyCourse,
    Paper.INTERNAL_SHEET: InternalCase,
    Paper.INTERNAL_AGENDA: InternalAgenda,
    Paper.RESOURCE_DESCRIPTION: ResourceDescription,
    Paper.RESOURCE_AGENDA: ResourceDescription,
    Paper.PSYCHOLOGIST_TALKS: PsychologistCourse,
    Paper.PROFESSIONAL_NETWORK: Case,
    Paper.FIRST_MEETING: FirstMeeting,
    Paper.ANALYSIS_SHEET: AnalysisSheet,
    Paper.ELEVATOR_CONTRACT: ElevatorContract,
    Paper.ELEVATOR_EVALUATION: ElevatorCourse,
    Paper.ELEVATOR_GROUP: Worker,
    Paper.KIK_SHEET: KikSheet,
    Paper.TRIAL_BOARD: Worker,
    Paper.NUMBERS: Worker,
    Paper.LADDER: Case,
    Paper.MEASUREMENTS: Case,
    Paper.MEASUREMENT_SHEET: Case,
    Paper.MEASUREMENT_GROUPS: Worker,
    Paper.ACCESS_REQUEST: AccessRequest,
    Paper.HANDOVER_CHRONOLOGY: Case,
    Paper.ACCESS_LOG: Case,
    Paper.COST_SHEET: CostSheet,
    Paper.EFFORT_COURSE: EffortCourse,
    Paper.GROUP_COURSE: GroupCourse,
}
"""What a paper is about: ``PaperJob.about`` is its id. A paper that is not here is about a :class:`Meeting`."""
