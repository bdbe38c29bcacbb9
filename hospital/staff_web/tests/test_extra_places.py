"""Extra places 加号 through the two desks: asked at the window, granted by the doctor, registered (F45)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.appointments.models import Appointment
from hospital.audit.api import list_entries
from hospital.billing.models import Charge
from hospital.campuses.models import Clinician
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.encounters.tests.clinic import make_doctor
from hospital.kernel.actors import Role
from hospital.scheduling.models import ExtraPlace, RosterSession
from hospital.scheduling.tests.factories import make_session
from hospital.staff_web.tests.factories import open_desk
from hospital.staff_web.tests.test_people import in_care, make_patient

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F45")]


def open_clinic(doctor) -> RosterSession:
    """A session of the doctor that signed in."""
    make_hospital_catalog()
    _, clinician = make_doctor()
    Clinician.objects.filter(pk=clinician.pk).update(user_id=doctor.session["_auth_user_id"])
    session_id = make_session(clinician_id=clinician.id, starts_at=timezone.now() + timedelta(hours=1), places=1)
    RosterSession.objects.update(registration_item_code="REG1")
    return RosterSession.objects.get(id=session_id)


def test_the_window_asks_the_doctor_grants_and_the_window_registers() -> None:
    window, doctor = open_desk(Role.REGISTRAR), open_desk(Role.DOCTOR)
    session, person_id = open_clinic(doctor), make_patient()
    page = reverse("staff:registration_person", args=[person_id])
    ask = reverse("staff:registration_extra_ask", args=[person_id, session.id])
    assert window.post(ask, {"reason": "Flies home tomorrow"}, follow=True).status_code == 200
    extra = ExtraPlace.objects.get()
    assert "Doctor asked" in window.get(page).text
    asked = doctor.get(reverse("staff:doctor_extra")).text
    assert "Flies home tomorrow" in asked
    decide = reverse("staff:doctor_extra_decide", args=[extra.id])
    assert "Granted; the window can register." in doctor.post(decide, {"decision": "grant"}, follow=True).text
    book = reverse("staff:registration_extra_book", args=[person_id, extra.id])
    assert book in window.get(page).text
    assert "extra number 901" in window.post(book, follow=True).text
    assert Appointment.objects.get().slot.number == 901
    assert Charge.objects.count() == 1
    assert "no longer holds" in window.post(book, follow=True).text
    assert Appointment.objects.count() == 1


def test_another_doctor_does_not_see_it_and_does_not_decide() -> None:
    window, doctor, other = open_desk(Role.REGISTRAR), open_desk(Role.DOCTOR), open_desk(Role.DOCTOR)
    session, person_id = open_clinic(doctor), make_patient()
    window.post(reverse("staff:registration_extra_ask", args=[person_id, session.id]), {"reason": "x"})
    assert "No extra places" in other.get(reverse("staff:doctor_extra")).text
    extra = ExtraPlace.objects.get()
    other.post(reverse("staff:doctor_extra_decide", args=[extra.id]), {"decision": "grant"})
    assert ExtraPlace.objects.get().state == "ASKED"


def test_the_doctor_gives_a_patient_in_care_a_place_unasked() -> None:
    window, doctor = open_desk(Role.REGISTRAR), open_desk(Role.DOCTOR)
    session, person_id = open_clinic(doctor), make_patient(family_name="Farwell")
    in_care(person_id)
    page = reverse("staff:doctor_extra")
    found = doctor.get(page, {"q": "farwell"})
    assert [each.id for each in found.context["found"]] == [person_id]
    assert list_entries(action="patients.search")[0].subject_id == "doctor_extra"
    give = reverse("staff:doctor_extra_give")
    answer = doctor.post(give, {"person": person_id, "session": session.id}, follow=True)
    assert "Granted; the window can register." in answer.text
    extra = ExtraPlace.objects.get()
    assert (extra.state, extra.number) == ("GRANTED", 901)
    assert (
        reverse("staff:registration_extra_book", args=[person_id, extra.id])
        in window.get(reverse("staff:registration_person", args=[person_id])).text
    )
    again = doctor.post(give, {"person": person_id, "session": session.id}, follow=True)
    assert "Granted" not in [str(each) for each in again.context["messages"]]
    assert ExtraPlace.objects.count() == 1


def test_nobody_outside_the_care_is_found_or_given_a_place() -> None:
    doctor = open_desk(Role.DOCTOR)
    session = open_clinic(doctor)
    stranger = make_patient(family_name="Farwell")
    in_care(stranger, campus="NORTH")
    assert doctor.get(reverse("staff:doctor_extra"), {"q": "farwell"}).context["found"] == []
    doctor.post(reverse("staff:doctor_extra_give"), {"person": stranger, "session": session.id})
    assert doctor.post(reverse("staff:doctor_extra_give"), {"person": "x", "session": ""}).status_code == 404
    assert not ExtraPlace.objects.exists()
