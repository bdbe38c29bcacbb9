"""/api/bills: what is open, a quote, the payment (A07, W25)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hospital.billing.api import list_open_bills_of_people, list_pending_charges, quote_bill, speak_reasons
from hospital.billing.types import ChargeLine, Totals
from hospital.patient_api.payers import PayerOut, campus_names, payer_of, payers_of
from hospital.patient_api.payments import PaymentOut, payment_out
from hospital.patient_api.price_notices import PriceNoticeOut, price_notice_out
from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Line, Text
from hospital.patient_api.texts import text
from hospital.payments.api import get_open_payment
from hospital.workflows.pay_bill import SETTLEMENT, CardPage, InsideWechat, start_bill_payment
from hospital.workflows.price_notice import list_due_notices
from hospital.workflows.wechat_payer import find_payer_openid

router = Router(tags=["Bills"])


class LineOut(Schema):
    """One charged line. `surcharge_mark` reads "+30 %"; `why` says in both languages how the price came about.

    Lines of one campus are paid together.
    """

    id: UUID
    campus_code: str
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
    """What a person still has to pay. `payment` is one under way, to be resumed.

    `payable` is the sum of all lines; those of `is_being_paid` belong to the payment.
    """

    person: PayerOut
    lines: list[LineOut]
    payable: Decimal
    payment: PaymentOut | None


class UnpaidBillOut(Schema):
    """What one of my people has to pay at one campus, in the list."""

    person: PayerOut
    campus_code: str
    campus_name: Text
    payable: Decimal
    lines: int
    since: datetime
    is_being_paid: bool


class QuoteIn(Schema):
    """The lines to pay together."""

    charge_ids: list[UUID] = Field(min_length=1, max_length=200)


class PriceChangeOut(Schema):
    """A line that costs something else than when it was last shown, in CNY."""

    charge_id: UUID
    name: Text
    old_amount: Decimal
    new_amount: Decimal


class ShareOut(Schema):
    """What one payer pays of a bill: `SELF` is the patient."""

    payer: str
    amount: Decimal


class QuoteOut(Schema):
    """May be paid with `token` until `expires_at`; `server_now` is what the clock of the countdown starts from.

    `price_notices` is not empty where the payer has to read and accept something first.
    """

    token: str
    expires_at: datetime
    server_now: datetime
    currency: str
    person: PayerOut
    campus_name: Text
    lines: list[LineOut]
    totals: TotalsOut
    shares: list[ShareOut]
    changes: list[PriceChangeOut]
    price_notices: list[PriceNoticeOut]


class PayIn(Schema):
    """Starts a payment. The same key again returns the same payment.

    `means`: `card` sends the payer to the acquirer's page; `wechat_jsapi` pays inside the mini program, as the WeChat
    user that is signed in. From the acquirer's page the payer comes back to a page of the server, or to the `app`.
    """

    quote_token: Line = Field(min_length=1, max_length=100)
    idempotency_key: Line = Field(min_length=8, max_length=100)
    means: Literal["card", "wechat_jsapi"] = "card"
    returns_to: Literal["page", "app"] = "page"


class PayOut(Schema):
    """By card: send the payer to `payment.checkout_url`. By WeChat: call `wx.requestPayment` with `payment.wechat`.

    Card numbers never reach this server. A bill of 0.00 is settled at once, without a payment.
    """

    settlement_id: UUID
    payment: PaymentOut | None


@router.get("/bills/open", response=list[UnpaidBillOut], summary="What my people have to pay")
def list_unpaid_bills(request: PatientRequest) -> list[UnpaidBillOut]:
    """One entry a person with something to pay; lines that are being paid right now stand in an entry of their own."""
    now = timezone.now()
    people, campuses = payers_of(request.auth, now), campus_names()
    rows = list_open_bills_of_people(person_ids=people, actor=request.auth, now=now)
    return [
        UnpaidBillOut(
            person=people[row.person_id],
            campus_code=row.campus_code,
            campus_name=campuses[row.campus_code],
            payable=row.amount,
            lines=row.lines,
            since=row.since,
            is_being_paid=row.is_being_paid,
        )
        for row in rows
    ]


@router.get("/people/{uuid:person_id}/bill", response=OpenBillOut, summary="What is open")
def read_open_bill(request: PatientRequest, person_id: UUID) -> OpenBillOut:
    """Lines that wait for payment, in both languages. Refusals: `unknown_person`."""
    now = timezone.now()
    lines = list_pending_charges(person_id=person_id, actor=request.auth, now=now)
    taken = next((line.settlement_id for line in lines if line.settlement_id), None)
    payment = get_open_payment(reference_kind=SETTLEMENT, reference=str(taken)) if taken else None
    return OpenBillOut(
        person=payer_of(person_id, request.auth, now),
        lines=lines_out(lines),
        payable=sum((line.payable for line in lines), Decimal("0.00")),
        payment=payment_out(payment, now=now) if payment else None,
    )


@router.post("/bills/quote", response=QuoteOut, summary="Quote lines")
def quote_lines(request: PatientRequest, body: QuoteIn) -> QuoteOut:
    """A quote for 15 minutes. Refusals: `charge_unknown`, `already_paid`, `payment_in_progress`, `nothing_to_pay`."""
    now = timezone.now()
    quote = quote_bill(charge_ids=body.charge_ids, actor=request.auth, now=now)
    return QuoteOut(
        token=quote.token,
        expires_at=quote.expires_at,
        server_now=now,
        currency=quote.currency,
        person=payer_of(quote.person_id, request.auth, now),
        campus_name=campus_names()[quote.campus_code],
        lines=lines_out(quote.lines),
        totals=totals_out(quote.totals),
        shares=[ShareOut(payer=quote.payer, amount=quote.totals.payable)],
        changes=[
            PriceChangeOut(
                charge_id=one.charge_id, name=text(one.name), old_amount=one.old_total, new_amount=one.new_total
            )
            for one in quote.changes
        ],
        price_notices=[
            price_notice_out(notice)
            for notice in list_due_notices(
                person_id=quote.person_id,
                campus_code=quote.campus_code,
                lines=list_pending_charges(person_id=quote.person_id, actor=request.auth, now=now),
                now=now,
            )
        ],
    )


@router.post("/bills/pay", response=PayOut, summary="Pay a quote")
def pay_quote(request: PatientRequest, body: PayIn) -> PayOut:
    """Opens the acquirer's checkout, or announces the order to WeChat.

    Refusals: `quote_unknown`, `quote_expired`, `quote_mismatch`, `already_paid`, `payment_in_progress`,
    `idempotency_key_reused`, `price_notice_needed`, `card_payment_unavailable`,
    `wechat_payment_unavailable`, `wechat_not_linked`.
    """
    now = timezone.now()
    started = start_bill_payment(
        quote_token=body.quote_token,
        idempotency_key=body.idempotency_key,
        means=_means(request, body),
        actor=request.auth,
        now=now,
    )
    return PayOut(
        settlement_id=started.settlement_id,
        payment=payment_out(started.payment, now=now) if started.payment else None,
    )


def _means(request: PatientRequest, body: PayIn) -> CardPage | InsideWechat:
    if body.means == "wechat_jsapi":
        return InsideWechat(openid=find_payer_openid(actor=request.auth))
    back = f"{settings.PUBLIC_URL}/pay/{{payment_order_id}}/" + ("?to=app" if body.returns_to == "app" else "")
    return CardPage(return_url=back, cancel_url=back, language=reader_language(request))


def lines_out(lines: Iterable[ChargeLine]) -> list[LineOut]:
    """Charged lines for the app."""
    return [
        LineOut(
            id=line.id,
            campus_code=line.campus_code,
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


def totals_out(totals: Totals) -> TotalsOut:
    """Sums for the app."""
    return TotalsOut(base=totals.base, surcharge=totals.surcharge, total=totals.total, payable=totals.payable)
