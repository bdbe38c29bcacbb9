"""The front door of the bed pool."""

from hospital.beds.access import BED_ROLES, require_bed_desk
from hospital.beds.queries import (
    find_last_stay,
    find_stays_of,
    get_bed,
    get_stay,
    get_ward,
    list_arriving,
    list_bed_rows,
    list_ward_days,
    name_bed,
)
from hospital.beds.search import find_beds
from hospital.beds.services import change_stay, close_bed, free_bed, give_back_bed, occupy_bed, reserve_bed

__all__ = [
    "BED_ROLES",
    "change_stay",
    "close_bed",
    "find_beds",
    "find_last_stay",
    "find_stays_of",
    "free_bed",
    "get_bed",
    "get_stay",
    "get_ward",
    "give_back_bed",
    "list_arriving",
    "list_bed_rows",
    "list_ward_days",
    "name_bed",
    "occupy_bed",
    "require_bed_desk",
    "reserve_bed",
]
