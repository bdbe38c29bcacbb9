"""A patient waits for a place that others give back (A04, W22)."""

from datetime import date, datetime
from uuid import UUID

from hospital.appointments.api import (
    close_waits,
    get_wait,
    get_wait_person,
    join_doctor_waitlist,
    join_session_waitlist,
    leave_waitlist,
    list_waits,
    offer_returning_places,
    release_hold,
)
from hospital.appointments.types import WaitCard
from hospital.audit.api import acting
from hospital.campuses.api import get_clinician
from hospital.kernel.actors import Actor
from hospital.patients.api import list_linked_people, require_access
from hospital.scheduling.types import Channel


def wait_for_session(
    *, person_id: UUID, session_id: UUID, actor: Actor, now: datetime, channel: Channel = Channel.APP
) -> WaitCard:
    """Puts a person on the waitlist of a full session.

    Refusals: `UnknownPerson`, `UnknownSession`, `WaitOver`, `PlacesLeft`, `AlreadyBooked`, `AlreadyWaiting`,
    `TooManyWaits`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    entry_id = join_session_waitlist(person_id=person_id, session_id=session_id, actor=actor, now=now, channel=channel)
    return get_wait(entry_id=entry_id)


def wait_for_doctor(
    *,
    person_id: UUID,
    clinician_id: UUID,
    first_on: date,
    last_on: date,
    actor: Actor,
    now: datetime,
    channel: Channel = Channel.APP,
) -> WaitCard:
    """Puts a person on the waitlist of a doctor for some days.

    Refusals: `UnknownPerson`, `UnknownClinician`, `WaitOver`, `AlreadyWaiting`, `TooManyWaits`.
    """
    require_access(actor=actor, person_id=person_id, now=now)
    get_clinician(clinician_id=clinician_id)
    entry_id = join_doctor_waitlist(
        person_id=person_id,
        clinician_id=clinician_id,
        first_on=first_on,
        last_on=last_on,
        actor=actor,
        now=now,
        channel=channel,
    )
    return get_wait(entry_id=entry_id)


def stop_waiting(*, entry_id: UUID, actor: Actor, now: datetime) -> None:
    """Leaves a waitlist; a place that was offered meanwhile goes to the next who waits.

    Refusals: `UnknownWait`, `UnknownPerson`, `NotHeld` (it was booked meanwhile).
    """
    require_access(actor=actor, person_id=get_wait_person(entry_id=entry_id), now=now)
    with acting(actor=actor):
        offered = leave_waitlist(entry_id=entry_id, actor=actor, now=now)
        if offered is not None:
            release_hold(appointment_id=offered, actor=actor, now=now)


def list_my_waits(*, actor: Actor, now: datetime) -> list[WaitCard]:
    """What the people on a patient's list wait for and are offered, the oldest first."""
    people = [linked.person.id for linked in list_linked_people(actor=actor, now=now)]
    return list_waits(person_ids=people)


def tend_waitlists(*, now: datetime) -> int:
    """Every minute: ends what is over and offers what comes back to who joined meanwhile; how many were offered."""
    close_waits(now=now)
    return offer_returning_places(now=now)
