"""Hold, register, cancel (X49)."""

from datetime import timedelta

import pytest

from hospital.appointments.models import Appointment
from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN
from hospital.partner_api.tests.callers import Machine, make_machine, new_number
from hospital.partner_api.tests.factories import BORN, hold, make_place, pay_body, register, shown
from hospital.partners.keys import find_key
from hospital.patients.api import list_people
from hospital.patients.models import CareRelation, LocalNumber, Person
from hospital.scheduling.models import Slot
from hospital.workflows.partner_actor import act_as

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X49")]
NEW = {
    "family_name": "Okafor",
    "given_names": "Chidi",
    "sex": "M",
    "nationality": "NGA",
    "phone": "+2348012345678",
}


def ask(machine: Machine, slot_id: int, patient: dict, **more):
    return machine.post("/holds", {"request_no": new_number(), "slot_id": slot_id, "patient": patient, **more})


def test_sessions_and_places_with_prices(machine, slot_id):
    (session,) = machine.get("/sessions", campus="IMC").body
    assert session["price"]["total"] == "35.00"
    assert session["department_name"] == {"zh": "心血管内科", "en": "Cardiology"}
    (place,) = machine.get(f"/sessions/{session['id']}/places").body
    assert (place["id"], place["free"]) == (slot_id, 1)


def test_a_known_patient_holds_registers_and_is_masked(machine, patient, slot_id):
    held = ask(machine, slot_id, patient.shown)
    assert held.status == 201
    assert held.body["is_new_patient"] is False
    assert held.body["patient"]["masked_name"]["en"] == "ALISTAIR JAMES F****"
    assert held.body["price"]["total"] == "35.00"
    registration = held.body["registration"]
    assert registration["state"] == "HELD"
    row = Appointment.objects.get()
    assert (row.channel, row.account_id, row.held_until) == ("PARTNER", None, TEN + timedelta(minutes=15))
    booked = machine.post(
        "/registrations", {"request_no": new_number(), "registration_id": registration["registration_id"]}
    )
    assert booked.body["registration"]["state"] == "BOOKED"
    assert booked.body["registration"]["pay_by"]
    assert booked.body["quote"]["amount"] == "35.00"
    assert booked.body["quote"]["lines"][0]["name"]["zh"]
    assert LocalNumber.objects.filter(person_id=patient.id, campus_id="IMC").exists()
    acts = {entry.action: entry for entry in list_entries(person_id=patient.id)}
    assert {"patients.identify", "appointments.held", "appointments.booked"} <= set(acts)
    assert acts["appointments.held"].actor_kind == "PARTNER"


def test_a_new_patient_is_put_on_file(machine, slot_id):
    held = ask(machine, slot_id, shown("A09127734"), new_patient=NEW)
    assert held.status == 201, held.body
    assert held.body["is_new_patient"] is True
    person = Person.objects.get()
    assert (person.family_name, person.birth_date, person.created_by) == ("Okafor", BORN, "kiosk")
    assert CareRelation.objects.filter(person=person, campus_code="IMC", until=None).exists()


def test_an_unknown_patient_without_details_is_refused_and_nothing_is_held(machine, slot_id):
    assert ask(machine, slot_id, shown("A09127734")).code == "unknown_patient"
    assert Slot.objects.get(pk=slot_id).taken == 0
    assert not Appointment.objects.exists()


def test_a_wrong_birth_date_tells_nothing_and_makes_no_second_person(machine, patient, slot_id):
    number = patient.shown["document"]["number"]
    wrong = shown(number, born=BORN + timedelta(days=1))
    assert ask(machine, slot_id, wrong).code == "unknown_patient"
    assert ask(machine, slot_id, wrong, new_patient=NEW).code == "patient_unclear"
    assert Person.objects.count() == 1


def test_a_confidential_record_opens_at_the_desk_alone(machine, patient, slot_id):
    Person.objects.update(is_confidential=True)
    assert ask(machine, slot_id, patient.shown).code == "unknown_patient"


def test_a_record_number_with_the_date_of_birth(machine, patient, slot_id):
    LocalNumber.objects.create(person_id=patient.id, campus_id="IMC", mrn="IMC-0000042")
    born = {"birth_date": BORN.isoformat(), "mrn": "imc-0000042"}
    held = ask(machine, slot_id, born)
    assert held.body["patient"]["mrns"] == {"IMC": "IMC-0000042"}
    assert ask(machine, make_place(), born | {"birth_date": "1988-06-03"}).code == "unknown_patient"
    assert ask(machine, slot_id, {"birth_date": BORN.isoformat()}).code == "malformed_request"


def test_incomplete_details_name_the_fields(machine, slot_id):
    refused = ask(machine, slot_id, shown("A09127734"), new_patient=NEW | {"nationality": "XXQ"})
    assert refused.code == "incomplete_person"
    assert refused.body["facts"]["fields"] == "nationality"
    assert not Person.objects.exists()


def test_the_last_place_is_given_once_and_a_second_booking_is_refused(machine, patient, slot_id):
    hold(machine, slot_id, patient)
    assert ask(machine, slot_id, patient.shown).code == "already_booked"
    assert ask(machine, slot_id, shown("A09127734"), new_patient=NEW).code == "slot_full"
    assert not Person.objects.filter(family_name="Okafor").exists()


