"""The front door of treatments."""

from hospital.treatments.queries import (
    get_session_treatment,
    get_treatment,
    list_room_treatments,
    list_visit_treatments,
)
from hospital.treatments.rules import MOST_SESSIONS, is_due
from hospital.treatments.services.ordering import order_treatment
from hospital.treatments.services.sessions import record_session, require_treatment_room, stop_treatment
from hospital.treatments.services.striking import can_strike_out, strike_out_session
from hospital.treatments.vocabulary import (
    DOSE_UNITS,
    FREQUENCIES,
    LATERALITIES,
    PAIRED_SITES,
    REACTIONS,
    SITES,
    Frequency,
    Laterality,
    Reaction,
)

__all__ = [
    "DOSE_UNITS",
    "FREQUENCIES",
    "LATERALITIES",
    "MOST_SESSIONS",
    "PAIRED_SITES",
    "REACTIONS",
    "SITES",
    "Frequency",
    "Laterality",
    "Reaction",
    "can_strike_out",
    "get_session_treatment",
    "get_treatment",
    "is_due",
    "list_room_treatments",
    "list_visit_treatments",
    "order_treatment",
    "record_session",
    "require_treatment_room",
    "stop_treatment",
    "strike_out_session",
]
