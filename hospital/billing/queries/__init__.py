"""Reads of billing. Those that take an actor return only what that actor may see."""

from hospital.billing.queries.bills import (
    get_bill,
    get_statement,
    list_charges,
    list_charges_of_sources,
    list_lines_of_settlement,
    list_pending_charges,
    list_titles_of_settlements,
)
from hospital.billing.queries.moves import list_holders, list_money_moves
from hospital.billing.queries.open_bills import OpenBill, list_open_bills, list_open_bills_of_people
from hospital.billing.queries.previews import PreviewedLine, preview_orders
from hospital.billing.queries.prices import price_registration, quote_registration
from hospital.billing.queries.refund_previews import preview_refund
from hospital.billing.queries.refunds import get_refund, list_refundable_lines, list_refunds
from hospital.billing.queries.settlements import (
    find_settlement_of_claim,
    find_settlements,
    find_settlements_of_claims,
    get_settlement,
    list_kept_bases,
    list_settlements,
    list_settlements_of_people,
    list_unpaid_sources,
)

__all__ = [
    "OpenBill",
    "PreviewedLine",
    "find_settlement_of_claim",
    "find_settlements",
    "find_settlements_of_claims",
    "get_bill",
    "get_refund",
    "get_settlement",
    "get_statement",
    "list_charges",
    "list_charges_of_sources",
    "list_holders",
    "list_kept_bases",
    "list_lines_of_settlement",
    "list_money_moves",
    "list_open_bills",
    "list_open_bills_of_people",
    "list_pending_charges",
    "list_refundable_lines",
    "list_refunds",
    "list_settlements",
    "list_settlements_of_people",
    "list_titles_of_settlements",
    "list_unpaid_sources",
    "preview_orders",
    "preview_refund",
    "price_registration",
    "quote_registration",
]
