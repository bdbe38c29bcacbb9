"""The waitlist: a place that comes back in a full session is offered to those who wait, in their order (A04, W22).

An offer is a hold of that very place. So there is no instant in which another could take it, and accepting, declining
and letting it lapse are what they are for any hold; the next in order is offered it in the same transaction.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from hospital.appointments.errors import AlreadyBooked, AlreadyWaiting, PlacesLeft, TooManyWaits, UnknownWait, WaitOver
from hospital.appointments.models import Appointment
from hospital.appointments.rules import MOST_WAIT_DAYS, MOST_WAITS, compute_offer_until
from hospital.appointments.states import AppointmentState, WaitState
from hospital.appointments.traces import leave_trace
from hospital.appointments.waitlist_models import WaitlistEntry
from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, system_actor
from hospital.kernel.clock import local_day
from hospital.kernel.conflicts import constraint_of, refusing
from hospital.patients.api import grant_care_relation
from hospital.scheduling.api import get_session, list_returning_places, list_slots_by_id, take_returning_place
from hospital.scheduling.types import Channel, SlotCard

_LIVING = (AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.TAKEN)
_ONE_WAIT = {"one_wait_a_session": AlreadyWaiting()}


def join_session_waitlist(
    *, person_id: UUID, session_id: UUID, actor: Actor, now: datetime, channel: Channel = Channel.APP
) -> UUID:
    """A person waits for a place in one session. Access to the person is the caller's check.

    Refusals: `UnknownSession`, `WaitOver` (stopped or over), `PlacesLeft` (some are free, or will be released),
    `AlreadyBooked`, `AlreadyWaiting`, `TooManyWaits`.
    """
    session = get_session(session_id=session_id, now=now, channel=channel)
    if session.is_stopped or session.ends_at <= now:
        raise WaitOver
    if session.free or session.opens_at is not None:
        raise PlacesLeft
    if _has_booking(person_id).filter(session_id=session_id).exists():
        raise AlreadyBooked
    entry = WaitlistEntry(
        person_id=person_id,
        clinician_id=session.clinician_id,
        session_id=session_id,
        first_on=session.held_on,
        last_on=session.held_on,
    )
    return _join(entry, channel=channel, actor=actor, now=now)


def join_doctor_waitlist(
    *,
    person_id: UUID,
    clinician_id: UUID,
    first_on: date,
    last_on: date,
    actor: Actor,
    now: datetime,
    channel: Channel = Channel.APP,
) -> UUID:
    """A person waits for a place with a doctor in any session of some days, from today on and at most 31 of them.

    Access to the person is the caller's check. Refusals: `WaitOver` (no such days), `AlreadyWaiting`, `TooManyWaits`.
    """
    first_on = max(first_on, local_day(now))
    if not 0 <= (last_on - first_on).days < MOST_WAIT_DAYS:
        raise WaitOver
    entry = WaitlistEntry(person_id=person_id, clinician_id=clinician_id, first_on=first_on, last_on=last_on)
    return _join(entry, channel=channel, actor=actor, now=now)


def _join(entry: WaitlistEntry, *, channel: Channel, actor: Actor, now: datetime) -> UUID:
    entry.channel, entry.state, entry.joined_at = channel.value, WaitState.WAITING, now
    entry.account_id = UUID(actor.id) if actor.kind is ActorKind.PATIENT else None
    with acting(actor=actor), refusing(_ONE_WAIT):
        waits = WaitlistEntry.objects.filter(person_id=entry.person_id, state=WaitState.WAITING)
        sessions = list(waits.select_for_update().values_list("session_id", flat=True))
        if entry.session_id in sessions and entry.session_id is not None:
            raise AlreadyWaiting  # under whichever doctor: a substitute may hold the session since
        if len(sessions) >= MOST_WAITS:
            raise TooManyWaits(most=MOST_WAITS)
        entry.save(force_insert=True)
        _trace("appointments.join_waitlist", entry, actor=actor, now=now)
    return entry.id


def leave_waitlist(*, entry_id: UUID, actor: Actor, now: datetime) -> UUID | None:
    """A person waits no more; leaving again changes nothing. Access to the person is the caller's check.

    Returns the hold that was offered to them meanwhile, which the caller releases instead. Refuses with `UnknownWait`.
    """
    with acting(actor=actor):
        waiting = WaitlistEntry.objects.filter(pk=entry_id, state=WaitState.WAITING)
        is_left = waiting.update(state=WaitState.LEFT, ended_at=now)
        entry = WaitlistEntry.objects.filter(pk=entry_id).first()
        if entry is None:
            raise UnknownWait
        if is_left:
            _trace("appointments.leave_waitlist", entry, actor=actor, now=now)
    return entry.appointment_id if entry.state == WaitState.OFFERED else None


def offer_place(*, slot_id: int, now: datetime) -> UUID | None:
    """Holds a place that comes back for the first who waits for it; the hold, or None where nobody waits.

    In the caller's transaction. Who is being offered another place or leaves at this moment is passed over.
    """
    slot = list_slots_by_id(slot_ids=[slot_id])[slot_id]
    passed: list[UUID] = []
    while True:
        entry = _waiting_for(slot).exclude(pk__in=passed).select_for_update(skip_locked=True).first()
        if entry is None:
            return None
        appointment_id = _offer(entry, slot=slot, now=now)
        if appointment_id is not None:
            return appointment_id
        passed.append(entry.pk)


def offer_returning_places(*, now: datetime) -> int:
    """Offers the places that come back and are not shown yet to those who joined meanwhile; returns how many.

    Safe to run on several workers, each place in a transaction of its own.
    """
    offered = 0
    for slot_id in list_returning_places(now=now):
        with acting(actor=system_actor("waitlist")):
            offered += offer_place(slot_id=slot_id, now=now) is not None
    return offered


def close_waits(*, now: datetime) -> int:
    """Ends waiting for sessions that have begun their last place, were called off, or for days that are over."""
    is_over = (
        Q(last_on__lt=local_day(now))
        | Q(session__ends_at__lte=now)
        | Q(session__is_stopped=True, session__isnull=False)
    )
    ids = list(WaitlistEntry.objects.filter(is_over, state=WaitState.WAITING).values_list("pk", flat=True)[:500])
    with acting(actor=system_actor("waitlist")):
        waiting = WaitlistEntry.objects.filter(pk__in=ids, state=WaitState.WAITING)
        return waiting.update(state=WaitState.EXPIRED, ended_at=now)


def end_offer(*, appointment_id: UUID, state: WaitState, now: datetime) -> None:
    """What became of the hold that was an offer. In the caller's transaction, which has locked the booking."""
    offers = WaitlistEntry.objects.filter(appointment_id=appointment_id, state=WaitState.OFFERED)
    offers.update(state=state, ended_at=now)


