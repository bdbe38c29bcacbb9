"""Reads of what holds: signed versions for translators and papers, the register, and what waits for the seal (N05)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hospital.audit.api import record_act
from hospital.clinical_documents.cards import (
    find_seal,
    list_holding,
    list_signatures,
    list_signed,
    names_of,
    register_row,
    signed_version,
    with_versions,
)
from hospital.clinical_documents.errors import (
    ClinicalDocumentNotSealed,
    ClinicalDocumentNotSigned,
    NothingToSeal,
    NotSealingOffice,
    UnknownClinicalDocument,
)
from hospital.clinical_documents.kinds import KINDS, ClinicalKind
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion, SealDecision
from hospital.clinical_documents.states import ClinicalState, SealOutcome, VersionState
from hospital.clinical_documents.types import (
    RegisterRow,
    ReturnedCertificate,
    SignedVersion,
    Standing,
    WaitingCertificate,
)
from hospital.clinical_documents.values import read_values
from hospital.clinical_documents.wording import read_sections
from hospital.kernel.actors import Actor, Role
from hospital.kernel.types import BilingualText

_KEPT = (VersionState.SIGNED, VersionState.DRAFT)
SEALED_KINDS = tuple(kind.value for kind, spec in KINDS.items() if spec.needs_seal)


def only_holding(rows: QuerySet[ClinicalDocument]) -> QuerySet[ClinicalDocument]:
    """Those rows of signed documents that hold or held: certificates that wait for their first seal are left out."""
    sealed = SealDecision.objects.filter(version__document=OuterRef("pk"), outcome=SealOutcome.SEALED)
    return rows.filter(~Q(kind__in=SEALED_KINDS) | Exists(sealed))


def get_signed_version(*, document_id: UUID, version: int | None = None) -> SignedVersion:
    """A version that holds or held, whole, for whoever translates or prints it; the newest unless `version` is given.

    The caller has checked that the actor may see it, and leaves the trace. Refuses `UnknownClinicalDocument`,
    `ClinicalDocumentNotSigned`, `ClinicalDocumentNotSealed` (signed, and the office has not sealed it).
    """
    row = with_versions(ClinicalDocument.objects.filter(pk=document_id)).first()
    if row is None:
        raise UnknownClinicalDocument
    found = [each for each in list_holding(row) if version is None or each.version == version]
    if found:
        return signed_version(row, found[-1], names=names_of([row]))
    if any(version is None or each.version == version for each in list_signed(row)):
        raise ClinicalDocumentNotSealed
    raise ClinicalDocumentNotSigned


def is_holding(*, document_id: UUID, version: int) -> bool:
    """Whether a version holds or held: it is signed, and sealed where its kind takes a seal."""
    row = with_versions(ClinicalDocument.objects.filter(pk=document_id)).first()
    return row is not None and version in {each.version for each in list_holding(row)}


def find_standing(*, document_id: UUID) -> Standing | None:
    """Which version of a numbered document holds and whether it is void, for the public check; None for others."""
    row = with_versions(ClinicalDocument.objects.filter(pk=document_id).exclude(number="")).first()
    holding = list_holding(row) if row else []
    if row is None or not holding:
        return None
    newest = holding[-1]
    seal = find_seal(newest)
    since = seal.decided_at if seal else newest.signed_at
    if since is None:
        return None
    return Standing(number=row.number, version=newest.version, since=since, is_voided=row.state == ClinicalState.VOIDED)


def list_signed_versions(
    *, campus_codes: Iterable[str], kinds: Iterable[ClinicalKind] = ClinicalKind, limit: int = 200
) -> list[SignedVersion]:
    """The newest version that holds of each document of the campuses that is not void, last signed first.

    For whoever keeps a list of what is to be translated; the caller has checked what the actor may see. A fixed number
    of statements.
    """
    rows = ClinicalDocument.objects.filter(
        campus_id__in=list(campus_codes), kind__in=list(kinds), state=ClinicalState.SIGNED
    )
    found = list(with_versions(only_holding(rows)).order_by("-first_signed_at", "-id")[:limit])
    names = names_of(found)
    newest = [signed_version(row, list_holding(row)[-1], names=names) for row in found]
    return sorted(newest, key=lambda each: each.signed_at, reverse=True)


def list_register(
    *, actor: Actor, text: str = "", kind: ClinicalKind | None = None, first: int = 0, limit: int = 50
) -> list[RegisterRow]:
    """The register of certificates of the campuses of the medical affairs office, newest first (N05).

    `text` is a part of the number. Nothing of what a certificate says is in it. Other roles get an empty list.
    """
    rows = ClinicalDocument.objects.filter(campus_id__in=actor.campuses_of(Role.MEDICAL_AFFAIRS))
    rows = only_holding(rows.exclude(number=""))
    if text.strip():
        rows = rows.filter(number__icontains=text.strip())
    if kind is not None:
        rows = rows.filter(kind=kind)
    found = list(with_versions(rows).order_by("-first_signed_at", "-id")[first : first + limit])
    names = names_of(found)
    return [register_row(row, names=names) for row in found]


def list_waiting(*, actor: Actor, limit: int = 200) -> list[WaitingCertificate]:
    """What waits for the seal at the campuses of the office, the longest first; for other roles an empty list."""
    campuses = actor.campuses_of(Role.MEDICAL_AFFAIRS)
    waiting = _newest_signed().filter(document__campus_id__in=campuses, seal=None).order_by("signed_at", "id")[:limit]
    return _waiting_of(list(waiting), actor=actor)


def get_waiting(*, document_id: UUID, actor: Actor, now: datetime) -> WaitingCertificate:
    """One certificate that waits, whole, for the office to read before it seals; a look is an entry of the trail.

    Refuses `UnknownClinicalDocument`, `NotSealingOffice`, `NothingToSeal`.
    """
    document = ClinicalDocument.objects.filter(pk=document_id).first()
    if document is None:
        raise UnknownClinicalDocument
    if not actor.has_role(Role.MEDICAL_AFFAIRS, document.campus_id):
        raise NotSealingOffice
    found = _waiting_of(list(_newest_signed().filter(document=document, seal=None)), actor=actor)
    if not found:
        raise NothingToSeal
    record_act(
        actor=actor,
        action="clinical_documents.view",
        subject_kind="clinical_document",
        subject_id=str(document_id),
        person_id=document.person_id,
        now=now,
    )
    return found[0]


def list_returned(*, actor: Actor) -> list[ReturnedCertificate]:
    """The actor's own certificates that the office sent back and nobody amended or voided yet, the longest first."""
    rows = _newest_signed().filter(signed_by_id=UUID(actor.id), seal__outcome=SealOutcome.RETURNED)
    return [
        ReturnedCertificate(
            document_id=row.document_id,
            title=KINDS[ClinicalKind(row.document.kind)].title,
            person_id=row.document.person_id,
            returned_at=row.seal.decided_at,
            reason=row.seal.reason,
        )
        for row in rows.order_by("seal__decided_at", "id")[:50]
    ]


