"""Taking the number of today's booking at a machine (取号, A05, X49)."""

from datetime import datetime, timedelta

import pytest

from hospital.appointments.models import Appointment
from hospital.audit.models import AuditEntry
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.partner_api.tests.callers import make_machine, new_number
from hospital.partner_api.tests.factories import hold, make_known_patient, make_place, register
from hospital.partners.models import PartnerRequest

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A05", "X49")]


def ask_bookings(machine, patient):
    return machine.post("/bookings/query", {"patient": patient.shown})


def take(machine, registration, **changes):
    return machine.post("/numbers", {"request_no": new_number(), "registration_id": registration, **changes})


def test_a_booking_of_today_is_found_by_document_and_its_number_taken(machine, patient, slot_id):
    registration, _ = register(machine, slot_id, patient)
    (booking,) = ask_bookings(machine, patient).body["bookings"]
    assert (booking["registration_id"], booking["state"]) == (registration, "BOOKED")
    taken = take(machine, registration)
    assert taken.status == 200, taken.body
    visit = Encounter.objects.get()
    assert (taken.body["queue_number"], taken.body["visit_no"]) == (visit.queue_number, visit.number)
    assert taken.body["registration"]["state"] == "TAKEN"
    assert ask_bookings(machine, patient).body["bookings"][0]["state"] == "TAKEN"
    assert visit.appointment_id == Appointment.objects.get().id
    assert PartnerRequest.objects.get(kind="NUMBER").subject_id == str(visit.id)


def check_in(machine, registration, **changes):
    return machine.post("/check-ins", {"request_no": new_number(), "registration_id": registration, **changes})


@pytest.mark.requirement("W23")
def test_one_touch_takes_the_number_and_checks_in(machine, patient, slot_id):
    registration, _ = register(machine, slot_id, patient)
    (booking,) = ask_bookings(machine, patient).body["bookings"]
    assert (booking["arrival"], booking["queue_number"]) == ("NO_NUMBER", None)
    done = check_in(machine, registration)
    assert done.status == 200, done.body
    visit = Encounter.objects.get()
    assert (visit.state, visit.queue_number) == ("CHECKED_IN", done.body["queue_number"])
    assert (done.body["before"], done.body["place"]["en"]) == (0, visit.department.name_en)
    assert AuditEntry.objects.filter(action="encounters.checked_in", reason="machine", actor_id="kiosk").count() == 1
    (booking,) = ask_bookings(machine, patient).body["bookings"]
    assert (booking["arrival"], booking["queue_number"]) == ("DONE", visit.queue_number)
    again = check_in(machine, registration)
    assert (again.status, again.body["queue_number"]) == (200, visit.queue_number)
    assert AuditEntry.objects.filter(action="encounters.checked_in").count() == 1


@pytest.mark.requirement("W23")
def test_a_machine_elsewhere_or_too_early_checks_nobody_in(machine, patient, slot_id):
    bank = make_machine("bank", is_on_site=False)
    registration, _ = register(machine, slot_id, patient)
    assert check_in(bank, registration).code == "machine_not_on_site"
    assert check_in(make_machine("south", campuses=("SOUTH",)), registration).code == "campus_not_allowed"
    assert check_in(machine, str(new_id())).code == "unknown_appointment"
    noon, _ = register(machine, make_place(starts_at=TEN + timedelta(hours=4)), patient)
    early = next(row for row in ask_bookings(machine, patient).body["bookings"] if row["registration_id"] == noon)
    assert (early["arrival"], datetime.fromisoformat(early["check_in_from"])) == ("EARLY", TEN + timedelta(hours=2))
    assert check_in(machine, noon).code == "check_in_too_early"
    later, _ = register(machine, make_place(starts_at=TEN + timedelta(days=2)), patient)
    assert check_in(machine, later).code == "number_not_today"
    assert not Encounter.objects.exists()


def test_taken_again_it_is_the_same_number(machine, patient, slot_id):
    registration, _ = register(machine, slot_id, patient)
    number = new_number()
    first = take(machine, registration, request_no=number)
    assert take(machine, registration, request_no=number).body == first.body
    again = take(machine, registration)
    assert again.body["queue_number"] == first.body["queue_number"]
    assert Encounter.objects.count() == 1


def test_what_somebody_else_booked_is_found_too_and_other_campuses_are_not(machine, patient, slot_id):
    other = make_machine("south", campuses=("SOUTH",))
    registration, _ = register(machine, slot_id, patient)
    assert ask_bookings(make_machine("second"), patient).body["bookings"][0]["registration_id"] == registration
    assert ask_bookings(other, patient).body["bookings"] == []
    assert take(other, registration).code == "campus_not_allowed"
    assert not Encounter.objects.exists()


def test_only_on_the_day_and_only_what_is_booked(machine, patient, slot_id):
    assert ask_bookings(machine, patient).body["bookings"] == []
    held = hold(machine, slot_id, patient)
    assert ask_bookings(machine, patient).body["bookings"] == []
    assert take(machine, held).code == "not_booked"
    later, _ = register(machine, make_place(starts_at=TEN + timedelta(days=2)), patient)
    assert later not in [row["registration_id"] for row in ask_bookings(machine, patient).body["bookings"]]
    assert take(machine, later).code == "number_not_today"
    assert take(machine, str(new_id())).code == "unknown_appointment"
    assert not Encounter.objects.exists()
    assert set(Appointment.objects.values_list("state", flat=True)) == {"HELD", "BOOKED"}


def test_a_wrong_birth_date_finds_nothing(machine, patient, slot_id):
    register(machine, slot_id, patient)
    wrong = {**patient.shown, "birth_date": "1999-01-01"}
    assert machine.post("/bookings/query", {"patient": wrong}).code == "unknown_patient"
    assert ask_bookings(machine, make_known_patient()).body["bookings"] == []
