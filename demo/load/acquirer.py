"""Tells the sandbox's acquirer of the payments of the loaded days, so that they can be refunded like any other."""

from django.conf import settings

from hospital.payments.models import PaymentOrder
from hospital.payments.states import PAID_STATES, RefundState
from sandbox.acquirer.ledger import Order
from sandbox.acquirer.memory import add_refund, paid_order, remember_orders
from sandbox.settings import memory_path


def load_acquirer() -> None:
    """Writes the paid payments and their refunds into the file that the sandbox reads when it starts."""
    payments = PaymentOrder.objects.filter(state__in=PAID_STATES).prefetch_related("refunds")
    remember_orders(memory_path(settings.DATA_DIR), [_describe(payment) for payment in payments])


def _describe(payment: PaymentOrder) -> Order:
    order = paid_order(
        order_id=payment.number,
        amount=payment.amount,
        currency=payment.currency,
        description=payment.number,
        brand=payment.card_brand,
        masked_number=f"{payment.card_first6}xxxxxx{payment.card_last4}",
        paid_at=payment.paid_at or payment.created_at,
    )
    for refund in payment.refunds.all():
        if refund.state == RefundState.SUCCEEDED and refund.ended_at:
            add_refund(order, transaction_id=refund.tid, amount=refund.amount, at=refund.ended_at)
    return order
