"""The front door of receipts."""

from hospital.receipts.queries import (
    count_troubled_receipts,
    fetch_legal_copy,
    find_receipt_in_force,
    find_receipts,
    get_receipt,
    list_receipts,
    list_receipts_issued,
)
from hospital.receipts.services import (
    ask_after,
    confirm_paper,
    issue_again,
    keep_up,
    replace_receipt,
    swap_to_paper,
    take_news,
    take_paper_back,
)

__all__ = [
    "ask_after",
    "confirm_paper",
    "count_troubled_receipts",
    "fetch_legal_copy",
    "find_receipt_in_force",
    "find_receipts",
    "get_receipt",
    "issue_again",
    "keep_up",
    "list_receipts",
    "list_receipts_issued",
    "replace_receipt",
    "swap_to_paper",
    "take_news",
    "take_paper_back",
]
