"""The front door of the directory."""

from hospital.campuses.places import get_campus, get_department, list_floors
from hospital.campuses.queries import (
    get_clinician,
    get_clinician_of_user,
    list_campuses,
    list_clinicians,
    list_clinicians_by_id,
    list_departments,
)

__all__ = [
    "get_campus",
    "get_clinician",
    "get_clinician_of_user",
    "get_department",
    "list_campuses",
    "list_clinicians",
    "list_clinicians_by_id",
    "list_departments",
    "list_floors",
]
