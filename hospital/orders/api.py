"""The front door of orders."""

from hospital.orders.orderables import OrderableHit, find_orderable, get_hit, search_orderables
from hospital.orders.queries import (
    get_order,
    list_lines,
    list_open_exams,
    list_orders,
    list_orders_by_id,
    list_pending_exams,
    list_person_orders,
)
from hospital.orders.rules import format_amount
from hospital.orders.services.carrying_out import cancel_line, execute_line
from hospital.orders.services.drafting import add_drug, add_exam, add_test, change_drug, describe_order, remove_line
from hospital.orders.services.signing import list_draft_problems, sign_orders
from hospital.orders.vocabulary import DOSE_UNITS, FREQUENCIES, ROUTES, Frequency, Route

__all__ = [
    "DOSE_UNITS",
    "FREQUENCIES",
    "ROUTES",
    "Frequency",
    "OrderableHit",
    "Route",
    "add_drug",
    "add_exam",
    "add_test",
    "cancel_line",
    "change_drug",
    "describe_order",
    "execute_line",
    "find_orderable",
    "format_amount",
    "get_hit",
    "get_order",
    "list_draft_problems",
    "list_lines",
    "list_open_exams",
    "list_orders",
    "list_orders_by_id",
    "list_pending_exams",
    "list_person_orders",
    "remove_line",
    "search_orderables",
    "sign_orders",
]
