"""Booking at the window: department, day, doctor, place (F45)."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.billing.api import price_registration
from hospital.campuses.api import list_campuses, list_departments
from hospital.campuses.types import DepartmentCard
from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor, Role
from hospital.kernel.types import BilingualText
from hospital.scheduling.api import get_session, list_sessions, read_slots_json
from hospital.scheduling.types import Channel, SessionCard
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.registration.words import PART_NAMES, SERVICE_NAMES
from hospital.staff_web.templatetags.desk import day as say_day
from hospital.workflows.book_at_window import book_at_window
from hospital.workflows.follow_ups import as_charged, find_follow_up_right

DAYS_AHEAD = 14
registrar = desk_view(Role.REGISTRAR)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with its words and the fee of a place."""

    session: SessionCard
    part: Any
    service: Any
    fee: Decimal | None


@dataclass(frozen=True, slots=True)
class Place:
    """One numbered place of a session."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    free: int


def booking_choices(*, actor: Actor, today: date) -> dict[str, Any]:
    """What the booking pane offers before a department is chosen."""
    return {
        "campuses": list_choices(actor=actor),
        "days": [today + timedelta(days=offset) for offset in range(DAYS_AHEAD)],
    }


def list_choices(*, actor: Actor) -> list[tuple[BilingualText, list[DepartmentCard]]]:
    """The departments of every campus under its short name, the desk's own campus first."""
    names = {campus.code: campus.short for campus in list_campuses()}
    found: dict[str, list[DepartmentCard]] = {actor.campus_code: []} if actor.campus_code in names else {}
    for department in list_departments():
        found.setdefault(department.campus_code, []).append(department)
    return [(names[code], departments) for code, departments in found.items() if departments]


@require_GET
@registrar
def sessions(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The sessions of one department on one day, with what is free and what a place costs."""
    now = timezone.now()
    context = {
        "person_id": person_id,
        "rows": list_rows(
            department=request.GET.get("department", ""),
            day=request.GET.get("day", ""),
            now=now,
        ),
    }
    return render(request, "staff_web/registration/_sessions.html", context)


def list_rows(*, department: str, day: str, now: datetime) -> list[SessionRow]:
    """Sessions of a department, at whatever campus; an unreadable department or day finds none."""
    try:
        department_id, on = UUID(department), date.fromisoformat(day)
    except ValueError:
        return []
    found = list_sessions(now=now, first=on, last=on, department_id=department_id, channel=Channel.WINDOW)
    fees = _fees(found, now=now)
    return [
        SessionRow(
            each,
            PART_NAMES.get(each.part, each.part),
            SERVICE_NAMES.get(each.service_type, each.service_type),
            fees.get((each.campus_code, each.service_line, each.registration_item_code)),
        )
        for each in found
    ]


def _fees(found: list[SessionCard], *, now: datetime) -> dict[tuple[str, str, str], Decimal]:
    """The fee of a place by campus, service line and item: one price list a campus and service line."""
    fees = {}
    for campus, line in {(each.campus_code, each.service_line) for each in found}:
        codes = {row.registration_item_code for row in found if (row.campus_code, row.service_line) == (campus, line)}
        prices = price_registration(
            item_codes=sorted(codes), service_line=line, campus_code=campus, visit_type="OP", now=now
        )
        fees.update({(campus, line, code): price for code, price in prices.items()})
    return fees


@require_GET
@registrar
def slots(request: HttpRequest, person_id: UUID, session_id: UUID) -> HttpResponse:
    """The places of a session that can still be taken."""
    now = timezone.now()
    places = [
        Place(
            row["id"],
            row["number"],
            datetime.fromisoformat(row["starts_at"]),
            datetime.fromisoformat(row["ends_at"]),
            row["free"],
        )
        for row in json.loads(read_slots_json(session_id=session_id, now=now, channel=Channel.WINDOW))
    ]
    session = get_session(session_id=session_id, now=now, channel=Channel.WINDOW)
    right = find_follow_up_right(person_id=person_id, session=session)
    charged = as_charged(session, right)
    fee = _fees([charged], now=now).get((charged.campus_code, charged.service_line, charged.registration_item_code))
    context = {"person_id": person_id, "session": session, "places": places, "right": right, "fee": fee}
    return render(request, "staff_web/registration/_slots.html", context)


@require_POST
@registrar
def book(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Books one place and charges the registration fee."""
    slot_id = request.POST.get("slot", "")
    appointment = book_at_window(
        slot_id=int(slot_id) if slot_id.isdecimal() else 0,
        person_id=person_id,
        actor=actor_of(request),
        now=timezone.now(),
    )
    slot = appointment.slot
    messages.success(
        request,
        _("Booked with %(doctor)s, number %(number)s.")
        % {"doctor": slot.session.clinician_name, "number": slot.number},
    )
    if appointment.follows_id:
        seen = get_encounter(encounter_id=appointment.follows_id)
        facts = {"day": say_day(seen.queue_on), "doctor": seen.clinician_name}
        messages.info(request, _("Registered as a follow-up: seen on %(day)s by %(doctor)s.") % facts)
    return redirect("staff:registration_person", person_id=person_id)
