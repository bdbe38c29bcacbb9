"""Writes of billing."""

from hospital.billing.services.charging import (
    charge_assistance,
    charge_changed_registration,
    charge_orders,
    charge_registration,
)
from hospital.billing.services.executing import mark_executed, reverse_execution, reverse_part
from hospital.billing.services.line_changing import RepricedLine, Repricing, preview_line_change, reprice_for_line
from hospital.billing.services.moving import (
    attach_charges,
    void_charge,
    void_orders,
    void_registration,
    void_unpaid_registration,
)
from hospital.billing.services.quoting import quote_bill
from hospital.billing.services.refund_money import (
    approve_refund,
    complete_refund,
    reject_refund,
    retry_refund,
    send_national_refund,
)
from hospital.billing.services.refunding import lower_price, request_refund
from hospital.billing.services.settling import (
    allocate_payment,
    allocate_payments,
    release_settlement,
    start_settlement,
)

__all__ = [
    "RepricedLine",
    "Repricing",
    "allocate_payment",
    "allocate_payments",
    "approve_refund",
    "attach_charges",
    "charge_assistance",
    "charge_changed_registration",
    "charge_orders",
    "charge_registration",
    "complete_refund",
    "lower_price",
    "mark_executed",
    "preview_line_change",
    "quote_bill",
    "reject_refund",
    "release_settlement",
    "reprice_for_line",
    "request_refund",
    "retry_refund",
    "reverse_execution",
    "reverse_part",
    "send_national_refund",
    "start_settlement",
    "void_charge",
    "void_orders",
    "void_registration",
    "void_unpaid_registration",
]
