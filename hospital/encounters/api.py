"""The front door of visits."""

from hospital.encounters.aftercare import (
    CHANGED_WITHIN,
    RATED_WITHIN,
    FollowUpCard,
    RatingCard,
    find_follow_up,
    find_rating,
    order_follow_up,
    rate_visit,
    withdraw_follow_up,
)
from hospital.encounters.boards import AreaCard, Board, DoctorOnBoard, get_area, get_board, list_areas
from hospital.encounters.check_in_codes import (
    find_area_of_code,
    list_areas_of_departments,
    make_paper_code,
    make_screen_code,
)
from hospital.encounters.clinical import CARING, CLINICAL, require_clinical_access
from hospital.encounters.complaints import add_complaint, change_complaint
from hospital.encounters.frame import AskedBack, VisitFrame, get_visit_frame
from hospital.encounters.line_changes import (
    ask_line_change,
    count_waiting_line_changes,
    decide_line_change,
    hold_visit_terms,
    list_line_changes,
    require_line_change_desk,
)
from hospital.encounters.order_statement import list_line, list_lines
from hospital.encounters.queries import (
    count_waiting_before,
    find_last_seen,
    get_encounter,
    get_encounter_of_appointment,
    has_green_visit,
    list_campus_day,
    list_doctor_queue,
    list_encounters,
    list_encounters_of_appointments,
    list_green,
    list_person_encounters,
)
from hospital.encounters.queueing import call_next, hand_over_visits, set_priority, transfer_encounter
from hospital.encounters.rules.pace import WaitEstimate
from hospital.encounters.services import move_encounter, register_encounter
from hospital.encounters.triage import (
    LEVELS,
    ComplaintCard,
    TriageCard,
    Vitals,
    assess,
    list_complaints,
    list_triages,
)
from hospital.encounters.waits import get_wait

__all__ = [
    "CARING",
    "CHANGED_WITHIN",
    "CLINICAL",
    "LEVELS",
    "RATED_WITHIN",
    "AreaCard",
    "AskedBack",
    "Board",
    "ComplaintCard",
    "DoctorOnBoard",
    "FollowUpCard",
    "RatingCard",
    "TriageCard",
    "VisitFrame",
    "Vitals",
    "WaitEstimate",
    "add_complaint",
    "ask_line_change",
    "assess",
    "call_next",
    "change_complaint",
    "count_waiting_before",
    "count_waiting_line_changes",
    "decide_line_change",
    "find_area_of_code",
    "find_follow_up",
    "find_last_seen",
    "find_rating",
    "get_area",
    "get_board",
    "get_encounter",
    "get_encounter_of_appointment",
    "get_visit_frame",
    "get_wait",
    "hand_over_visits",
    "has_green_visit",
    "hold_visit_terms",
    "list_areas",
    "list_areas_of_departments",
    "list_campus_day",
    "list_complaints",
    "list_doctor_queue",
    "list_encounters",
    "list_encounters_of_appointments",
    "list_green",
    "list_line",
    "list_line_changes",
    "list_lines",
    "list_person_encounters",
    "list_triages",
    "make_paper_code",
    "make_screen_code",
    "move_encounter",
    "order_follow_up",
    "rate_visit",
    "register_encounter",
    "require_clinical_access",
    "require_line_change_desk",
    "set_priority",
    "transfer_encounter",
    "withdraw_follow_up",
]
