"""The weekly templates of every clinician, and the sessions that come of them: two weeks, yesterday and today.

Every clinician has mornings; ranks and places in the list decide the rest, so that no two departments look alike. On
the day of loading the cardiologists of the Center also sit in the evening until midnight: whoever starts the
demonstration late can still walk a whole visit.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from hospital.campuses.models import Clinician, Room
from hospital.kernel.actors import system_actor
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.scheduling.api import add_session, generate_sessions, stop_session
from hospital.scheduling.models import CalendarDay, FollowUpItem, RosterSession, RosterTemplate
from hospital.scheduling.templates import template_row
from hospital.scheduling.types import Pool, SessionPlan, Template, TemplateShare

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

# What a follow-up costs instead.
_FOLLOW_UPS: Final = dict.fromkeys(("110200101", "110200102", "110200103", "110200105"), "110200106")

REGISTRATION_ITEMS: Final = (*_ITEMS.values(), *_FOLLOW_UPS.values(), _INTL_FAMILY_PHYSICIAN, _INTL_URGENT, _EMERGENCY)

_HOURS: Final[dict[str, tuple[time, time]]] = {
    "AM": (time(8, 30), time(11, 50)),
    "PM": (time(14, 0), time(17, 0)),
    "EVENING": (time(18, 0), time(20, 40)),
}
# Special-need sessions keep places for insurers, expert ones for the window, until five in the afternoon before; what
# experts give to the app is released a week ahead, at half past seven.
_SHARES: Final[dict[str, tuple[TemplateShare, ...]]] = {
    "SPECIAL": (TemplateShare(pool=Pool.VIP, places=2, folds_days=1),),
    "EXPERT": (
        TemplateShare(pool=Pool.WINDOW, places=2, folds_days=1),
        TemplateShare(pool=Pool.APP, places=4, opens_days=7, folds_days=1),
    ),
}
# Whoever comes to an ordinary clinic of this specialty is seen by whichever doctor is on duty.
_TEAM_CLINIC: Final = "GP"
# The evening of the day of loading, for the cardiologists of the Center.
_LATE_END: Final = time(23, 40)


@dataclass(frozen=True, slots=True)
class _Clinic:
    """What a clinician offers in one session."""

    service_type: str
    service_line: str
    item: str


def load_rosters(*, today: date, now: datetime) -> None:
    """Writes the templates and opens their sessions from yesterday to `DAYS_AHEAD` days on."""
    templates = _templates(today=today)
    FollowUpItem.objects.bulk_create(
        FollowUpItem(item_code=code, follow_up_item_code=follow_up) for code, follow_up in _FOLLOW_UPS.items()
    )
    RosterTemplate.objects.bulk_create([template_row(each) for each in templates], batch_size=500)
    _load_calendar(today=today)
    opener = system_actor("open_sessions")
    in_the_way = _find_in_the_way(templates, today=today)
    if in_the_way is not None:
        plan, day = in_the_way
        add_session(plan=plan, day=day, actor=opener, now=now)
    generate_sessions(first=today - timedelta(days=1), last=today + timedelta(days=DAYS_AHEAD), actor=opener, now=now)
    _stop_one(today=today, now=now)


def _templates(*, today: date) -> list[Template]:
    """Those of every week from yesterday on, and what else the visits of yesterday and today need."""
    yesterday = today - timedelta(days=1)
    rooms = _rooms_by_department()
    found: list[Template] = []
    for place, clinician in enumerate(_clinicians()):
        own = rooms.get(clinician.department_id, [])
        room = own.pop(0) if own else None
        late = {today.weekday()} if clinician.department.code == "IMC-CARD" else set()
        for weekday in range(7):
            for part in _parts_of_week(clinician, place=place, weekday=weekday):
                is_late = part == "EVENING" and weekday in late
                found.append(
                    _template(
                        clinician, place=place, part=part, room=room, weekday=weekday,
                        first=today + timedelta(days=1) if is_late else yesterday,
                    )
                )  # fmt: skip
        for day in (yesterday, today):
            usual = _parts_of_week(clinician, place=place, weekday=day.weekday())
            parts = [part for part in ("AM", "PM") if part not in usual]
            parts += ["EVENING"] if day == today and late else []
            found += [
                _template(
                    clinician, place=place, part=part, room=room, weekday=day.weekday(), first=day, last=day,
                    ends=_LATE_END if part == "EVENING" else None,
                )
                for part in parts
            ]  # fmt: skip
    return found


def _template(
    clinician: Clinician,
    *,
    place: int,
    part: str,
    room: Room | None,
    weekday: int,
    first: date,
    last: date | None = None,
    ends: time | None = None,
) -> Template:
    clinic = _clinic(clinician, is_afternoon=part == "PM", place=place, weekday=weekday)
    plan = SessionPlan(
        clinician_id=clinician.id,
        department_id=clinician.department_id,
        campus_code=clinician.department.campus_id,
        room_id=room.id if room else None,
        part=part,
        starts=_HOURS[part][0],
        ends=ends or _HOURS[part][1],
        service_type=clinic.service_type,
        service_line=clinic.service_line,
        registration_item_code=clinic.item,
        minutes=_MINUTES,
        shares=_SHARES.get(clinic.service_type, ()),
        is_by_name=clinic.service_type != "ORDINARY" or clinician.department.specialty != _TEAM_CLINIC,
    )
    is_emergency = clinic.service_type == "EMERGENCY"
    return Template(
        id=new_id(),
        weekday=weekday + 1,
        plan=plan,
        is_held_on_holidays=is_emergency,
        valid_from=first,
        valid_until=last,
    )


def _clinicians() -> list[Clinician]:
    return list(Clinician.objects.select_related("department").order_by("staff_no"))


def _rooms_by_department() -> dict[object, list[Room]]:
    rooms: dict[object, list[Room]] = {}
    for room in Room.objects.exclude(department=None).order_by("code"):
        rooms.setdefault(room.department_id, []).append(room)
    return rooms


def _parts_of_week(clinician: Clinician, *, place: int, weekday: int) -> list[str]:
    if clinician.department.specialty == "EMER":
        return ["AM", "PM", "EVENING"]
    parts = []
    if weekday < 5 or (weekday == 5 and place % 2 == 0):
        parts.append("AM")
    if weekday < 5 and (weekday + place) % 5 < 3:
        parts.append("PM")
    if weekday in {1, 3} and place % 6 == 4:
        parts.append("EVENING")
    return parts


def _load_calendar(*, today: date) -> None:
    """New Year's Day, and a Sunday in the third week that is worked as a Friday at the Center."""
    sunday = today + timedelta(days=20 - today.weekday())
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(day=date(today.year + 1, 1, 1), name_zh="元旦", name_en="New Year’s Day"),
            CalendarDay(campus_id="IMC", day=sunday, as_weekday=5, name_zh="调休上班", name_en="Swapped working day"),
        ],
        ignore_conflicts=True,
    )


