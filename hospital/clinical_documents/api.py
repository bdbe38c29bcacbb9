"""The front door of clinical documents."""

from hospital.clinical_documents.access import can_write, is_superior
from hospital.clinical_documents.kinds import KINDS, VACCINES
from hospital.clinical_documents.queries import (
    get_document,
    get_own_draft,
    list_documents,
    list_given_documents,
    list_person_documents,
)
from hospital.clinical_documents.register import (
    find_standing,
    get_signed_version,
    get_waiting,
    is_holding,
    list_register,
    list_returned,
    list_signed_versions,
    list_waiting,
)
from hospital.clinical_documents.sealing import return_document, seal_document
from hospital.clinical_documents.services import (
    amend_document,
    list_problems,
    review_document,
    save_draft,
    sign_document,
    start_document,
    void_document,
    withdraw_draft,
)
from hospital.clinical_documents.wording import TABLE_HEADS

__all__ = [
    "KINDS",
    "TABLE_HEADS",
    "VACCINES",
    "amend_document",
    "can_write",
    "find_standing",
    "get_document",
    "get_own_draft",
    "get_signed_version",
    "get_waiting",
    "is_holding",
    "is_superior",
    "list_documents",
    "list_given_documents",
    "list_person_documents",
    "list_problems",
    "list_register",
    "list_returned",
    "list_signed_versions",
    "list_waiting",
    "return_document",
    "review_document",
    "save_draft",
    "seal_document",
    "sign_document",
    "start_document",
    "void_document",
    "withdraw_draft",
]
