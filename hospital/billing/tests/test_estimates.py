"""The doctor's estimate of who pays is what the cashier's quote says in the end (F46, domain brief §1.6.10)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.billing.api import LineAmounts, PayerEstimate, estimate_payers, quote_bill
from hospital.billing.models import Charge
from hospital.billing.tests.factories import charge, make_desk, order
from hospital.billing.tests.insurers import cover, make_card, make_contract
from hospital.billing.types import CommercialCover
from hospital.encounters.tests.clinic import TEN

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D53", "F46")]
D = Decimal
LINE = LineAmounts("CBC", D("40.00"), D("52.00"), is_exempt=False)


def estimate(desk, *lines: LineAmounts) -> PayerEstimate:
    return estimate_payers(
        person_id=desk.visit.person_id, campus_code="IMC", lines=lines or (LINE,), actor=desk.cashier, now=TEN
    )


@pytest.mark.parametrize(
    "terms", [{}, {"is_surcharge_excluded": False}, {"copayment": D("0.1000")}, {"discount": None}]
)
def test_the_estimate_is_what_the_quote_says(terms):
    desk = make_desk()
    charges = charge(desk, order("CBC", "2"), order("AML", "2"))
    chosen = CommercialCover(contract_id=make_contract(**terms).id, card_id=make_card(desk))
    lines = [
        LineAmounts(row.item_code, row.base, row.total, is_exempt=bool(row.exemptions))
        for row in Charge.objects.filter(id__in=charges)
    ]
    found = estimate(desk, *lines)
    quoted = quote_bill(charge_ids=charges, cover=chosen, actor=desk.cashier, now=TEN)
    assert (found.insurer, found.patient) == (quoted.covered, quoted.patient_amount)
    assert found.insurer + found.patient + found.discount == found.total


@pytest.mark.parametrize(
    ("insurer", "facts"),
    [
        ("Nobody's", {}),
        ("Voyage Health", {"valid_to": date(2021, 1, 1)}),
        ("Voyage Health", {"valid_from": date(2030, 1, 1)}),
    ],
    ids=["no contract", "card ended", "card not begun"],
)
def test_the_patient_pays_all_without_a_card_of_an_insurer_with_a_contract(insurer, facts):
    desk = make_desk()
    make_contract()
    assert estimate(desk).patient == D("52.00")
    make_card(desk, insurer=insurer, **facts)
    found = estimate(desk)
    assert (found.contract, found.insurer, found.patient) == (None, D("0.00"), D("52.00"))


def test_two_insurers_that_could_be_meant_are_none():
    desk = make_desk()
    make_contract(name_en="Voyage Health Asia")
    make_contract(name_en="Voyage Health Europe", name_zh="远航欧洲")
    make_card(desk, insurer="Voyage Health")
    assert estimate(desk).contract is None


def test_statements_do_not_grow_with_the_lines():
    desk = make_desk()
    cover(desk)
    counts = []
    for number in (1, 40):
        with CaptureQueriesContext(connection) as captured:
            estimate(desk, *([LINE] * number))
        counts.append(len(captured))
    assert counts[0] == counts[1]
