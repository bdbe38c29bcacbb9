"""The front door of special-need service."""

from hospital.assistance.queries import (
    count_waiting_assistance,
    get_assistance,
    get_care_settings,
    get_coordinator_id,
    get_own_assistance,
    get_preferences,
    list_assistance,
    list_assistance_of,
    list_desk_assistance,
    list_interpreters_for,
    list_languages,
)
from hospital.assistance.rules import count_paid_hours
from hospital.assistance.services import (
    arrange_assistance,
    ask_assistance,
    assign_coordinator,
    cancel_assistance,
    decline_assistance,
    end_assistance_of,
    finish_assistance,
    set_preferences,
)

__all__ = [
    "arrange_assistance",
    "ask_assistance",
    "assign_coordinator",
    "cancel_assistance",
    "count_paid_hours",
    "count_waiting_assistance",
    "decline_assistance",
    "end_assistance_of",
    "finish_assistance",
    "get_assistance",
    "get_care_settings",
    "get_coordinator_id",
    "get_own_assistance",
    "get_preferences",
    "list_assistance",
    "list_assistance_of",
    "list_desk_assistance",
    "list_interpreters_for",
    "list_languages",
    "set_preferences",
]
