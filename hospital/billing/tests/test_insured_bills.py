"""Bills of which a commercial insurer pays a part (F46, domain brief §1.6.10, §1.6.12, §1.6.13)."""

from datetime import date
from decimal import Decimal

import pytest

from hospital.billing.api import (
    allocate_payments,
    get_bill,
    get_settlement,
    list_contracts,
    list_money_moves,
    list_receivables,
    quote_bill,
    release_settlement,
    start_settlement,
)
from hospital.billing.errors import CardNotUsable, ContractUnknown, CopaymentNotUsable, NotCashier, QuoteMismatch
from hospital.billing.models import Charge, Quote, Receivable, Settlement
from hospital.billing.rules.tenders import Tender
from hospital.billing.states import ChargeState, SettlementState
from hospital.billing.tests.factories import SYSTEM, add_desk, charge, later, make_desk, order, pay, quote
from hospital.billing.tests.insurers import cover, make_card, make_contract, settle_insured, start_insured
from hospital.billing.types import CommercialCover, Copayment, Payer
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import ActorKind
from hospital.payments.tests.factories import make_paid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer")]
D = Decimal


@pytest.mark.requirement("F46")
def test_the_quote_is_priced_with_discount_and_split_line_by_line() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC", "2"), order("AML", "2"))
    found = quote_bill(charge_ids=charges, cover=cover(desk), actor=desk.cashier, now=TEN)
    cbc, aml = found.lines
    assert (cbc.total, cbc.discount, cbc.to_adjudication, cbc.patient_amount) == (
        D("52.00"),
        D("5.20"),
        D("36.00"),
        D("10.80"),
    )
    assert (aml.discount, aml.to_adjudication, aml.patient_amount) == (D("0.00"), D("25.92"), D("0.00"))
    assert (found.payer, found.covered, found.patient_amount) == (Payer.COMMERCIAL, D("61.92"), D("10.80"))
    assert found.totals.payable == found.covered + found.patient_amount
    row = Charge.objects.get(id=charges[0])
    assert (row.discount, row.to_adjudication) == (D("0.00"), D("0.00"))  # a quote promises, it changes nothing


@pytest.mark.requirement("F46")
def test_the_insurers_part_becomes_a_receivable_and_no_payment() -> None:
    desk = make_desk()
    settlement, (cbc, aml) = settle_insured(desk, cover(desk), order("CBC", "2"), order("AML", "2"))
    found = get_settlement(settlement_id=settlement.id)
    assert (found.state, found.amount, found.covered_amount, found.total) == (
        SettlementState.SETTLED,
        D("10.80"),
        D("61.92"),
        D("72.72"),
    )
    (receivable,) = list_receivables(actor=desk.cashier)
    assert (receivable.amount, receivable.left, receivable.payer) == (D("61.92"), D("61.92"), Payer.COMMERCIAL)
    assert dict(receivable.lines) == {cbc: D("36.00"), aml: D("25.92")}
    assert receivable.contract is not None
    assert found.contract == receivable.contract
    assert [
        line.patient_amount for line in get_bill(settlement_id=settlement.id, actor=desk.cashier, now=TEN).lines
    ] == [
        D("10.80"),
        D("0.00"),
    ]
    (move,) = list_money_moves(campus_code="IMC", since=TEN, holder_kinds=[ActorKind.STAFF])
    assert (move.amount, move.covered) == (D("72.72"), D("61.92"))
    assert sum(move.by_class.values()) == move.amount
    assert sum(move.by_channel.values()) == move.amount - move.covered + move.rounding


@pytest.mark.requirement("F46")
def test_a_bill_that_the_insurer_pays_whole_is_settled_at_once() -> None:
    desk = make_desk()
    (cbc,) = charge(desk, order("CBC"))
    settlement = start_insured(desk, [cbc], cover(desk, is_surcharge_excluded=False, discount=None))
    assert (settlement.state, settlement.amount, settlement.covered_amount) == (
        SettlementState.SETTLED,
        D("0.00"),
        D("26.00"),
    )
    assert Receivable.objects.get().amount == D("26.00")


@pytest.mark.requirement("F46")
@pytest.mark.parametrize(
    ("copayment", "patient"),
    [
        (Copayment("on the card", rate=D("0.20")), D("18.00")),  # 10.80 + 20 % of 36.00
        (Copayment("by telephone", amount=D("30.00")), D("40.80")),
    ],
)
def test_an_agreed_patient_part_makes_the_insurers_smaller(copayment: Copayment, patient: Decimal) -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC", "2"))
    found = quote_bill(charge_ids=charges, cover=cover(desk, copayment=copayment), actor=desk.cashier, now=TEN)
    assert (found.patient_amount, found.covered) == (patient, D("46.80") - patient)
    assert copayment.reason in Quote.objects.get().copayment


