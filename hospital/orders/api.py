"""The front door of orders."""

from hospital.orders.orderables import OrderableHit, find_orderable, get_hit, search_orderables
from hospital.orders.queries import (
    count_repeats,
    get_order,
    list_done_exams,
    list_lines,
    list_open_exams,
    list_orders,
    list_orders_by_id,
    list_pending_exams,
    list_person_orders,
)
from hospital.orders.renal import estimate_gfr
from hospital.orders.rules import format_amount
from hospital.orders.services.carrying_out import cancel_line, execute_line
from hospital.orders.services.drafting import add_drug, add_exam, add_test, change_drug, describe_order, remove_line
from hospital.orders.services.drug_rules import DrugRules, add_drug_rule, delete_drug_rule, list_drug_rules
from hospital.orders.services.sets import (
    delete_order_set,
    get_order_set,
    keep_orders,
    list_favorite_drugs,
    list_order_sets,
    name_order_set,
    put_in_set,
    set_favorite_drug,
    take_from_set,
)
from hospital.orders.services.signing import list_draft_problems, sign_orders
from hospital.orders.services.visits import completed_years
from hospital.orders.vocabulary import DOSE_UNITS, FREQUENCIES, ROUTES, Frequency, Route

__all__ = [
    "DOSE_UNITS",
    "FREQUENCIES",
    "ROUTES",
    "DrugRules",
    "Frequency",
    "OrderableHit",
    "Route",
    "add_drug",
    "add_drug_rule",
    "add_exam",
    "add_test",
    "cancel_line",
    "change_drug",
    "completed_years",
    "count_repeats",
    "delete_drug_rule",
    "delete_order_set",
    "describe_order",
    "estimate_gfr",
    "execute_line",
    "find_orderable",
    "format_amount",
    "get_hit",
    "get_order",
    "get_order_set",
    "keep_orders",
    "list_done_exams",
    "list_draft_problems",
    "list_drug_rules",
    "list_favorite_drugs",
    "list_lines",
    "list_open_exams",
    "list_order_sets",
    "list_orders",
    "list_orders_by_id",
    "list_pending_exams",
    "list_person_orders",
    "name_order_set",
    "put_in_set",
    "remove_line",
    "search_orderables",
    "set_favorite_drug",
    "sign_orders",
    "take_from_set",
]
