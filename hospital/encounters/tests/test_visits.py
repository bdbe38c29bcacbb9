"""A visit from its number to its end: states, races, queue and numbers (N01, N22)."""

from collections import Counter
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from hospital.audit.api import list_entries, list_versions
from hospital.encounters.api import (
    call_next,
    count_waiting_before,
    get_encounter,
    get_encounter_of_appointment,
    list_campus_day,
    list_doctor_queue,
    list_encounters,
    list_person_encounters,
    move_encounter,
    register_encounter,
)
from hospital.encounters.errors import AlreadyRegistered, EncounterMoved, NotYourPatient, UnknownEncounter
from hospital.encounters.models import Encounter
from hospital.encounters.states import ENCOUNTER_TRANSITIONS, EncounterState
from hospital.encounters.tests.clinic import TEN, make_doctor, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.events import list_events
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together
from hospital.kernel.transitions import IllegalTransition

pytestmark = pytest.mark.django_db
S = EncounterState
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clinic():
    """A doctor and the clinician they are."""
    return make_doctor()


def register(clinic, *, position=1, due_in=60, appointment_id=None, now=TEN, **facts):
    doctor, clinician = clinic
    return register_encounter(
        **{
            "person_id": make_person().id,
            "campus_code": "IMC",
            "department_id": clinician.department_id,
            "clinician_id": clinician.id,
            "room_id": None,
            "appointment_id": appointment_id or new_id(),
            "visit_type": "OP",
            "service_line": "INTL",
            "queue_position": position,
            "due_at": None if due_in is None else TEN + due_in * MINUTE,
            "actor": doctor,
            "now": now,
            **facts,
        }
    )


def move(encounter_id, *targets, clinic, now=TEN, **facts):
    for target in targets:
        move_encounter(encounter_id=encounter_id, target=target, actor=clinic[0], now=now, **facts)


def check_in(clinic, **facts):
    encounter_id = register(clinic, **facts)
    move(encounter_id, S.CHECKED_IN, clinic=clinic, now=facts.get("now", TEN))
    return encounter_id


@pytest.mark.requirement("N01", "N19")
def test_a_visit_walks_through_its_states_and_each_step_leaves_its_trace(clinic):
    appointment_id = new_id()
    encounter_id = register(clinic, position=7, appointment_id=appointment_id)
    steps = (S.CHECKED_IN, S.WAITING, S.CALLED, S.IN_CONSULT, S.DONE)
    for minute, step in enumerate(steps):
        move(encounter_id, step, clinic=clinic, now=TEN + minute * MINUTE)
    card = get_encounter(encounter_id=encounter_id)
    assert (card.number, card.queue_number, card.state, card.version) == ("OP-261125-0001", "A007", S.DONE, 5)
    stamps = [card.checked_in_at, card.called_at, card.consult_started_at, card.done_at]
    assert stamps == [TEN, TEN + 2 * MINUTE, TEN + 3 * MINUTE, TEN + 4 * MINUTE]
    kinds = ["registered", "checked_in", "triaged", "called", "consult_started", "done"]
    assert [event.kind for event in list_events(encounter_id=encounter_id)] == [f"encounters.{kind}" for kind in kinds]
    assert list_events(subject_id=str(appointment_id)) == list_events(encounter_id=encounter_id)
    acts = [entry.action for entry in list_entries(person_id=card.person_id)]
    assert acts == [f"encounters.{kind}" for kind in reversed(kinds)]
    versions = list_versions(table_name="encounters_encounter", row_id=str(encounter_id))
    assert [(version.after or {})["state"] for version in versions] == ["REGISTERED", *steps]
    assert {version.actor for version in versions} == {f"STAFF:{clinic[0].id}:{clinic[0].label}"}


@pytest.mark.parametrize("current", list(EncounterState))
@pytest.mark.parametrize("target", list(EncounterState))
def test_only_the_steps_of_the_table_are_possible(clinic, current, target):
    encounter_id = register(clinic)
    stamps = dict.fromkeys(("checked_in_at", "called_at", "consult_started_at", "done_at", "cancelled_at"), TEN)
    Encounter.objects.filter(pk=encounter_id).update(state=current, **stamps)
    if current in ENCOUNTER_TRANSITIONS.allowed_from(target):
        move(encounter_id, target, clinic=clinic)
        assert get_encounter(encounter_id=encounter_id).state is target
    elif target is not S.REGISTERED:
        events = len(list_events(encounter_id=encounter_id))
        with pytest.raises(IllegalTransition):
            move(encounter_id, target, clinic=clinic)
        assert get_encounter(encounter_id=encounter_id).state is current
        assert len(list_events(encounter_id=encounter_id)) == events


