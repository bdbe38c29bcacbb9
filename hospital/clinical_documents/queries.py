"""Reads, scoped by the access to the person; each reading of a document is an entry of the trail."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.audit.api import record_act
from hospital.clinical_documents.access import find_writable_visit
from hospital.clinical_documents.cards import card_of, cards_of, list_holding, names_of, version_view, with_versions
from hospital.clinical_documents.errors import ClinicalDocumentSigned, UnknownClinicalDocument
from hospital.clinical_documents.kinds import KINDS, ClinicalKind
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.register import only_holding
from hospital.clinical_documents.states import ClinicalState, VersionState
from hospital.clinical_documents.types import DocumentCard, DocumentView, OwnDraft
from hospital.clinical_documents.values import read_values
from hospital.encounters.api import CARING, get_encounter, require_clinical_access
from hospital.kernel.actors import Actor, ActorKind

_GIVEN = Q(
    state__in=(ClinicalState.SIGNED, ClinicalState.VOIDED),
    kind__in=[kind.value for kind, spec in KINDS.items() if spec.is_for_patient],
)


def list_documents(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[DocumentCard]:
    """The documents of a visit, newest first, those given up left out.

    Refuses `UnknownEncounter`, `NoCareRelation`, `NotClinicalStaff` (documents are for doctors and nurses).
    """
    visit = get_encounter(encounter_id=encounter_id)
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now, roles=CARING)
    return cards_of(_readable(actor).filter(encounter_id=encounter_id))


def list_person_documents(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int = 100,
    before: datetime | None = None,
    campus_code: str = "",
) -> list[DocumentCard]:
    """The signed documents of a person over all campuses, or of one, by their first signature and newest first; those
    signed before an instant only where one is given. Void ones are left out.

    Refuses like `list_documents`, and with `RecordsClosed`.
    """
    require_clinical_access(actor=actor, person_id=person_id, now=now, roles=CARING)
    rows = _readable(actor).filter(person_id=person_id, state=ClinicalState.SIGNED)
    if before is not None:
        rows = rows.filter(first_signed_at__lt=before)
    if campus_code:
        rows = rows.filter(campus_id=campus_code)
    return cards_of(rows.order_by("-first_signed_at", "-id")[:limit])


def list_given_documents(*, person_ids: Iterable[UUID]) -> list[DocumentCard]:
    """What patients are given of these people: documents that hold or held, newest first; a certificate once it is
    sealed, by its sealed version; drafts never.

    The caller has checked whose records are open to the reader. A fixed number of statements.
    """
    rows = only_holding(ClinicalDocument.objects.filter(_GIVEN, person_id__in=list(person_ids)))
    return cards_of(with_versions(rows).order_by("-first_signed_at", "-id")[:100], is_given=True)


def get_document(*, document_id: UUID, actor: Actor, now: datetime) -> DocumentView:
    """One document with every version, oldest first (N19); a patient's has those that hold or held.

    Looking at it is an entry of the trail. Refuses `UnknownClinicalDocument`, `NoCareRelation`, `NotClinicalStaff`,
    `UnknownPerson`, `RecordsClosed`.
    """
    rows = list(_readable(actor, is_withdrawn_shown=True).filter(pk=document_id))
    if not rows:
        raise UnknownClinicalDocument
    (row,) = rows
    require_clinical_access(actor=actor, person_id=row.person_id, now=now, roles=CARING)
    if actor.kind is ActorKind.STAFF:
        record_act(
            actor=actor,
            action="clinical_documents.view",
            subject_kind="clinical_document",
            subject_id=str(row.id),
            person_id=row.person_id,
            now=now,
        )
    is_given = actor.kind is ActorKind.PATIENT
    names, spec, every = names_of([row]), KINDS[ClinicalKind(row.kind)], list(row.versions.all())
    versions = [
        version_view(each, spec=spec, among=every, names=names) for each in (list_holding(row) if is_given else every)
    ]
    return DocumentView(card=card_of(row, names=names, is_given=is_given), versions=tuple(versions))


def get_own_draft(*, document_id: UUID, actor: Actor, now: datetime) -> OwnDraft:
    """The draft of a visit that the actor may write on; no entry of the trail, the save is one.

    Refuses `UnknownClinicalDocument`, `ClinicalDocumentSigned` and what `find_writable_visit` refuses.
    """
    row = (
        DocumentVersion.objects.filter(document_id=document_id).order_by("-version").select_related("document").first()
    )
    if row is None:
        raise UnknownClinicalDocument
    find_writable_visit(encounter_id=row.document.encounter_id, actor=actor, now=now)
    if row.state != VersionState.DRAFT:
        raise ClinicalDocumentSigned
    kind = ClinicalKind(row.document.kind)
    values = read_values(spec=KINDS[kind], stored=row.content)
    return OwnDraft(kind=kind, person_id=row.document.person_id, values=values)


def _readable(actor: Actor, *, is_withdrawn_shown: bool = False) -> QuerySet[ClinicalDocument]:
    """What the side of the actor may read: a patient what holds or held and is given to patients."""
    rows = with_versions(ClinicalDocument.objects.order_by("-started_at", "-id"))
    if actor.kind is ActorKind.PATIENT:
        return only_holding(rows.filter(_GIVEN))
    return rows if is_withdrawn_shown else rows.filter(~Q(state=ClinicalState.WITHDRAWN))