def test_nobody_takes_a_crowd_of_places_without_paying(machine, patient):
    held = [hold(machine, make_place(), patient) for _ in range(5)]
    slot_id = make_place()
    assert ask(machine, slot_id, patient.shown).code == "too_many_unpaid"
    assert Slot.objects.get(pk=slot_id).taken == 0
    machine.post("/registrations/cancel", {"request_no": new_number(), "registration_id": held[0]})
    assert ask(machine, slot_id, patient.shown).status == 201


def test_a_partner_acts_at_its_campuses_alone(machine, patient):
    slot_id = make_place(campus="SOUTH")
    assert ask(machine, slot_id, patient.shown).code == "campus_not_allowed"
    assert machine.get("/sessions", campus="SOUTH").code == "campus_not_allowed"
    session = Slot.objects.get(pk=slot_id).session_id
    assert machine.get(f"/sessions/{session}/places").code == "campus_not_allowed"


def test_another_partners_registration_is_unknown(machine, patient, slot_id):
    other = make_machine("bank")
    registration = hold(machine, slot_id, patient)
    body = {"registration_id": registration}
    assert other.post("/registrations", body | {"request_no": new_number()}).code == "unknown_registration"
    assert other.post("/registrations/cancel", body | {"request_no": new_number()}).code == "unknown_registration"


def test_a_hold_that_ran_out_is_refused(machine, patient, slot_id, clock):
    registration = hold(machine, slot_id, patient)
    clock.now = TEN + timedelta(minutes=15)
    refused = machine.post("/registrations", {"request_no": new_number(), "registration_id": registration})
    assert refused.code == "hold_expired"


def test_the_same_number_is_the_same_registration_for_ever(machine, patient, slot_id, clock):
    body = {"request_no": new_number(), "slot_id": slot_id, "patient": patient.shown}
    first = machine.post("/holds", body)
    clock.now = TEN + timedelta(days=400)
    again = machine.post("/holds", body)
    assert (again.status, again.body) == (first.status, first.body)
    assert Appointment.objects.count() == 1
    other = machine.post("/holds", body | {"slot_id": slot_id + 1})
    assert other.code == "request_number_reused"
    registration = first.body["registration"]["registration_id"]
    other = machine.post("/registrations", {"request_no": body["request_no"], "registration_id": registration})
    assert other.code == "request_number_reused"


def test_a_refusal_is_kept_too(machine, patient, slot_id):
    Slot.objects.filter(pk=slot_id).update(taken=1)
    body = {"request_no": new_number(), "slot_id": slot_id, "patient": patient.shown}
    assert machine.post("/holds", body).code == "slot_full"
    Slot.objects.filter(pk=slot_id).update(taken=0)
    assert machine.post("/holds", body).code == "slot_full"
    assert machine.post("/holds", body | {"request_no": new_number()}).status == 201


def test_cancel_before_paying(machine, patient, slot_id):
    registration, _ = register(machine, slot_id, patient)
    body = {"request_no": new_number(), "registration_id": registration}
    canceled = machine.post("/registrations/cancel", body)
    assert canceled.body["registration"]["state"] == "CANCELLED"
    assert (canceled.body["refund"], canceled.body["kept"]) == ("0.00", "0.00")
    assert machine.post("/registrations/cancel", body).body == canceled.body
    assert Slot.objects.get(pk=slot_id).taken == 0
    assert machine.get("/refunds").body == []


def test_cancel_after_paying_gives_the_fee_back_through_the_partner(machine, patient, slot_id):
    registration, quote = register(machine, slot_id, patient)
    paying = pay_body(quote)
    assert machine.post("/payments", paying).status == 200
    canceled = machine.post("/registrations/cancel", {"request_no": new_number(), "registration_id": registration})
    assert (canceled.body["refund"], canceled.body["kept"]) == ("35.00", "0.00")
    (owed,) = machine.get("/refunds").body
    assert (owed["transaction_no"], owed["amount"], owed["state"]) == (paying["transaction_no"], "35.00", "DUE")
    done = machine.post(
        "/refunds/done",
        {"request_no": new_number(), "refund_no": owed["refund_no"], "transaction_no": "refund-000001"},
    )
    assert done.body["state"] == "DONE"
    assert machine.get("/refunds").body == []


def test_cancel_too_late(machine, patient, slot_id, clock):
    registration, _ = register(machine, slot_id, patient)
    clock.now = TEN + timedelta(hours=1)
    refused = machine.post("/registrations/cancel", {"request_no": new_number(), "registration_id": registration})
    assert refused.code == "cancel_too_late"


def test_who_sees_whom(machine, patient, slot_id):
    """The actor of a partner sees those in the care of its campuses, and loses sight when the booking ends."""
    partner, _ = find_key(key_id=machine.key_id)
    actor = act_as(partner)
    assert not list_people(actor=actor, person_ids=[patient.id], now=TEN)
    registration = hold(machine, slot_id, patient)
    assert list_people(actor=actor, person_ids=[patient.id], now=TEN)
    machine.post("/registrations/cancel", {"request_no": new_number(), "registration_id": registration})
    assert not list_people(actor=actor, person_ids=[patient.id], now=TEN + timedelta(seconds=1))
