"""From the signature over the review and the payment to the patient's hands, and the money back (N08, D52)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from hospital.billing.api import list_refundable_lines, request_refund
from hospital.billing.errors import LineExecuted, RefundAboveRest
from hospital.billing.models import Charge
from hospital.billing.types import RefundRequestLine
from hospital.documents.api import PaperLanguage
from hospital.encounters.api import get_encounter, set_priority
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.events import list_events
from hospital.kernel.money import round_half_up
from hospital.notifications.models import InboxMessage
from hospital.orders.api import change_drug
from hospital.orders.models import Order, OrderLine
from hospital.orders.tests.factories import directions
from hospital.pharmacy import api as pharmacy
from hospital.pharmacy.models import Batch, Pick, Prescription
from hospital.pharmacy.tests.factories import stock
from hospital.pharmacy.types import RejectReason, ReturnedPart
from hospital.workflows.dispense_drugs import expire_uncollected, hand_over_drugs, prepare_drugs, take_back_drugs
from hospital.workflows.errors import DrugsUnpaid
from hospital.workflows.follow_visit import follow_visit
from hospital.workflows.journey import NodeKind, NodeState, derive_nodes
from hospital.workflows.print_clinical import print_prescription
from hospital.workflows.review_prescription import withdraw_and_rewrite
from hospital.workflows.sign_visit import sign_visit
from hospital.workflows.tell_patient import tell_patient
from hospital.workflows.tests.factories import make_story, pay_all, review, sign, write_note, write_orders
from hospital.workflows.visit_steps import StepNote

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N08", "D52")]


@pytest.fixture
def story():
    return make_story()


@pytest.fixture
def first():
    pharmacist = make_staff(Role.PHARMACIST)
    stock(pharmacist, "AML", "5")
    stock(pharmacist, "ASP", "5")
    return pharmacist


@pytest.fixture
def second():
    return make_staff(Role.PHARMACIST)


def drugs():
    return Charge.objects.filter(item_code__in=["AML", "ASP"])


def refund(charge, qty=None):
    return request_refund(
        settlement_id=charge.settlement_id,
        lines=[RefundRequestLine(charge_id=charge.id, qty=qty or charge.qty)],
        reason="RETURNED",
        idempotency_key=f"refund-{charge.id}-{qty}",
        actor=make_staff(Role.CASHIER),
        now=TEN,
    )


def node(story, kind):
    nodes = derive_nodes(list_events(encounter_id=story.encounter_id))
    return next((each.state for each in nodes if each.kind is kind), None)


def test_drugs_are_charged_when_the_pharmacist_has_passed_them(story):
    write_note(story)
    write_orders(story)
    signed = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert set(Charge.objects.values_list("item_code", flat=True)) == {"CBC", "CXR"}
    review(signed)
    assert {row.occurred_at for row in drugs()} == {TEN}
    assert drugs().count() == 2


def test_paid_drugs_are_picked_and_handed_over(story, first, second, acquirer):
    signed = sign(story)
    (prescription_id,) = signed.prescription_ids
    with pytest.raises(DrugsUnpaid):
        prepare_drugs(prescription_id=prescription_id, actor=first, now=TEN)
    pay_all(story, signed)
    prepare_drugs(prescription_id=prescription_id, actor=first, now=TEN)
    assert node(story, NodeKind.DRUGS_COLLECTED) is not NodeState.DONE
    hand_over_drugs(prescription_id=prescription_id, recipient="", actor=second, now=TEN)
    assert set(drugs().values_list("execution", flat=True)) == {"EXECUTED"}
    assert set(OrderLine.objects.filter(item_code__in=["AML", "ASP"]).values_list("state", flat=True)) == {"EXECUTED"}
    assert node(story, NodeKind.DRUGS_COLLECTED) is NodeState.DONE
    charge = drugs().get(item_code="AML")
    with pytest.raises(LineExecuted):
        refund(charge)
    pick = Pick.objects.get(line__item_code="AML")
    take_back_drugs(
        prescription_id=prescription_id,
        parts=[ReturnedPart(pick_id=pick.pk, quantity=pick.quantity)],
        reason="A tablet was broken",
        is_restocked=False,
        actor=first,
        now=TEN,
    )
    assert {row.item_code: row.execution for row in drugs()} == {"AML": "REVERSED", "ASP": "EXECUTED"}
    assert refund(charge).amount == charge.total


def test_of_two_packs_one_comes_back_and_its_money_alone(story, first, second, acquirer):
    write_note(story)
    write_orders(story)
    line = OrderLine.objects.get(item_code="AML")
    two_packs = directions(quantity=Decimal(2))
    change_drug(line_id=line.id, directions=two_packs, actor=story.scene.doctor, now=TEN)
    signed = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    pay_all(story, replace(signed, charge_ids=(*signed.charge_ids, *review(signed))))
    (prescription_id,) = signed.prescription_ids
    prepare_drugs(prescription_id=prescription_id, actor=first, now=TEN)
    hand_over_drugs(prescription_id=prescription_id, recipient="", actor=second, now=TEN)
    pick = Pick.objects.get(line__item_code="AML")
    take_back_drugs(
        prescription_id=prescription_id,
        parts=[ReturnedPart(pick_id=pick.pk, quantity=Decimal(1))],
        reason="One pack too many",
        is_restocked=True,
        actor=first,
        now=TEN,
    )
    charge = drugs().get(item_code="AML")
    found = list_refundable_lines(settlement_id=charge.settlement_id, actor=make_staff(Role.CASHIER), now=TEN)
    (refundable,) = [each for each in found if each.line.id == charge.id]
    assert (refundable.qty, refundable.amount) == (1, round_half_up(charge.total / 2))
    with pytest.raises(RefundAboveRest):
        refund(charge)
    assert refund(charge, qty=Decimal(1)).amount == refundable.amount
    assert (drugs().get(item_code="AML").execution, Prescription.objects.get().state) == ("EXECUTED", "DISPENSED")


def test_in_the_green_channel_drugs_come_before_the_money(story, first):
    (prescription_id,) = sign(story).prescription_ids
    nurse = make_staff(Role.NURSE)
    set_priority(encounter_id=story.encounter_id, priority="", is_green=True, reason="ambulance", actor=nurse, now=TEN)
    prepare_drugs(prescription_id=prescription_id, actor=first, now=TEN)
    assert Prescription.objects.get().state == "PREPARED"


def test_what_the_pharmacist_gives_back_becomes_a_draft_again(story, first):
    write_note(story)
    write_orders(story)
    (prescription_id,) = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN).prescription_ids
    pharmacy.reject_prescription(
        prescription_id=prescription_id, reason=RejectReason.DOSE, words="5 mg?", actor=first, now=TEN
    )
    count = withdraw_and_rewrite(
        prescription_id=prescription_id, reason="Dose corrected", actor=story.scene.doctor, now=TEN
    )
    assert count == 2
    assert sorted(Order.objects.filter(kind="PRESCRIPTION").values_list("state", flat=True)) == ["CANCELLED", "DRAFT"]
    assert not drugs().exists()
    assert node(story, NodeKind.DRUGS_COLLECTED) is None


@pytest.mark.parametrize("is_paid", [True, False])
def test_what_nobody_collects_ends_and_its_open_charges_are_voided(story, first, acquirer, is_paid):
    signed = sign(story)
    if is_paid:
        pay_all(story, signed)
        prepare_drugs(prescription_id=signed.prescription_ids[0], actor=first, now=TEN)
    assert expire_uncollected(now=TEN + timedelta(days=2)) == 0
    assert expire_uncollected(now=TEN + timedelta(days=3)) == 1
    assert {batch.on_hand for batch in Batch.objects.all()} == {5}
    assert set(drugs().values_list("state", flat=True)) == {"SETTLED" if is_paid else "VOID"}
    assert set(OrderLine.objects.filter(item_code__in=["AML", "ASP"]).values_list("state", flat=True)) == {"CANCELLED"}
    assert node(story, NodeKind.DRUGS_COLLECTED) is None


@pytest.mark.requirement("A16")
def test_the_patient_reads_how_it_stands_and_how_to_take_it(story, first, second, acquirer):
    write_note(story)
    write_orders(story)
    signed = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    assert read_step(story).note is StepNote.DRUGS_IN_REVIEW
    signed = replace(signed, charge_ids=(*signed.charge_ids, *review(signed)))
    assert read_step(story).note is None
    pay_all(story, signed)
    prepare_drugs(prescription_id=signed.prescription_ids[0], actor=first, now=TEN)
    assert read_step(story).note is StepNote.DRUGS_READY
    tell_patient(
        kind="pharmacy.prepared",
        subject_id=str(signed.prescription_ids[0]),
        person_id=story.scene.person_id,
        encounter_id=story.encounter_id,
        facts={},
        now=TEN,
    )
    assert InboxMessage.objects.get().title_en == "Your medicine is ready"
    hand_over_drugs(prescription_id=signed.prescription_ids[0], recipient="", actor=second, now=TEN)
    step = read_step(story)
    assert (step.state, step.note) == (NodeState.DONE, None)
    assert step.prepare[0].en == "Amlodipine: 5 mg by mouth once a day for 7 days"
    assert step.prepare[0].zh == "氨氯地平：每次 5 mg，口服，每日 1 次，共 7 天"


def read_step(story):
    appointment_id = get_encounter(encounter_id=story.encounter_id).appointment_id
    assert appointment_id is not None
    steps = follow_visit(appointment_id=appointment_id, actor=story.patient, now=TEN).steps
    return next(step for step in steps if step.kind is NodeKind.DRUGS_COLLECTED)


def test_the_paper_names_who_reviewed_and_says_what_it_will_cost(story, first):
    write_note(story)
    write_orders(story)
    signed = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN)
    order_id = Order.objects.get(kind="PRESCRIPTION").pk

    def read():
        paper = print_prescription(order_id=order_id, language=PaperLanguage.EN, actor=story.scene.doctor, now=TEN)
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper.pdf)).pages)

    before = read()
    review(signed)
    after = read()
    reviewer = Prescription.objects.get().reviewed_by.name_en
    assert (reviewer in before, reviewer in after) == (False, True)
    assert "¥25.92" in before
    assert "¥25.92" in after
