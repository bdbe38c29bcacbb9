"""The tables of billing."""

from hospital.billing.models.charges import Charge
from hospital.billing.models.insurers import InsurerContract, Receivable, ReceivableLine
from hospital.billing.models.refunds import RefundLine, RefundNote, RefundTender
from hospital.billing.models.settlements import Allocation, Quote, QuoteLine, Settlement, SettlementLine

__all__ = [
    "Allocation",
    "Charge",
    "InsurerContract",
    "Quote",
    "QuoteLine",
    "Receivable",
    "ReceivableLine",
    "RefundLine",
    "RefundNote",
    "RefundTender",
    "Settlement",
    "SettlementLine",
]
