"""What the writes share: a document locked, moved, entered in the register, and the entry of the trail."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from hospital.audit.api import record_act
from hospital.clinical_documents.access import find_writable_visit
from hospital.clinical_documents.errors import ClinicalDocumentVoided, UnknownClinicalDocument
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.states import CLINICAL_TRANSITIONS, ClinicalState, VersionState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.transitions import IllegalTransition


def lock_document(document_id: UUID) -> ClinicalDocument:
    """The document, locked to the end of the transaction. Refuses `UnknownClinicalDocument`."""
    document = ClinicalDocument.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        raise UnknownClinicalDocument
    return document


def lock_writable(*, document_id: UUID, actor: Actor, now: datetime) -> tuple[ClinicalDocument, EncounterCard]:
    """A document that the actor may write, locked, with its visit. Refuses what `find_writable_visit` refuses,
    `UnknownClinicalDocument` and `ClinicalDocumentVoided`."""
    document = lock_document(document_id)
    visit = find_writable_visit(encounter_id=document.encounter_id, actor=actor, now=now)
    if document.state == ClinicalState.VOIDED:
        raise ClinicalDocumentVoided
    return document, visit


def find_draft(document: ClinicalDocument) -> DocumentVersion | None:
    """The version in the making, if there is one."""
    return document.versions.select_related("reviews").filter(state=VersionState.DRAFT).first()


def find_newest_signed(document: ClinicalDocument) -> DocumentVersion | None:
    """The version that was signed last, sealed or not."""
    signed = document.versions.select_related("seal", "reviews").filter(state=VersionState.SIGNED)
    return signed.order_by("-version").first()


def move_document(document: ClinicalDocument, *, target: ClinicalState, **changes: object) -> None:
    """Moves a document whose row is locked; the conditional update decides."""
    sources = CLINICAL_TRANSITIONS.allowed_from(target)
    moved = ClinicalDocument.objects.filter(pk=document.pk, state__in=sources).update(state=target, **changes)
    if not moved:
        raise IllegalTransition(current=document.state, target=target.value)


def next_number(*, now: datetime) -> str:
    """The next number of the register, `CR-261126-000317`: rises with time, may have gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('clinical_documents_number')")
        (serial,) = cursor.fetchone()
    return f"CR-{now.astimezone(SHANGHAI):%y%m%d}-{serial:06d}"


def record_step(
    document: ClinicalDocument,
    *,
    action: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    details: dict[str, object] | None = None,
) -> None:
    """The entry of the trail of one step."""
    record_act(
        actor=actor,
        action=f"clinical_documents.{action}",
        subject_kind="clinical_document",
        subject_id=str(document.id),
        person_id=document.person_id,
        reason=reason,
        details=details,
        now=now,
    )