def _newest_signed() -> QuerySet[DocumentVersion]:
    """The newest signed versions of certificates that take a seal, where no amendment is in the making."""
    later = DocumentVersion.objects.filter(
        document=OuterRef("document"), version__gt=OuterRef("version"), state__in=_KEPT
    )
    rows = DocumentVersion.objects.filter(
        ~Exists(later), state=VersionState.SIGNED, document__state=ClinicalState.SIGNED, document__kind__in=SEALED_KINDS
    )
    return rows.select_related("document", "seal")


def _waiting_of(rows: list[DocumentVersion], *, actor: Actor) -> list[WaitingCertificate]:
    documents = list(with_versions(ClinicalDocument.objects.filter(pk__in=[row.document_id for row in rows])))
    by_id, names = {document.id: document for document in documents}, names_of(documents)
    return [_waiting(row, by_id[row.document_id], names=names, actor=actor) for row in rows]


def _waiting(
    row: DocumentVersion, document: ClinicalDocument, *, names: dict[UUID, BilingualText], actor: Actor
) -> WaitingCertificate:
    spec = KINDS[ClinicalKind(document.kind)]
    if row.signed_at is None:
        raise ClinicalDocumentNotSigned
    return WaitingCertificate(
        document_id=document.id,
        version=row.version,
        kind=spec.kind,
        title=spec.title,
        language=document.language,
        number=document.number,
        encounter_id=document.encounter_id,
        person_id=document.person_id,
        signatures=list_signatures(row, among=document.versions.all(), names=names),
        signed_at=row.signed_at,
        amend_reason=row.amend_reason,
        sections=read_sections(spec=spec, values=read_values(spec=spec, stored=row.content)),
        is_own=str(row.signed_by_id) == actor.id,
    )
