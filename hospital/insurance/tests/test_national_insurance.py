"""Bills of which the national insurance pays a part (F46, F47; domain brief §1.3, §1.5 case F, §1.6.11)."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.billing.api import (
    approve_refund,
    complete_refund,
    get_settlement,
    list_receivables,
    reject_refund,
    release_settlement,
    request_refund,
    start_settlement,
)
from hospital.billing.errors import InsuranceReplyMismatch, RefundNotWaiting, RefundUnderWay
from hospital.billing.models import Charge
from hospital.billing.services.covering import split_charges
from hospital.billing.states import RefundState, SettlementState
from hospital.billing.tests.factories import SYSTEM, Desk, charge, later, make_desk, order, pay
from hospital.billing.types import NationalCover, RefundInfo, RefundRequestLine, SettlementInfo
from hospital.catalog.api import change_settings, get_pricing_settings
from hospital.catalog.tests.factories import price_officer
from hospital.catalog.types import InsuranceMode
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.insurance.api import ask_again, end_claim, get_claim, get_last_claim, settle_claim
from hospital.insurance.errors import ClaimNotPriced, InsuredNumberMissing, NationalInsuranceOff, NothingToUpload
from hospital.insurance.keeping import ask_after, keep_up
from hospital.insurance.models import NationalClaim
from hospital.insurance.rules import REACHED, next_step
from hospital.insurance.states import CLAIM_TRANSITIONS, ClaimState, Wanted
from hospital.insurance.tests.bureau import FakeBureau
from hospital.insurance.types import ClaimInfo
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.ids import new_id
from hospital.payments.tests.factories import list_jobs
from hospital.workflows.insure_nationally import ask_insurance, quote_claim, resettle_refund, send_insured_refund

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer", "bureau")]
D = Decimal


def make_base_only(**facts: str) -> Desk:
    """A desk of a center that uploads standard prices."""
    desk = make_desk(**facts)
    settings = replace(get_pricing_settings(), intl_insurance_mode=InsuranceMode.BASE_ONLY)
    change_settings(settings=settings, actor=price_officer(), now=TEN)
    return desk


def ask(desk: Desk, charges: list[UUID]) -> ClaimInfo:
    return ask_insurance(charge_ids=charges, insured_number="4401 0001 2345", actor=desk.cashier, now=TEN)


def start_national(desk: Desk, charges: list[UUID]) -> tuple[SettlementInfo, str]:
    claim = ask(desk, charges)
    quote = quote_claim(number=claim.number, charge_ids=charges, actor=desk.cashier, now=TEN)
    settlement = start_settlement(
        quote_token=quote.token, idempotency_key=f"national-{new_id()}", actor=desk.cashier, now=TEN
    )
    return settlement, claim.number


def settle_national(desk: Desk, *lines) -> tuple[SettlementInfo, list[UUID], str]:
    charges = charge(desk, *lines)
    settlement, number = start_national(desk, charges)
    pay(settlement)
    settle_claim(number=number, now=later(minutes=1))
    return settlement, charges, number


def ask_back(desk: Desk, settlement: SettlementInfo, *lines: tuple[UUID, str]) -> RefundInfo:
    return request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(charge_id, D(qty)) for charge_id, qty in lines],
        reason="not needed",
        idempotency_key=f"refund-{new_id()}",
        actor=desk.cashier,
        now=later(hours=1),
    )


def approve(refund: RefundInfo) -> RefundInfo:
    """A second cashier approves, and the bureau is asked."""
    second = make_staff(Role.CASHIER)
    approve_refund(refund_id=refund.id, actor=second, now=later(hours=2))
    return resettle_refund(refund_id=refund.id, actor=second, now=later(hours=2))


def finish(refund: RefundInfo) -> RefundInfo:
    """The channels carry the refund out."""
    done = refund
    for tender in refund.tenders:
        ended = complete_refund(
            payment_refund_id=tender.payment_refund_id, has_succeeded=True, actor=SYSTEM, now=later(hours=3)
        )
        assert ended is not None
        done = ended
    return done


@pytest.mark.requirement("F46")
def test_case_f_only_the_base_is_uploaded_and_the_surcharge_is_the_patients(bureau: FakeBureau) -> None:
    desk = make_base_only()
    charges = charge(desk, order("CBC", "5"))  # 100.00 base, 30.00 surcharge
    settlement, number = start_national(desk, charges)
    assert (settlement.amount, settlement.covered_amount, settlement.account_amount) == (
        D("50.00"),
        D("80.00"),
        D("10.00"),
    )
    (upload,) = bureau.uploads.values()
    assert (upload.base, upload.insured_number) == (D("100.00"), "440100012345")
    assert [(line.price, line.qty, line.base) for line in upload.lines] == [(D("20.0000"), D(5), D("100.00"))]
    assert bureau.calls == ["2204", "2206"]  # nothing is settled there before the patient's part is in
    pay(settlement)
    assert list_jobs("insurance.settle_claim") == [{"number": number}]
    settle_claim(number=number, now=later(minutes=1))
    claim = get_claim(number=number)
    assert (claim.state, claim.bureau_number) == (ClaimState.SETTLED, f"S-{number}")
    assert bureau.calls == ["2204", "2206", "2207"]
    assert list_receivables(actor=desk.cashier)[0].amount == D("80.00")
    settle_claim(number=number, now=later(minutes=2))
    assert bureau.calls == ["2204", "2206", "2207"]


@pytest.mark.requirement("F46")
def test_a_center_that_does_not_settle_with_the_insurance_says_so(bureau: FakeBureau) -> None:
    desk = make_desk()
    charges = charge(desk, order("CBC"))
    with pytest.raises(NationalInsuranceOff):
        ask(desk, charges)
    assert bureau.calls == []


def test_a_claim_needs_a_number_and_something_to_upload() -> None:
    desk = make_base_only()
    charges = charge(desk, order("CBC"))
    with pytest.raises(InsuredNumberMissing):
        ask_insurance(charge_ids=charges, insured_number="  ", actor=desk.cashier, now=TEN)
    Charge.objects.update(base=0, surcharge=D("26.00"))
    with pytest.raises(NothingToUpload):
        ask(desk, charges)
    assert not NationalClaim.objects.exists()


@pytest.mark.requirement("F46")
def test_an_answer_that_was_lost_is_asked_after_and_nothing_happens_twice(bureau: FakeBureau) -> None:
    desk = make_base_only()
    charges = charge(desk, order("CBC"))
    bureau.troubles["2204"] = ["LOST"]
    claim = ask(desk, charges)
    assert (claim.state, claim.is_waiting) == (ClaimState.NEW, True)
    with pytest.raises(ClaimNotPriced):
        quote_claim(number=claim.number, charge_ids=charges, actor=desk.cashier, now=TEN)
    (job,) = list_jobs("insurance.ask_after")
    ask_after(number=claim.number, attempt=job["attempt"], now=later(minutes=1))
    assert get_claim(number=claim.number).state is ClaimState.PRICED
    assert bureau.calls == ["2204", "ask", "2206"]
    quote = quote_claim(number=claim.number, charge_ids=charges, actor=desk.cashier, now=TEN)
    settlement = start_settlement(quote_token=quote.token, idempotency_key="k", actor=desk.cashier, now=TEN)
    pay(settlement)
    bureau.troubles["2207"] = ["LOST"]
    bureau.troubles["ask"] = ["DOWN"]
    settle_claim(number=claim.number, now=later(minutes=2))
    keep_up(number=claim.number, now=later(minutes=3))
    found = get_claim(number=claim.number)
    assert (found.state, found.is_waiting) == (ClaimState.PRICED, True)  # not guessed
    keep_up(number=claim.number, now=later(minutes=4))
    assert get_claim(number=claim.number).state is ClaimState.SETTLED
    assert bureau.calls.count("2207") == 1


def test_shares_that_do_not_make_the_base_are_no_answer(bureau: FakeBureau) -> None:
    desk = make_base_only()
    bureau.extra = D("0.01")
    claim = ask(desk, charge(desk, order("CBC")))
    assert (claim.state, claim.is_waiting) == (ClaimState.UPLOADED, True)
    assert (claim.fund, claim.cash) == (D("0.00"), D("0.00"))


@pytest.mark.requirement("F46")
def test_what_the_bureau_refuses_is_told_and_may_be_asked_again(bureau: FakeBureau) -> None:
    desk = make_base_only()
    bureau.troubles["2206"] = ["REFUSED"]
    claim = ask(desk, charge(desk, order("CBC")))
    assert (claim.state, claim.is_waiting, claim.fault) == (ClaimState.UPLOADED, False, "参保状态异常")
    keep_up(number=claim.number, now=later(minutes=1))
    assert bureau.calls == ["2204", "2206"]
    ask_again(number=claim.number, actor=desk.cashier, now=later(minutes=1))
    assert get_claim(number=claim.number).state is ClaimState.PRICED


@pytest.mark.requirement("F46")
def test_who_gives_up_leaves_nothing_behind_at_the_bureau(bureau: FakeBureau) -> None:
    desk = make_base_only()
    charges = charge(desk, order("CBC"))
    settlement, number = start_national(desk, charges)
    end_claim(number=number, now=later(minutes=20))  # still being paid: looked at later
    assert get_claim(number=number).wanted is Wanted.PRICED
    release_settlement(settlement_id=settlement.id, reason="changed their mind", actor=desk.cashier, now=TEN)
    assert {"number": number} in list_jobs("insurance.end_claim")
    end_claim(number=number, now=later(minutes=21))
    assert get_claim(number=number).state is ClaimState.CANCELLED
    assert bureau.calls == ["2204", "2206", "2205"]
    with pytest.raises(ClaimNotPriced):
        quote_claim(number=number, charge_ids=charges, actor=desk.cashier, now=TEN)


def test_asking_for_other_lines_calls_the_earlier_claim_off() -> None:
    desk = make_base_only()
    cbc, cxr = charge(desk, order("CBC"), order("CXR"))
    first = ask(desk, [cbc])
    second = ask(desk, [cbc, cxr])
    keep_up(number=first.number, now=TEN)
    assert get_claim(number=first.number).state is ClaimState.CANCELLED
    with pytest.raises(ClaimNotPriced):
        quote_claim(number=second.number, charge_ids=[cxr], actor=desk.cashier, now=TEN)
    Charge.objects.filter(id=cxr).update(base=D("59.00"), surcharge=D("19.00"))
    with pytest.raises(InsuranceReplyMismatch):
        quote_claim(number=second.number, charge_ids=[cbc, cxr], actor=desk.cashier, now=TEN)


@pytest.mark.requirement("F47")
def test_a_partial_refund_cancels_the_settlement_and_settles_what_is_kept(bureau: FakeBureau) -> None:
    desk = make_base_only()
    settlement, (cbc,), number = settle_national(desk, order("CBC", "5"))
    refund = ask_back(desk, settlement, (cbc, "2"))
    assert refund.state is RefundState.WAITING
    with pytest.raises(RefundUnderWay):
        ask_back(desk, settlement, (cbc, "1"))
    done = finish(approve(refund))
    assert bureau.calls == ["2204", "2206", "2207", "2208", "2205", "2204", "2206", "2207"]
    last = get_last_claim(number=number)
    assert (last.state, last.base, last.fund, last.account) == (
        ClaimState.SETTLED,
        D("60.00"),
        D("42.00"),
        D("6.00"),
    )
    # 130 paid as 80 + 50; 78 kept is paid as 48 + 30: 20 go back to the patient, the insurance owes 32 less.
    assert (done.state, done.amount, done.covered_amount, done.account_amount) == (
        RefundState.COMPLETED,
        D("20.00"),
        D("32.00"),
        D("4.00"),
    )
    assert list_receivables(actor=desk.cashier)[0].left == last.fund + last.account
    rest = finish(approve(ask_back(desk, settlement, (cbc, "3"))))
    assert (rest.amount, rest.covered_amount) == (D("30.00"), D("48.00"))
    found = get_settlement(settlement_id=settlement.id)
    assert (found.refunded_amount, found.refunded_covered) == (found.amount, found.covered_amount)
    assert get_last_claim(number=number).state is ClaimState.CANCELLED
    assert bureau.calls[-2:] == ["2208", "2205"]


@pytest.mark.requirement("F47")
def test_a_refund_goes_on_by_itself_when_the_bureau_answers_again(bureau: FakeBureau) -> None:
    desk = make_base_only()
    settlement, (cbc,), number = settle_national(desk, order("CBC", "5"))
    refund = ask_back(desk, settlement, (cbc, "5"))
    bureau.troubles["2208"] = ["LOST"]
    waiting = approve(refund)
    assert (waiting.state, waiting.tenders) == (RefundState.WAITING, ())
    with pytest.raises(RefundNotWaiting):
        reject_refund(refund_id=refund.id, reason="no", actor=desk.cashier, now=later(hours=2))
    keep_up(number=number, now=later(hours=3))
    assert list_jobs("workflows.send_insured_refund") == [{"refund_id": str(refund.id)}]
    sent = send_insured_refund(refund_id=refund.id, now=later(hours=3))
    assert (sent.state, sent.amount) == (RefundState.SENT, D("50.00"))
    assert send_insured_refund(refund_id=refund.id, now=later(hours=3)) == sent
    assert bureau.calls.count("2208") == 1
    assert get_settlement(settlement_id=settlement.id).state is SettlementState.SETTLED


@pytest.mark.requirement("F47")
def test_a_fee_given_back_by_its_terms_waits_for_the_bureau_too() -> None:
    desk = make_base_only()
    settlement, (cbc,), _number = settle_national(desk, order("CBC", "5"))
    refund = request_refund(
        settlement_id=settlement.id,
        lines=[RefundRequestLine(cbc, D(5))],
        reason="canceled",
        idempotency_key="booking:1",
        actor=SYSTEM,
        approver=system_actor("terms"),
        now=later(hours=1),
    )
    assert (refund.state, refund.tenders) == (RefundState.WAITING, ())
    assert list_jobs("workflows.resettle_refund") == [{"refund_id": str(refund.id)}]
    done = finish(resettle_refund(refund_id=refund.id, actor=SYSTEM, now=later(hours=1)))
    assert (done.state, done.amount, done.covered_amount) == (RefundState.COMPLETED, D("50.00"), D("80.00"))


@given(
    bases=st.lists(st.integers(0, 100_000), min_size=1, max_size=6),
    surcharges=st.integers(0, 50_000),
    fund=st.integers(0, 100),
    account=st.integers(0, 100),
)
@pytest.mark.requirement("F46")
def test_what_the_insurance_covers_is_spread_over_the_base_alone(bases, surcharges, fund, account) -> None:
    whole = D(sum(bases)) / 100
    covered = (whole * min(fund + account, 100) / 100).quantize(D("0.01"), rounding="ROUND_DOWN")
    paid_by_fund = min(covered, (whole * fund / 100).quantize(D("0.01"), rounding="ROUND_DOWN"))
    cover = NationalCover(claim_number="N1", fund=paid_by_fund, account=covered - paid_by_fund, cash=whole - covered)
    rows = [
        Charge(base=D(base) / 100, total=D(base + surcharges) / 100, discount=D(0), campus_id="IMC") for base in bases
    ]
    split = split_charges(rows, cover, actor=SYSTEM, now=TEN)
    assert sum(row.to_adjudication for row in rows) == split.covered == covered
    assert all(D(0) <= row.to_adjudication <= row.base for row in rows)


@given(wanted=st.lists(st.sampled_from(list(Wanted)), max_size=4))
def test_every_wish_is_reached_in_the_order_of_the_bureau(wanted) -> None:
    state = ClaimState.NEW
    for wish in wanted:
        for _ in range(8):
            step = next_step(state, wish)
            if step is None:
                break
            CLAIM_TRANSITIONS.check(current=state, target=REACHED[step])
            state = REACHED[step]
        else:
            raise AssertionError(f"{wish} is never reached from {state}")
