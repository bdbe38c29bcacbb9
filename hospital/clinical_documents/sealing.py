"""The seal of the medical affairs office: a certificate holds once another than its signer sealed it (N05)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting
from hospital.clinical_documents.errors import (
    ClinicalDocumentVoided,
    NothingToSeal,
    NotSealingOffice,
    ReturnReasonMissing,
    SealedBySigner,
)
from hospital.clinical_documents.kinds import KINDS, ClinicalKind
from hospital.clinical_documents.ledger import (
    find_draft,
    find_newest_signed,
    lock_document,
    next_number,
    record_step,
)
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion, SealDecision
from hospital.clinical_documents.states import ClinicalState, SealOutcome
from hospital.clinical_documents.values import clean_line
from hospital.kernel.actors import Actor, Role
from hospital.kernel.events import record_event


def seal_document(*, document_id: UUID, version: int, actor: Actor, now: datetime) -> str:
    """Seals the signed version that the office has read; returns the number of the register, given at the first seal.

    Refuses `NotSealingOffice`, `SealedBySigner`, `NothingToSeal` (decided meanwhile, being amended, not the newest, or
    of a kind without a seal), `ClinicalDocumentVoided`, `UnknownClinicalDocument`.
    """
    with acting(actor=actor):
        document, waiting = _find_waiting(document_id=document_id, version=version, actor=actor)
        _decide(waiting, outcome=SealOutcome.SEALED, actor=actor, now=now)
        if not document.number:
            document.number = next_number(now=now)
            ClinicalDocument.objects.filter(pk=document.pk).update(number=document.number)
        details: dict[str, object] = {
            "version": version,
            "hash": waiting.content_hash,
            "number": document.number,
        }
        record_step(document, action="seal", actor=actor, now=now, details=details)
        record_event(
            kind="clinical_documents.sealed",
            subject_id=str(document.id),
            encounter_id=document.encounter_id,
            person_id=document.person_id,
            now=now,
            facts={"kind": document.kind, "version": version},
        )
        return document.number


def return_document(*, document_id: UUID, version: int, reason: str, actor: Actor, now: datetime) -> None:
    """Sends a signed version back to its doctor, who amends or voids it. Refuses `ReturnReasonMissing` and what
    `seal_document` refuses."""
    reason = clean_line(reason)
    if not reason:
        raise ReturnReasonMissing
    with acting(actor=actor):
        document, waiting = _find_waiting(document_id=document_id, version=version, actor=actor)
        _decide(waiting, outcome=SealOutcome.RETURNED, reason=reason, actor=actor, now=now)
        record_step(document, action="return", actor=actor, now=now, reason=reason, details={"version": version})


def _find_waiting(*, document_id: UUID, version: int, actor: Actor) -> tuple[ClinicalDocument, DocumentVersion]:
    document = lock_document(document_id)
    if not actor.has_role(Role.MEDICAL_AFFAIRS, document.campus_id):
        raise NotSealingOffice
    if document.state == ClinicalState.VOIDED:
        raise ClinicalDocumentVoided
    newest = find_newest_signed(document)
    if newest is None or newest.version != version or not KINDS[ClinicalKind(document.kind)].needs_seal:
        raise NothingToSeal
    if hasattr(newest, "seal") or find_draft(document) is not None:
        raise NothingToSeal
    signers = {newest.signed_by_id, newest.reviews.signed_by_id if newest.reviews else None}
    if UUID(actor.id) in signers:
        raise SealedBySigner
    return document, newest


def _decide(version: DocumentVersion, *, outcome: SealOutcome, actor: Actor, now: datetime, reason: str = "") -> None:
    """Keeps the decision; one a version, which the database holds."""
    if version.signed_by_id is None:
        raise NothingToSeal
    SealDecision.objects.create(
        version=version,
        outcome=outcome,
        signed_by_id=version.signed_by_id,
        decided_by_id=UUID(actor.id),
        decided_at=now,
        reason=reason,
    )
