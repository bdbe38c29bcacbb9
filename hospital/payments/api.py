"""The front door of payments: moves money for an opaque reference and never knows what it stands for."""

from hospital.payments.partner_money import find_partner_payment_key, find_partner_refund, list_partner_refunds
from hospital.payments.queries import (
    get_failure_code,
    get_open_payment,
    get_payment_of_person,
    get_payment_order,
    get_refund_order,
    list_bound_references,
    list_payment_orders,
    list_payments,
    list_payments_needing_attention,
    list_refund_orders,
)
from hospital.payments.services.attention import report_failed_return, settle_attention
from hospital.payments.services.checkouts import start_card_payment
from hospital.payments.services.codes import detect_code_channel, start_code_payment
from hospital.payments.services.notifications import receive_notification
from hospital.payments.services.payments import cancel_payment, confirm_payment, hold_payments
from hospital.payments.services.prepays import sign_wechat_call, start_wechat_payment
from hospital.payments.services.recording import CashTaken, PartnerTaken, record_payment
from hospital.payments.services.refunds import confirm_partner_refund, refund_payment, send_refund
from hospital.payments.services.terminals import start_terminal_payment

__all__ = [
    "CashTaken",
    "PartnerTaken",
    "cancel_payment",
    "confirm_partner_refund",
    "confirm_payment",
    "detect_code_channel",
    "find_partner_payment_key",
    "find_partner_refund",
    "get_failure_code",
    "get_open_payment",
    "get_payment_of_person",
    "get_payment_order",
    "get_refund_order",
    "hold_payments",
    "list_bound_references",
    "list_partner_refunds",
    "list_payment_orders",
    "list_payments",
    "list_payments_needing_attention",
    "list_refund_orders",
    "receive_notification",
    "record_payment",
    "refund_payment",
    "report_failed_return",
    "send_refund",
    "settle_attention",
    "sign_wechat_call",
    "start_card_payment",
    "start_code_payment",
    "start_terminal_payment",
    "start_wechat_payment",
]
