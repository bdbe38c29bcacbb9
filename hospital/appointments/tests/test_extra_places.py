"""Extra places 加号: the doctor's word, outside the limit, used once, for one patient (F45, brief §2)."""

from datetime import timedelta
from uuid import UUID

import pytest

from hospital.accounts.models import User
from hospital.appointments.api import book_at_desk, book_extra_at_desk, cancel_appointment, get_appointment
from hospital.appointments.errors import AlreadyBooked, ExtraPlaceEnded, SlotFull
from hospital.appointments.models import Appointment
from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN, make_doctor, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.tests.threads import run_together
from hospital.scheduling.api import (
    ask_extra_place,
    decide_extra_place,
    grant_extra_place,
    list_extra_places_of,
    list_extra_places_with,
    list_sessions,
    read_places_json,
    read_slots_json,
)
from hospital.scheduling.errors import (
    ExtraPlaceDecided,
    ExtraPlaceOpen,
    NotRegistrationDesk,
    NotYourSession,
    SessionOver,
)
from hospital.scheduling.models import ExtraPlace, RosterSession, Slot
from hospital.scheduling.tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F45")]


class Clinic:
    """A session of one place that is taken, its doctor, a registrar and a patient."""

    def __init__(self) -> None:
        self.doctor, clinician = make_doctor()
        self.session_id = make_session(clinician_id=clinician.id, places=1)
        self.registrar = make_staff(Role.REGISTRAR)
        self.person_id = make_person().id
        self.slot_id = Slot.objects.get(session_id=self.session_id).id
        book_at_desk(slot_id=self.slot_id, person_id=make_person().id, actor=self.registrar, now=TEN)

    def ask(self, *, now=TEN, person_id: UUID | None = None, actor=None) -> UUID:
        return ask_extra_place(
            session_id=self.session_id,
            person_id=person_id or self.person_id,
            reason="Flies home tomorrow",
            actor=actor or self.registrar,
            now=now,
        )

    def decide(self, extra_id: UUID, *, is_granted=True, actor=None, now=TEN) -> None:
        decide_extra_place(extra_id=extra_id, is_granted=is_granted, actor=actor or self.doctor, now=now)

    def book(self, extra_id: UUID, *, person_id: UUID | None = None, now=TEN) -> UUID:
        return book_extra_at_desk(
            extra_id=extra_id, person_id=person_id or self.person_id, actor=self.registrar, now=now
        )


@pytest.fixture
def clinic() -> Clinic:
    """The clinic."""
    return Clinic()


def test_a_full_session_has_a_place_for_whom_the_doctor_says(clinic):
    with pytest.raises(SlotFull):
        book_at_desk(slot_id=clinic.slot_id, person_id=clinic.person_id, actor=clinic.registrar, now=TEN)
    extra_id = clinic.ask()
    with pytest.raises(ExtraPlaceEnded):
        clinic.book(extra_id)
    clinic.decide(extra_id)
    (card,) = list_extra_places_of(person_id=clinic.person_id, now=TEN)
    assert (card.state, card.number, card.reason) == ("GRANTED", 901, "Flies home tomorrow")
    appointment = get_appointment(appointment_id=clinic.book(extra_id))
    assert (appointment.slot.number, appointment.slot.session.id) == (901, clinic.session_id)
    assert list_extra_places_of(person_id=clinic.person_id, now=TEN) == []
    assert {entry.action for entry in list_entries(person_id=clinic.person_id)} >= {
        "scheduling.ask_extra",
        "scheduling.grant_extra",
        "appointments.booked",
    }


def test_it_consumes_nothing_of_the_limit_and_is_offered_to_nobody(clinic):
    doctor_session = RosterSession.objects.get(pk=clinic.session_id)
    day, before = doctor_session.held_on, Slot.objects.get(pk=clinic.slot_id)
    extra_id = clinic.ask()
    clinic.decide(extra_id)
    appointment_id = clinic.book(extra_id)
    after = Slot.objects.get(pk=clinic.slot_id)
    assert (before.taken, before.capacity) == (after.taken, after.capacity)
    cancel_appointment(appointment_id=appointment_id, reason="", actor=clinic.registrar, now=TEN)
    assert '"number" : 901' not in read_slots_json(session_id=clinic.session_id, now=TEN)
    assert "901" not in read_places_json(clinician_id=doctor_session.clinician_id, day=day, now=TEN)
    assert [card.free for card in list_sessions(now=TEN, first=day, last=day)] == [0]
    extra = Slot.objects.get(is_extra=True)
    assert (extra.capacity, extra.taken) == (0, 0)
    with pytest.raises(SlotFull):
        book_at_desk(slot_id=extra.id, person_id=make_person().id, actor=clinic.registrar, now=TEN)


