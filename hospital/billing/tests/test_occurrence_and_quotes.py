"""Ages, pricing instants and quotes (domain brief §1.6.7-8, §1.6.13)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hospital.billing.errors import QuoteExpired, QuoteMismatch
from hospital.billing.rules.occurrence import choose_pricing_instant, count_completed_years
from hospital.billing.rules.quotes import check_quote, hash_quote
from hospital.billing.tests.builders import at
from hospital.billing.types import QuotedLine
from hospital.catalog.types import PriceHold, VisitType

NINE = at("2026-06-15T09:00:00+08:00")


@pytest.mark.parametrize(
    ("born", "when", "age"),
    [
        ("2020-06-15", "2026-06-14T23:59:59+08:00", 5),
        ("2020-06-15", "2026-06-15T00:00:00+08:00", 6),
        ("2020-02-29", "2026-02-28T12:00:00+08:00", 5),
        ("2020-02-29", "2026-03-01T00:00:00+08:00", 6),
        ("2020-02-29", "2028-02-29T00:00:00+08:00", 8),
    ],
)
def test_completed_years(born: str, when: str, age: int) -> None:
    assert count_completed_years(born_on=date.fromisoformat(born), at=at(when)) == age


@pytest.mark.parametrize(
    ("visit_type", "preview", "is_held"),
    [
        (VisitType.OP, "2026-06-15T23:59:59+08:00", True),
        (VisitType.OP, "2026-06-16T00:00:00+08:00", False),
        (VisitType.ER, "2026-06-16T00:00:00+08:00", False),
        (VisitType.CHECKUP, "2026-06-20T09:00:00+08:00", False),
        (VisitType.IP, "2026-06-20T09:00:00+08:00", True),
    ],
)
def test_the_price_is_held_until_midnight(visit_type: VisitType, preview: str, is_held: bool) -> None:
    preview_at = at(preview)
    chosen = choose_pricing_instant(
        visit_type=visit_type, occurred_at=NINE, preview_at=preview_at, hold=PriceHold.END_OF_DAY
    )
    assert chosen == (NINE if is_held else preview_at)


def test_without_a_preview_the_occurrence_counts() -> None:
    for hold in PriceHold:
        chosen = choose_pricing_instant(visit_type=VisitType.OP, occurred_at=NINE, preview_at=None, hold=hold)
        assert chosen == NINE


LINES = (
    QuotedLine(line_id="1", version=1, qty=Decimal(2), u=Decimal("65.00"), total=Decimal("130.00")),
    QuotedLine(line_id="2", version=1, qty=Decimal(1), u=Decimal("3.50"), total=Decimal("3.50")),
)
PAYERS = {"patient": Decimal("133.50")}


@pytest.mark.requirement("F46")
def test_the_hash_covers_everything_agreed_to() -> None:
    quoted = hash_quote(lines=LINES, payers=PAYERS, expires_at=NINE)
    one, two = LINES
    assert hash_quote(lines=(two, one), payers={"patient": Decimal("133.500")}, expires_at=NINE) == quoted
    changed = [
        ((two,), PAYERS, NINE, "CNY"),
        ((QuotedLine("9", 1, one.qty, one.u, one.total), two), PAYERS, NINE, "CNY"),
        ((QuotedLine("1", 2, one.qty, one.u, one.total), two), PAYERS, NINE, "CNY"),
        ((QuotedLine("1", 1, Decimal(3), one.u, one.total), two), PAYERS, NINE, "CNY"),
        ((QuotedLine("1", 1, one.qty, Decimal("66.00"), one.total), two), PAYERS, NINE, "CNY"),
        ((QuotedLine("1", 1, one.qty, one.u, Decimal("131.00")), two), PAYERS, NINE, "CNY"),
        (LINES, {"patient": Decimal("133.51")}, NINE, "CNY"),
        (LINES, PAYERS, NINE + timedelta(seconds=1), "CNY"),
        (LINES, PAYERS, NINE, "HKD"),
    ]
    hashes = {hash_quote(lines=ls, payers=ps, expires_at=end, currency=cur) for ls, ps, end, cur in changed}
    assert len(hashes) == len(changed)
    assert quoted not in hashes


@pytest.mark.requirement("F46")
def test_a_quote_is_good_until_just_before_its_expiry() -> None:
    check_quote(quoted_hash="x", actual_hash="x", expires_at=NINE, now=NINE - timedelta(microseconds=1))
    with pytest.raises(QuoteExpired):
        check_quote(quoted_hash="x", actual_hash="x", expires_at=NINE, now=NINE)
    with pytest.raises(QuoteMismatch):
        check_quote(quoted_hash="x", actual_hash="y", expires_at=NINE, now=NINE - timedelta(minutes=1))
