"""Bills, payments, refunds, and what was done under a number (X50, X51)."""

from decimal import Decimal

from django.db import transaction
from django.http import HttpResponse
from ninja import Path, Router

from hospital.billing.errors import NothingToPay
from hospital.campuses.api import list_campuses
from hospital.partner_api.answers import Done, answer_once
from hospital.partner_api.problems import describe_refusal
from hospital.partner_api.requests import PartnerRequest
from hospital.partner_api.schemas import (
    BillOut,
    BillsIn,
    BillsOut,
    PayIn,
    PayOut,
    QuoteOut,
    RefundDoneIn,
    RefundOut,
    RefusedPayOut,
    RequestNo,
    RequestOut,
)
from hospital.partner_api.shapes import patient_out, quote_out, read_acceptance, read_patient, refund_out, text
from hospital.partner_api.today_schemas import QuoteIn, SettleIn, SettleOut
from hospital.partners.api import get_answer, lock_number
from hospital.partners.types import Kind
from hospital.workflows.pay_at_machine import (
    TakenPayment,
    confirm_owed_refund,
    find_refund_of_request,
    list_machine_bills,
    list_owed_refunds,
    owed_of,
    quote_chosen_lines,
    settle_free_bill,
    take_partner_payment,
)

router = Router(tags=["Money"])


@router.post("/bills/query", response=BillsOut, summary="What is to be paid")
def query_bills(request: PartnerRequest, body: BillsIn) -> BillsOut:
    """Open bills of a patient, a quote a campus: good for 15 minutes, paid as a whole. Changes nothing that is owed.

    Refusals: `unknown_patient`.
    """
    person, bills = list_machine_bills(
        patient=read_patient(body.patient),
        partner=request.partner,
        actor=request.actor,
        now=request.came_at,
        encounter_id=body.encounter_id,
    )
    names = {row.code: row.name for row in list_campuses()}
    return BillsOut(
        patient=patient_out(person, campuses=request.partner.campuses),
        bills=[
            BillOut(
                campus_code=bill.campus_code,
                campus_name=text(names[bill.campus_code]),
                quote=quote_out(bill.quote, bill.notices) if bill.quote else None,
                being_paid=sum((line.payable for line in bill.being_paid), Decimal("0.00")),
            )
            for bill in bills
        ],
    )


@router.post("/bills/quote", response=QuoteOut, summary="A quote of chosen lines")
def quote_lines(request: PartnerRequest, body: QuoteIn) -> QuoteOut:
    """A quote of some open lines, where the patient does not pay all of a bill. Changes nothing that is owed.

    Refusals: `unknown_patient`, `charge_unknown`, `campus_not_allowed`, `bills_apart`, `nothing_to_pay`,
    `already_paid`, `payment_in_progress`.
    """
    bill = quote_chosen_lines(
        charge_ids=body.lines,
        patient=read_patient(body.patient),
        partner=request.partner,
        actor=request.actor,
        now=request.came_at,
    )
    if bill.quote is None:
        raise NothingToPay
    return quote_out(bill.quote, bill.notices)


@router.post("/bills/settle", response=SettleOut, summary="Settle a bill of 0.00")
def settle_bill(request: PartnerRequest, body: SettleIn) -> HttpResponse:
    """Settles a quote whose amount is 0.00; there is no payment, and nothing is ever refunded.

    Refusals: `quote_unknown`, `quote_expired`, `quote_mismatch`, `already_paid`, `payment_in_progress`,
    `nothing_to_pay`, `amount_differs` (there is something to pay), `campus_not_allowed`, `price_notice_needed`,
    `notice_outdated`, `request_number_reused`.
    """

    def act() -> Done:
        settlement = settle_free_bill(
            partner=request.partner,
            request_no=body.request_no,
            quote_token=body.quote_token,
            accepted=[read_acceptance(each) for each in body.accepted_notices],
            actor=request.actor,
            now=request.came_at,
        )
        if settlement.settled_at is None:
            raise RuntimeError("a bill of 0.00 was not settled")
        answer = SettleOut(settlement_no=settlement.number, settled_at=settlement.settled_at)
        return Done(answer=answer, subject_id=str(settlement.id))

    return answer_once(request, kind=Kind.SETTLE, body=body, act=act)


