"""The front door of visits."""

from hospital.encounters.clinical import CARING, CLINICAL, require_clinical_access
from hospital.encounters.line_changes import (
    ask_line_change,
    count_waiting_line_changes,
    decide_line_change,
    hold_visit_terms,
    list_line_changes,
    require_line_change_desk,
)
from hospital.encounters.queries import (
    count_waiting_before,
    get_encounter,
    get_encounter_of_appointment,
    list_campus_day,
    list_doctor_queue,
    list_encounters,
    list_encounters_of_appointments,
    list_person_encounters,
)
from hospital.encounters.queueing import call_next, set_priority, transfer_encounter
from hospital.encounters.services import move_encounter, register_encounter

__all__ = [
    "CARING",
    "CLINICAL",
    "ask_line_change",
    "call_next",
    "count_waiting_before",
    "count_waiting_line_changes",
    "decide_line_change",
    "get_encounter",
    "get_encounter_of_appointment",
    "hold_visit_terms",
    "list_campus_day",
    "list_doctor_queue",
    "list_encounters",
    "list_encounters_of_appointments",
    "list_line_changes",
    "list_person_encounters",
    "move_encounter",
    "register_encounter",
    "require_clinical_access",
    "require_line_change_desk",
    "set_priority",
    "transfer_encounter",
]
