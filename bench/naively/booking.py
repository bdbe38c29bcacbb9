"""The same booking as it is often written: models, and the places of the session locked while the bookings are counted.

`bench.naive` serves it with the web server of the product. What is checked, kept and answered is the same; what differs
is that each question is a statement of its own, and that the locks are held while all of them are asked.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from hospital.accounts.api import get_patient_actor
from hospital.appointments.errors import (
    AlreadyBooked,
    BookingBlocked,
    NotReleased,
    SessionStopped,
    SlotFull,
    TooManyInDepartment,
    TooManyThatDay,
    TooManyUnpaid,
)
from hospital.appointments.rules import MOST_A_DAY, MOST_CLAIMS, MOST_IN_DEPARTMENT_A_DAY
from hospital.audit.api import record_act
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.kernel.events import record_event
from hospital.kernel.ids import new_id
from hospital.patient_api.authentication import bearer_token, booking_channel, client_address, request_id
from hospital.patient_api.hot_paths import HoldRequest
from hospital.patient_api.problems import refusal_response
from hospital.patients.api import grant_care_relation
from hospital.patients.errors import UnknownPerson
from hospital.scheduling.api import pools_of

Slot: Any = apps.get_model("scheduling", "Slot")
Appointment: Any = apps.get_model("appointments", "Appointment")
BookingBlock: Any = apps.get_model("appointments", "BookingBlock")
AccountPerson: Any = apps.get_model("patients", "AccountPerson")

LIVING = ("HELD", "BOOKED", "TAKEN")


@csrf_exempt
def hold(request: HttpRequest) -> HttpResponse:
    """Holds a place for 15 minutes."""
    body = msgspec.json.decode(request.body, type=HoldRequest)
    now = timezone.now()
    try:
        actor = get_patient_actor(
            token=bearer_token(request), ip=client_address(request), request_id=request_id(request), now=now
        )
        with transaction.atomic():
            appointment = take(body, actor, pools_of(booking_channel(request)), now)
    except Refusal as refusal:
        return refusal_response(request, refusal)
    answer = {"appointment_id": appointment.id, "state": "HELD", "held_until": appointment.held_until, "read_at": now}
    return HttpResponse(msgspec.json.encode(answer), status=201, content_type="application/json")


def take(body: HoldRequest, actor: Actor, pools: list[str], now: datetime) -> Any:
    """The place for the person, or a refusal; the caller's transaction keeps the locks."""
    if not AccountPerson.objects.filter(account_id=actor.id, person_id=body.person_id, removed_at=None).exists():
        raise UnknownPerson
    session = Slot.objects.select_related("session").get(id=body.slot_id).session
    places = {slot.id: slot for slot in Slot.objects.select_for_update().filter(session=session).order_by("id")}
    slot = places[body.slot_id]
    if session.is_stopped:
        raise SessionStopped
    if slot.opens_at > now or slot.pool not in pools:
        raise NotReleased(opens=str(slot.opens_at))
    refuse_by_rules(body.person_id, session, now)
    if Appointment.objects.filter(slot=slot, state__in=LIVING).count() >= slot.capacity:
        raise SlotFull
    slot.taken += 1
    slot.save(update_fields=["taken"])
    appointment = Appointment.objects.create(
        id=new_id(),
        slot=slot,
        session=session,
        person_id=body.person_id,
        account_id=actor.id,
        channel="APP",
        state="HELD",
        held_until=now + timedelta(minutes=15),
        claim=free_claim(actor.id),
        created_at=now,
    )
    leave_traces(appointment, session.campus_id, actor, now)
    return appointment


def refuse_by_rules(person_id: UUID, session: Any, now: datetime) -> None:
    """One place a session, so many a day and in a department, and no block."""
    of_the_day = Appointment.objects.filter(person_id=person_id, state__in=LIVING, session__held_on=session.held_on)
    if of_the_day.filter(session=session).exists():
        raise AlreadyBooked
    if of_the_day.count() >= MOST_A_DAY:
        raise TooManyThatDay(most=MOST_A_DAY)
    if of_the_day.filter(session__department_id=session.department_id).count() >= MOST_IN_DEPARTMENT_A_DAY:
        raise TooManyInDepartment(most=MOST_IN_DEPARTMENT_A_DAY)
    block = BookingBlock.objects.filter(person_id=person_id, until__gt=now, lifted_at=None).first()
    if block is not None:
        raise BookingBlocked(until=str(block.until))


def free_claim(account_id: str) -> int:
    """The first free number among the account's places that are not paid for."""
    unpaid = Q(state="HELD") | Q(state="BOOKED", pay_by__isnull=False)
    taken = Appointment.objects.filter(unpaid, account_id=account_id, claim__isnull=False).values_list(
        "claim", flat=True
    )
    free = sorted(set(range(1, MOST_CLAIMS + 1)) - set(taken))
    if not free:
        raise TooManyUnpaid(most=MOST_CLAIMS)
    return free[0]


def leave_traces(appointment: Any, campus_code: str, actor: Actor, now: datetime) -> None:
    """Care relation, event, audit entry."""
    number, person_id = str(appointment.id), appointment.person_id
    grant_care_relation(person_id=person_id, campus_code=campus_code, source=number, now=now)
    record_event(kind="appointments.held", subject_id=number, now=now, person_id=person_id)
    record_act(
        actor=actor,
        action="appointments.held",
        subject_kind="appointment",
        subject_id=number,
        now=now,
        person_id=person_id,
    )


urlpatterns = [path("api/appointments/hold", hold), path("api/healthz", lambda _: HttpResponse())]
