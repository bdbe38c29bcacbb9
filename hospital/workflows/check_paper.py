"""The public check of a paper: whether it is genuine, and of a certificate which version holds today (N05)."""

from dataclasses import dataclass
from uuid import UUID

from hospital.clinical_documents.api import find_standing
from hospital.clinical_documents.types import Standing
from hospital.documents.api import verify_document
from hospital.documents.types import Verification
from hospital.workflows.print_medical_document import SUBJECT_KIND


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    """The answer to whoever checks a paper. `version` is the one that is printed on it, 0 where it has none."""

    verification: Verification
    version: int = 0
    standing: Standing | None = None


def check_paper(*, number: str, check_code: str) -> CheckedPaper:
    """What `verify_document` tells, and for a certificate its number of the register with the version that holds.

    Nothing of what a paper says and nothing about the patient; a wrong check code tells nothing at all.
    """
    verification = verify_document(number=number, check_code=check_code)
    subject = verification.subject
    if subject is None or subject.kind != SUBJECT_KIND:
        return CheckedPaper(verification=verification)
    document_id, version = subject.id.split(":")[:2]
    return CheckedPaper(
        verification=verification, version=int(version), standing=find_standing(document_id=UUID(document_id))
    )
