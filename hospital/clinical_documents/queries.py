"""Reads, scoped by the access to the person; each reading of a document is an entry of the trail."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hospital.accounts.api import get_staff_names
from hospital.audit.api import record_act
from hospital.clinical_documents.errors import (
    ClinicalDocumentNotSigned,
    ClinicalDocumentSigned,
    UnknownClinicalDocument,
)
from hospital.clinical_documents.kinds import KINDS, ClinicalKind
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.rules import find_due
from hospital.clinical_documents.states import ClinicalState, VersionState
from hospital.clinical_documents.types import (
    DocumentCard,
    DocumentView,
    OwnDraft,
    RegisterRow,
    SignedVersion,
    VersionView,
)
from hospital.clinical_documents.values import list_segments, read_values
from hospital.clinical_documents.wording import read_sections
from hospital.encounters.api import CARING, get_encounter, require_clinical_access
from hospital.encounters.errors import NotYourPatient
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText

_NOBODY = BilingualText("")
_FOR_PATIENTS = tuple(kind.value for kind, spec in KINDS.items() if spec.is_for_patient)
Names = dict[UUID, BilingualText]


def list_documents(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[DocumentCard]:
    """The documents of a visit, newest first, those given up left out.

    Refuses `UnknownEncounter`, `NoCareRelation`, `NotClinicalStaff` (documents are for doctors and nurses).
    """
    visit = get_encounter(encounter_id=encounter_id)
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now, roles=CARING)
    return _cards(_readable(actor).filter(encounter_id=encounter_id))


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
    return _cards(rows.order_by("-first_signed_at", "-id")[:limit])


def list_given_documents(*, person_ids: Iterable[UUID]) -> list[DocumentCard]:
    """What patients are given of these people: signed and void documents, newest first; drafts never.

    The caller has checked whose records are open to the reader. A fixed number of statements.
    """
    signed = (ClinicalState.SIGNED, ClinicalState.VOIDED)
    rows = _all().filter(person_id__in=list(person_ids), state__in=signed, kind__in=_FOR_PATIENTS)
    return _cards(rows.order_by("-first_signed_at", "-id")[:100])


def get_document(*, document_id: UUID, actor: Actor, now: datetime) -> DocumentView:
    """One document with every version, oldest first (N19); a patient's has the signed ones only.

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
    versions = [each for each in row.versions.all() if actor.kind is not ActorKind.PATIENT or each.content_hash]
    names = _names(rows)
    spec = KINDS[ClinicalKind(row.kind)]
    views = []
    for each in versions:
        values = read_values(spec=spec, stored=each.content)
        views.append(
            VersionView(
                id=each.id,
                version=each.version,
                revision=each.revision,
                state=VersionState(each.state),
                values=values,
                sections=read_sections(spec=spec, values=values),
                amend_reason=each.amend_reason,
                writer=names.get(each.written_by_id, _NOBODY),
                written_at=each.written_at,
                signer=names.get(each.signed_by_id, _NOBODY) if each.signed_by_id else _NOBODY,
                signer_id=str(each.signed_by_id or ""),
                signed_at=each.signed_at,
                content_hash=each.content_hash,
            )
        )
    return DocumentView(card=_card(row, names=names), versions=tuple(views))


def get_own_draft(*, document_id: UUID, actor: Actor) -> OwnDraft:
    """The draft of one of the actor's own visits, for writing on; no entry of the trail, the save is one.

    Refuses `UnknownClinicalDocument`, `NotYourPatient`, `ClinicalDocumentSigned`.
    """
    row = (
        DocumentVersion.objects.filter(document_id=document_id).order_by("-version").select_related("document").first()
    )
    if row is None:
        raise UnknownClinicalDocument
    if str(get_encounter(encounter_id=row.document.encounter_id).clinician_user_id) != actor.id:
        raise NotYourPatient
    if row.state != VersionState.DRAFT:
        raise ClinicalDocumentSigned
    kind = ClinicalKind(row.document.kind)
    values = read_values(spec=KINDS[kind], stored=row.content)
    return OwnDraft(kind=kind, person_id=row.document.person_id, values=values)


def get_signed_version(*, document_id: UUID, version: int | None = None) -> SignedVersion:
    """A signed version whole, for whoever translates or prints it; the newest signed one unless `version` is given.

    The caller has checked that the actor may see it, and leaves the trace. Refuses `UnknownClinicalDocument`,
    `ClinicalDocumentNotSigned`.
    """
    rows = list(_all().filter(pk=document_id))
    if not rows:
        raise UnknownClinicalDocument
    signed = _signed_versions(rows[0], names=_names(rows))
    found = [each for each in signed if version is None or each.version == version]
    if not found:
        raise ClinicalDocumentNotSigned
    return found[-1]


def list_signed_versions(
    *, campus_codes: Iterable[str], kinds: Iterable[ClinicalKind] = ClinicalKind, limit: int = 200
) -> list[SignedVersion]:
    """The newest signed version of each document of the campuses that is not void, last signed first.

    For whoever keeps a list of what is to be translated; the caller has checked what the actor may see. A fixed number
    of statements.
    """
    rows = list(
        _all()
        .filter(campus_id__in=list(campus_codes), kind__in=list(kinds), state=ClinicalState.SIGNED)
        .order_by("-first_signed_at", "-id")[:limit]
    )
    names = _names(rows)
    newest = [_signed_versions(row, names=names)[-1] for row in rows]
    return sorted(newest, key=lambda each: each.signed_at, reverse=True)