def test_it_is_used_once_by_whom_it_was_granted_to(clinic):
    extra_id = clinic.ask()
    clinic.decide(extra_id)
    with pytest.raises(ExtraPlaceEnded):
        clinic.book(extra_id, person_id=make_person().id)
    appointment_id = clinic.book(extra_id)
    cancel_appointment(appointment_id=appointment_id, reason="", actor=clinic.registrar, now=TEN)
    with pytest.raises(ExtraPlaceEnded):
        clinic.book(extra_id)
    assert Appointment.objects.filter(person_id=clinic.person_id).count() == 1


def test_it_ends_with_the_session_and_when_the_session_is_called_off(clinic):
    extra_id = clinic.ask()
    clinic.decide(extra_id)
    with pytest.raises(ExtraPlaceEnded):
        clinic.book(extra_id, now=TEN + timedelta(hours=1, minutes=10))
    RosterSession.objects.update(is_stopped=True)
    with pytest.raises(ExtraPlaceEnded):
        clinic.book(extra_id)
    assert ExtraPlace.objects.get().state == "GRANTED"
    assert Slot.objects.filter(is_extra=True).count() == 0
    with pytest.raises(SessionOver):
        clinic.ask(person_id=make_person().id)


def test_only_the_doctor_of_the_session_decides(clinic):
    extra_id = clinic.ask()
    other, _ = make_doctor()
    for actor in (other, clinic.registrar):
        with pytest.raises(NotYourSession):
            clinic.decide(extra_id, actor=actor)
    with pytest.raises(NotYourSession):
        grant_extra_place(session_id=clinic.session_id, person_id=clinic.person_id, reason="", actor=other, now=TEN)
    with pytest.raises(NotRegistrationDesk):
        clinic.ask(actor=other)
    assert list(ExtraPlace.objects.values_list("state", flat=True)) == ["ASKED"]


def test_what_was_refused_or_taken_back_is_no_word_any_more(clinic):
    refused = clinic.ask()
    clinic.decide(refused, is_granted=False)
    with pytest.raises(ExtraPlaceDecided):
        clinic.decide(refused)
    taken_back = grant_extra_place(
        session_id=clinic.session_id, person_id=clinic.person_id, reason="", actor=clinic.doctor, now=TEN
    )
    clinic.decide(taken_back, is_granted=False)
    with pytest.raises(ExtraPlaceEnded):
        clinic.book(taken_back)


def test_one_at_a_time_for_a_patient_and_each_with_a_number_of_its_own(clinic):
    clinic.ask()
    with pytest.raises(ExtraPlaceOpen):
        clinic.ask()
    others = [make_person().id for _ in range(2)]
    for person_id in others:
        grant_extra_place(session_id=clinic.session_id, person_id=person_id, reason="", actor=clinic.doctor, now=TEN)
    user_id = User.objects.get(pk=clinic.doctor.id).id
    cards = list_extra_places_with(clinician_user_id=user_id, now=TEN)
    assert [(card.state, card.number) for card in cards] == [("ASKED", None), ("GRANTED", 901), ("GRANTED", 902)]


def test_who_has_a_place_in_the_session_gets_no_second(clinic):
    extra_id = clinic.ask()
    clinic.decide(extra_id)
    clinic.book(extra_id)
    again = grant_extra_place(
        session_id=clinic.session_id, person_id=clinic.person_id, reason="", actor=clinic.doctor, now=TEN
    )
    with pytest.raises(AlreadyBooked):
        clinic.book(again)
    assert ExtraPlace.objects.get(pk=again).state == "GRANTED"


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_use_it_once():
    clinic = Clinic()
    extra_id = clinic.ask()
    clinic.decide(extra_id)
    outcomes = run_together([lambda: clinic.book(extra_id)] * 4)
    assert sum(isinstance(outcome, UUID) for outcome in outcomes) == 1
    assert Slot.objects.filter(is_extra=True).count() == 1
