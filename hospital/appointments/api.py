"""The front door of booking."""

from hospital.appointments.booking import HOLD_LIFE, hold_slot
from hospital.appointments.queries import (
    get_appointment,
    list_appointments,
    list_campus_appointments,
    list_current_appointments,
)
from hospital.appointments.services import (
    book_at_desk,
    cancel_appointment,
    confirm_hold,
    expire_holds,
    take_number,
)

__all__ = [
    "HOLD_LIFE",
    "book_at_desk",
    "cancel_appointment",
    "confirm_hold",
    "expire_holds",
    "get_appointment",
    "hold_slot",
    "list_appointments",
    "list_campus_appointments",
    "list_current_appointments",
    "take_number",
]
