"""The pharmacist's desk over HTTP: review, prepare, hand over, take back, stock; and the doctor's answer (N08, D52)."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hospital.billing.models import Charge
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.orders.models import Order
from hospital.pharmacy.models import Batch, Pick, Prescription
from hospital.pharmacy.tests.factories import stock
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.staff_web.tests.test_doctor import desk_of
from hospital.workflows.sign_visit import sign_visit
from hospital.workflows.tests.factories import make_story, pay_all, sign, write_note, write_orders

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N08", "D52")]
DESK = "/staff/pharmacy/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: TEN)


@pytest.fixture
def story():
    return make_story()


def act(desk, decision, **data):
    row = Prescription.objects.get()
    return desk.post(f"{DESK}prescriptions/{row.pk}/act/", {"decision": decision, **data}, follow=True)


def sign_only(story):
    write_note(story)
    write_orders(story)
    return sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)


def test_a_prescription_is_passed_picked_and_handed_over_by_two(story, acquirer):
    signed = sign(story)
    pharmacist = make_staff(Role.PHARMACIST)
    stock(pharmacist, "AML", "5")
    stock(pharmacist, "ASP", "5")
    first, second = open_desk(Role.PHARMACIST), open_desk(Role.PHARMACIST)
    assert "Not paid yet" in first.get(DESK, follow=True).content.decode()
    assert act(first, "prepare").status_code == 409
    pay_all(story, signed)
    assert "Another pharmacist checks it" in act(first, "prepare").content.decode()
    labels = first.get(f"{DESK}prescriptions/{Prescription.objects.get().pk}/labels/", {"language": "en"})
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(labels.content)).pages)
    assert "5 mg by mouth once a day for 7 days" in text
    assert not re.search(r"[\u4e00-\u9fff]", text)
    refused = act(first, "hand-over")
    assert (refused.status_code, "same_dispenser" in refused.content.decode()) == (409, True)
    assert "Handed over." in act(second, "hand-over").content.decode()
    back = {f"back-{Pick.objects.get(line__item_code='AML').pk}": "1"}
    assert act(second, "take-back", words="", **back).status_code == 422
    assert act(second, "take-back", words="Broken", **dict.fromkeys(back, "x")).status_code == 409
    assert "cashier can give" in act(second, "take-back", words="Broken", **back).content.decode()
    assert Charge.objects.get(item_code="AML").execution == "REVERSED"


def test_the_doctor_sees_why_it_came_back_and_answers(story):
    sign_only(story)
    desk = open_desk(Role.PHARMACIST)
    assert act(desk, "reject", reason="DOSE", words="5 mg twice?").status_code == 200
    doctor = desk_of(story.scene)
    page = f"/staff/doctor/visits/{story.encounter_id}/"
    assert "5 mg twice?" in doctor.get(page).content.decode()
    address = f"{page}prescriptions/{Prescription.objects.get().pk}/"
    doctor.post(address, {"decision": "stand-by", "reason": "Meant so"})
    assert "Meant so" in desk.get(DESK, follow=True).content.decode()
    answer = doctor.post(address, {"decision": "withdraw", "reason": "Another drug"}, follow=True)
    assert "2 medicines are drafts again" in answer.content.decode()
    assert sorted(Order.objects.filter(kind="PRESCRIPTION").values_list("state", flat=True)) == ["CANCELLED", "DRAFT"]


def test_the_list_costs_the_same_however_long_it_is(story):
    sign_only(story)
    desk = open_desk(Role.PHARMACIST)
    few = count_queries(desk, f"{DESK}queue/")
    row = Prescription.objects.get()
    for number in range(5):
        row.pk, row.order_id, row.number = UUID(int=number + 1), UUID(int=number + 1), f"RX{number}"
        row.save(force_insert=True)
    assert count_queries(desk, f"{DESK}queue/") == few


def test_stock_is_received_counted_and_found(story):
    desk = open_desk(Role.PHARMACIST)
    delivery = {"item_code": "AML", "number": "b7", "expires_on": "2027-11-30", "quantity": "12"}
    assert "Received." in desk.post(f"{DESK}stock/receive/", delivery, follow=True).content.decode()
    for wrong in ({"expires_on": "soon"}, {"quantity": "NaN"}, {"quantity": "-1"}, {"item_code": "CBC"}):
        assert desk.post(f"{DESK}stock/receive/", delivery | wrong).status_code == 422
    batch = Batch.objects.get()
    assert "B7" in desk.get(f"{DESK}stock/", {"q": "amlo"}).content.decode()
    address = f"{DESK}stock/{batch.pk}/"
    counted = {"decision": "count", "counted": "11", "expected": "12", "words": "One is broken"}
    assert "difference is written down" in desk.post(f"{address}change/", counted, follow=True).content.decode()
    assert desk.post(f"{address}change/", counted).status_code == 409
    assert Batch.objects.get().on_hand == 11
    assert open_desk(Role.NURSE).get(f"{DESK}stock/").status_code == 403
