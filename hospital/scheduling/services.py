"""Writes of supply."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case, F, PositiveSmallIntegerField, Value, When

from hospital.kernel.conflicts import refusing
from hospital.scheduling.errors import ClinicianBusy, NoPlaceInSession
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.types import MovedPlace


def open_session(
    *,
    clinician_id: UUID,
    department_id: UUID,
    campus_code: str,
    room_id: UUID | None,
    held_on: date,
    part: str,
    starts_at: datetime,
    ends_at: datetime,
    service_type: str,
    service_line: str,
    registration_item_code: str,
    minutes: int,
    capacity: int = 1,
) -> UUID:
    """A session with one numbered place every `minutes`; returns its id.

    Refusals: `ClinicianBusy` (the exclusion constraint decides), `NoPlaceInSession`.
    """
    step = timedelta(minutes=minutes)
    if minutes < 1 or capacity < 1 or ends_at - starts_at < step:
        raise NoPlaceInSession
    with refusing({"clinician_in_one_place": ClinicianBusy()}):
        session = RosterSession.objects.create(
            clinician_id=clinician_id,
            department_id=department_id,
            campus_id=campus_code,
            room_id=room_id,
            held_on=held_on,
            part=part,
            starts_at=starts_at,
            ends_at=ends_at,
            service_type=service_type,
            service_line=service_line,
            registration_item_code=registration_item_code,
        )
        Slot.objects.bulk_create(
            Slot(
                session=session,
                number=index + 1,
                starts_at=starts_at + index * step,
                ends_at=starts_at + (index + 1) * step,
                capacity=capacity,
            )
            for index in range((ends_at - starts_at) // step)
        )
    return session.id


def release_place(*, slot_id: int) -> None:
    """Gives one place of a slot back, in the transaction of the booking that ends."""
    Slot.objects.filter(pk=slot_id, taken__gt=0).update(
        taken=F("taken") - 1,
        # An extra place was for one patient: nobody else gets it.
        capacity=Case(
            When(is_extra=True, then=Value(0)), default=F("capacity"), output_field=PositiveSmallIntegerField()
        ),
    )


def move_place(*, from_slot_id: int, to_slot_id: int, now: datetime) -> MovedPlace | None:
    """Takes one place and gives another back, in the transaction of a booking that changes; None where there is none.

    Both rows are locked in the order of their numbers.
    """
    list(Slot.objects.select_for_update().filter(pk__in=[from_slot_id, to_slot_id]).order_by("pk").values_list("pk"))
    free = Slot.objects.filter(pk=to_slot_id, starts_at__gt=now, taken__lt=F("capacity"), session__is_stopped=False)
    if not free.update(taken=F("taken") + 1):
        return None
    release_place(slot_id=from_slot_id)
    slot = Slot.objects.select_related("session").get(pk=to_slot_id)
    return MovedPlace(session_id=slot.session_id, campus_code=slot.session.campus_id, starts_at=slot.starts_at)
