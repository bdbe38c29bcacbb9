"""The front door of booking."""

from hospital.appointments.appeals import list_standing_blocks, note_appeal
from hospital.appointments.booking import HOLD_LIFE, hold_at_machine, hold_slot
from hospital.appointments.calling_off import (
    book_with_priority,
    call_off_appointment,
    get_priority,
    list_bookings_of_session,
    list_called_off,
    list_session_appointments,
    list_stopped_with_bookings,
)
from hospital.appointments.changing import ask_payment_again, change_place, give_hold_to
from hospital.appointments.current import list_current_appointments
from hospital.appointments.missed import get_block, lift_block, list_blocks, list_missed, mark_missed
from hospital.appointments.queries import (
    get_appointment,
    list_appointments,
    list_campus_appointments,
    list_unpaid,
    lock_appointment,
)
from hospital.appointments.rules import compute_pay_by, compute_terms
from hospital.appointments.services import (
    NOT_PAID,
    book_at_desk,
    book_extra_at_desk,
    cancel_appointment,
    confirm_hold,
    expire_holds,
    expire_unpaid,
    lock_unpaid,
    mark_paid,
    release_hold,
    set_registration_type,
    take_number,
)
from hospital.appointments.waitlist import (
    close_waits,
    join_doctor_waitlist,
    join_session_waitlist,
    leave_waitlist,
    offer_returning_places,
)
from hospital.appointments.waits import get_wait, get_wait_person, list_waits

__all__ = [
    "HOLD_LIFE",
    "NOT_PAID",
    "ask_payment_again",
    "book_at_desk",
    "book_extra_at_desk",
    "book_with_priority",
    "call_off_appointment",
    "cancel_appointment",
    "change_place",
    "close_waits",
    "compute_pay_by",
    "compute_terms",
    "confirm_hold",
    "expire_holds",
    "expire_unpaid",
    "get_appointment",
    "get_block",
    "get_priority",
    "get_wait",
    "get_wait_person",
    "give_hold_to",
    "hold_at_machine",
    "hold_slot",
    "join_doctor_waitlist",
    "join_session_waitlist",
    "leave_waitlist",
    "lift_block",
    "list_appointments",
    "list_blocks",
    "list_bookings_of_session",
    "list_called_off",
    "list_campus_appointments",
    "list_current_appointments",
    "list_missed",
    "list_session_appointments",
    "list_standing_blocks",
    "list_stopped_with_bookings",
    "list_unpaid",
    "list_waits",
    "lock_appointment",
    "lock_unpaid",
    "mark_missed",
    "mark_paid",
    "note_appeal",
    "offer_returning_places",
    "release_hold",
    "set_registration_type",
    "take_number",
]
