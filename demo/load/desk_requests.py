"""What waits for somebody else's word: extra places, a change of a service line, pauses of booking."""

from datetime import datetime, timedelta
from typing import Final

from demo.load.actors import staff_actor
from hospital.appointments.models import Appointment, BookingBlock
from hospital.billing.models import Charge
from hospital.catalog.types import ServiceLine
from hospital.kernel.actors import Actor
from hospital.patients.models import Person
from hospital.scheduling.models import RosterSession
from hospital.workflows.change_service_line import ask_service_line
from hospital.workflows.extra_places import ask_extra_at_window

_DOCTOR: Final = "zhou.wenjun"
_WHY: Final = (
    "患者明日离境，需当天复诊 / Leaves the country tomorrow",
    "术后一周复查，已约满 / One week after surgery",
)


def load_desk_requests(*, now: datetime) -> None:
    """Two patients for whom the doctor's next session is asked, and one visit that wants ordinary care."""
    registrar, cashier = staff_actor("he.xiaomin"), staff_actor("cheng.haitao")
    session = (
        RosterSession.objects.filter(clinician__user_id=staff_actor(_DOCTOR).id, ends_at__gt=now, is_stopped=False)
        .order_by("starts_at")
        .first()
    )
    if session is not None:
        booked = Appointment.objects.filter(session_id=session.id).values("person_id")
        others = Person.objects.filter(care_relations__campus_code=registrar.campus_code, care_relations__until=None)
        for person, why in zip(others.exclude(pk__in=booked).order_by("created_at").distinct()[:2], _WHY, strict=True):
            ask_extra_at_window(session_id=session.id, person_id=person.id, reason=why, actor=registrar, now=now)
    _ask_for_ordinary_care(cashier, now=now)
    _pause_two(registrar, now=now)


def _pause_two(registrar: Actor, *, now: datetime) -> None:
    """Two patients without an account who missed three visits, one of whom has appealed."""
    people = Person.objects.filter(care_relations__campus_code=registrar.campus_code, care_relations__until=None)
    chosen = list(people.filter(accounts=None).order_by("-created_at").distinct()[:2])
    facts = {"missed": 3, "since": now - timedelta(days=4), "until": now + timedelta(days=26)}
    rows = [BookingBlock(person=person, **facts) for person in chosen]
    for row in rows[:1]:
        row.appeal, row.appealed_at = "住院期间无法前来 / Was in hospital on those days", now - timedelta(days=1)
    BookingBlock.objects.bulk_create(rows)


def _ask_for_ordinary_care(cashier: Actor, *, now: datetime) -> None:
    open_line = Charge.objects.filter(
        state="PENDING", campus_id=cashier.campus_code, service_line="INTL", surcharge__gt=0, encounter__isnull=False
    )
    row = open_line.order_by("created_at").first()
    if row is not None and row.encounter_id is not None:
        ask_service_line(
            encounter_id=row.encounter_id,
            to=ServiceLine.NORMAL,
            reason="患者改看普通门诊 / The patient chose ordinary care",
            actor=cashier,
            now=now,
        )
