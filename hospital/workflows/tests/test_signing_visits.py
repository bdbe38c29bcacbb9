"""One signature makes the note, the orders, the charges and the specimens; or nothing."""

from decimal import Decimal

import pytest

from hospital.billing.api import list_charges, preview_orders
from hospital.billing.models import Charge
from hospital.catalog.tests.factories import make_rule
from hospital.encounters.api import set_priority
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.events import list_events
from hospital.orders import api as orders
from hospital.orders.errors import LineNotPending, NothingToSign, PurposeMissing
from hospital.orders.models import Order
from hospital.records.errors import NoteIncomplete
from hospital.records.models import VisitNote
from hospital.results.models import Specimen
from hospital.workflows.errors import ExaminationUnpaid, VisitUnsigned
from hospital.workflows.finish_exam import finish_exam
from hospital.workflows.sign_visit import finish_visit, list_ordered_lines, send_to_examinations, sign_visit
from hospital.workflows.tests.factories import make_story, pay_all, review, sign, write_note, write_orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make_story()


def orders_of(story):
    return orders.list_orders(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)


def exam_line(story):
    return next(order for order in orders_of(story) if order.kind == "EXAM").lines[0].id


@pytest.mark.requirement("D52", "D53", "N01")
def test_a_signature_charges_and_asks_for_specimens(story):
    make_rule("INTL", "0.30")
    signed = sign(story)
    assert (len(signed.order_ids), len(signed.charge_ids), len(signed.specimen_ids)) == (3, 4, 1)
    lines = list_charges(person_id=story.scene.person_id, encounter_id=story.encounter_id, actor=story.patient, now=TEN)
    assert {line.item_code: (line.total, line.mark) for line in lines} == {
        "AML": (Decimal("12.96"), ""),
        "ASP": (Decimal("12.96"), ""),
        "CBC": (Decimal("26.00"), "+30 %"),
        "CXR": (Decimal("78.00"), "+30 %"),
    }
    (event,) = [event for event in list_events(encounter_id=story.encounter_id) if event.kind == "orders.signed"]
    assert event.facts["kinds"] == ["EXAM", "LAB", "PRESCRIPTION"]


def test_the_preview_is_what_will_be_charged(story):
    make_rule("INTL", "0.30")
    write_note(story)
    write_orders(story)
    lines = list_ordered_lines(orders=orders_of(story), signed_at=TEN)
    preview = preview_orders(encounter_id=story.encounter_id, lines=lines, actor=story.scene.doctor, now=TEN)
    review(sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN))
    charged = list_charges(
        person_id=story.scene.person_id, encounter_id=story.encounter_id, actor=story.patient, now=TEN
    )
    assert {line.source_id: line.total for line in preview} == {line.source_id: line.total for line in charged}


@pytest.mark.parametrize(("has_note", "refusal"), [(False, NoteIncomplete), (True, PurposeMissing)])
def test_what_cannot_be_signed_leaves_everything_a_draft(story, has_note, refusal):
    if has_note:
        write_note(story)
    orders.add_exam(encounter_id=story.encounter_id, item_code="CXR", actor=story.scene.doctor, now=TEN)
    with pytest.raises(refusal):
        sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert set(VisitNote.objects.values_list("state", flat=True)) <= {"DRAFT"}
    assert set(Order.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert (Charge.objects.count(), Specimen.objects.count()) == (0, 0)
    assert [event.kind for event in list_events(encounter_id=story.encounter_id)] == []


def test_signing_twice_charges_once(story):
    sign(story)
    with pytest.raises(NothingToSign):
        sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert Charge.objects.count() == 4


def test_another_doctor_does_not_sign(story):
    write_note(story)
    write_orders(story)
    other, _ = make_doctor()
    with pytest.raises(NotYourPatient):
        sign_visit(encounter_id=story.encounter_id, actor=other, now=TEN)
    assert Charge.objects.count() == 0


def test_a_visit_ends_when_all_is_signed(story):
    with pytest.raises(VisitUnsigned):
        finish_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    sign(story)
    orders.add_test(encounter_id=story.encounter_id, item_code="CBC", actor=story.scene.doctor, now=TEN)
    with pytest.raises(VisitUnsigned):
        finish_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert Encounter.objects.get().state == "IN_CONSULT"
    sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    finish_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert Encounter.objects.get().state == "DONE"


def test_an_examination_is_done_once_it_is_paid(story, acquirer):
    signed = sign(story)
    imaging = make_staff(Role.IMAGING_TECHNICIAN)
    line_id = exam_line(story)
    with pytest.raises(ExaminationUnpaid):
        finish_exam(line_id=line_id, actor=imaging, now=TEN)
    pay_all(story, signed)
    finish_exam(line_id=line_id, actor=imaging, now=TEN)
    with pytest.raises(LineNotPending):
        finish_exam(line_id=line_id, actor=imaging, now=TEN)
    assert [event.kind for event in list_events(encounter_id=story.encounter_id)].count("exams.done") == 1
    assert Charge.objects.get(source_id=line_id).execution == "EXECUTED"


@pytest.mark.requirement("N02")
def test_in_the_green_channel_it_is_done_before_paying(story):
    sign(story)
    line_id = exam_line(story)
    nurse, imaging = make_staff(Role.NURSE), make_staff(Role.IMAGING_TECHNICIAN)
    set_priority(encounter_id=story.encounter_id, priority="", is_green=True, reason="ambulance", actor=nurse, now=TEN)
    finish_exam(line_id=line_id, actor=imaging, now=TEN)
    charge = Charge.objects.get(source_id=line_id)
    assert (charge.execution, charge.state) == ("EXECUTED", "PENDING")


@pytest.mark.requirement("A06")
def test_a_visit_goes_to_examinations_when_all_is_signed(story):
    with pytest.raises(VisitUnsigned):
        send_to_examinations(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert Encounter.objects.get().state == "IN_CONSULT"
    sign(story)
    send_to_examinations(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert Encounter.objects.get().state == "AWAY"
