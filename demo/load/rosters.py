"""Fourteen days of clinics for every clinician, and yesterday's and today's, which the visits need.

Every clinician has mornings; ranks and places in the list decide the rest, so that no two departments look alike. On
the day of loading the cardiologists of the Center also sit in the evening until midnight: whoever starts the
demonstration late can still walk a whole visit.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from demo.load.clock import SHANGHAI
from hospital.campuses.models import Clinician, Room
from hospital.scheduling.models import RosterSession, ServiceType, SessionPart, Slot

DAYS_AHEAD: Final = 14
_MINUTES: Final = 20

# The catalog item charged for a place, by service type and rank.
_ITEMS: Final[dict[tuple[str, str], str]] = {
    ("INTL", "RESIDENT"): "110200101",
    ("INTL", "ATTENDING"): "110200101",
    ("INTL", "ASSOCIATE_CHIEF"): "110200102",
    ("INTL", "CHIEF"): "110200103",
    ("SPECIAL", "ASSOCIATE_CHIEF"): "110200201",
    ("SPECIAL", "CHIEF"): "110200202",
    ("ORDINARY", "RESIDENT"): "110200001",
    ("ORDINARY", "ATTENDING"): "110200001",
    ("EXPERT", "ASSOCIATE_CHIEF"): "110200002-1",
    ("EXPERT", "CHIEF"): "110200002-2",
}
_INTL_FAMILY_PHYSICIAN: Final = "110200105"
_INTL_URGENT: Final = "110200109"
_EMERGENCY: Final = "110200003"

REGISTRATION_ITEMS: Final = (*_ITEMS.values(), _INTL_FAMILY_PHYSICIAN, _INTL_URGENT, _EMERGENCY)

_HOURS: Final[dict[str, tuple[time, time]]] = {
    "AM": (time(8, 30), time(11, 50)),
    "PM": (time(14, 0), time(17, 0)),
    "EVENING": (time(18, 0), time(20, 40)),
}
# The evening of the day of loading, for the cardiologists of the Center.
_LATE_END: Final = time(23, 40)


@dataclass(frozen=True, slots=True)
class _Clinic:
    """What a clinician offers in one session."""

    service_type: str
    service_line: str
    item: str


def load_rosters(*, today: date) -> None:
    """Opens the sessions and their places from yesterday to `DAYS_AHEAD` days on."""
    rooms = _rooms_by_department()
    sessions = [
        session
        for place, clinician in enumerate(_clinicians())
        for offset in range(-1, DAYS_AHEAD + 1)
        for session in _sessions_of_day(
            clinician, place=place, day=today + timedelta(days=offset), today=today, rooms=rooms
        )
    ]
    RosterSession.objects.bulk_create(sessions, batch_size=500)
    Slot.objects.bulk_create([slot for session in sessions for slot in _slots(session)], batch_size=2000)


def _clinicians() -> list[Clinician]:
    return list(Clinician.objects.select_related("department").order_by("staff_no"))


def _rooms_by_department() -> dict[object, list[Room]]:
    rooms: dict[object, list[Room]] = {}
    for room in Room.objects.exclude(department=None).order_by("code"):
        rooms.setdefault(room.department_id, []).append(room)
    return rooms


def _parts_of_day(clinician: Clinician, *, place: int, day: date, today: date) -> list[str]:
    weekday = day.weekday()
    is_emergency = clinician.department.specialty == "EMER"
    is_cardiology = clinician.department.code == "IMC-CARD"
    if is_emergency:
        return ["AM", "PM", "EVENING"]
    parts = []
    if weekday < 5 or (weekday == 5 and place % 2 == 0) or day <= today:
        parts.append("AM")
    if (weekday < 5 and (weekday + place) % 5 < 3) or day <= today:
        parts.append("PM")
    if (is_cardiology and day == today) or (weekday in {1, 3} and place % 6 == 4):
        parts.append("EVENING")
    return parts


def _sessions_of_day(
    clinician: Clinician, *, place: int, day: date, today: date, rooms: dict[object, list[Room]]
) -> list[RosterSession]:
    own_rooms = rooms.get(clinician.department_id, [])
    sessions = []
    for part in _parts_of_day(clinician, place=place, day=day, today=today):
        clinic = _clinic(clinician, is_afternoon=part == "PM", place=place, day=day)
        starts, ends = _HOURS[part]
        if part == "EVENING" and day == today:
            ends = _LATE_END
        sessions.append(
            RosterSession(
                clinician=clinician,
                department=clinician.department,
                campus_id=clinician.department.campus_id,
                room=own_rooms[place % len(own_rooms)] if own_rooms else None,
                held_on=day,
                part=SessionPart(part),
                starts_at=datetime.combine(day, starts, SHANGHAI),
                ends_at=datetime.combine(day, ends, SHANGHAI),
                service_type=ServiceType(clinic.service_type),
                service_line=clinic.service_line,
                registration_item_code=clinic.item,
            )
        )
    return sessions


def _clinic(clinician: Clinician, *, is_afternoon: bool, place: int, day: date) -> _Clinic:
    is_center = clinician.department.campus_id == "IMC"
    is_senior = clinician.title in {"ASSOCIATE_CHIEF", "CHIEF"}
    if clinician.department.specialty == "EMER":
        return _Clinic("EMERGENCY", "INTL" if is_center else "NORMAL", _INTL_URGENT if is_center else _EMERGENCY)
    if is_senior and is_afternoon and (place + day.weekday()) % 4 == 0:
        return _Clinic("SPECIAL", "SPECIAL", _ITEMS["SPECIAL", clinician.title])
    if is_center:
        is_family_physician = clinician.department.specialty == "GP" and not is_senior
        item = _INTL_FAMILY_PHYSICIAN if is_family_physician else _ITEMS["INTL", clinician.title]
        return _Clinic("INTL", "INTL", item)
    service_type = "EXPERT" if is_senior else "ORDINARY"
    return _Clinic(service_type, "NORMAL", _ITEMS[service_type, clinician.title])


def _slots(session: RosterSession) -> list[Slot]:
    step = timedelta(minutes=_MINUTES)
    count = int((session.ends_at - session.starts_at) / step)
    return [
        Slot(
            session=session,
            number=index + 1,
            starts_at=session.starts_at + index * step,
            ends_at=session.starts_at + (index + 1) * step,
        )
        for index in range(count)
    ]
