"""Reads of payments.

A payment's reference is opaque here, so that the caller, who knows what it stands for, decides who may see it; for a
person's own payments the check and the look-up are one call.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from hospital.payments.errors import PaymentNotFound, RefundNotFound
from hospital.payments.models import PaymentEvent, PaymentOrder, RefundOrder
from hospital.payments.states import OPEN_STATES, REFUNDABLE_STATES, Attention, Channel, PaymentState, RefundState
from hospital.payments.types import CardInfo, PaymentOrderInfo, RefundOrderInfo

_NOTHING = Decimal("0.00")


def get_payment_order(*, order_id: UUID) -> PaymentOrderInfo:
    """A payment by id; refuses with `PaymentNotFound`."""
    return _describe_only(PaymentOrder.objects.filter(pk=order_id))


def get_payment_of_person(*, order_id: UUID, person_ids: frozenset[UUID]) -> PaymentOrderInfo:
    """A payment of one of these people; refuses with `PaymentNotFound` for any other."""
    return _describe_only(PaymentOrder.objects.filter(pk=order_id, person_id__in=person_ids))


def get_open_payment(*, reference_kind: str, reference: str) -> PaymentOrderInfo | None:
    """The payment of a reference that may still be paid, to be resumed; None if there is none."""
    rows = PaymentOrder.objects.filter(
        reference_kind=reference_kind, reference=reference, state__in=[state.value for state in OPEN_STATES]
    )
    order = rows.first()
    return describe_payment(order) if order else None


def get_failure_code(*, order_id: UUID) -> str:
    """The acquirer's word for why it did not take the money of a FAILED payment; empty where it gave none."""
    rows = PaymentEvent.objects.filter(order_id=order_id, kind=PaymentState.FAILED.value).order_by("-id")
    payload = rows.values_list("payload", flat=True).first() or {}
    return str(payload.get("code", ""))


def list_payment_orders(*, reference_kind: str, reference: str) -> list[PaymentOrderInfo]:
    """All payments of a reference, oldest first. Two queries."""
    rows = PaymentOrder.objects.filter(reference_kind=reference_kind, reference=reference)
    return describe_payments(rows.order_by("created_at", "id"))


def list_payments(*, order_ids: Iterable[UUID]) -> dict[UUID, PaymentOrderInfo]:
    """Payments by id, in two queries; the caller decides who may see them."""
    orders = PaymentOrder.objects.filter(pk__in=list(order_ids))
    return {info.id: info for info in describe_payments(orders)}


def list_payments_needing_attention(*, limit: int = 100) -> list[PaymentOrderInfo]:
    """Payments that a person has to look at, oldest first. The caller decides whose desk they belong to."""
    return describe_payments(PaymentOrder.objects.filter(needs_attention=True).order_by("attention_at", "id")[:limit])


def list_bound_references(*, reference_kind: str, references: Iterable[str]) -> frozenset[str]:
    """Those references that a payment may still pay for or has paid for: the acquirer has not said the last word.

    Money that is on its way back binds nothing any more. One query.
    """
    rows = PaymentOrder.objects.filter(reference_kind=reference_kind, reference__in=list(references)).filter(
        Q(state__in=[state.value for state in OPEN_STATES])
        | Q(state__in=[state.value for state in REFUNDABLE_STATES], refunded_reserved=0)
    )
    return frozenset(rows.values_list("reference", flat=True))


def get_refund_order(*, refund_id: UUID) -> RefundOrderInfo:
    """A refund by id; refuses with `RefundNotFound`."""
    refund = RefundOrder.objects.select_related("order").filter(pk=refund_id).first()
    if refund is None:
        raise RefundNotFound
    return describe_refund(refund)


def list_refund_orders(*, order_id: UUID) -> list[RefundOrderInfo]:
    """The refunds of a payment, oldest first."""
    rows = RefundOrder.objects.select_related("order").filter(order_id=order_id).order_by("requested_at", "id")
    return [describe_refund(refund) for refund in rows]


def _describe_only(rows: QuerySet[PaymentOrder]) -> PaymentOrderInfo:
    order = rows.first()
    if order is None:
        raise PaymentNotFound
    return describe_payment(order)


def describe_payment(order: PaymentOrder) -> PaymentOrderInfo:
    """The row with its amounts, which are sums over the events."""
    return describe_payments([order])[0]


def describe_payments(orders: Iterable[PaymentOrder]) -> list[PaymentOrderInfo]:
    """The rows in their order, with one query for the events of all; none where nothing has come in yet."""
    rows = list(orders)
    sums = _sum_events([order.pk for order in rows if order.paid_at is not None])
    return [_describe(order, sums.get(order.pk, {})) for order in rows]


def describe_paid_now(order: PaymentOrder) -> PaymentOrderInfo:
    """A payment whose PAID event was written this moment, with no other; no query."""
    return _describe(order, {"PAID": order.amount})


def _sum_events(order_ids: list[UUID]) -> dict[UUID, dict[str, Decimal]]:
    rows = (
        PaymentEvent.objects.filter(order_id__in=order_ids, kind__in=["PAID", "REFUNDED"])
        .values_list("order_id", "kind")
        .annotate(total=Sum("amount"))
    )
    sums: dict[UUID, dict[str, Decimal]] = {}
    for order_id, kind, total in rows:
        sums.setdefault(order_id, {})[kind] = total
    return sums


def _describe(order: PaymentOrder, sums: Mapping[str, Decimal]) -> PaymentOrderInfo:
    paid = sums.get("PAID") or _NOTHING
    card = None
    if order.card_brand:
        card = CardInfo(
            brand=order.card_brand, first6=order.card_first6, last4=order.card_last4, funding=order.card_funding
        )
    return PaymentOrderInfo(
        id=order.id,
        number=order.number,
        reference_kind=order.reference_kind,
        reference=order.reference,
        person_id=order.person_id,
        amount=order.amount,
        currency=order.currency,
        channel=Channel(order.channel),
        state=PaymentState(order.state),
        checkout_url=order.checkout_url,
        expires_at=order.expires_at,
        created_at=order.created_at,
        paid_at=order.paid_at,
        paid=paid,
        refunded=sums.get("REFUNDED") or _NOTHING,
        refundable=paid - order.refunded_reserved if paid else _NOTHING,
        needs_attention=order.needs_attention,
        attention=Attention(order.attention) if order.attention else None,
        attention_at=order.attention_at,
        card=card,
        transaction_no=order.transaction_no,
        taken_by=order.taken_by,
        given=order.given,
    )


def describe_refund(refund: RefundOrder) -> RefundOrderInfo:
    """The refund with the reference of its payment."""
    return RefundOrderInfo(
        id=refund.id,
        payment_order_id=refund.order_id,
        reference_kind=refund.order.reference_kind,
        reference=refund.order.reference,
        amount=refund.amount,
        state=RefundState(refund.state),
        requested_at=refund.requested_at,
        ended_at=refund.ended_at,
        failure_code=refund.failure_code,
        idempotency_key=refund.idempotency_key,
    )
