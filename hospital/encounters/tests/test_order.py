"""The order of the line as a pure rule, and the same in SQL (A06, W24)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hospital.encounters.models import DoctorLine, Encounter
from hospital.encounters.order_statement import list_line
from hospital.encounters.rules.order import FIRST, InLine, find_turn, order_line
from hospital.encounters.tests.clinic import make_visit

NINE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.requirement("A06", "W24")


def at(minutes):
    return NINE + minutes * MINUTE


def waiting(number, *, rank=2, turn=0, came=0, returns_after=None):
    return InLine(id=UUID(int=number), rank=rank, turn_at=at(turn), checked_in_at=at(came), returns_after=returns_after)


def order(*line, calls_made=0):
    return [each.int for each in order_line(line, calls_made=calls_made)]


def test_an_emergency_goes_first_then_who_has_a_reason_then_the_appointed_time():
    line = [waiting(1, turn=0), waiting(2, turn=30, rank=1), waiting(3, turn=50, rank=0), waiting(4, turn=0, came=-5)]
    assert order(*line) == [3, 2, 4, 1]


def test_early_and_on_time_count_alike_and_late_comes_after_the_hour_in_which_one_came():
    on_time, late = find_turn(due_at=at(0), checked_in_at=at(-50)), find_turn(due_at=at(0), checked_in_at=at(16))
    assert (on_time, find_turn(due_at=at(0), checked_in_at=at(15))) == (at(0), at(0))
    assert at(59) < late < at(60)
    assert find_turn(due_at=None, checked_in_at=at(16)) == late


def test_who_missed_the_call_comes_after_three_others_and_at_once_when_nobody_else_is_left():
    returned = waiting(9, returns_after=5 + 3)
    assert order(*(waiting(number) for number in range(1, 5)), returned, calls_made=5) == [1, 2, 3, 9, 4]
    assert order(*(waiting(number) for number in range(1, 5)), returned, calls_made=8) == [9, 1, 2, 3, 4]
    assert order(waiting(1), returned, calls_made=5) == [1, 9]


def test_an_emergency_goes_even_before_who_is_due_after_a_missed_call():
    assert order(waiting(1), waiting(2, returns_after=0), waiting(3, rank=FIRST)) == [3, 2, 1]


lines = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 4), st.integers(0, 4), st.one_of(st.none(), st.none(), st.integers(0, 9))
    ),
    max_size=10,
)


@given(lines, st.integers(0, 6))
@settings(max_examples=200, deadline=None)
def test_calling_one_after_the_other_keeps_the_order(line, calls_made):
    """The order tells the truth: whoever it puts second is next once the first is called."""
    people = [
        waiting(number, rank=rank, turn=turn, came=came, returns_after=after)
        for number, (rank, turn, came, after) in enumerate(line)
    ]
    ordered = order_line(people, calls_made=calls_made)
    assert sorted(ordered) == sorted(each.id for each in people)
    if ordered:
        rest = [each for each in people if each.id != ordered[0]]
        assert order_line(rest, calls_made=calls_made + 1) == ordered[1:]


@pytest.mark.django_db
@given(lines, st.integers(0, 6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_orders_as_the_rule_does(line, calls_made):
    Encounter.objects.all().delete()
    DoctorLine.objects.all().delete()
    scene = make_visit(state="CHECKED_IN")
    clinician = scene.clinician_id
    pattern = Encounter.objects.get()
    Encounter.objects.all().delete()
    DoctorLine.objects.create(clinician_id=clinician, day=DAY, calls=calls_made)
    people = [
        waiting(number, rank=rank, turn=turn, came=came, returns_after=after)
        for number, (rank, turn, came, after) in enumerate(line)
    ]
    for number, each in enumerate(people):
        pattern.pk, pattern.number, pattern.queue_number = each.id, f"OP-{number}", f"A{number:03d}"
        pattern.appointment_id, pattern.state = each.id, ("WAITING", "CHECKED_IN")[number % 2]
        pattern.queue_rank, pattern.turn_at = each.rank, each.turn_at
        pattern.checked_in_at, pattern.returns_after = each.checked_in_at, each.returns_after
        pattern._state.adding = True
        pattern.save(force_insert=True)
    assert list_line(clinician_id=clinician, day=DAY) == order_line(people, calls_made=calls_made)
