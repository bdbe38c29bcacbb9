"""Addresses of bookings, for the test of who may call what."""

ADDRESSES_OF_BOOKINGS = [
    ("GET", "/my-appointments", None, ""),
    ("GET", "/appointments/{appointment_id}", None, "unknown_person"),
    ("GET", "/appointments/{appointment_id}/calendar", None, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/change-terms", {"slot_id": 1}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/change", {"slot_id": 1}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/release", {}, "unknown_person"),
]
