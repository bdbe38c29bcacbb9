"""The front door of the directory."""

from hospital.campuses.arriving import (
    LARGEST_RADIUS,
    LONGEST_FOLLOW_UP,
    SMALLEST_RADIUS,
    place_campus,
    set_follow_up_days,
)
from hospital.campuses.distances import Presence, count_meters, judge_presence
from hospital.campuses.places import get_campus, get_department, list_consulting_rooms, list_floors
from hospital.campuses.queries import (
    get_clinician,
    get_clinician_of_user,
    list_campuses,
    list_clinicians,
    list_clinicians_by_id,
    list_departments,
    list_symptoms,
    order_campuses,
)
from hospital.campuses.rules import Sought, like_pattern, may_be_mistyped, read_search
from hospital.campuses.services import save_symptoms
from hospital.campuses.symptoms import add_symptom, change_symptom, get_edited_symptom, list_edited_symptoms

__all__ = [
    "LARGEST_RADIUS",
    "LONGEST_FOLLOW_UP",
    "SMALLEST_RADIUS",
    "Presence",
    "Sought",
    "add_symptom",
    "change_symptom",
    "count_meters",
    "get_campus",
    "get_clinician",
    "get_clinician_of_user",
    "get_department",
    "get_edited_symptom",
    "judge_presence",
    "like_pattern",
    "list_campuses",
    "list_clinicians",
    "list_clinicians_by_id",
    "list_consulting_rooms",
    "list_departments",
    "list_edited_symptoms",
    "list_floors",
    "list_symptoms",
    "may_be_mistyped",
    "order_campuses",
    "place_campus",
    "read_search",
    "save_symptoms",
    "set_follow_up_days",
]
