"""People at every desk: the search, full numbers for a reason, break-glass (N10, N14)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.patients.api import create_person, ensure_record_number, grant_care_relation
from hospital.patients.models import EmergencyAccess, Identifier
from hospital.patients.tests.factories import new_person
from hospital.staff_web.banner import age_text
from hospital.staff_web.tests.factories import browser, make_member, open_desk

pytestmark = pytest.mark.django_db
SYSTEM = Actor(kind=ActorKind.SYSTEM, id="test", label="test")
REASON = "Patient collapsed in the lobby, needs allergies now"


def make_patient(**changes: object):
    """A person on file, in nobody's care."""
    person_id, _ = create_person(new=new_person(**changes), actor=SYSTEM, now=timezone.now())
    return person_id


def in_care(person_id, campus: str = "IMC") -> None:
    grant_care_relation(person_id=person_id, campus_code=campus, source="visit", now=timezone.now())


@pytest.mark.requirement("N10")
def test_the_search_takes_latin_chinese_pinyin_and_numbers() -> None:
    client = open_desk(Role.REGISTRAR)
    person_id = make_patient(
        family_name="Müller", given_names="Anna", chinese_name="陈嘉怡", document={"number": "C01X00T47"}
    )
    mrn = ensure_record_number(person_id=person_id, campus_code="IMC")
    for text in ("muller", "MÜLLER anna", "陈嘉", "chenjia", "cjy", mrn, "C01X00T47"):
        answer = client.get(reverse("staff:search"), {"q": text}, HTTP_HX_REQUEST="true").text
        assert reverse("staff:registration_person", args=[person_id]) in answer, text
    assert "Nobody found" in client.get(reverse("staff:search"), {"q": "zzzz"}, HTTP_HX_REQUEST="true").text


@pytest.mark.requirement("N14")
def test_the_search_of_a_desk_finds_only_its_campus_patients() -> None:
    mine, theirs = make_patient(family_name="Here"), make_patient(family_name="Elsewhere")
    in_care(mine)
    in_care(theirs, campus="NORTH")
    client = open_desk(Role.CASHIER)
    assert str(mine) in client.get(reverse("staff:search"), {"q": "here"}, HTTP_HX_REQUEST="true").text
    assert str(theirs) not in client.get(reverse("staff:search"), {"q": "elsewhere"}, HTTP_HX_REQUEST="true").text
    admin = open_desk(Role.SECURITY_ADMIN)
    assert str(mine) not in admin.get(reverse("staff:search"), {"q": "here"}, HTTP_HX_REQUEST="true").text


@pytest.mark.requirement("N14")
def test_a_search_leaves_who_was_shown_and_not_what_was_typed() -> None:
    seen = make_patient(document={"number": "C01X00T47"})
    in_care(seen)
    user = make_member(Role.REGISTRAR)
    browser(user).get(reverse("staff:search"), {"q": "C01X00T47"}, HTTP_HX_REQUEST="true")
    entry = AuditEntry.objects.get(action="patients.search")
    assert (entry.actor_id, entry.person_id, entry.details) == (str(user.id), seen, {"people": [str(seen)]})
    nurse = open_desk(Role.NURSE)
    nurse.post(reverse("staff:emergency"), {"number": "C01X00T47"})
    nurse.post(reverse("staff:emergency"), {"number": "C01X00T99"})
    looks = AuditEntry.objects.filter(subject_id="emergency").order_by("id")
    assert [each.details["people"] for each in looks] == [[str(seen)], []]


@pytest.mark.requirement("N14")
def test_a_number_stays_masked_until_a_reason_is_logged() -> None:
    person_id = make_patient(document={"number": "C01X00T47"})
    in_care(person_id)
    user = make_member(Role.CASHIER)
    client = browser(user)
    page = client.get(reverse("staff:cashier_person", args=[person_id]))
    assert "C01X00T47" not in page.text
    assert page["Cache-Control"] == "no-store"
    address = reverse("staff:unmask", args=[person_id])
    identifier = Identifier.objects.get(person=person_id)
    refused = client.post(address, {"field": str(identifier.id), "reason": "short"})
    assert (refused.status_code, refused.json()["code"]) == (422, "reason_needed")
    assert not AuditEntry.objects.filter(action="patients.unmask").exists()
    shown = client.post(address, {"field": str(identifier.id), "reason": "Name on the card differs"})
    assert shown.json() == {"text": "C01X00T47"}
    assert shown["Cache-Control"] == "no-store"
    entry = AuditEntry.objects.get(action="patients.unmask")
    assert (entry.actor_id, entry.person_id, entry.reason) == (str(user.id), person_id, "Name on the card differs")


