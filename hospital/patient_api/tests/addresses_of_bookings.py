"""Addresses of bookings, for the test of who may call what."""

_NOBODYS = "0193a3c5-0000-7000-8000-000000000000"
_TIME = {"device_id": _NOBODYS, "starts_at": "2026-11-26T08:00:00+08:00"}
_HELP = {"kind": "WHEELCHAIR", "idempotency_key": "12345678"}
_HERE = {"appointment_id": "{appointment_id}", "latitude": 23.1, "longitude": 113.2, "accuracy": 20}
_SPOT = {"line_id": _NOBODYS, **_TIME}

ADDRESSES_OF_BOOKINGS = [
    ("GET", "/my-appointments", None, ""),
    ("GET", "/check-in", None, ""),
    ("POST", "/check-in", {"code": "00000000"}, ""),
    ("POST", "/check-in/here", _HERE, "unknown_appointment"),
    ("GET", "/appointments/{appointment_id}", None, "unknown_person"),
    ("GET", "/appointments/{appointment_id}/calendar", None, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/change-terms", {"slot_id": 1}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/change", {"slot_id": 1}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/release", {}, "unknown_person"),
    ("GET", "/appointments/{appointment_id}/assistance", None, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/assistance", _HELP, "unknown_person"),
    ("POST", "/assistance/{request_id}/cancel", {}, "unknown_assistance"),
    ("GET", "/appointments/{appointment_id}/rebooking", None, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/rebooking", {"slot_id": 1}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/person", {"person_id": "{person_id}"}, "unknown_person"),
    ("GET", "/waitlist", None, ""),
    ("POST", "/waitlist", {"person_id": "{person_id}", "session_id": _NOBODYS}, "unknown_person"),
    ("POST", "/waitlist/{entry_id}/leave", {}, "unknown_wait"),
    ("GET", "/people/{person_id}/examinations", None, "unknown_person"),
    ("POST", "/people/{person_id}/examinations/plan", {"line_ids": [_NOBODYS]}, "unknown_person"),
    ("POST", "/people/{person_id}/examinations/book", {"spots": [_SPOT]}, "unknown_person"),
    ("GET", "/examinations/{booking_id}", None, "unknown_exam_booking"),
    ("GET", "/examinations/{booking_id}/times", None, "unknown_exam_booking"),
    ("POST", "/examinations/{booking_id}/move", _TIME, "unknown_exam_booking"),
    ("POST", "/examinations/{booking_id}/cancel", {}, "unknown_exam_booking"),
    ("GET", "/examinations/{booking_id}/calendar", None, "unknown_exam_booking"),
]
