"""Writes of receipts."""

from hospital.receipts.services.acts import issue_again, replace_receipt
from hospital.receipts.services.keeping import ask_after, keep_up, take_news
from hospital.receipts.services.papers import confirm_paper, swap_to_paper, take_paper_back

__all__ = [
    "ask_after",
    "confirm_paper",
    "issue_again",
    "keep_up",
    "replace_receipt",
    "swap_to_paper",
    "take_news",
    "take_paper_back",
]