@pytest.mark.requirement("N14")
def test_numbers_of_others_are_not_unmasked() -> None:
    person_id, other = make_patient(), make_patient()
    in_care(person_id)
    client = open_desk(Role.CASHIER)
    foreign = Identifier.objects.get(person=other)
    fields = {"field": str(foreign.id), "reason": "Name on the card differs"}
    assert client.post(reverse("staff:unmask", args=[person_id]), fields).status_code == 404
    assert client.post(reverse("staff:unmask", args=[other]), fields).status_code == 403
    assert client.post(reverse("staff:unmask", args=[person_id]), {"field": "?", "reason": "x"}).status_code == 404
    assert not AuditEntry.objects.filter(action="patients.unmask").exists()


@pytest.mark.requirement("N14")
def test_a_look_is_an_entry_and_a_refused_look_too() -> None:
    seen, unseen = make_patient(), make_patient()
    in_care(seen)
    user = make_member(Role.CASHIER)
    client = browser(user)
    assert client.get(reverse("staff:cashier_person", args=[seen])).status_code == 200
    assert AuditEntry.objects.get(action="patients.view").person_id == seen
    assert client.get(reverse("staff:cashier_person", args=[unseen])).status_code == 403
    entry = AuditEntry.objects.get(was_refused=True)
    assert (entry.actor_id, entry.reason) == (str(user.id), "no_care_relation")


@pytest.mark.requirement("N14")
def test_a_doctor_elsewhere_is_refused_and_may_break_the_glass() -> None:
    person_id = make_patient()
    in_care(person_id, campus="IMC")
    user = make_member(Role.DOCTOR, campus="NORTH")
    client = browser(user)
    record = f"{reverse('staff:doctor')}?person={person_id}"
    refused = client.get(record)
    assert refused.status_code == 403
    assert reverse("staff:break_glass", args=[person_id]) in refused.text
    address = reverse("staff:break_glass", args=[person_id])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "urgent"}).status_code == 422
    assert not EmergencyAccess.objects.exists()
    opened = client.post(address, {"reason": REASON, "next": record})
    assert opened.url == record
    access = EmergencyAccess.objects.get()
    assert (access.user_id, access.person_id, access.reason) == (user.id, person_id, REASON)
    page = client.get(record)
    assert page.status_code == 200
    assert "Emergency access." in page.text
    entry = AuditEntry.objects.get(action="patients.break_glass")
    assert (entry.actor_id, entry.person_id, entry.reason) == (str(user.id), person_id, REASON)
    EmergencyAccess.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(record).status_code == 403


@pytest.mark.requirement("N14")
def test_only_doctors_and_nurses_break_the_glass() -> None:
    address = reverse("staff:break_glass", args=[make_patient()])
    for role in (Role.CASHIER, Role.LAB_TECHNICIAN, Role.AUDIT_ADMIN):
        assert open_desk(role).post(address, {"reason": REASON}).status_code == 403
    assert not EmergencyAccess.objects.exists()
    assert open_desk(Role.NURSE).post(address, {"reason": REASON}).status_code == 302


def test_in_an_emergency_a_whole_number_finds_the_patient_and_a_name_does_not() -> None:
    person_id = make_patient(family_name="Findable", document={"number": "C01X00T47"})
    client = open_desk(Role.DOCTOR, campus="NORTH")
    address = reverse("staff:emergency")
    assert client.post(address, {"number": "Findable"}).status_code == 404
    assert client.post(address, {"number": "C01X00T4"}).status_code == 404
    found = client.post(address, {"number": "C01X00T47"})
    assert found.url == reverse("staff:break_glass", args=[person_id])


@pytest.mark.requirement("N20")
def test_the_banner_marks_the_family_name_in_both_scripts() -> None:
    person_id = make_patient(family_name="Moreau", given_names="Camille", chinese_name="莫罗·卡米耶")
    page = open_desk(Role.REGISTRAR).get(reverse("staff:registration_person", args=[person_id])).text
    assert '<span class="fam">MOREAU</span>' in page
    assert '<span class="fam">莫罗</span>' in page


def test_a_single_name_gets_no_invented_family_name() -> None:
    person_id = make_patient(family_name="", given_names="Suharyanto")
    page = open_desk(Role.REGISTRAR).get(reverse("staff:registration_person", args=[person_id])).text
    assert '<h1 class="name" translate="no">Suharyanto</h1>' in page


@pytest.mark.parametrize(
    ("born", "text"),
    [("2024-11-26", "23 months"), ("2024-11-25", "2 y"), ("2026-10-01", "55 days"), ("1988-02-29", "38 y")],
)
def test_ages_are_said_as_a_ward_says_them(born: str, text: str) -> None:
    assert age_text(born_on=date.fromisoformat(born), on=date(2026, 11, 25)) == text
