"""The front door of supply."""

from hospital.scheduling.clinic_names import clinic_name
from hospital.scheduling.extra_places import (
    ask_extra_place,
    count_extra_places_asked,
    decide_extra_place,
    grant_extra_place,
    list_extra_places_of,
    list_extra_places_with,
)
from hospital.scheduling.follow_up_fees import list_follow_up_fees, set_follow_up_fees
from hospital.scheduling.generation import generate_sessions, list_conflicts, preview_generation
from hospital.scheduling.offers import read_days_json, read_places_json, search_offers
from hospital.scheduling.places import list_returning_places, move_place, release_place, take_returning_place
from hospital.scheduling.pools import deal_places, may_take, pools_of
from hospital.scheduling.queries import (
    find_follow_up_item,
    get_session,
    list_priced_kinds,
    list_sessions,
    list_sessions_by_id,
    list_slots_by_id,
    read_slots_json,
)
from hospital.scheduling.rebooking import list_places_instead
from hospital.scheduling.roster_access import require_roster_clerk
from hospital.scheduling.roster_calendar import add_day_rule, list_day_rules, remove_day_rule
from hospital.scheduling.roster_rules import DAYS_AHEAD
from hospital.scheduling.roster_weeks import get_roster_session, list_roster
from hospital.scheduling.rostering import add_session, get_planned_clinician, move_session, substitute_clinician
from hospital.scheduling.services import open_session
from hospital.scheduling.stops import close_day, get_stop_reason, stop_session, take_any_place
from hospital.scheduling.templates import add_template, change_template, end_template, get_template, list_templates

__all__ = [
    "DAYS_AHEAD",
    "add_day_rule",
    "add_session",
    "add_template",
    "ask_extra_place",
    "change_template",
    "clinic_name",
    "close_day",
    "count_extra_places_asked",
    "deal_places",
    "decide_extra_place",
    "end_template",
    "find_follow_up_item",
    "generate_sessions",
    "get_planned_clinician",
    "get_roster_session",
    "get_session",
    "get_stop_reason",
    "get_template",
    "grant_extra_place",
    "list_conflicts",
    "list_day_rules",
    "list_extra_places_of",
    "list_extra_places_with",
    "list_follow_up_fees",
    "list_places_instead",
    "list_priced_kinds",
    "list_returning_places",
    "list_roster",
    "list_sessions",
    "list_sessions_by_id",
    "list_slots_by_id",
    "list_templates",
    "may_take",
    "move_place",
    "move_session",
    "open_session",
    "pools_of",
    "preview_generation",
    "read_days_json",
    "read_places_json",
    "read_slots_json",
    "release_place",
    "remove_day_rule",
    "require_roster_clerk",
    "search_offers",
    "set_follow_up_fees",
    "stop_session",
    "substitute_clinician",
    "take_any_place",
    "take_returning_place",
]
