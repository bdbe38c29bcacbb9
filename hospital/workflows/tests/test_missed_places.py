"""A place that nobody came to: its open fee is voided, a paid one is kept, the desk lifts what came of it (A04)."""

from datetime import timedelta

import pytest

from hospital.appointments.api import list_blocks
from hospital.appointments.models import Appointment
from hospital.appointments.tests.factories import make_booker
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.patients.errors import NoCareRelation
from hospital.scheduling.tests.factories import make_slot
from hospital.workflows.mark_missed import lift_booking_block, mark_missed_places

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04")]
LATER = TEN + timedelta(hours=3)


def test_missed_places_are_marked_once_and_the_desk_lifts_the_block():
    booker = make_booker()
    for _ in range(3):
        booker.book(make_slot().pk)
    assert [mark_missed_places(now=LATER) for _ in range(2)] == [3, 0]
    assert set(Appointment.objects.values_list("state", flat=True)) == {"NO_SHOW"}
    (block,) = list_blocks(person_ids=[booker.person_id], now=LATER)
    elsewhere = make_staff(Role.DOCTOR, campus="NORTH")
    with pytest.raises(NoCareRelation):
        lift_booking_block(block_id=block.id, reason="was ill", actor=elsewhere, now=LATER)
    lift_booking_block(block_id=block.id, reason="was ill", actor=make_staff(Role.REGISTRAR), now=LATER)
    assert list_blocks(person_ids=[booker.person_id], now=LATER) == []
