"""Whatever happens at once to the places of a session, each slot counts exactly its living bookings (A04)."""

from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from django.db.models import F

from hospital.appointments.api import cancel_appointment, confirm_hold, expire_holds, take_number
from hospital.appointments.models import Appointment
from hospital.appointments.states import AppointmentState
from hospital.appointments.tests.factories import hold, make_booker
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.models import Slot
from hospital.scheduling.tests.factories import make_slot

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = system_actor("test")
LIVING = (AppointmentState.HELD, AppointmentState.BOOKED, AppointmentState.TAKEN)


def assert_counts_agree() -> None:
    """`taken` is the number of living bookings, for every slot."""
    living = Counter(Appointment.objects.filter(state__in=LIVING).values_list("slot_id", flat=True))
    assert {slot.id: slot.taken for slot in Slot.objects.filter(taken__gt=0)} == dict(living)
    assert not Slot.objects.filter(taken__gt=F("capacity")).exists()


@pytest.mark.requirement("A04")
@pytest.mark.parametrize("seed", range(4))
def test_places_count_their_living_bookings_whatever_happens_at_once(seed: int) -> None:
    chance = Random(seed)
    slots = [make_slot(capacity=2).id for _ in range(2)]
    bookers = [make_booker() for _ in range(5)]
    held = []
    for booker in bookers:
        for slot_id in slots:
            outcome = run_together(
                [partial(hold, slot_id=slot_id, person_id=booker.person_id, token_hash=booker.token_hash)]
            )[0]
            held += [(booker, outcome.id)] if hasattr(outcome, "id") else []
    works = []
    for _ in range(60):
        booker, appointment_id = chance.choice(held)
        moment = TEN + timedelta(minutes=chance.choice((1, 16)))
        works.append(
            chance.choice(
                (
                    partial(confirm_hold, appointment_id=appointment_id, actor=booker.actor, now=moment),
                    partial(
                        cancel_appointment, appointment_id=appointment_id, reason="", actor=booker.actor, now=moment
                    ),
                    partial(take_number, appointment_id=appointment_id, actor=booker.actor, now=moment),
                    partial(expire_holds, actor=SYSTEM, now=moment),
                    partial(
                        hold,
                        slot_id=chance.choice(slots),
                        person_id=booker.person_id,
                        token_hash=booker.token_hash,
                        now=moment,
                    ),
                )
            )
        )
    run_together(works, threads=6)
    assert_counts_agree()
    for row in Appointment.objects.exclude(state__in=LIVING):
        assert row.ended_at is not None