def list_register(
    *, actor: Actor, text: str = "", kind: ClinicalKind | None = None, first: int = 0, limit: int = 50
) -> list[RegisterRow]:
    """The register of certificates of the campuses of the medical affairs office, newest first (N05).

    `text` is a part of the number. Nothing of what a certificate says is in it. Other roles get an empty list.
    """
    rows = ClinicalDocument.objects.filter(campus_id__in=actor.campuses_of(Role.MEDICAL_AFFAIRS))
    rows = rows.exclude(number="")
    if text.strip():
        rows = rows.filter(number__icontains=text.strip())
    if kind is not None:
        rows = rows.filter(kind=kind)
    signed = DocumentVersion.objects.filter(state=VersionState.SIGNED).order_by("version")
    found = list(
        rows.prefetch_related(Prefetch("versions", signed)).order_by("-first_signed_at", "-id")[first : first + limit]
    )
    names = _names(found)
    return [_register_row(row, names=names) for row in found]


def _all() -> QuerySet[ClinicalDocument]:
    versions = Prefetch("versions", DocumentVersion.objects.order_by("version"))
    return ClinicalDocument.objects.prefetch_related(versions).order_by("-started_at", "-id")


def _readable(actor: Actor, *, is_withdrawn_shown: bool = False) -> QuerySet[ClinicalDocument]:
    """What the side of the actor may read: a patient what was signed and is given to patients."""
    rows = _all()
    if actor.kind is ActorKind.PATIENT:
        return rows.filter(state__in=(ClinicalState.SIGNED, ClinicalState.VOIDED), kind__in=_FOR_PATIENTS)
    return rows if is_withdrawn_shown else rows.filter(~Q(state=ClinicalState.WITHDRAWN))


def _names(rows: Iterable[ClinicalDocument]) -> Names:
    """The names of everybody who wrote, signed or voided, in one statement."""
    ids: set[UUID | None] = set()
    for row in rows:
        ids.add(row.voided_by_id)
        for each in row.versions.all():
            ids |= {each.written_by_id, each.signed_by_id}
    return get_staff_names(user_ids=[each for each in ids if each is not None])


def _cards(rows: QuerySet[ClinicalDocument]) -> list[DocumentCard]:
    found = list(rows)
    names = _names(found)
    return [_card(row, names=names) for row in found]


def _card(row: ClinicalDocument, *, names: Names) -> DocumentCard:
    versions = list(row.versions.all())
    spec = KINDS[ClinicalKind(row.kind)]
    signed = [each for each in versions if each.state == VersionState.SIGNED]
    shown = signed[-1] if signed else versions[-1]
    return DocumentCard(
        id=row.id,
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        campus_code=row.campus_id,
        kind=spec.kind,
        title=spec.title,
        language=row.language,
        state=ClinicalState(row.state),
        number=row.number,
        version=shown.version,
        has_draft=any(each.state == VersionState.DRAFT for each in versions),
        writer=names.get(shown.written_by_id, _NOBODY),
        written_at=shown.written_at,
        signer=names.get(shown.signed_by_id, _NOBODY) if shown.signed_by_id else _NOBODY,
        signed_at=shown.signed_at,
        first_signed_at=row.first_signed_at,
        due_at=find_due(spec=spec, values=read_values(spec=spec, stored=versions[-1].content)),
        void_reason=row.void_reason,
        voided_at=row.voided_at,
        source_hash=shown.content_hash,
        needs_translation=bool(list_segments(spec=spec, values=read_values(spec=spec, stored=shown.content))),
    )


def _signed_versions(row: ClinicalDocument, *, names: Names) -> list[SignedVersion]:
    spec = KINDS[ClinicalKind(row.kind)]
    signed = [each for each in row.versions.all() if each.state == VersionState.SIGNED]
    return [_signed(row, each, spec_kind=spec.kind, names=names, is_newest=each is signed[-1]) for each in signed]


def _signed(
    row: ClinicalDocument, version: DocumentVersion, *, spec_kind: ClinicalKind, names: Names, is_newest: bool
) -> SignedVersion:
    spec = KINDS[spec_kind]
    values = read_values(spec=spec, stored=version.content)
    if version.signed_at is None or version.signed_by_id is None:
        raise ClinicalDocumentNotSigned
    return SignedVersion(
        document_id=row.id,
        version_id=version.id,
        version=version.version,
        kind=spec.kind,
        title=spec.title,
        language=row.language,
        source_hash=version.content_hash,
        segments=list_segments(spec=spec, values=values),
        sections=read_sections(spec=spec, values=values),
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        campus_code=row.campus_id,
        number=row.number,
        asks_patient=spec.is_signed_by_patient,
        signer=names.get(version.signed_by_id, _NOBODY),
        signed_at=version.signed_at,
        amend_reason=version.amend_reason,
        is_current=is_newest and row.state == ClinicalState.SIGNED,
        is_voided=row.state == ClinicalState.VOIDED,
    )


def _register_row(row: ClinicalDocument, *, names: Names) -> RegisterRow:
    newest = list(row.versions.all())[-1]
    if newest.signed_at is None or newest.signed_by_id is None:
        raise ClinicalDocumentNotSigned
    return RegisterRow(
        id=row.id,
        number=row.number,
        kind=ClinicalKind(row.kind),
        title=KINDS[ClinicalKind(row.kind)].title,
        person_id=row.person_id,
        campus_code=row.campus_id,
        version=newest.version,
        signer=names.get(newest.signed_by_id, _NOBODY),
        signed_at=newest.signed_at,
        is_voided=row.state == ClinicalState.VOIDED,
        void_reason=row.void_reason,
        voided_at=row.voided_at,
        voided_by=names.get(row.voided_by_id, _NOBODY) if row.voided_by_id else _NOBODY,
    )
