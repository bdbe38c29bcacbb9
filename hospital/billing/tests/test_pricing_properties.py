"""What holds for every price, rule and quantity (domain brief §1.3, §1.6)."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.billing.rules.pricing import price_line, sum_lines
from hospital.billing.rules.refunds import add_part, compute_refund_part
from hospital.billing.tests.builders import build_line, charged
from hospital.billing.types import ChargedAmounts, PricedLine, RefundedAmounts
from hospital.catalog.tests.builders import build_book, build_item, build_rule
from hospital.catalog.types import Addition, Combination, ItemFlags, Nature, RoundingMode, SurchargeMode

prices = st.decimals(min_value=0, max_value=99_999, places=4, allow_nan=False)
ratios = st.decimals(min_value=0, max_value=5, places=4, allow_nan=False)
quantities = st.decimals(min_value=Decimal("0.0001"), max_value=999, places=4, allow_nan=False)
additions = st.one_of(
    st.none(),
    st.builds(Addition, ratio=ratios),
    st.builds(Addition, amount=st.decimals(min_value=0, max_value=500, places=4, allow_nan=False)),
)


@st.composite
def priced_lines(draw: st.DrawFn) -> PricedLine:
    is_service = draw(st.booleans())
    item = build_item(
        base_u=str(draw(prices)),
        nature=Nature.SERVICE if is_service else draw(st.sampled_from(list(Nature))),
        child=draw(additions) if is_service else None,
        emergency=draw(additions) if is_service else None,
        flags=ItemFlags(already_special_price=draw(st.booleans()), volume_procured=draw(st.booleans())),
    )
    value = draw(st.one_of(st.none(), ratios, prices))
    rule = build_rule(None if value is None else str(value), mode=draw(st.sampled_from(list(SurchargeMode))))
    book = build_book(
        [item],
        [rule],
        rounding_mode=draw(st.sampled_from(list(RoundingMode))),
        combination=draw(st.sampled_from(list(Combination))),
        allow_drug_surcharge=draw(st.booleans()),
    )
    line = build_line(item, str(draw(quantities)), age_years=draw(st.integers(0, 90)), is_emergency=draw(st.booleans()))
    return price_line(book=book, line=line)


@pytest.mark.requirement("F46")
@given(priced_lines())
def test_total_is_base_plus_surcharge_and_never_below_the_public_price(line: PricedLine) -> None:
    assert line.total == line.base + line.surcharge
    assert line.surcharge >= 0
    assert line.u >= line.p
    assert line.u == line.u.quantize(Decimal(1).scaleb(-line.d))
    for amount in (line.base, line.surcharge, line.total):
        assert amount == amount.quantize(Decimal("0.01"))


@pytest.mark.requirement("F46")
@given(priced_lines())
def test_all_money_is_decimal(line: PricedLine) -> None:
    money = {"d", "p", "u", "base", "surcharge", "total"}
    for name in (field.name for field in fields(line)):
        value = getattr(line, name)
        assert not isinstance(value, float)
        if name in money - {"d"}:
            assert isinstance(value, Decimal)


@pytest.mark.requirement("F46")
@given(priced_lines())
def test_an_exempt_line_takes_no_surcharge(line: PricedLine) -> None:
    if line.exempt is not None:
        assert line.surcharge == 0
        assert line.u == line.p


@pytest.mark.requirement("F46")
@given(st.lists(priced_lines(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(lines: list[PricedLine], chance) -> None:
    totals = sum_lines(lines)
    chance.shuffle(lines)
    assert sum_lines(lines) == totals
    assert totals.total == totals.base + totals.surcharge


@pytest.mark.requirement("F46")
@given(priced_lines())
def test_pricing_again_gives_the_same(line: PricedLine) -> None:
    book = build_book([line.request.item], [line.resolution.rule] if line.resolution.rule else [])
    again = price_line(book=book, line=line.request)
    assert again.p == line.p


@pytest.mark.requirement("F47")
@given(priced_lines(), st.lists(st.integers(1, 10), min_size=1, max_size=10), st.decimals(0, 1, places=4))
def test_parts_of_a_refund_never_exceed_the_charge_and_add_up_to_it(
    line: PricedLine, weights: list[int], rate: Decimal
) -> None:
    discount = (line.total * rate).quantize(Decimal("0.01"))
    amounts = ChargedAmounts(
        qty=line.request.qty, base=line.base, total=line.total, discount=discount, to_adjudication=line.base
    )
    refunded = RefundedAmounts()
    steps = [amounts.qty * weight / sum(weights) for weight in weights[:-1]]
    for step in steps:
        qty = step.quantize(Decimal("0.0001"))
        if qty <= 0 or refunded.qty + qty >= amounts.qty:
            continue
        refunded = add_part(refunded, compute_refund_part(item="S1", charged=amounts, refunded=refunded, qty=qty))
        assert 0 <= refunded.total <= amounts.total
        assert 0 <= refunded.base <= amounts.base
        assert 0 <= refunded.discount <= amounts.discount
    rest = compute_refund_part(item="S1", charged=amounts, refunded=refunded, qty=amounts.qty - refunded.qty)
    done = add_part(refunded, rest)
    assert (done.qty, done.base, done.total) == (amounts.qty, amounts.base, amounts.total)
    assert (done.discount, done.to_adjudication) == (amounts.discount, amounts.to_adjudication)


@pytest.mark.requirement("F47")
@given(priced_lines())
def test_refunding_everything_gives_the_charge(line: PricedLine) -> None:
    amounts = charged(line)
    part = compute_refund_part(item="S1", charged=amounts, refunded=RefundedAmounts(), qty=amounts.qty)
    assert (part.total, part.base, part.surcharge) == (line.total, line.base, line.surcharge)


def test_a_price_change_in_the_future_changes_nothing_now() -> None:
    item = build_item()
    tomorrow = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=1)
    now = build_book([item], [build_rule("0.30", valid_to=tomorrow)])
    later = build_book([item], [build_rule("0.30", valid_to=tomorrow), build_rule("0.20", valid_from=tomorrow)])
    line = build_line(item)
    assert price_line(book=now, line=line).total == price_line(book=later, line=line).total