@pytest.mark.parametrize(
    "copayment",
    [
        Copayment(" ", rate=D("0.2")),
        Copayment("why"),
        Copayment("why", rate=D("1.01")),
        Copayment("why", rate=D("NaN")),
        Copayment("why", amount=D("36.01")),
        Copayment("why", amount=D("0.001")),
        Copayment("why", amount=D("-1.00")),
    ],
)
def test_a_patient_part_that_makes_no_sense_is_refused(copayment: Copayment) -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC", "2"))
    with pytest.raises(CopaymentNotUsable):
        quote_bill(charge_ids=charges, cover=cover(desk, copayment=copayment), actor=desk.cashier, now=TEN)
    assert not Quote.objects.exists()


@pytest.mark.requirement("F46")
def test_only_the_desk_chooses_an_insurer_and_only_with_a_card_and_contract_of_today() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    insurer = cover(desk)
    with pytest.raises(NotCashier):
        quote_bill(charge_ids=charges, cover=insurer, actor=desk.patient, now=TEN)
    ended = make_contract(valid_to=date(2020, 12, 31))
    with pytest.raises(ContractUnknown):
        quote_bill(charge_ids=charges, cover=CommercialCover(ended.id, insurer.card_id), actor=desk.cashier, now=TEN)
    cards = [
        make_card(desk, valid_to=date(2021, 1, 1)),
        make_card(desk, valid_from=date(2099, 1, 1)),
        make_card(add_desk()),
    ]
    for card in cards:
        with pytest.raises(CardNotUsable):
            quote_bill(
                charge_ids=charges, cover=CommercialCover(insurer.contract_id, card), actor=desk.cashier, now=TEN
            )
    assert not Quote.objects.exists()
    assert [each.id for each in list_contracts(now=TEN, campus_code="IMC")] == [insurer.contract_id]


@pytest.mark.requirement("F46")
def test_who_gives_up_leaves_the_full_price_behind() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    settlement = start_insured(desk, charges, cover(desk))
    assert Charge.objects.get(id=charges[0]).discount == D("2.60")
    release_settlement(settlement_id=settlement.id, reason="changed their mind", actor=desk.cashier, now=TEN)
    row = Charge.objects.get(id=charges[0])
    assert (row.state, row.discount, row.to_adjudication) == (ChargeState.PENDING, D("0.00"), D("0.00"))
    assert quote(desk, charges).totals.payable == D("26.00")
    pay(settlement)  # late money finds the lines free, and the split as it was agreed
    row = Charge.objects.get(id=charges[0])
    assert (row.state, row.discount, row.to_adjudication) == (ChargeState.SETTLED, D("2.60"), D("18.00"))
    assert Receivable.objects.get().amount == D("18.00")


@pytest.mark.requirement("F46")
def test_the_quote_seals_who_pays_how_much() -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    insurer = cover(desk)
    hashes = set()
    for copayment in (None, Copayment("card", rate=D("0.1")), Copayment("card", rate=D("0.2"))):
        chosen = CommercialCover(insurer.contract_id, insurer.card_id, copayment)
        hashes.add(
            Quote.objects.get(
                token=quote_bill(charge_ids=charges, cover=chosen, actor=desk.cashier, now=TEN).token
            ).hash
        )
    hashes.add(Quote.objects.get(token=quote(desk, charges).token).hash)
    assert len(hashes) == 4
    stale = quote_bill(charge_ids=charges, cover=insurer, actor=desk.cashier, now=TEN)
    Charge.objects.filter(id__in=charges).update(version=2)
    with pytest.raises(QuoteMismatch):
        start_settlement(quote_token=stale.token, idempotency_key="k", actor=desk.cashier, now=TEN)
    assert not Settlement.objects.exists()


@pytest.mark.requirement("F46")
def test_cash_of_an_insured_bill_is_not_rounded() -> None:
    desk = make_desk()
    (odd,) = charge(desk, order("CBC"))
    settlement = start_insured(desk, [odd], cover(desk, discount=D("0.1100")))
    assert settlement.amount == D("5.34")  # 23.14 payable, 17.80 adjudicated
    payment = make_paid("5.34")
    done = allocate_payments(
        settlement_id=settlement.id,
        tenders=[Tender(payment_id=payment.id, amount=D("5.34"), is_cash=True)],
        actor=SYSTEM,
        now=later(minutes=1),
    )
    assert (done.state, done.cash_rounding) == (SettlementState.SETTLED, D("0.00"))