@router.post("/payments", response={200: PayOut, 409: RefusedPayOut}, summary="Pay")
def pay_bill(request: PartnerRequest, body: PayIn) -> HttpResponse:
    """Settles a quote with money that the partner has taken from the payer.

    Where it cannot (`quote_unknown`, `quote_expired`, `quote_mismatch`, `already_paid`, `payment_in_progress`,
    `nothing_to_pay`, `amount_differs`, `campus_not_allowed`, `price_notice_needed`, `notice_outdated`) the answer has a
    `refund`: the partner gives the money back and says so. `transaction_used` and `request_number_reused` have none:
    that money is dealt with.
    """

    def act() -> Done:
        taken = take_partner_payment(
            partner=request.partner,
            request_no=body.request_no,
            quote_token=body.quote_token,
            amount=body.amount,
            transaction_no=body.transaction_no,
            accepted=[read_acceptance(each) for each in body.accepted_notices],
            actor=request.actor,
            now=request.came_at,
        )
        return _settled(taken) if taken.refusal is None else _refused(taken)

    return answer_once(request, kind=Kind.PAY, body=body, act=act)


def _settled(taken: TakenPayment) -> Done:
    settlement, payment = taken.settlement, taken.payment
    if settlement is None or payment is None or settlement.settled_at is None:
        raise RuntimeError("a payment was taken and settled nothing")
    answer = PayOut(
        settlement_no=settlement.number,
        payment_no=payment.number,
        amount=payment.amount,
        transaction_no=payment.transaction_no,
        settled_at=settlement.settled_at,
    )
    return Done(answer=answer, subject_id=str(settlement.id))


def _refused(taken: TakenPayment) -> Done:
    if taken.refusal is None or taken.refused is None:
        raise RuntimeError("a payment was refused and nobody owes it")
    problem = describe_refusal(taken.refusal)
    refund = refund_out(owed_of(taken.refused)).model_dump(mode="json")
    return Done(answer={**problem, "refund": refund}, status=taken.refusal.status)


@router.get("/requests/{request_no}", response=RequestOut, summary="What was done under a number")
def query_request(request: PartnerRequest, request_no: Path[RequestNo]) -> RequestOut:
    """After a timeout: what the request was answered. A request that is being carried out is waited for.

    Refusals: `unknown_request`: nothing was done, send it again under the same number.
    """
    with transaction.atomic():
        lock_number(partner_id=request.partner.id, number=request_no)
        kept = get_answer(partner_id=request.partner.id, request_no=request_no)
        refund = find_refund_of_request(partner=request.partner, request_no=request_no)
    return RequestOut(
        request_no=kept.request_no,
        kind=kept.kind,
        at=kept.at,
        status=kept.status,
        answer=kept.answer,
        refund=refund_out(refund) if refund else None,
    )


@router.get("/refunds", response=list[RefundOut], summary="What is to be given back")
def read_refunds(request: PartnerRequest) -> list[RefundOut]:
    """Money that this partner still has to give back to payers, oldest first: refused payments and refunded bills."""
    return [refund_out(row) for row in list_owed_refunds(partner=request.partner)]


@router.post("/refunds/done", response=RefundOut, summary="Money was given back")
def finish_refund(request: PartnerRequest, body: RefundDoneIn) -> HttpResponse:
    """The payer has the money. Refusals: `unknown_partner_refund`, `request_number_reused`."""

    def act() -> Done:
        done = confirm_owed_refund(
            partner=request.partner,
            refund_no=body.refund_no,
            transaction_no=body.transaction_no,
            actor=request.actor,
            now=request.came_at,
        )
        return Done(answer=refund_out(done), subject_id=body.refund_no)

    return answer_once(request, kind=Kind.REFUND_DONE, body=body, act=act)