def end_waits_of_booked(*, person_id: UUID, session_id: UUID, now: datetime) -> None:
    """Whoever has booked a session waits for it no more."""
    waits = WaitlistEntry.objects.filter(person_id=person_id, session_id=session_id, state=WaitState.WAITING)
    waits.update(state=WaitState.LEFT, ended_at=now)


def _has_booking(person_id: UUID | OuterRef) -> QuerySet[Appointment]:
    return Appointment.objects.filter(person_id=person_id, state__in=_LIVING)


def _waiting_for(slot: SlotCard) -> QuerySet[WaitlistEntry]:
    session = slot.session
    return (
        WaitlistEntry.objects.filter(
            # Who waits for a session waits for whoever holds it, a substitute too.
            Q(session_id=session.id) | Q(session=None, clinician_id=session.clinician_id),
            state=WaitState.WAITING,
            first_on__lte=session.held_on,
            last_on__gte=session.held_on,
        )
        .exclude(Exists(_has_booking(OuterRef("person_id")).filter(session_id=session.id)))
        .order_by("joined_at", "pk")
    )


def _offer(entry: WaitlistEntry, *, slot: SlotCard, now: datetime) -> UUID | None:
    """None where the place is not for their channel, or the person has got a place of the session at this moment."""
    session = slot.session
    held_until = compute_offer_until(now=now, starts_at=slot.starts_at)
    row = Appointment(
        slot_id=slot.id,
        session_id=session.id,
        person_id=entry.person_id,
        account_id=entry.account_id,
        channel=entry.channel,
        state=AppointmentState.HELD,
        held_until=held_until,
        created_at=now,
    )
    try:
        with transaction.atomic():
            if not take_returning_place(slot_id=slot.id, channel=Channel(entry.channel), now=now):
                return None
            row.save(force_insert=True)
    except IntegrityError as problem:
        if constraint_of(problem) == "one_active_booking_a_session":
            return None
        raise
    entry.state, entry.appointment = WaitState.OFFERED, row
    entry.save(update_fields=["state", "appointment"])
    grant_care_relation(person_id=row.person_id, campus_code=session.campus_code, source=str(row.id), now=now)
    leave_trace(
        appointment_id=row.id,
        person_id=row.person_id,
        kind="appointments.offered",
        actor=system_actor("waitlist"),
        now=now,
    )
    return row.id


def _trace(action: str, entry: WaitlistEntry, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="wait",
        subject_id=str(entry.pk),
        person_id=entry.person_id,
        now=now,
        details={"session": str(entry.session_id or ""), "clinician": str(entry.clinician_id)},
    )
