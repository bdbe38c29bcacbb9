"""The tables of billing."""

from hospital.billing.models.charges import Charge
from hospital.billing.models.refunds import RefundLine, RefundNote, RefundTender
from hospital.billing.models.settlements import Allocation, Quote, QuoteLine, Settlement, SettlementLine

__all__ = [
    "Allocation",
    "Charge",
    "Quote",
    "QuoteLine",
    "RefundLine",
    "RefundNote",
    "RefundTender",
    "Settlement",
    "SettlementLine",
]
