"""/api/bills: what was paid, its papers and refunds (A07, W25)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from hospital.billing.api import (
    get_bill,
    list_refunds,
    list_settlements,
    list_settlements_of_people,
    list_titles_of_settlements,
)
from hospital.billing.types import RefundInfo, SettlementInfo
from hospital.documents.types import PaperLanguage
from hospital.kernel.actors import Actor
from hospital.patient_api.bills import LineOut, TotalsOut, lines_out, totals_out
from hospital.patient_api.fiscal_receipts import FiscalReceiptOut, fiscal_receipts_out
from hospital.patient_api.papers import PDF_ANSWER, pdf_response
from hospital.patient_api.payers import PayerOut, campus_names, payer_of, payers_of
from hospital.patient_api.payments import MeansOut, means_out
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import text
from hospital.payments.api import list_payments
from hospital.workflows.print_fee_statement import print_fee_statement
from hospital.workflows.print_refund_notice import print_refund_notice
from hospital.workflows.refund_reasons import read_reason

router = Router(tags=["Bills"])


class PaidBillOut(Schema):
    """A paid bill in the list. `titles` are the names of its first lines, `more` how many there are beside them."""

    id: UUID
    number: str
    person: PayerOut
    campus_name: Text
    amount: Decimal
    refunded: Decimal
    paid_at: datetime | None
    payment_id: UUID | None
    means: MeansOut | None
    titles: list[Text]
    more: int


class RefundOut(Schema):
    """Money of a bill that goes back. `state`: REQUESTED, SENT (on its way), COMPLETED or FAILED."""

    id: UUID
    number: str
    amount: Decimal
    state: str
    reason: Text
    requested_at: datetime
    ended_at: datetime | None


class PaidBillDetail(PaidBillOut):
    """A paid bill with its lines, its refunds and its fiscal receipts, the oldest receipt first.

    `all_means`: every way in which it was paid. They make `amount` and `cash_rounding`, the latter of a part in cash.
    """

    all_means: list[MeansOut]
    cash_rounding: Decimal
    lines: list[LineOut]
    totals: TotalsOut
    refunds: list[RefundOut]
    receipts: list[FiscalReceiptOut]


@router.get("/bills/paid", response=list[PaidBillOut], summary="Paid bills of my people")
def list_receipts(request: PatientRequest, before: datetime | None = None, limit: int = 20) -> list[PaidBillOut]:
    """Paid bills of all my people, newest first; the `paid_at` of the last one as `before` gives the next ones."""
    now = timezone.now()
    people = payers_of(request.auth, now)
    rows = list_settlements_of_people(
        person_ids=people, actor=request.auth, now=now, before=before, limit=max(1, min(limit, 50))
    )
    return _paid(rows, people)


@router.get("/people/{uuid:person_id}/bills", response=list[PaidBillOut], summary="Paid bills")
def list_paid_bills(request: PatientRequest, person_id: UUID, limit: int = 50) -> list[PaidBillOut]:
    """Paid bills of one person, newest first. Refusals: `unknown_person`."""
    now = timezone.now()
    rows = list_settlements(person_id=person_id, actor=request.auth, now=now, limit=max(1, min(limit, 100)))
    return _paid(rows, {person_id: payer_of(person_id, request.auth, now)})


@router.get("/bills/{uuid:settlement_id}", response=PaidBillDetail, summary="One paid bill")
def read_paid_bill(request: PatientRequest, settlement_id: UUID) -> PaidBillDetail:
    """A paid bill line by line, with its refunds. Refusals: `settlement_unknown`, `unknown_person`."""
    actor, now = request.auth, timezone.now()
    bill = get_bill(settlement_id=settlement_id, actor=actor, now=now)
    payments = list_payments(order_ids=bill.settlement.payment_ids)
    (paid,) = _paid([bill.settlement], {bill.settlement.person_id: payer_of(bill.settlement.person_id, actor, now)})
    return PaidBillDetail(
        **paid.model_dump(),
        all_means=[means_out(payments[each]) for each in bill.settlement.payment_ids],
        cash_rounding=bill.settlement.cash_rounding,
        lines=lines_out(bill.lines),
        totals=totals_out(bill.totals),
        refunds=_refunds(bill.settlement, actor, now),
        receipts=fiscal_receipts_out(settlement_id),
    )


@router.get("/bills/{uuid:settlement_id}/statement", summary="Fee statement as PDF", openapi_extra=PDF_ANSWER)
def print_statement(
    request: PatientRequest, settlement_id: UUID, language: PaperLanguage = PaperLanguage.EN
) -> HttpResponse:
    """The itemized statement with number, QR code and check code. Refusals: `settlement_unknown`, `unknown_person`."""
    return pdf_response(
        print_fee_statement(settlement_id=settlement_id, language=language, actor=request.auth, now=timezone.now())
    )


@router.get("/refunds/{uuid:refund_id}/notice", summary="Refund notice as PDF", openapi_extra=PDF_ANSWER)
def print_notice(request: PatientRequest, refund_id: UUID, language: PaperLanguage = PaperLanguage.EN) -> HttpResponse:
    """What goes back, line by line, and where to. Refusals: `refund_unknown`, `unknown_person`."""
    return pdf_response(
        print_refund_notice(refund_id=refund_id, language=language, actor=request.auth, now=timezone.now())
    )


def _refunds(settlement: SettlementInfo, actor: Actor, now: datetime) -> list[RefundOut]:
    refunds = list_refunds(actor=actor, now=now, person_id=settlement.person_id, settlement_id=settlement.id)
    return [_refund(one) for one in refunds]


def _refund(refund: RefundInfo) -> RefundOut:
    return RefundOut(
        id=refund.id,
        number=refund.number,
        amount=refund.amount,
        state=refund.state,
        reason=text(read_reason(refund.reason)[0]),
        requested_at=refund.requested_at,
        ended_at=refund.ended_at,
    )


def _paid(rows: Iterable[SettlementInfo], people: dict[UUID, PayerOut]) -> list[PaidBillOut]:
    """A fixed number of statements, whatever the number of bills."""
    settled = list(rows)
    payments = list_payments(order_ids=[row.payment_id for row in settled if row.payment_id])
    titles = list_titles_of_settlements(settlement_ids=[row.id for row in settled])
    campuses = campus_names()
    return [
        PaidBillOut(
            id=row.id,
            number=row.number,
            person=people[row.person_id],
            campus_name=campuses[row.campus_code],
            amount=row.amount,
            refunded=row.refunded_amount,
            paid_at=row.settled_at,
            payment_id=row.payment_id,
            means=means_out(payments[row.payment_id]) if row.payment_id else None,
            titles=[text(name) for name in titles[row.id][:2]],
            more=max(0, len(titles[row.id]) - 2),
        )
        for row in settled
    ]
