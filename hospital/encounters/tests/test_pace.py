"""The estimate of the wait and its honest range (A06, W24)."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.encounters.api import get_encounter, get_wait
from hospital.encounters.models import Encounter
from hospital.encounters.rules.pace import estimate_wait
from hospital.encounters.tests.clinic import TEN, make_visit

pytestmark = pytest.mark.requirement("A06", "W24")
minutes = st.floats(1, 90)


def test_the_doctors_own_pace_counts_more_with_every_consultation():
    usual = estimate_wait(before=4, recent=[], usual=10)
    slow = estimate_wait(before=4, recent=[20] * 9, usual=10)
    assert (usual.minutes, slow.minutes) == (40, 70)
    assert usual.minutes_from < 40 < usual.minutes_to


def test_who_is_next_waits_for_the_one_in_the_room_and_a_doctor_who_has_not_begun_begins_first():
    assert estimate_wait(before=0, recent=[], usual=10).minutes == 0
    assert estimate_wait(before=0, recent=[], usual=10, in_room=4).minutes == 6
    assert estimate_wait(before=0, recent=[], usual=10, in_room=60).minutes == 3
    assert estimate_wait(before=1, recent=[], usual=10, starts_in=30).minutes_from >= 30


@given(st.integers(0, 30), st.lists(minutes, max_size=15), minutes, st.one_of(st.none(), minutes))
def test_the_range_holds_the_middle_and_more_people_never_mean_a_shorter_wait(before, recent, usual, in_room):
    found = estimate_wait(before=before, recent=recent, usual=usual, in_room=in_room)
    more = estimate_wait(before=before + 1, recent=recent, usual=usual, in_room=in_room)
    assert 0 <= found.minutes_from <= found.minutes <= found.minutes_to
    assert (found.minutes_from % 5, found.minutes_to % 5) == (0, 0)
    assert found.minutes <= more.minutes
    assert found.minutes_to <= more.minutes_to


@pytest.mark.parametrize(("seen", "before"), [(0, 3), (4, 2), (8, 5), (12, 10)])
def test_the_range_holds_about_four_times_in_five(seen, before):
    """Doctors differ from the usual length by a quarter, consultations of one doctor by a half."""
    random, hits, trials = Random(seen), 0, 1500
    for _ in range(trials):
        own = 10 * random.lognormvariate(0, 0.25)
        took, come = ([random.gammavariate(4, own / 4) for _ in range(number)] for number in (seen, before))
        told = estimate_wait(before=before, recent=took, usual=10)
        hits += told.minutes_from <= sum(come) <= told.minutes_to
    assert 0.75 < hits / trials < 0.95


@pytest.mark.django_db
def test_the_pace_is_read_from_the_doctors_day(django_assert_num_queries):
    scene = make_visit(state="CHECKED_IN")
    row = Encounter.objects.get()
    for number in range(1, 10):
        row.pk, row.number, row.queue_number, row.state, row.appointment_id = (
            None,
            f"X{number}",
            f"X{number}",
            "DONE",
            None,
        )
        row.called_at, row.done_at = TEN - timedelta(minutes=30), TEN - timedelta(minutes=10)
        row.id = row._meta.pk.get_default()
        row._state.adding = True
        row.save(force_insert=True)
    visit = get_encounter(encounter_id=scene.encounter_id)
    with django_assert_num_queries(2):
        wait = get_wait(encounter=visit, usual_minutes=10, starts_at=TEN + timedelta(hours=1), now=TEN)
    assert (wait.before, wait.minutes) == (0, 0)
    Encounter.objects.filter(number="X9").update(state="CALLED", called_at=TEN - timedelta(minutes=5))
    assert get_wait(encounter=visit, usual_minutes=10, starts_at=TEN, now=TEN).minutes == round(
        (3 * 10 + 8 * 20) / 11 - 5
    )
