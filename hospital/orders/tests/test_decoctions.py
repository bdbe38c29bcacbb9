"""A decoction is one formula: its pieces, how many packets, how they are taken (D52)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hospital.encounters.tests.clinic import TEN, make_visit
from hospital.kernel.types import BilingualText
from hospital.orders import api, errors
from hospital.orders.decoction_words import Formula, Handling, Maker
from hospital.orders.models import Decoction, DoseLimit, DrugInteraction, Order, OrderLine, PieceRule
from hospital.orders.tests.factories import make_pieces, orders_of, piece, prescribe, write_piece
from hospital.orders.vocabulary import Frequency

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D52")]
FUZI, BANXIA = "prepared aconite root (fuzi)", "prepared pinellia tuber (banxia)"


@pytest.fixture
def scene():
    make_pieces()
    return make_visit()


def change(scene, **facts):
    (order,) = [order for order in orders_of(scene) if order.formula]
    api.change_formula(order_id=order.id, formula=replace(order.formula, **facts), actor=scene.doctor, now=TEN)


def test_pieces_stand_on_one_decoction_by_grams_of_a_packet(scene):
    write_piece(scene, "HQ", piece("15"))
    write_piece(scene, "GC", piece("4.5", Handling.LATER))
    prescribe(scene, "AML")
    decoction, tablets = orders_of(scene)
    assert decoction.formula == Formula()
    assert [(line.item_code, line.dose, line.quantity) for line in decoction.lines] == [
        ("HQ", Decimal(15), Decimal(105)),
        ("GC", Decimal("4.5"), Decimal("31.5")),
    ]
    assert decoction.lines[1].directions == BilingualText("每剂 4.5 g，后下", "4.5 g a packet, add near the end")
    assert (tablets.formula, [line.item_code for line in tablets.lines]) == (None, ["AML"])


def test_packets_are_changed_once_for_all_pieces(scene):
    write_piece(scene, "HQ", piece("15"))
    write_piece(scene, "GC", piece("4.5"))
    change(scene, doses=6, pace=Frequency.BID, maker=Maker.HOSPITAL)
    assert list(OrderLine.objects.order_by("position").values_list("quantity", "days", "frequency")) == [
        (Decimal(90), 3, "BID"),
        (Decimal(27), 3, "BID"),
    ]
    assert Decoction.objects.get().maker == "HOSPITAL"


def test_more_than_seven_days_need_a_reason(scene):
    write_piece(scene)
    with pytest.raises(errors.DaysOverLimit):
        change(scene, doses=4, pace=Frequency.QOD)
    with pytest.raises(errors.DaysNotExtendable):
        change(scene, doses=85, days_reason="travels")
    assert (Decoction.objects.get().doses, OrderLine.objects.get().quantity) == (7, Decimal(105))
    change(scene, doses=14, days_reason="Travels")
    assert (Decoction.objects.get().days_reason, OrderLine.objects.get().days) == ("Travels", 14)


def test_the_same_piece_twice_is_refused_in_one_decoction(scene):
    write_piece(scene)
    with pytest.raises(errors.OrderedTwice):
        write_piece(scene, written=piece("3"))
    assert OrderLine.objects.count() == 1


def test_a_second_decoction_is_one_of_its_own(scene):
    write_piece(scene)
    write_piece(scene, "GC", formula=Formula(doses=3))
    write_piece(scene, "BX")
    first, second = orders_of(scene)
    assert [line.item_code for line in first.lines] == ["HQ"]
    assert [(line.item_code, line.days) for line in second.lines] == [("GC", 3), ("BX", 3)]


def test_pieces_are_no_tablets_and_tablets_no_pieces(scene):
    with pytest.raises(errors.PieceOfDecoction):
        prescribe(scene, "HQ", dose_unit="g")
    with pytest.raises(errors.NotAPiece):
        write_piece(scene, "AML")
    assert Order.objects.count() == 0


@pytest.mark.parametrize("wrong", ["0", "-1", "NaN"])
def test_grams_are_above_zero(scene, wrong):
    with pytest.raises(errors.BadDecoction):
        write_piece(scene, written=piece(wrong))
    assert Order.objects.count() == 0


def test_incompatible_pieces_need_a_reason_whichever_comes_first(scene):
    DrugInteraction.objects.create(first=FUZI, second=BANXIA, text_zh="十八反", text_en="not together")
    write_piece(scene, "BX")
    with pytest.raises(errors.SafetyWarning) as said:
        write_piece(scene, "FZ")
    assert "not together" in str(said.value.facts["warnings"].en)
    write_piece(scene, "FZ", piece(safety_reason="Tried before"))
    line = OrderLine.objects.get(item_code="FZ")
    assert (line.safety_alerts[0]["kind"], line.safety_reason) == ("INTERACTION", "Tried before")


def test_a_toxic_piece_is_decocted_first_and_within_its_limit(scene):
    PieceRule.objects.create(ingredient=FUZI, handling=Handling.FIRST, is_toxic=True)
    DoseLimit.objects.create(ingredient=FUZI, most=15, unit="g")
    with pytest.raises(errors.SafetyWarning):
        write_piece(scene, "FZ", piece("10"))
    with pytest.raises(errors.SafetyWarning):
        write_piece(scene, "FZ", piece("16", Handling.FIRST))
    write_piece(scene, "FZ", piece("10", Handling.FIRST))
    with pytest.raises(errors.SafetyWarning) as said:
        change(scene, pace=Frequency.BID)
    assert "Fuzi" in said.value.facts["warnings"].en
    assert OrderLine.objects.get().frequency == "QD"


def test_a_signed_decoction_stays(scene):
    write_piece(scene)
    api.sign_orders(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    with pytest.raises(errors.OrderAlreadySigned):
        change(scene, doses=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decoction.objects.update(doses=3)
    assert Decoction.objects.get().doses == 7


def test_the_last_piece_taken_off_takes_the_decoction_with_it(scene):
    line_id = write_piece(scene)
    api.change_piece(line_id=line_id, piece=piece("9", Handling.FIRST), actor=scene.doctor, now=TEN)
    assert OrderLine.objects.get().quantity == 63
    api.remove_line(line_id=line_id, actor=scene.doctor, now=TEN)
    assert (Order.objects.count(), Decoction.objects.count()) == (0, 0)


def test_a_set_keeps_a_decoction_whole(scene):
    write_piece(scene, "HQ", piece("15"))
    write_piece(scene, "GC", piece("6", Handling.LATER))
    change(scene, doses=5, ml=150)
    name = BilingualText("补气方", "Qi formula")
    set_id = api.keep_orders(encounter_id=scene.encounter_id, name=name, is_shared=False, actor=scene.doctor, now=TEN)
    api.put_in_set(set_id=set_id, item_code="BX", piece=piece("9"), actor=scene.doctor, now=TEN)
    kept = api.get_order_set(set_id=set_id, actor=scene.doctor)
    assert (kept.formula.doses, kept.formula.ml) == (5, 150)
    assert [(line.item_code, line.piece.grams, line.piece.handling) for line in kept.lines] == [
        ("HQ", Decimal(15), "USUAL"),
        ("GC", Decimal(6), "LATER"),
        ("BX", Decimal(9), "USUAL"),
    ]
    api.set_formula(set_id=set_id, formula=Formula(doses=3), actor=scene.doctor)
    assert api.get_order_set(set_id=set_id, actor=scene.doctor).formula.doses == 3
