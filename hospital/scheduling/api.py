"""The front door of supply."""

from hospital.scheduling.offers import read_days_json, read_places_json, search_offers
from hospital.scheduling.queries import get_session, list_sessions, list_slots_by_id, read_slots_json
from hospital.scheduling.services import move_place, open_session, release_place

__all__ = [
    "get_session",
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
