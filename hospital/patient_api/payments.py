"""/api/payments: how a payment stands, and the acquirer's webhook (A07, A18)."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from hospital.patient_api.problems import refusal_response
from hospital.patient_api.requests import PatientRequest
from hospital.payments.api import receive_notification
from hospital.payments.errors import ForgedNotification, MalformedNotification
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.pay_bill import follow_payment_of

router = Router(tags=["Payments"])


class PaymentOut(Schema):
    """A payment as the server knows it."""

    id: UUID
    state: str
    amount: Decimal
    paid: Decimal
    refunded: Decimal
    checkout_url: str
    card_brand: str
    card_last4: str


@router.get("/payments/{uuid:payment_id}", response=PaymentOut, summary="How my payment stands")
def read_payment(request: PatientRequest, payment_id: UUID) -> PaymentOut:
    """Asks the acquirer when the answer is outstanding. Refusals: `payment_not_found`, `unknown_person`."""
    return payment_out(follow_payment_of(payment_id=payment_id, actor=request.auth, now=timezone.now()))


@router.post("/payments/notifications", auth=None, include_in_schema=False)
def take_notification(request: HttpRequest) -> HttpResponse:
    """The acquirer's webhook: it only makes the server ask; it marks nothing paid."""
    try:
        receive_notification(headers=request.headers, body=request.body, now=timezone.now())
    except (ForgedNotification, MalformedNotification) as refusal:
        return refusal_response(request, refusal)
    return HttpResponse(status=200)


def payment_out(info: PaymentOrderInfo) -> PaymentOut:
    """A payment for the app."""
    return PaymentOut(
        id=info.id,
        state=info.state,
        amount=info.amount,
        paid=info.paid,
        refunded=info.refunded,
        checkout_url=info.checkout_url,
        card_brand=info.card.brand if info.card else "",
        card_last4=info.card.last4 if info.card else "",
    )
