"""The front door of payments: moves money for an opaque reference and never knows what it stands for."""

from hospital.payments.queries import (
    get_open_payment,
    get_payment_of_person,
    get_payment_order,
    get_refund_order,
    list_payment_orders,
    list_refund_orders,
)
from hospital.payments.services.checkouts import start_card_payment
from hospital.payments.services.notifications import receive_notification
from hospital.payments.services.payments import confirm_payment, hold_payment
from hospital.payments.services.refunds import refund_payment, send_refund

__all__ = [
    "confirm_payment",
    "get_open_payment",
    "get_payment_of_person",
    "get_payment_order",
    "get_refund_order",
    "hold_payment",
    "list_payment_orders",
    "list_refund_orders",
    "receive_notification",
    "refund_payment",
    "send_refund",
    "start_card_payment",
]
