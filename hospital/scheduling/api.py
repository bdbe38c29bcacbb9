"""The front door of supply."""

from hospital.scheduling.queries import get_session, list_sessions, list_slots_by_id, read_slots_json
from hospital.scheduling.services import open_session, release_place

__all__ = ["get_session", "list_sessions", "list_slots_by_id", "open_session", "read_slots_json", "release_place"]
