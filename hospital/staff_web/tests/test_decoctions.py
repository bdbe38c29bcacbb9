"""A decoction from the doctor's keyboard to the pharmacist's desk, its paper and its label (D52, N08)."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hospital.billing.models import Charge
from hospital.documents.api import PaperLanguage
from hospital.encounters.api import set_priority
from hospital.encounters.tests.clinic import make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.orders.api import list_orders
from hospital.orders.models import Decoction, Order, OrderLine
from hospital.orders.tests.factories import make_pieces
from hospital.pharmacy.models import Pick, Prescription
from hospital.pharmacy.tests.factories import stock
from hospital.records.models import VisitNote
from hospital.records.tests.factories import make_terms
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.staff_web.tests.test_doctor import NOTE, address, desk_of, today
from hospital.workflows.dispense_drugs import prepare_drugs
from hospital.workflows.order_words import name_lines, tell_lines
from hospital.workflows.print_labels import print_labels
from hospital.workflows.review_prescription import pass_and_charge, withdraw_and_rewrite

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52", "N08")]
FORMULA = {
    "doses": "5", "pace": "QD", "parts": "3", "ml": "150", "meal": "BEFORE", "warmth": "HOT", "use": "INTERNAL",
    "maker": "HOSPITAL", "days_reason": "",
}  # fmt: skip


@pytest.fixture
def scene():
    make_pieces()
    make_terms()
    return today(make_visit())


def write(desk, scene, code="HQ", **facts):
    return desk.post(address(scene, "piece/"), {"code": code, "grams": "15", "handling": "USUAL", **facts})


def sign(desk, scene):
    desk.post(address(scene, "note/"), NOTE)
    desk.post(address(scene, "diagnoses/"), {"act": "add", "code": "I10"})
    revision = VisitNote.objects.get(encounter_id=scene.encounter_id).revision
    assert desk.post(address(scene, "sign/"), NOTE | {"revision": revision}).status_code == 302


def words_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_pieces_are_found_and_written_one_after_another(scene):
    desk = desk_of(scene)
    assert "Astragalus root" in desk.get(address(scene, "pieces/?q=huangqi")).content.decode()
    assert "Amlodipine" not in desk.get(address(scene, "pieces/?q=amlodipine")).content.decode()
    assert "Astragalus" not in desk.get(address(scene, "orders/search/drug/?q=huangqi")).content.decode()
    page = write(desk, scene).content.decode()
    assert "data-goes-on" in page
    assert "1 piece, 15 g a packet" in page
    write(desk, scene, "GC", grams="4.5", handling="LATER")
    assert "4.5 g" in desk.get(address(scene)).content.decode()
    order = Order.objects.get()
    changed = desk.post(address(scene, f"formula/{order.id}/"), FORMULA).content.decode()
    assert "5 packets, 1 packet a day by mouth, each in 3 parts of 150 mL, hot, before meals" in changed
    assert list(OrderLine.objects.order_by("position").values_list("quantity", flat=True)) == [75, Decimal("22.5")]
    line = OrderLine.objects.get(item_code="GC")
    assert 'value="4.5"' in desk.get(address(scene, f"piece/{line.id}/")).content.decode()
    desk.post(address(scene, f"piece/{line.id}/"), {"code": "GC", "grams": "6", "handling": "USUAL"})
    assert OrderLine.objects.get(item_code="GC").quantity == 30


def test_what_is_refused_stands_beside_its_field(scene):
    desk = desk_of(scene)
    assert write(desk, scene, grams="0").status_code == 422
    assert Order.objects.count() == 0
    write(desk, scene)
    order = Order.objects.get()
    refused = desk.post(address(scene, f"formula/{order.id}/"), FORMULA | {"doses": "14"})
    assert (refused.status_code, "The limit is 7 days" in refused.content.decode()) == (422, True)
    assert 'name="days_reason"' in refused.content.decode()
    assert Decoction.objects.get().doses == 7
    desk.post(address(scene, f"formula/{order.id}/"), FORMULA | {"doses": "14", "days_reason": "Travels"})
    assert OrderLine.objects.get().days_reason == "Travels"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pharmacist_sees_one_formula_and_it_prints_as_one(scene, language):
    desk = desk_of(scene, language=language)
    write(desk, scene)
    write(desk, scene, "GC", grams="6", handling="LATER")
    sign(desk, scene)
    prescription = Prescription.objects.get()
    pharmacist = open_desk(Role.PHARMACIST, language=language)
    page = pharmacist.get(f"/staff/pharmacy/prescriptions/{prescription.pk}/").content.decode()
    paper = desk.get(f"/staff/doctor/orders/{Order.objects.get().pk}/print/", {"language": language[:2]})
    text = words_of(paper.content)
    expected = {
        "en": ("7 packets, 1 packet a day", ("How to prepare and take it", "add near the end")),
        "zh-hans": ("共 7 剂，每日 1 剂", ("煎服说明", "后下")),
    }
    assert expected[language][0] in page
    assert all(words in text for words in expected[language][1])


def test_a_decoction_is_charged_by_the_gram_and_has_one_label(scene):
    desk = desk_of(scene)
    write(desk, scene)
    write(desk, scene, "GC", grams="4.5")
    sign(desk, scene)
    now = timezone.now()
    nurse, pharmacist = make_staff(Role.NURSE), make_staff(Role.PHARMACIST)
    set_priority(encounter_id=scene.encounter_id, priority="", is_green=True, reason="ambulance", actor=nurse, now=now)
    for code in ("HQ", "GC"):
        stock(pharmacist, code, "500", until=timezone.localdate() + timedelta(days=400))
    sent = Prescription.objects.get().pk
    pass_and_charge(prescription_id=sent, actor=pharmacist, now=now)
    assert dict(Charge.objects.values_list("item_code", "qty")) == {"HQ": 105, "GC": Decimal("31.5")}
    prepare_drugs(prescription_id=sent, actor=pharmacist, now=now)
    assert {pick.line.item_code: pick.quantity for pick in Pick.objects.all()} == {"HQ": 105, "GC": Decimal("31.5")}
    orders = list_orders(encounter_id=scene.encounter_id, actor=scene.doctor, now=now)
    (name,) = name_lines(orders[0].lines, orders=orders)
    assert name.en == "Herbal decoction, 7 packets"
    told = [step.en for step in tell_lines(orders[0].lines, orders=orders)]
    assert "7 packets, 1 packet a day" in told[0]
    assert not any("Astragalus" in step for step in told)
    labels = words_of(print_labels(prescription_id=sent, language=PaperLanguage.EN, actor=pharmacist, now=now))
    assert "7 packets" in labels
    assert labels.count("Herbal decoction") == 1


def test_a_decoction_that_is_taken_back_is_a_draft_again(scene):
    desk = desk_of(scene)
    write(desk, scene, handling="FIRST")
    sign(desk, scene)
    sent = Prescription.objects.get().pk
    count = withdraw_and_rewrite(prescription_id=sent, reason="Fewer packets", actor=scene.doctor, now=timezone.now())
    assert count == 1
    draft = OrderLine.objects.get(order__state="DRAFT")
    assert (draft.handling, draft.quantity, draft.order.decoction.doses) == ("FIRST", 105, 7)


def test_the_page_takes_no_more_statements_for_more_pieces(scene):
    desk = desk_of(scene)
    write(desk, scene)
    one = count_queries(desk, address(scene))
    for code in ("GC", "FZ", "BX"):
        write(desk, scene, code)
    assert count_queries(desk, address(scene)) <= one


def test_enter_adds_to_the_decoction_and_never_begins_another(scene):
    desk = desk_of(scene)
    write(desk, scene)
    form = desk.get(address(scene, "piece/?code=GC")).content.decode()
    pressed = next(each for each in re.findall(r"<button[^>]*>", form) if 'type="button"' not in each)
    assert "btn-primary" in pressed
    write(desk, scene, "GC", new="1")
    assert Order.objects.count() == 2
