"""The bar above every page while a critical value waits, and the address for urgent warnings (R56)."""

import pytest

from hospital.accounts.api import list_staff_contacts
from hospital.accounts.models import RoleGrant, User
from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.actors import Role
from hospital.results import api
from hospital.results.models import CriticalAlert
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive, technician
from hospital.staff_web.tests.factories import browser, make_member, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R56")]
BAR = "/staff/critical-bar/"


@pytest.fixture
def scene():
    make_laboratory()
    scene = make_visit()
    (specimen_id,) = ask(scene)
    report_id = receive(specimen_id, technician())
    api.enter_results(report_id=report_id, values={"PLT": "14"}, actor=technician(), now=ELEVEN)
    RoleGrant.objects.create(user_id=scene.doctor.id, role="DOCTOR", campus_code="IMC")
    return scene


def read(client, address=BAR):
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize("page", ["/staff/", "/staff/account/", "/staff/doctor/", "/staff/translations/"])
def test_the_doctor_sees_it_on_every_page_until_it_is_taken_over(scene, page):
    doctor = User.objects.get(pk=scene.doctor.id)
    RoleGrant.objects.create(user=doctor, role="TRANSLATOR", campus_code="IMC")
    client = browser(doctor)
    assert "Platelets 14 10⁹/L · 11:00" in read(client, page)
    alert = CriticalAlert.objects.get()
    api.acknowledge_critical_value(alert_id=alert.id, action="Platelets ordered", actor=scene.doctor, now=ELEVEN)
    assert "Platelets 14" not in read(client, page)


def test_a_colleague_sees_it_once_it_was_escalated(scene):
    colleague = open_desk(Role.DOCTOR, language="zh-hans")
    assert "危急值" not in read(colleague)
    CriticalAlert.objects.update(level=1, escalated_at=ELEVEN)
    assert "血小板计数 14 10⁹/L · 11:00 · 林志远" in read(colleague)


def test_an_office_sees_at_last_whom_to_call_and_no_value(scene):
    office = open_desk(Role.MEDICAL_AFFAIRS)
    CriticalAlert.objects.update(level=1, escalated_at=ELEVEN)
    assert "nobody has taken it over" not in read(office)
    CriticalAlert.objects.update(level=2)
    bar = read(office)
    assert "Critical value since 11:00: nobody has taken it over" in bar
    assert "LIN Zhiyuan, Cardiology" in bar
    assert "Platelets" not in bar


def test_who_has_nothing_to_do_with_it_gets_no_bar(scene):
    CriticalAlert.objects.update(level=2, escalated_at=ELEVEN)
    cashier = open_desk(Role.CASHIER)
    assert cashier.get(BAR).status_code == 403
    assert "critical-bar/" not in read(cashier, "/staff/")


def test_staff_say_where_urgent_warnings_reach_them():
    member = make_member(Role.DOCTOR)
    client = browser(member)
    refused = client.post("/staff/account/", {"email": "nowhere"})
    assert (refused.status_code, 'value="nowhere"' in refused.content.decode()) == (422, True)
    assert client.post("/staff/account/", {"email": " Lin@IMC.example "}).status_code == 302
    (contact,) = list_staff_contacts(user_ids=[member.id])
    member.refresh_from_db()
    assert (contact.email, "imc.example" in member.email) == ("lin@imc.example", False)
    assert 'value="lin@imc.example"' in read(client, "/staff/account/")
    client.post("/staff/account/", {"email": ""})
    assert list_staff_contacts(user_ids=[member.id])[0].email == ""


def test_the_laboratory_sees_who_was_told_and_who_took_it_over_while_its_call_is_open(scene):
    alert = CriticalAlert.objects.get()
    api.note_told(alert_id=alert.id, level=0, user_id=scene.doctor.id, by_email=True, now=ELEVEN)
    api.acknowledge_critical_value(alert_id=alert.id, action="Platelets ordered", actor=scene.doctor, now=ELEVEN)
    assert alert.result is not None
    desk = open_desk(Role.LAB_TECHNICIAN)
    page = read(desk, f"/staff/laboratory/specimens/{alert.result.report.specimen_id}/")
    name = User.objects.get(pk=scene.doctor.id).name_en
    assert "Critical value: call back" in page
    assert f"{name} took it over at 11:00: Platelets ordered" in page
    assert f"11:00 {name} · by e-mail too" in page
