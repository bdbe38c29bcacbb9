"""What desks do to a doctor's line: calls, missed calls, priorities, transfers, coming back (A06, W24, N02)."""

from datetime import timedelta
from uuid import UUID

import pytest

from hospital.audit.api import list_entries
from hospital.encounters.api import (
    call_next,
    count_waiting_before,
    get_encounter,
    move_encounter,
    register_encounter,
    set_priority,
    transfer_encounter,
)
from hospital.encounters.errors import NotQueueDesk, NotYourPatient, PriorityNeedsReason, TransferNotPossible
from hospital.encounters.models import Encounter
from hospital.encounters.states import EncounterState
from hospital.encounters.tests.clinic import TEN, make_doctor, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.events import list_events
from hospital.kernel.tests.threads import run_together

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A06", "W24")]
S = EncounterState
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clinic():
    """A doctor and the clinician they are."""
    return make_doctor()


def check_in(clinic, position, *, now=TEN, due=None):
    doctor, clinician = clinic
    encounter_id = register_encounter(
        person_id=make_person().id,
        campus_code="IMC",
        department_id=clinician.department_id,
        clinician_id=clinician.id,
        room_id=None,
        appointment_id=None,
        visit_type="OP",
        service_line="INTL",
        queue_position=position,
        due_at=TEN + (position * 10 if due is None else due) * MINUTE,
        actor=doctor,
        now=TEN,
    )
    move(clinic, encounter_id, S.CHECKED_IN, now=now)
    return encounter_id


def move(clinic, encounter_id, *targets, now=TEN):
    for target in targets:
        move_encounter(encounter_id=encounter_id, target=target, actor=clinic[0], now=now)


def call(clinic):
    return call_next(clinician_user_id=UUID(clinic[0].id), actor=clinic[0], now=TEN)


def calls(clinic, number):
    return [call(clinic) for _ in range(number)]


def test_who_missed_the_call_and_comes_again_is_called_after_three_others(clinic):
    missed, *others = [check_in(clinic, position) for position in range(1, 6)]
    assert call(clinic) == missed
    move(clinic, missed, S.CALLED, S.PASSED)  # called a second time, which counts for nobody
    move(clinic, missed, S.CHECKED_IN)
    assert count_waiting_before(encounter=get_encounter(encounter_id=missed)) == 3
    assert calls(clinic, 5) == [*others[:3], missed, others[3]]


def test_who_comes_back_with_results_goes_before_those_without_a_reason(clinic):
    first, second, third = [check_in(clinic, position) for position in range(1, 4)]
    assert call(clinic) == first
    move(clinic, first, S.IN_CONSULT, S.AWAY)
    assert call(clinic) == second
    move(clinic, first, S.CHECKED_IN, now=TEN + 30 * MINUTE)
    assert get_encounter(encounter_id=first).priority == "RESULTS"
    assert calls(clinic, 3) == [first, third, None]


def test_who_has_three_before_them_is_told_to_come_once(clinic):
    first, *others = [check_in(clinic, position) for position in range(1, 8)]

    def told():
        return [each for each in others if "encounters.near" in kinds(each)]

    assert told() == []
    call(clinic)
    assert told() == others[:4]
    move(clinic, first, S.CALLED)
    call(clinic)
    assert told() == others[:5]
    assert [kinds(each).count("encounters.near") for each in others] == [1, 1, 1, 1, 1, 0]


def kinds(encounter_id):
    return [event.kind for event in list_events(encounter_id=encounter_id)]


@pytest.mark.requirement("N02", "N14")
def test_a_priority_has_a_reason_and_somebody_who_gave_it(clinic):
    nurse = make_staff(Role.NURSE)
    _, patient = check_in(clinic, 1), check_in(clinic, 2)
    with pytest.raises(PriorityNeedsReason):
        set_priority(encounter_id=patient, priority="PREGNANT", reason=" ", actor=nurse, now=TEN)
    with pytest.raises(NotQueueDesk):
        set_priority(
            encounter_id=patient, priority="PREGNANT", reason="x", actor=make_staff(Role.NURSE, campus="EAST"), now=TEN
        )
    assert get_encounter(encounter_id=patient).priority == ""
    set_priority(encounter_id=patient, priority="PREGNANT", reason="34 weeks", actor=nurse, now=TEN)
    card = get_encounter(encounter_id=patient)
    assert (card.priority, count_waiting_before(encounter=card)) == ("PREGNANT", 0)
    entry = list_entries(person_id=card.person_id)[0]
    assert (entry.action, entry.reason, entry.details["priority"]) == (
        "encounters.prioritized",
        "34 weeks",
        "PREGNANT",
    )


@pytest.mark.requirement("N02")
def test_the_green_channel_goes_before_every_priority_and_before_missed_calls(clinic):
    nurse = make_staff(Role.NURSE)
    escorted, green = check_in(clinic, 1), check_in(clinic, 2)
    set_priority(encounter_id=escorted, priority="ESCORTED", reason="with a nurse", actor=nurse, now=TEN)
    set_priority(encounter_id=green, priority="", is_green=True, reason="chest pain", actor=nurse, now=TEN)
    assert calls(clinic, 2) == [green, escorted]
    move(clinic, green, S.PASSED, S.CHECKED_IN)
    check_in(clinic, 0)
    assert call(clinic) == green


def test_a_transfer_keeps_number_and_time_and_both_lines_hear_of_it(clinic):
    other = make_doctor()
    check_in(other, 1, due=5)
    patient, there = check_in(clinic, 1, due=10), check_in(other, 2, due=20)
    stranger = make_doctor()[0]
    transfer = {"encounter_id": patient, "clinician_id": other[1].id, "room_id": None, "reason": "BUSY", "now": TEN}
    with pytest.raises(NotYourPatient):
        transfer_encounter(**transfer, actor=stranger, clinician_user_id=UUID(stranger.id))
    transfer_encounter(**transfer, actor=clinic[0], clinician_user_id=UUID(clinic[0].id))
    card = get_encounter(encounter_id=patient)
    assert (card.queue_number, card.clinician_id, card.transferred_from_id) == ("A001", other[1].id, clinic[1].id)
    assert call(clinic) is None
    assert calls(other, 3)[1:] == [patient, there]
    with pytest.raises(TransferNotPossible):
        transfer_encounter(**{**transfer, "clinician_id": clinic[1].id}, actor=other[0])
    assert get_encounter(encounter_id=patient).clinician_id == other[1].id


def test_the_number_of_who_was_sent_away_is_not_given_again(clinic):
    other = make_doctor()
    patient = check_in(clinic, 1)
    transfer_encounter(
        encounter_id=patient, clinician_id=other[1].id, room_id=None, reason="BUSY", actor=clinic[0], now=TEN
    )
    assert get_encounter(encounter_id=check_in(clinic, 1)).queue_number == "A001-2"


@pytest.mark.django_db(transaction=True)
def test_two_screens_and_a_direct_call_call_everybody_once(clinic):
    patients = [check_in(clinic, position) for position in range(1, 5)]
    run_together([lambda: call(clinic)] * 3)
    assert Encounter.objects.filter(state=S.CALLED).count() == 3
    assert set(Encounter.objects.filter(state=S.CALLED).values_list("pk", flat=True)) == set(patients[:3])
