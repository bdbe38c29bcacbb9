"""Signing fixes everything; afterwards a line is carried out or cancelled, once."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.orders import api, errors
from hospital.orders.models import Order, OrderLine
from hospital.orders.states import LineState, OrderState
from hospital.orders.tests.factories import directions, make_catalog, orders_of, prescribe
from hospital.orders.types import Urgency
from hospital.patients.models import Allergy

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    make_catalog()
    return make_visit()


def sign(scene):
    return api.sign_orders(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)


@pytest.mark.requirement("D52", "N19")
def test_all_drafts_are_signed_at_once(scene):
    prescribe(scene)
    api.add_test(encounter_id=scene.encounter_id, item_code="CBC", actor=scene.doctor, now=TEN)
    ids = sign(scene)
    rx, lab = orders_of(scene)
    assert ids == [rx.id, lab.id]
    assert {rx.state, lab.state} == {OrderState.SIGNED}
    assert (rx.valid_until, lab.valid_until, rx.signed_at) == (date(2026, 11, 25), None, TEN)
    assert AuditEntry.objects.filter(action="orders.sign", person_id=scene.person_id).count() == 2


def test_there_must_be_something_to_sign(scene):
    with pytest.raises(errors.NothingToSign):
        sign(scene)


def test_without_prescribing_right_nothing_is_signed(scene):
    resident = make_visit(can_prescribe=False)
    prescribe(resident)
    api.add_test(encounter_id=resident.encounter_id, item_code="CBC", actor=resident.doctor, now=TEN)
    with pytest.raises(errors.NoPrescribingRight):
        sign(resident)
    assert set(Order.objects.values_list("state", flat=True)) == {"DRAFT"}


def test_an_allergy_that_was_recorded_meanwhile_stops_the_signature(scene):
    prescribe(scene, "AMX")
    Allergy.objects.create(
        person_id=scene.person_id, group="PENICILLIN", substance_zh="青霉素", substance_en="penicillin", recorded_at=TEN
    )
    with pytest.raises(errors.AllergyConflict):
        sign(scene)
    assert orders_of(scene)[0].state is OrderState.DRAFT


@pytest.mark.requirement("N19")
def test_a_signed_order_stays_whoever_tries(scene):
    line_id = prescribe(scene)
    sign(scene)
    with pytest.raises(errors.OrderAlreadySigned):
        api.change_drug(line_id=line_id, directions=directions(days=3), actor=scene.doctor, now=TEN)
    with pytest.raises(errors.OrderAlreadySigned):
        api.remove_line(line_id=line_id, actor=scene.doctor, now=TEN)
    for change in (
        lambda: OrderLine.objects.update(days=30),
        lambda: OrderLine.objects.all().delete(),
        lambda: Order.objects.update(purpose="forged"),
        lambda: Order.objects.update(state="DRAFT", signed_at=None, signed_by=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert orders_of(scene)[0].lines[0].days == 7


def test_after_signing_a_new_draft_begins(scene):
    prescribe(scene)
    sign(scene)
    prescribe(scene, "PCM")
    assert [order.state for order in orders_of(scene)] == [OrderState.SIGNED, OrderState.DRAFT]


def test_a_line_is_carried_out_once_by_the_right_role(scene):
    api.add_exam(encounter_id=scene.encounter_id, item_code="CXR", actor=scene.doctor, now=TEN)
    (order,) = orders_of(scene)
    imaging = make_staff(Role.IMAGING_TECHNICIAN)
    with pytest.raises(errors.UnknownOrder):  # a draft is nothing to carry out
        api.execute_line(line_id=order.lines[0].id, actor=imaging, now=TEN)
    api.describe_order(
        order_id=order.id, clinical_info="", purpose="Pneumonia?", urgency=Urgency.ROUTINE, actor=scene.doctor, now=TEN
    )
    sign(scene)
    for actor in (make_staff(Role.CASHIER), make_staff(Role.IMAGING_TECHNICIAN, campus="NORTH")):
        with pytest.raises(errors.WrongRole):
            api.execute_line(line_id=order.lines[0].id, actor=actor, now=TEN)
    assert [line.id for _, line in api.list_pending_exams(campus_code="IMC", actor=imaging)] == [order.lines[0].id]
    api.execute_line(line_id=order.lines[0].id, actor=imaging, now=TEN)
    with pytest.raises(errors.LineNotPending):
        api.execute_line(line_id=order.lines[0].id, actor=imaging, now=TEN)
    with pytest.raises(errors.LineNotPending):
        api.cancel_line(line_id=order.lines[0].id, reason="too late", actor=scene.doctor, now=TEN)
    assert orders_of(scene)[0].lines[0].state is LineState.EXECUTED
    assert api.list_pending_exams(campus_code="IMC", actor=imaging) == []


def test_the_last_cancelled_line_cancels_the_order(scene):
    first = prescribe(scene)
    second = prescribe(scene, "PCM")
    sign(scene)
    cashier = make_staff(Role.CASHIER)
    with pytest.raises(errors.CancelReasonMissing):
        api.cancel_line(line_id=first, reason=" ", actor=cashier, now=TEN)
    api.cancel_line(line_id=first, reason="Refunded", actor=cashier, now=TEN)
    assert orders_of(scene)[0].state is OrderState.SIGNED
    api.cancel_line(line_id=second, reason="Refunded", actor=cashier, now=TEN)
    (order,) = orders_of(scene)
    assert (order.state, {line.state for line in order.lines}) == (OrderState.CANCELLED, {LineState.CANCELLED})
