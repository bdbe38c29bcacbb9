"""The front door of the pharmacy."""

from hospital.pharmacy.queries import (
    get_batch,
    get_prescription,
    list_batches,
    list_handed_over,
    list_moves,
    list_prescriptions,
    list_prescriptions_of_people,
    list_prescriptions_of_visits,
    sum_stock,
)
from hospital.pharmacy.rules import last_valid_day
from hospital.pharmacy.services.dispensing import (
    dispense_prescription,
    expire_prescription,
    list_lapsed,
    prepare_prescription,
    put_back_prescription,
)
from hospital.pharmacy.services.returning import take_back_parts
from hospital.pharmacy.services.reviewing import (
    extend_prescription,
    pass_prescription,
    reject_prescription,
    send_prescription,
    stand_by_prescription,
    withdraw_prescription,
)
from hospital.pharmacy.services.stock import Delivery, count_stock, discard_stock, move_stock, receive_stock

__all__ = [
    "Delivery",
    "count_stock",
    "discard_stock",
    "dispense_prescription",
    "expire_prescription",
    "extend_prescription",
    "get_batch",
    "get_prescription",
    "last_valid_day",
    "list_batches",
    "list_handed_over",
    "list_lapsed",
    "list_moves",
    "list_prescriptions",
    "list_prescriptions_of_people",
    "list_prescriptions_of_visits",
    "move_stock",
    "pass_prescription",
    "prepare_prescription",
    "put_back_prescription",
    "receive_stock",
    "reject_prescription",
    "send_prescription",
    "stand_by_prescription",
    "sum_stock",
    "take_back_parts",
    "withdraw_prescription",
]
