"""Cases G and I of domain brief §1.5, and what a refund refuses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.billing.errors import LineExecuted, NothingToRefund, RefundAboveRest
from hospital.billing.rules.payers import list_cash_refunds, round_cash, share_with_insurer
from hospital.billing.rules.refunds import add_part, compute_reduction, compute_refund_part
from hospital.billing.tests.builders import at, charged, price
from hospital.billing.types import ChargedAmounts, Contract, RefundedAmounts
from hospital.catalog.errors import BadQuantity
from hospital.catalog.tests.builders import build_book, build_item, build_rule
from hospital.catalog.types import Nature
from hospital.kernel.money import ZERO, round_half_up

TEN = ChargedAmounts(qty=Decimal(3), base=Decimal("8.00"), total=Decimal("10.00"))


@pytest.mark.requirement("F47")
def test_case_g_one_at_a_time() -> None:
    refunded = RefundedAmounts()
    totals = []
    for _ in range(3):
        part = compute_refund_part(item="S1", charged=TEN, refunded=refunded, qty=Decimal(1))
        refunded = add_part(refunded, part)
        totals.append(part.total)
        assert part.total == part.base + part.surcharge
    assert totals == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    assert (refunded.total, refunded.base) == (TEN.total, TEN.base)


@pytest.mark.requirement("F47")
def test_case_i_a_refund_keeps_the_ratio_of_the_charge() -> None:
    item = build_item(base_u="50.00")
    july = at("2026-07-01T00:00:00+08:00")
    rules = [build_rule("0.30", rule_id="JUNE", valid_to=july), build_rule("0.20", rule_id="JULY", valid_from=july)]
    book = build_book([item], rules)
    june_30 = at("2026-06-30T10:00:00+08:00")
    line = price(book, item, "2", occurred_at=june_30, priced_at=june_30)
    part = compute_refund_part(item="S1", charged=charged(line), refunded=RefundedAmounts(), qty=Decimal(2))
    assert (part.total, part.surcharge) == (Decimal("130.00"), Decimal("30.00"))
    assert price(book, item, "2", occurred_at=july, priced_at=july).total == Decimal("120.00")


@pytest.mark.requirement("F47")
def test_what_a_refund_refuses() -> None:
    nothing = RefundedAmounts()
    with pytest.raises(RefundAboveRest) as refusal:
        compute_refund_part(item="S1", charged=TEN, refunded=nothing, qty=Decimal("3.0001"))
    assert refusal.value.facts["left"] == "3"
    with pytest.raises(LineExecuted) as executed:
        compute_refund_part(item="Chest X-ray", charged=TEN, refunded=nothing, qty=Decimal(1), out=TEN.qty)
    assert executed.value.facts["item"] == "Chest X-ray"
    for qty in ("0", "-1", "0.00001"):
        with pytest.raises(BadQuantity):
            compute_refund_part(item="S1", charged=TEN, refunded=nothing, qty=Decimal(qty))
    everything = RefundedAmounts(qty=Decimal(3), base=TEN.base, total=TEN.total)
    with pytest.raises(NothingToRefund):
        compute_refund_part(item="S1", charged=TEN, refunded=everything, qty=Decimal(1))


def test_cash_is_rounded_half_up_and_handed_back_cumulatively() -> None:
    step = Decimal("0.10")
    assert round_cash(Decimal("10.05"), step) == Decimal("10.10")
    assert round_cash(Decimal("10.04"), step) == Decimal("10.00")
    assert round_cash(Decimal("10.04"), None) == Decimal("10.04")
    handed = list_cash_refunds([Decimal("3.35")] * 3, step)
    assert handed == [Decimal("3.40"), Decimal("3.30"), Decimal("3.40")]


def test_a_discount_is_kept_beside_the_gross_and_spares_exempt_lines() -> None:
    item, drug = build_item(base_u="50.00"), build_item("D1", "10.00", nature=Nature.DRUG)
    book = build_book([item, drug], [build_rule("0.30")])
    contract = Contract(discount=Decimal("0.10"), is_surcharge_excluded=True)
    share = share_with_insurer(price(book, item, "2"), contract)
    assert (share.discount, share.payable) == (Decimal("13.00"), Decimal("117.00"))
    assert (share.to_adjudication, share.patient) == (Decimal("90.00"), Decimal("27.00"))
    assert share_with_insurer(price(book, drug), contract).discount == 0
    listed = Contract(discount=Decimal("0.10"), exempt_items_listed=frozenset({"D1"}))
    assert share_with_insurer(price(book, drug), listed).discount == Decimal("1.00")


def test_the_insurers_part_of_a_refund_is_cumulative_and_the_patients_the_rest() -> None:
    amounts = ChargedAmounts(
        qty=Decimal(3),
        base=Decimal("8.00"),
        total=Decimal("10.00"),
        discount=Decimal("1.00"),
        to_adjudication=Decimal("7.20"),
    )
    refunded = RefundedAmounts()
    insurer = patient = Decimal(0)
    for _ in range(3):
        part = compute_refund_part(item="S1", charged=amounts, refunded=refunded, qty=Decimal(1))
        refunded = add_part(refunded, part)
        assert part.paid_back == part.to_adjudication + part.patient
        insurer, patient = insurer + part.to_adjudication, patient + part.patient
    assert (insurer, patient) == (Decimal("7.20"), Decimal("1.80"))


cents = st.integers(min_value=0, max_value=100_000).map(lambda number: Decimal(number) / 100)


@pytest.mark.requirement("A04", "F47")
@given(base=cents, surcharge=cents, prices=st.lists(st.tuples(cents, cents), max_size=4), share=st.integers(0, 100))
def test_lowering_again_and_again_and_giving_back_makes_the_charge_to_the_fen(base, surcharge, prices, share) -> None:
    total = base + surcharge
    charged = ChargedAmounts(Decimal(1), base, total, ZERO, round_half_up(total * share / 100))
    refunded = RefundedAmounts()
    lowest = total
    for new_base, new_surcharge in prices:
        price = new_base + new_surcharge
        if price >= lowest:
            with pytest.raises(NothingToRefund):
                compute_reduction(item="S1", charged=charged, refunded=refunded, base=new_base, total=price)
            continue
        part = compute_reduction(item="S1", charged=charged, refunded=refunded, base=new_base, total=price)
        assert min(part.base, part.surcharge, part.to_adjudication, part.patient) >= 0
        assert part.base + part.surcharge == part.total == lowest - price
        refunded, lowest = add_part(refunded, part), price
    rest = compute_refund_part(item="S1", charged=charged, refunded=refunded, qty=Decimal(1))
    assert rest.total == lowest
    whole = add_part(refunded, rest)
    assert (whole.base, whole.total, whole.to_adjudication) == (base, total, charged.to_adjudication)


@pytest.mark.requirement("A04", "F47")
def test_only_a_line_of_one_that_is_not_done_is_lowered() -> None:
    facts = {"item": "S1", "refunded": RefundedAmounts(), "base": Decimal("1.00"), "total": Decimal("1.00")}
    with pytest.raises(BadQuantity):
        compute_reduction(charged=TEN, **facts)  # type: ignore[arg-type]
    one = ChargedAmounts(qty=Decimal(1), base=Decimal("8.00"), total=Decimal("10.00"))
    with pytest.raises(LineExecuted):
        compute_reduction(charged=one, is_executed=True, **facts)  # type: ignore[arg-type]


@pytest.mark.requirement("N08", "F47")
@given(
    cents=st.integers(1, 10**7),
    discount=st.integers(0, 100),
    share=st.integers(0, 100),
    parts=st.lists(st.integers(1, 500), min_size=1, max_size=6),
)
def test_the_parts_that_come_back_are_refunded_to_the_fen_and_no_more(cents, discount, share, parts):
    """A dispensed line comes back bit by bit; each bit is refundable once it is here, all of them are the charge."""
    total = Decimal(cents) / 100
    off = round_half_up(total * discount / 100)
    insured = round_half_up((total - off) * share / 100)
    qty = Decimal(sum(parts))
    line = ChargedAmounts(qty=qty, base=total, total=total, discount=off, to_adjudication=insured)
    refunded, out = RefundedAmounts(), qty
    for part in map(Decimal, parts):
        with pytest.raises(LineExecuted):
            compute_refund_part(item="drug", charged=line, refunded=refunded, qty=part, out=out)
        out -= part
        with pytest.raises(RefundAboveRest):
            compute_refund_part(item="drug", charged=line, refunded=refunded, qty=part + 1, out=out)
        back = compute_refund_part(item="drug", charged=line, refunded=refunded, qty=part, out=out)
        assert back.total >= 0
        refunded = add_part(refunded, back)
        assert refunded.total == round_half_up(total * refunded.qty / qty)
    assert (refunded.total, refunded.discount, refunded.to_adjudication) == (total, off, insured)
