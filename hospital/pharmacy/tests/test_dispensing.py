"""From the review to the patient's hands by two people, and back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.orders.tests.factories import make_catalog
from hospital.pharmacy import api
from hospital.pharmacy.errors import (
    BrokenPack,
    CannotExtend,
    ControlledDestroyed,
    NothingToTakeBack,
    NotPharmacist,
    NotPrescriber,
    OutOfStock,
    PrescriptionMoved,
    PrescriptionOver,
    ReasonMissing,
    RecipientMissing,
    SamePerson,
)
from hospital.pharmacy.models import Batch, Pick, Prescription, StockMove, TakeBack
from hospital.pharmacy.states import PrescriptionState
from hospital.pharmacy.tests.factories import prepare, send, stock
from hospital.pharmacy.types import RejectReason, ReturnedPart

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N08")]
TOMORROW = TEN + timedelta(days=1)


@pytest.fixture
def scene():
    make_catalog()
    return make_visit()


@pytest.fixture
def first():
    return make_staff(Role.PHARMACIST)


@pytest.fixture
def second():
    return make_staff(Role.PHARMACIST)


def on_hand():
    return {batch.number: batch.on_hand for batch in Batch.objects.all()}


def state():
    return Prescription.objects.get().state


def test_the_first_batch_to_expire_is_handed_over_by_a_second_person(scene, first, second):
    stock(first, "AML", "3", number="LATE", until=date(2028, 1, 31))
    stock(first, "AML", "2", number="SOON", until=date(2027, 1, 31))
    stock(first, "AML", "9", number="ENDS", until=date(2026, 11, 28))  # before the course of seven days ends
    sent = send(scene, ("AML", "4"))
    prepare(sent, reviewer=first, preparer=first)
    assert on_hand() == {"LATE": 1, "SOON": 0, "ENDS": 9}
    with pytest.raises(SamePerson):
        api.dispense_prescription(prescription_id=sent, actor=first, now=TEN)
    assert state() == "PREPARED"
    (line_id,) = api.dispense_prescription(prescription_id=sent, actor=second, now=TEN)
    view = api.get_prescription(prescription_id=sent, actor=second)
    assert view.lines[0].order_line_id == line_id
    assert [(pick.batch_number, pick.quantity) for pick in view.lines[0].picks] == [("SOON", 2), ("LATE", 2)]
    with pytest.raises(PrescriptionMoved):
        api.dispense_prescription(prescription_id=sent, actor=second, now=TEN)


def test_the_database_itself_wants_two_people(scene, first):
    stock(first)
    sent = send(scene, ("AML", "1"))
    prepare(sent, reviewer=first, preparer=first)
    with pytest.raises(IntegrityError, match="two_people_dispense"), transaction.atomic():
        Prescription.objects.update(state="DISPENSED", dispensed_by_id=first.id, dispensed_at=TEN)


def test_too_little_in_stock_takes_nothing(scene, first):
    stock(first, "AML", "5")
    stock(first, "PCM", "1")
    sent = send(scene, ("AML", "2"), ("PCM", "2"))
    api.pass_prescription(prescription_id=sent, actor=first, now=TEN)
    with pytest.raises(OutOfStock):
        api.prepare_prescription(prescription_id=sent, actor=first, now=TEN)
    assert (state(), sorted(batch.on_hand for batch in Batch.objects.all())) == ("PASSED", [1, 5])
    assert (Pick.objects.count(), StockMove.objects.filter(kind="DISPENSED").count()) == (0, 0)


def test_nothing_is_picked_before_the_review_and_only_by_pharmacists_of_the_campus(scene, first):
    stock(first)
    sent = send(scene, ("AML", "1"))
    with pytest.raises(PrescriptionMoved):
        api.prepare_prescription(prescription_id=sent, actor=first, now=TEN)
    for other in (scene.doctor, make_staff(Role.PHARMACIST, campus="NORTH")):
        with pytest.raises(NotPharmacist):
            api.pass_prescription(prescription_id=sent, actor=other, now=TEN)
    assert state() == "SIGNED"


@pytest.mark.requirement("D52")
def test_a_prescription_that_is_given_back_is_signed_twice_or_withdrawn(scene, first):
    sent = send(scene, ("AML", "1"))
    with pytest.raises(ReasonMissing):
        api.reject_prescription(prescription_id=sent, reason=RejectReason.DOSE, words=" ", actor=first, now=TEN)
    api.reject_prescription(prescription_id=sent, reason=RejectReason.DOSE, words="Twice?", actor=first, now=TEN)
    with pytest.raises(NotPrescriber):
        api.stand_by_prescription(prescription_id=sent, reason="Meant so", actor=first, now=TEN)
    api.stand_by_prescription(prescription_id=sent, reason="Meant so", actor=scene.doctor, now=TEN)
    view = api.get_prescription(prescription_id=sent, actor=first)
    assert (view.state, view.stands_by, view.reject_words) == ("SIGNED", "Meant so", "Twice?")
    api.withdraw_prescription(prescription_id=sent, reason="Another drug", actor=scene.doctor, now=TEN)
    assert state() == "CANCELLED"
    with pytest.raises(PrescriptionMoved):
        api.pass_prescription(prescription_id=sent, actor=first, now=TEN)


def test_controlled_drugs_are_handed_to_somebody_who_is_named(scene, first, second):
    stock(first, "MOR", witness=second)
    sent = send(scene, ("MOR", "1"), has_control=True, days=3)
    prepare(sent, reviewer=first, preparer=first)
    with pytest.raises(RecipientMissing):
        api.dispense_prescription(prescription_id=sent, actor=second, now=TEN)
    assert state() == "PREPARED"
    api.dispense_prescription(prescription_id=sent, actor=second, now=TEN, recipient="The patient")
    assert Prescription.objects.get().recipient == "The patient"


@pytest.mark.requirement("D52")
def test_a_prescription_is_good_for_its_day_and_for_three_with_the_doctors_word(scene, first):
    stock(first)
    sent = send(scene, ("AML", "1"))
    api.pass_prescription(prescription_id=sent, actor=first, now=TEN)
    with pytest.raises(PrescriptionOver):
        api.prepare_prescription(prescription_id=sent, actor=first, now=TOMORROW)
    with pytest.raises(CannotExtend):
        api.extend_prescription(prescription_id=sent, reason="Travels", actor=scene.doctor, now=TEN + timedelta(days=3))
    api.extend_prescription(prescription_id=sent, reason="Travels", actor=scene.doctor, now=TOMORROW)
    api.prepare_prescription(prescription_id=sent, actor=first, now=TOMORROW)
    assert state() == "PREPARED"


def test_what_nobody_collects_goes_back_on_the_shelf(scene, first):
    stock(first, "AML", "5")
    sent = send(scene, ("AML", "2"))
    prepare(sent, reviewer=first, preparer=first)
    system = system_actor("expire")
    assert api.list_lapsed(now=TEN + timedelta(days=2)) == []
    assert api.expire_prescription(prescription_id=sent, actor=system, now=TEN + timedelta(days=2)) == ()
    late = TEN + timedelta(days=3)
    assert api.list_lapsed(now=late) == [sent]
    assert len(api.expire_prescription(prescription_id=sent, actor=system, now=late)) == 1
    assert api.expire_prescription(prescription_id=sent, actor=system, now=late) == ()
    assert (state(), on_hand()) == ("EXPIRED", {"B1": 5})


@pytest.mark.parametrize(("is_restocked", "left"), [(True, 10), (False, 8)])
def test_drugs_come_back_once_and_into_stock_only_when_they_may(scene, first, second, is_restocked, left):
    stock(first)
    stock(first, "PCM", "4", number="P1")
    sent = send(scene, ("AML", "2"), ("PCM", "1"))
    with pytest.raises(NothingToTakeBack):
        take_back(sent, first, "AML", is_restocked)
    prepare(sent, reviewer=first, preparer=first)
    api.dispense_prescription(prescription_id=sent, actor=second, now=TEN)
    take_back(sent, first, "AML", is_restocked)
    assert (state(), on_hand()) == ("DISPENSED", {"B1": left, "P1": 3})
    with pytest.raises(NothingToTakeBack):
        take_back(sent, first, "AML", is_restocked)
    take_back(sent, first, "PCM", is_restocked)
    assert state() == "RETURNED"
    assert sum(move.quantity for move in StockMove.objects.all()) == sum(batch.on_hand for batch in Batch.objects.all())


def take_back(sent, actor, code, is_restocked):
    picks = list(Pick.objects.filter(line__prescription_id=sent, line__item_code=code))
    return bring(sent, actor, [(pick.pk, pick.quantity) for pick in picks], is_restocked=is_restocked)


def bring(sent, actor, parts, *, is_restocked=True):
    return api.take_back_parts(
        prescription_id=sent,
        parts=[ReturnedPart(pick_id=pick, quantity=Decimal(quantity)) for pick, quantity in parts],
        reason="The wrong strength was on the shelf",
        is_restocked=is_restocked,
        actor=actor,
        now=TEN,
    )


@pytest.fixture
def handed_over(scene, first, second):
    """Six packs from two batches, four of the first, at the patient's home."""
    stock(first, "AML", "4")
    stock(first, "AML", "9", number="B2", until=date(2029, 1, 31))
    sent = send(scene, ("AML", "6"))
    prepare(sent, reviewer=first, preparer=first)
    api.dispense_prescription(prescription_id=sent, actor=second, now=TEN)
    return sent, {pick.batch.number: pick.pk for pick in Pick.objects.select_related("batch")}


