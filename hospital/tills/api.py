"""The front door of tills."""

from hospital.tills.queries import (
    get_closing,
    list_closings,
    list_closings_between,
    list_entries,
    read_open_till,
    sum_closings,
)
from hospital.tills.rules import DENOMINATIONS, add_up
from hospital.tills.services import check_closing, close_machines, close_till, post_closing

__all__ = [
    "DENOMINATIONS",
    "add_up",
    "check_closing",
    "close_machines",
    "close_till",
    "get_closing",
    "list_closings",
    "list_closings_between",
    "list_entries",
    "post_closing",
    "read_open_till",
    "sum_closings",
]
