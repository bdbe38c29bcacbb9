"""Models of the pharmacy: prescriptions on their way, stock by batch."""

from hospital.pharmacy.models.prescriptions import Pick, Prescription, PrescriptionLine, TakeBack
from hospital.pharmacy.models.stock import Batch, StockMove

__all__ = ["Batch", "Pick", "Prescription", "PrescriptionLine", "StockMove", "TakeBack"]
