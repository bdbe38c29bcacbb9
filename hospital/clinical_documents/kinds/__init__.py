"""What can be written, as data: the sections of each kind, what they take, by when it is due (domain brief 4)."""

from hospital.clinical_documents.kinds.catalog import KINDS
from hospital.clinical_documents.kinds.shape import Choice, ClinicalKind, Input, KindSpec, SectionSpec
from hospital.clinical_documents.kinds.vaccines import VACCINES

__all__ = ["KINDS", "VACCINES", "Choice", "ClinicalKind", "Input", "KindSpec", "SectionSpec"]
