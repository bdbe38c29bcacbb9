"""Terms of contracts with insurers: the agreed part, the campuses, one at a time (F46, decision 18)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hospital.billing.api import add_contract, list_contracts, quote_bill
from hospital.billing.errors import ContractNotUsable, ContractOverlaps, ContractUnknown, NotContractOffice
from hospital.billing.models import InsurerContract, Quote
from hospital.billing.tests.factories import SYSTEM, charge, make_desk, order
from hospital.billing.tests.insurers import cover, make_card, make_contract
from hospital.billing.types import CommercialCover, Contract, Copayment
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46")]
D = Decimal


def test_the_agreed_part_is_the_patients_unless_the_desk_agreed_on_another() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC", "5"))
    contract = make_contract(discount=None, is_surcharge_excluded=False, copayment=D("0.2000"))
    plain = CommercialCover(contract.id, make_card(desk))
    offer = quote_bill(charge_ids=charges, cover=plain, actor=desk.cashier, now=TEN)
    assert (offer.covered, offer.patient_amount) == (D("104.00"), D("26.00"))
    other = replace(plain, copayment=Copayment("letter", rate=D("0.5")))
    assert quote_bill(charge_ids=charges, cover=other, actor=desk.cashier, now=TEN).covered == D("65.00")


def test_a_contract_holds_at_its_campuses_alone() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    away = cover(desk, campuses=["NORTH"])
    with pytest.raises(ContractUnknown):
        quote_bill(charge_ids=charges, cover=away, actor=desk.cashier, now=TEN)
    assert not Quote.objects.exists()
    here = cover(desk, campuses=["IMC", "NORTH"])
    assert quote_bill(charge_ids=charges, cover=here, actor=desk.cashier, now=TEN).covered
    assert [each.id for each in list_contracts(now=TEN, campus_code="IMC")] == [here.contract_id]


def test_only_the_price_office_keeps_contracts_and_the_database_lets_none_overlap() -> None:
    desk = make_desk()
    terms = Contract(discount=D("0.1"))
    facts: dict[str, Any] = {"code": "X", "name": BilingualText("甲", "A"), "terms": terms, "now": TEN}
    with pytest.raises(NotContractOffice):
        add_contract(**facts, valid_from=date(2026, 1, 1), actor=desk.cashier)
    add_contract(**facts, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30), actor=SYSTEM)
    for first in (date(2026, 1, 1), date(2026, 6, 30), date(2025, 1, 1)):
        with pytest.raises(ContractOverlaps):
            add_contract(**facts, valid_from=first, actor=SYSTEM)
    add_contract(**facts, valid_from=date(2026, 7, 1), actor=SYSTEM)
    with pytest.raises(ContractNotUsable):
        add_contract(**facts, valid_from=date(2020, 1, 1), valid_to=date(2020, 2, 1), copayment=D(2), actor=SYSTEM)
    assert InsurerContract.objects.count() == 2