def test_a_part_comes_back_by_batch_and_the_rest_later(handed_over, first):
    sent, picks = handed_over
    line = Prescription.objects.get().lines.get()
    assert bring(sent, first, [(picks["B1"], "1"), (picks["B2"], "2")]) == {line.order_line_id: Decimal(3)}
    assert (state(), on_hand()) == ("DISPENSED", {"B1": 1, "B2": 9})
    (pick, other) = api.get_prescription(prescription_id=sent, actor=first).lines[0].picks
    assert (pick.out, other.out) == (3, 0)
    bring(sent, first, [(picks["B1"], "3")], is_restocked=False)
    assert (state(), on_hand()) == ("RETURNED", {"B1": 1, "B2": 9})
    assert list(TakeBack.objects.order_by("at", "quantity").values_list("quantity", "is_restocked")) == [
        (1, True),
        (2, True),
        (3, False),
    ]
    assert sum(move.quantity for move in StockMove.objects.all()) == sum(batch.on_hand for batch in Batch.objects.all())


@pytest.mark.parametrize(
    ("quantity", "refusal"),
    [("5", NothingToTakeBack), ("0", NothingToTakeBack), ("-1", NothingToTakeBack), ("NaN", NothingToTakeBack),
     ("0.5", BrokenPack)],
)  # fmt: skip
def test_no_more_comes_back_than_went_out_and_packs_come_whole(handed_over, first, quantity, refusal):
    sent, picks = handed_over
    with pytest.raises(refusal):
        bring(sent, first, [(picks["B2"], "1"), (picks["B1"], quantity)])
    assert (on_hand(), TakeBack.objects.count()) == ({"B1": 0, "B2": 7}, 0)
    with pytest.raises(NothingToTakeBack):
        bring(sent, first, [])


