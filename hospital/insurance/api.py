"""The front door of insurance."""

from hospital.insurance.keeping import keep_up
from hospital.insurance.queries import get_claim, get_last_claim, list_chain, list_claims, list_refused_claims
from hospital.insurance.services import ask_again, end_claim, open_claim, resettle_claim, settle_claim

__all__ = [
    "ask_again",
    "end_claim",
    "get_claim",
    "get_last_claim",
    "keep_up",
    "list_chain",
    "list_claims",
    "list_refused_claims",
    "open_claim",
    "resettle_claim",
    "settle_claim",
]
