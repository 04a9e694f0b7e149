"""The words rule sets may use for who takes part, what must come out, how it is held, and which event counts.

Each is an identifier in the data and a msgid on screen and paper.
"""

from __future__ import annotations

from typing import Final

PARTICIPANT_LABELS: Final = {
    "caseworker": "caseworker",
    "child": "child or young person",
    "custody_holder": "custody holder",
    "parent": "parents",
    "parent_if_fitting": "parents where it fits the child's age",
    "family": "family",
    "foster_parent": "foster parents",
    "contact_person": "contact person",
    "supplier": "those who carry out the measure",
    "institution": "the institution",
    "family_centre": "the family centre",
    "school": "the school",
    "duty_worker": "duty worker",
    "team_leader": "team leader",
    "second_caseworker": "a caseworker who has not been in the case before",
    "notifier": "the one who notified",
    "complainant": "the one who complains",
    "party": "the one who asks",
}

OUTCOME_LABELS: Final = {
    "goals_reviewed": "each goal of the plan reviewed",
    "new_goals_decided": "a decision whether new goals go into the plan",
    "child_talk": "a talk with the child, noted as Børnesamtale",
    "next_agreed": "the next follow-up agreed",
    "plan_made_concrete": "the action plan made concrete",
    "continue_decided": "a decision whether the measure goes on",
    "end_in_view": "a time perspective for ending",
    "proposal_for_after": "a proposal for what follows",
    "treatment_plan": "general status and treatment plan",
    "support_after_settled": "support after the end settled",
    "status_received": "a written status received",
    "status_from_school": "a status fetched from the school",
    "next_year_decided": "support in the next school year decided",
    "parents_heard": "the parents heard about measure and follow-up",
    "parents_informed": "the parents informed, by phone if that is enough",
    "course_ended": "the course ended",
    "discharge_reviewed": "planned end, next step down and coming carer reviewed",
    "danger_assessed": "an assessment whether the child needs help at once",
    "receipt_sent": "a receipt sent to the one who notified",
    "case_reassessed": "the case reassessed",
    "talk_without_parents": "a talk with the child without the parents the abuse is said to come from",
    "investigation_ended": "the investigation ended, or a provisional assessment and the end as soon as possible",
    "scoping_ended": "the scoping ended",
    "plan_ready": "the plan ready",
    "first_follow_up": "the first follow-up, and the further rhythm decided with reasons and the child's wish",
    "indsats_adjusted": "a decision whether the measure is adjusted",
    "supervision_visit": "a supervision visit with a talk with the child, without staff if possible",
    "return_period_over": "the period of return over",
    "youth_support_decided": "a decision on support after 18",
    "youth_plan_considered": "a youth plan considered",
    "contact_resumed": "contact resumed",
    "decision_possible": "the decision possible",
    "complaint_possible": "the last day to complain",
    "decision_looked_at_again": "the decision looked at again; if it stands, the complaint sent to Ankestyrelsen",
    "access_answered": "an answer to who asks for access to the documents",
    "plan_before_decision": "the plan made before the decision",
}

WAY_LABELS: Final = {
    "in_person": "in person",
    "phone": "by phone",
    "video": "by video",
    "mail": "by mail",
}

EVENT_LABELS: Final = {
    "notification_received": "the notification received",
    "notification_in_open_case": "the notification in an open case with a measure",
    "notification_of_abuse": "the notification of abuse",
    "need_known": "the day the municipality knew of the need",
    "scoping_started": "the start of the scoping",
    "support_decided": "the decision on support",
    "placement_decided": "the decision on placement",
    "forced_placement_decided": "the decision on placement without consent",
    "investigation_ended": "the end of the parallel investigation",
    "intervention_started": "the start of the measure",
    "placement_started": "the start of the placement",
    "return_decided": "the decision on return to the family",
    "contact_suspension_asked": "the child's wish to suspend contact",
    "expected_birth": "the expected birth",
    "decision_notified": "the decision's notice",
    "complaint_received": "the complaint",
    "access_requested": "the request for access to documents",
}
