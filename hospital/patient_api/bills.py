"""/api/bills: what is open, a quote, the payment, what was paid (A07)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.billing.api import get_bill, list_pending_charges, list_settlements, quote_bill, speak_reasons
from hospital.billing.types import ChargeLine, SettlementInfo, Totals
from hospital.documents.types import PaperLanguage
from hospital.patient_api.papers import PDF_ANSWER, pdf_response
from hospital.patient_api.payments import PaymentOut, payment_out
from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import text
from hospital.payments.api import get_open_payment
from hospital.workflows.pay_bill import SETTLEMENT, start_bill_payment
from hospital.workflows.print_fee_statement import print_fee_statement

router = Router(tags=["Bills"])


class LineOut(Schema):
    """One charged line. `surcharge_mark` reads "+30 %"; `why` says in both languages how the price came about."""

    id: UUID
    kind: str
    code: str
    name: Text
    specification: Text
    unit: Text
    quantity: Decimal
    standard_price: Decimal
    surcharge_mark: str
    charged_price: Decimal
    base: Decimal
    surcharge: Decimal
    amount: Decimal
    state: str
    is_being_paid: bool
    why: Text


class TotalsOut(Schema):
    """Sums of the lines, in CNY."""

    base: Decimal
    surcharge: Decimal
    total: Decimal
    payable: Decimal


class OpenBillOut(Schema):
    """What a person still has to pay. `payment` is one under way, which can be resumed at its `checkout_url`."""

    lines: list[LineOut]
    payable: Decimal
    payment: PaymentOut | None


class QuoteIn(Schema):
    """The lines to pay together."""

    charge_ids: list[UUID] = Field(min_length=1, max_length=200)


class QuoteOut(Schema):
    """May be paid with `token` until `expires_at`."""

    token: str
    expires_at: datetime
    currency: str
    lines: list[LineOut]
    totals: TotalsOut


class PayIn(Schema):
    """Starts a payment. The same key again returns the same payment."""

    quote_token: Line = Field(min_length=1, max_length=100)
    idempotency_key: Line = Field(min_length=8, max_length=100)


class PayOut(Schema):
    """Send the payer to `payment.checkout_url`, the acquirer's page; card numbers never reach this server.

    A bill of 0.00 is settled at once, without a payment.
    """

    settlement_id: UUID
    payment: PaymentOut | None


class PaidBillOut(Schema):
    """A paid bill in the list."""

    id: UUID
    number: str
    amount: Decimal
    refunded: Decimal
    paid_at: datetime | None


class PaidBillDetail(PaidBillOut):
    """A paid bill with its lines."""

    lines: list[LineOut]
    totals: TotalsOut


@router.get("/people/{uuid:person_id}/bill", response=OpenBillOut, summary="What is open")
def read_open_bill(request: PatientRequest, person_id: UUID) -> OpenBillOut:
    """Lines that wait for payment, in both languages. Refusals: `unknown_person`."""
    lines = list_pending_charges(person_id=person_id, actor=request.auth, now=timezone.now())
    taken = next((line.settlement_id for line in lines if line.settlement_id), None)
    payment = get_open_payment(reference_kind=SETTLEMENT, reference=str(taken)) if taken else None
    return OpenBillOut(
        lines=lines_out(lines),
        payable=sum((line.payable for line in lines), Decimal("0.00")),
        payment=payment_out(payment) if payment else None,
    )


@router.post("/bills/quote", response=QuoteOut, summary="Quote lines")
def quote_lines(request: PatientRequest, body: QuoteIn) -> QuoteOut:
    """A quote for 15 minutes. Refusals: `charge_unknown`, `already_paid`, `payment_in_progress`, `nothing_to_pay`."""
    quote = quote_bill(charge_ids=body.charge_ids, actor=request.auth, now=timezone.now())
    return QuoteOut(
        token=quote.token,
        expires_at=quote.expires_at,
        currency=quote.currency,
        lines=lines_out(quote.lines),
        totals=_totals(quote.totals),
    )


@router.post("/bills/pay", response=PayOut, summary="Pay a quote by card")
def pay_quote(request: PatientRequest, body: PayIn) -> PayOut:
    """Opens the acquirer's checkout.

    Refusals: `quote_unknown`, `quote_expired`, `quote_mismatch`, `already_paid`, `payment_in_progress`,
    `idempotency_key_reused`, `card_payment_unavailable`.
    """
    back = f"{settings.PUBLIC_URL}/pay/{{payment_order_id}}/"
    started = start_bill_payment(
        quote_token=body.quote_token,
        idempotency_key=body.idempotency_key,
        return_url=back,
        cancel_url=back,
        language=reader_language(request),
        actor=request.auth,
        now=timezone.now(),
    )
    return PayOut(
        settlement_id=started.settlement_id, payment=payment_out(started.payment) if started.payment else None
    )


@router.get("/people/{uuid:person_id}/bills", response=list[PaidBillOut], summary="Paid bills")
def list_paid_bills(request: PatientRequest, person_id: UUID, limit: int = 50) -> list[PaidBillOut]:
    """Paid bills, newest first. Refusals: `unknown_person`."""
    rows = list_settlements(person_id=person_id, actor=request.auth, now=timezone.now(), limit=max(1, min(limit, 100)))
    return [_paid(row) for row in rows]


@router.get("/bills/{uuid:settlement_id}", response=PaidBillDetail, summary="One paid bill")
def read_paid_bill(request: PatientRequest, settlement_id: UUID) -> PaidBillDetail:
    """A paid bill line by line. Refusals: `settlement_unknown`, `unknown_person`."""
    bill = get_bill(settlement_id=settlement_id, actor=request.auth, now=timezone.now())
    return PaidBillDetail(
        **_paid(bill.settlement).model_dump(), lines=lines_out(bill.lines), totals=_totals(bill.totals)
    )


@router.get("/bills/{uuid:settlement_id}/statement", summary="Fee statement as PDF", openapi_extra=PDF_ANSWER)
def print_statement(
    request: PatientRequest, settlement_id: UUID, language: PaperLanguage = PaperLanguage.EN
) -> HttpResponse:
    """The itemized statement with number, QR code and check code. Refusals: `settlement_unknown`, `unknown_person`."""
    return pdf_response(
        print_fee_statement(settlement_id=settlement_id, language=language, actor=request.auth, now=timezone.now())
    )


def lines_out(lines: Iterable[ChargeLine]) -> list[LineOut]:
    """Charged lines for the app."""
    return [
        LineOut(
            id=line.id,
            kind=line.source_kind,
            code=line.item_code,
            name=text(line.name),
            specification=text(line.spec),
            unit=text(line.unit),
            quantity=plain_number(line.qty),
            standard_price=line.standard_u,
            surcharge_mark=line.mark,
            charged_price=line.charged_u,
            base=line.base,
            surcharge=line.surcharge,
            amount=line.payable,
            state=line.state,
            is_being_paid=line.state == "CONFIRMED",
            why=Text(zh=speak_reasons(line.reasons, "zh-hans"), en=speak_reasons(line.reasons, "en")),
        )
        for line in lines
    ]


def plain_number(value: Decimal) -> Decimal:
    """The same number without the zeros at its end that only storage needs: 1.0000 becomes 1."""
    return Decimal(format(value.normalize(), "f"))


def _totals(totals: Totals) -> TotalsOut:
    return TotalsOut(base=totals.base, surcharge=totals.surcharge, total=totals.total, payable=totals.payable)


def _paid(row: SettlementInfo) -> PaidBillOut:
    return PaidBillOut(
        id=row.id, number=row.number, amount=row.amount, refunded=row.refunded_amount, paid_at=row.settled_at
    )
