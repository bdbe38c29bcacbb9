"""The front door of supply."""

from hospital.scheduling.extra_places import (
    ask_extra_place,
    count_extra_places_asked,
    decide_extra_place,
    grant_extra_place,
    list_extra_places_of,
    list_extra_places_with,
)
from hospital.scheduling.offers import read_days_json, read_places_json, search_offers
from hospital.scheduling.queries import get_session, list_sessions, list_slots_by_id, read_slots_json
from hospital.scheduling.services import move_place, open_session, release_place

__all__ = [
    "ask_extra_place",
    "count_extra_places_asked",
    "decide_extra_place",
    "get_session",
    "grant_extra_place",
    "list_extra_places_of",
    "list_extra_places_with",
    "list_sessions",
    "list_slots_by_id",
    "move_place",
    "open_session",
    "read_days_json",
    "read_places_json",
    "read_slots_json",
    "release_place",
    "search_offers",
]
