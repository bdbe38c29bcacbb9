"""Stock by batch and campus: never negative, never twice, never expired."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from hospital.encounters.tests.clinic import TEN, make_campus, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.kernel.tests.threads import run_together
from hospital.orders.tests.factories import make_catalog
from hospital.pharmacy import api
from hospital.pharmacy.errors import (
    BadStockEntry,
    BatchDiffers,
    BatchExpired,
    NotPharmacist,
    ReasonMissing,
    StockMovedMeanwhile,
    StockTooLow,
    WitnessMissing,
)
from hospital.pharmacy.models import Batch, Prescription, StockMove
from hospital.pharmacy.tests.factories import send, stock

pytestmark = pytest.mark.requirement("N08")


@pytest.fixture
def pharmacist(db):
    make_catalog()
    make_campus()
    return make_staff(Role.PHARMACIST)


def test_deliveries_of_a_batch_add_up_and_wrong_ones_change_nothing(pharmacist):
    stock(pharmacist, "AML", "3")
    stock(pharmacist, "AML", "4", number=" b1 ")
    assert Batch.objects.get().on_hand == 7
    for refusal, facts in (
        (BatchDiffers, {"until": date(2027, 1, 1)}),
        (BatchExpired, {"number": "B2", "until": date(2026, 11, 24)}),
        (BadStockEntry, {"quantity": "0"}),
        (BadStockEntry, {"code": "CBC"}),
        (BadStockEntry, {"code": "NONE"}),
    ):
        with pytest.raises(refusal):
            stock(pharmacist, **facts)
    with pytest.raises(NotPharmacist):
        stock(make_staff(Role.NURSE))
    assert (Batch.objects.get().on_hand, StockMove.objects.count()) == (7, 2)


def test_a_move_to_another_campus_keeps_the_sum(pharmacist):
    make_campus("NORTH")
    batch_id = stock(pharmacist, "AML", "5")
    for quantity, refusal in (("6", StockTooLow), ("0", BadStockEntry)):
        with pytest.raises(refusal):
            move(pharmacist, batch_id, quantity)
    move(pharmacist, batch_id, "2")
    assert dict(Batch.objects.values_list("campus_id", "on_hand")) == {"IMC": 3, "NORTH": 2}
    assert [entry.kind for entry in api.list_moves(batch_id=batch_id)] == ["MOVED_OUT", "RECEIVED"]


def move(actor, batch_id, quantity):
    api.move_stock(
        batch_id=batch_id, to_campus="NORTH", quantity=Decimal(quantity), reason="They ran out", actor=actor, now=TEN
    )


def test_a_stocktake_writes_the_difference_with_its_reason(pharmacist):
    batch_id = stock(pharmacist, "AML", "5")

    def count(counted, *, expected="5", reason=""):
        return api.count_stock(
            batch_id=batch_id,
            counted=Decimal(counted),
            expected=Decimal(expected),
            reason=reason,
            actor=pharmacist,
            now=TEN,
        )

    assert count("5") == 0
    with pytest.raises(ReasonMissing):
        count("4")
    with pytest.raises(StockMovedMeanwhile):
        count("4", expected="6", reason="Broken")
    assert Batch.objects.get().on_hand == 5
    assert count("4", reason="One box broken") == -1
    assert api.discard_stock(batch_id=batch_id, reason="Water damage", actor=pharmacist, now=TEN) == 4
    assert [entry.kind for entry in api.list_moves(batch_id=batch_id)] == ["DISCARDED", "COUNTED", "RECEIVED"]


def test_the_database_refuses_stock_below_zero(pharmacist):
    stock(pharmacist, "AML", "1")
    with pytest.raises(IntegrityError, match="stock_never_negative"), transaction.atomic():
        Batch.objects.update(on_hand=-1)


@pytest.mark.django_db(transaction=True)
def test_moves_in_opposite_directions_do_not_wait_for_ever(pharmacist):
    make_campus("NORTH")
    here = stock(pharmacist, "AML", "20")
    move(pharmacist, here, "10")
    there = Batch.objects.get(campus_id="NORTH").pk
    actor = replace(pharmacist, grants=pharmacist.grants | {(Role.PHARMACIST, "NORTH")})

    def carry(batch_id, campus):
        for _ in range(10):
            api.move_stock(
                batch_id=batch_id, to_campus=campus, quantity=Decimal(1), reason="Evening out", actor=actor, now=TEN
            )

    said = run_together([partial(carry, here, "NORTH"), partial(carry, there, "IMC")])
    assert said == [None, None]
    assert dict(Batch.objects.values_list("campus_id", "on_hand")) == {"IMC": 10, "NORTH": 10}


def test_drugs_under_double_control_change_before_two_pharmacists(pharmacist):
    make_campus("NORTH")
    second = make_staff(Role.PHARMACIST)
    for wrong in (None, pharmacist, make_staff(Role.NURSE), make_staff(Role.PHARMACIST, campus="NORTH")):
        with pytest.raises(WitnessMissing):
            stock(pharmacist, "MOR", "5", witness=wrong)
    assert not StockMove.objects.exists()
    batch_id = stock(pharmacist, "MOR", "5", witness=second)
    facts = {"batch_id": batch_id, "actor": pharmacist, "now": TEN}
    acts = (
        partial(api.move_stock, to_campus="NORTH", quantity=Decimal(1), reason="They ran out", **facts),
        partial(api.count_stock, counted=Decimal(3), expected=Decimal(4), reason="One broken", **facts),
        partial(api.discard_stock, reason="Water damage", **facts),
    )
    for act in acts:
        with pytest.raises(WitnessMissing):
            act()
        act(witness=second)
    assert {str(move.witness_id) for move in StockMove.objects.all()} == {second.id}
    with pytest.raises(IntegrityError, match="witness_is_another"), transaction.atomic():
        StockMove.objects.create(
            batch_id=batch_id, kind="COUNTED", quantity=1, balance=1, by_id=second.id, witness_id=second.id, at=TEN
        )


@pytest.mark.django_db(transaction=True)
def test_five_pharmacists_and_the_last_two_packs(pharmacist):
    stock(pharmacist, "AML", "2")
    scene = make_visit()
    sent = [send(scene, ("AML", "1")) for _ in range(5)]
    for each in sent:
        api.pass_prescription(prescription_id=each, actor=pharmacist, now=TEN)
    start = Barrier(5)

    def pick(prescription_id):
        start.wait()
        try:
            api.prepare_prescription(prescription_id=prescription_id, actor=pharmacist, now=TEN)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(5) as pool:
        assert Counter(pool.map(pick, sent)) == {"done": 2, "out_of_stock": 3}
    assert Batch.objects.get().on_hand == 0
    assert Prescription.objects.filter(state="PREPARED").count() == 2