def _find_in_the_way(templates: list[Template], *, today: date) -> tuple[SessionPlan, date] | None:
    """A doctor put by hand into the room of another of the Center, on an afternoon of the coming week."""
    for day in (today + timedelta(days=each) for each in range(2, 8)):
        afternoon = [each.plan for each in templates if each.weekday == day.isoweekday() and each.plan.part == "PM"]
        busy = {plan.clinician_id for plan in afternoon}
        for owner in (plan for plan in afternoon if plan.campus_code == "IMC"):
            for each in templates:
                same = each.plan.department_id == owner.department_id
                if same and each.plan.clinician_id not in busy and each.plan.part == "AM":
                    placed = replace(each.plan, part="PM", starts=owner.starts, ends=owner.ends, room_id=owner.room_id)
                    return placed, day
    return None


def _stop_one(*, today: date, now: datetime) -> None:
    """A session of the next days that nobody has booked yet was called off."""
    sessions = RosterSession.objects.filter(campus_id="IMC", held_on=today + timedelta(days=3), part="AM")
    row = sessions.order_by("id").last()
    if row is not None:
        reason = BilingualText("医生外出会诊", "The doctor is consulting at another hospital")
        stop_session(session_id=row.id, reason=reason, actor=system_actor("demo"), now=now)


def _clinic(clinician: Clinician, *, is_afternoon: bool, place: int, weekday: int) -> _Clinic:
    is_center = clinician.department.campus_id == "IMC"
    is_senior = clinician.title in {"ASSOCIATE_CHIEF", "CHIEF"}
    if clinician.department.specialty == "EMER":
        return _Clinic("EMERGENCY", "INTL" if is_center else "NORMAL", _INTL_URGENT if is_center else _EMERGENCY)
    if is_senior and is_afternoon and (place + weekday) % 4 == 0:
        return _Clinic("SPECIAL", "SPECIAL", _ITEMS["SPECIAL", clinician.title])
    if is_center:
        is_family_physician = clinician.department.specialty == "GP" and not is_senior
        item = _INTL_FAMILY_PHYSICIAN if is_family_physician else _ITEMS["INTL", clinician.title]
        return _Clinic("INTL", "INTL", item)
    service_type = "EXPERT" if is_senior else "ORDINARY"
    return _Clinic(service_type, "NORMAL", _ITEMS[service_type, clinician.title])
