"""Writes of supply."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from hospital.kernel.conflicts import refusing
from hospital.scheduling.errors import ClinicianBusy, NoPlaceInSession
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.pools import deal_places
from hospital.scheduling.types import PoolShare


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
    shares: Sequence[PoolShare] = (),
) -> UUID:
    """A session with one numbered place every `minutes`; returns its id.

    `shares` deal the numbers to the pools; without them every place is open from now on. Refusals: `ClinicianBusy` (the
    exclusion constraint decides), `NoPlaceInSession`, `PoolsDoNotFit`.
    """
    step = timedelta(minutes=minutes)
    if minutes < 1 or capacity < 1 or ends_at - starts_at < step:
        raise NoPlaceInSession
    dealt = deal_places(shares=shares, count=(ends_at - starts_at) // step)
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
                pool=share.pool,
                opens_at=share.opens_at,
                folds_back_at=share.folds_back_at,
            )
            for index, share in enumerate(dealt)
        )
    return session.id