@pytest.mark.requirement("N14")
def test_a_step_of_the_doctor_is_the_doctors_alone(clinic):
    encounter_id = check_in(clinic)
    stranger, _ = make_doctor()
    with pytest.raises(NotYourPatient):
        move(encounter_id, S.CALLED, clinic=clinic, clinician_user_id=UUID(stranger.id))
    with pytest.raises(UnknownEncounter):
        move(uuid4(), S.CALLED, clinic=clinic)
    with pytest.raises(UnknownEncounter):
        get_encounter(encounter_id=uuid4())
    assert get_encounter(encounter_id=encounter_id).state is S.CHECKED_IN
    move(encounter_id, S.CALLED, clinic=clinic, clinician_user_id=UUID(clinic[0].id))


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_of_desks_that_act_at_once_one_moves_the_visit(clinic):
    encounter_id = register(clinic)
    outcomes = run_together([partial(move, encounter_id, S.CHECKED_IN, clinic=clinic)] * 4)
    assert outcomes.count(None) == 1
    assert {type(outcome) for outcome in outcomes} <= {type(None), EncounterMoved, IllegalTransition}
    assert get_encounter(encounter_id=encounter_id).version == 1
    assert len(list_events(encounter_id=encounter_id)) == 2


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_nobody_is_called_twice_by_screens_that_call_at_once(clinic):
    waiting = [check_in(clinic, position=number, due_in=number) for number in range(1, 7)]
    call = partial(call_next, clinician_user_id=UUID(clinic[0].id), actor=clinic[0], now=TEN)
    called = run_together([call] * 4)
    assert max(Counter(called).values()) == 1
    assert set(called) <= set(waiting)
    assert Encounter.objects.filter(state=S.CALLED, calls=1).count() == 4


def test_the_earliest_time_is_called_first_and_then_who_checked_in_first(clinic):
    late, tied_second, tied_first, walk_in = (
        check_in(clinic, position=1, due_in=90),
        check_in(clinic, position=2, due_in=30, now=TEN + 2 * MINUTE),
        check_in(clinic, position=3, due_in=30, now=TEN + MINUTE),
        check_in(clinic, position=4, due_in=None),
    )
    register(clinic, position=5, due_in=1)  # has not checked in
    check_in(make_doctor(), due_in=1)  # waits for somebody else
    order = [tied_first, tied_second, walk_in, late]  # who has no time comes after the hour in which they came
    cards = [get_encounter(encounter_id=each) for each in order]
    assert [count_waiting_before(encounter=card) for card in cards] == [0, 1, 2, 3]
    call = partial(call_next, clinician_user_id=UUID(clinic[0].id), actor=clinic[0], now=TEN)
    assert [call() for _ in range(5)] == [*order, None]


def test_nobody_of_another_day_is_called(clinic):
    check_in(clinic)
    tomorrow = TEN + timedelta(days=1)
    assert call_next(clinician_user_id=UUID(clinic[0].id), actor=clinic[0], now=tomorrow) is None


@pytest.mark.requirement("F45")
def test_a_booking_becomes_one_visit(clinic):
    appointment_id = new_id()
    encounter_id = register(clinic, appointment_id=appointment_id)
    with pytest.raises(AlreadyRegistered):
        register(clinic, position=2, appointment_id=appointment_id)
    assert get_encounter_of_appointment(appointment_id=appointment_id).id == encounter_id
    assert get_encounter_of_appointment(appointment_id=new_id()) is None
    assert Encounter.objects.count() == 1


@pytest.mark.requirement("F45", "N22")
@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_however_many_register_at_once(clinic):
    person = make_person()
    works = [partial(register, clinic, position=1, person_id=person.id, appointment_id=new_id()) for _ in range(12)]
    cards = list_encounters(encounter_ids=run_together(works)).values()
    assert sorted(card.number for card in cards) == [f"OP-261125-{number:04d}" for number in range(1, 13)]
    assert {card.queue_number for card in cards} == {"A001", *(f"A001-{turn}" for turn in range(2, 13))}


def test_the_letter_tells_the_service_line_and_the_number_the_kind_of_visit(clinic):
    lines = {"INTL": "A", "SPECIAL": "B", "NORMAL": "C"}
    given = [register(clinic, service_line=line, visit_type="ER") for line in lines]
    cards = [get_encounter(encounter_id=each) for each in given]
    assert [card.queue_number for card in cards] == ["A001", "B001", "C001"]
    assert [card.number for card in cards] == ["ER-261125-0001", "ER-261125-0002", "ER-261125-0003"]


def test_the_day_of_a_number_is_guangzhous(clinic):
    encounter_id = register(clinic, due_in=None, now=TEN.replace(hour=17))
    card = get_encounter(encounter_id=encounter_id)
    assert (card.number, card.queue_on) == ("OP-261126-0001", date(2026, 11, 26))


def test_the_database_ties_states_to_their_instants(clinic):
    encounter_id = register(clinic)
    with pytest.raises(IntegrityError, match="encounter_called_at"):
        Encounter.objects.filter(pk=encounter_id).update(state=S.CALLED)


def test_lists_take_one_statement_each(clinic, django_assert_num_queries):
    person = make_person()
    given = [register(clinic, position=number, person_id=person.id) for number in range(1, 6)]
    move(given[0], S.CANCELLED, clinic=clinic)
    doctor_id, day = UUID(clinic[0].id), local_day(TEN)
    with django_assert_num_queries(1):
        assert [card.id for card in list_doctor_queue(clinician_user_id=doctor_id, day=day)] == given[1:]
    with django_assert_num_queries(1):
        assert len(list_campus_day(campus_code="IMC", day=day)) == 5
    with django_assert_num_queries(1):
        assert len(list_person_encounters(person_id=person.id, limit=3)) == 3
    with django_assert_num_queries(1):
        assert set(list_encounters(encounter_ids=given)) == set(given)
    assert list_doctor_queue(clinician_user_id=UUID(make_staff(Role.DOCTOR).id), day=day) == []