def test_controlled_drugs_never_go_into_stock_again(handed_over, first):
    sent, picks = handed_over
    Prescription.objects.update(has_control=True, recipient="The patient")
    with pytest.raises(ControlledDestroyed):
        bring(sent, first, [(picks["B1"], "1")])
    bring(sent, first, [(picks["B1"], "1")], is_restocked=False)
    assert on_hand() == {"B1": 0, "B2": 7}


def test_what_is_put_back_can_be_picked_again(scene, first, second):
    stock(first, "AML", "2")
    sent = send(scene, ("AML", "2"))
    prepare(sent, reviewer=first, preparer=first)
    api.put_back_prescription(prescription_id=sent, reason="The patient left", actor=second, now=TEN)
    assert (state(), on_hand(), Pick.objects.count()) == ("PASSED", {"B1": 2}, 0)
    api.prepare_prescription(prescription_id=sent, actor=second, now=TEN)
    assert on_hand() == {"B1": Decimal(0)}


def test_the_queue_is_read_in_three_statements(scene, first, django_assert_num_queries):
    for _ in range(4):
        send(scene, ("AML", "1"), ("PCM", "1"))
    with django_assert_num_queries(3):
        rows = api.list_prescriptions(campus_code="IMC", states=[PrescriptionState.SIGNED], actor=first)
    assert len(rows) == 4
    assert api.list_prescriptions(campus_code="IMC", states=[PrescriptionState.SIGNED], actor=scene.doctor) == []
