"""An evening clinic that is booked out: some wait, the first of them is offered the place that came back (A04)."""

from datetime import date, datetime, time, timedelta
from typing import Final

from demo.load.actors import loader, staff_actor
from demo.logins import DEMO_PATIENT_NAME
from hospital.accounts.api import patient_actor
from hospital.appointments.api import join_session_waitlist
from hospital.patients.models import AccountPerson, Person
from hospital.scheduling.api import add_session
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.types import SessionPlan
from hospital.workflows.book import cancel_booking
from hospital.workflows.book_at_window import book_at_window

_DOCTOR: Final = "liang.bo"
_BORN_BEFORE: Final = date(1995, 1, 1)


def load_waitlist(*, now: datetime) -> None:
    """Two places, both taken; three wait, the known patient as the second; then one of the places is given back."""
    registrar = staff_actor("he.xiaomin")
    family, given = DEMO_PATIENT_NAME
    others = Person.objects.filter(birth_date__lt=_BORN_BEFORE).exclude(family_name=family, given_names=given)
    *booked, first, third = others.order_by("created_at", "id")[:4]
    slots = _open_evening(now=now)
    first_booked, _ = (
        book_at_window(slot_id=slot.id, person_id=person.id, actor=registrar, now=now - timedelta(hours=2)).id
        for slot, person in zip(slots, booked, strict=True)
    )
    mine = AccountPerson.objects.get(person__family_name=family, person__given_names=given, relation="SELF")
    waits = (
        (first.id, registrar),
        (mine.person_id, patient_actor(mine.account_id)),
        (third.id, registrar),
    )
    for place, (person_id, actor) in enumerate(waits):
        since = now - timedelta(minutes=60 - 10 * place)
        join_session_waitlist(person_id=person_id, session_id=slots[0].session_id, actor=actor, now=since)
    cancel_booking(appointment_id=first_booked, reason="The patient is traveling", actor=registrar, now=now)


def _open_evening(*, now: datetime) -> list[Slot]:
    """The places of an evening that no template has, some days ahead."""
    doctor = staff_actor(_DOCTOR)
    usual = RosterSession.objects.filter(clinician__user_id=doctor.id, service_type="INTL", starts_at__gt=now)
    busy = set(usual.filter(part="EVENING").values_list("held_on", flat=True))
    row = usual.filter(starts_at__gt=now + timedelta(days=4)).exclude(held_on__in=busy).order_by("starts_at")[0]
    plan = SessionPlan(
        clinician_id=row.clinician_id,
        department_id=row.department_id,
        campus_code=row.campus_id,
        room_id=None,
        part="EVENING",
        starts=time(18),
        ends=time(18, 40),
        service_type=row.service_type,
        service_line=row.service_line,
        registration_item_code=row.registration_item_code,
        minutes=20,
    )
    session_id = add_session(plan=plan, day=row.held_on, actor=loader(), now=now - timedelta(hours=3))
    return list(Slot.objects.filter(session_id=session_id).order_by("number"))
