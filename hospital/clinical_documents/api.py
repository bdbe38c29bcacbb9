"""The front door of clinical documents."""

from hospital.clinical_documents.kinds import KINDS, VACCINES
from hospital.clinical_documents.queries import (
    get_document,
    get_own_draft,
    get_signed_version,
    list_documents,
    list_given_documents,
    list_person_documents,
    list_register,
    list_signed_versions,
)
from hospital.clinical_documents.services import (
    amend_document,
    list_problems,
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
    "get_document",
    "get_own_draft",
    "get_signed_version",
    "list_documents",
    "list_given_documents",
    "list_person_documents",
    "list_problems",
    "list_register",
    "list_signed_versions",
    "save_draft",
    "sign_document",
    "start_document",
    "void_document",
    "withdraw_draft",
]
