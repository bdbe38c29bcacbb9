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
from hospital.encounters.order_statement import list_line
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
from hospital.encounters.rules.pace import WaitEstimate
from hospital.encounters.services import move_encounter, register_encounter
from hospital.encounters.waits import get_wait

__all__ = [
    "CARING",
    "CLINICAL",
    "WaitEstimate",
    "ask_line_change",
    "call_next",
    "count_waiting_before",
    "count_waiting_line_changes",
    "decide_line_change",
    "get_encounter",
    "get_encounter_of_appointment",
    "get_wait",
    "hold_visit_terms",
    "list_campus_day",
    "list_doctor_queue",
    "list_encounters",
    "list_encounters_of_appointments",
    "list_line",
    "list_line_changes",
    "list_person_encounters",
    "move_encounter",
    "register_encounter",
    "require_clinical_access",
    "require_line_change_desk",
    "set_priority",
    "transfer_encounter",
]
