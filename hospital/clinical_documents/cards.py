"""From rows to what the front door hands out. The rows come with their versions, `with_versions`."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from hospital.accounts.api import get_staff_names
from hospital.clinical_documents.errors import ClinicalDocumentNotSigned
from hospital.clinical_documents.kinds import KINDS, ClinicalKind, KindSpec
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion, SealDecision
from hospital.clinical_documents.rules import find_due
from hospital.clinical_documents.states import ClinicalState, SealOutcome, SealState, VersionState
from hospital.clinical_documents.types import (
    DocumentCard,
    RegisterRow,
    SealView,
    SignatureLine,
    SignedVersion,
    VersionView,
)
from hospital.clinical_documents.values import list_segments, read_values
from hospital.clinical_documents.wording import read_sections
from hospital.kernel.types import BilingualText

NOBODY = BilingualText("")
Names = dict[UUID, BilingualText]


def with_versions(rows: QuerySet[ClinicalDocument]) -> QuerySet[ClinicalDocument]:
    """The rows with every version, oldest first, and what the office decided about each."""
    versions = DocumentVersion.objects.select_related("seal").order_by("version")
    return rows.prefetch_related(Prefetch("versions", versions))


def names_of(rows: Iterable[ClinicalDocument]) -> Names:
    """The names of everybody who wrote, signed, sealed or voided, in one statement."""
    ids: set[UUID | None] = set()
    for row in rows:
        ids.add(row.voided_by_id)
        for each in row.versions.all():
            seal = find_seal(each)
            ids |= {each.written_by_id, each.signed_by_id, seal.decided_by_id if seal else None}
    return get_staff_names(user_ids=[each for each in ids if each is not None])


def cards_of(rows: Iterable[ClinicalDocument], *, is_given: bool = False) -> list[DocumentCard]:
    """A card of each row; where it `is_given` to patients, by the version that holds."""
    found = list(rows)
    names = names_of(found)
    return [card_of(row, names=names, is_given=is_given) for row in found]


def find_seal(version: DocumentVersion) -> SealDecision | None:
    """What the office decided about a version."""
    return getattr(version, "seal", None)


def list_signed(row: ClinicalDocument) -> list[DocumentVersion]:
    """The signed versions, sealed or not, oldest first."""
    return [each for each in row.versions.all() if each.state == VersionState.SIGNED]


def list_holding(row: ClinicalDocument) -> list[DocumentVersion]:
    """The versions that hold or held: signed, and sealed where the kind takes a seal; oldest first."""
    signed = list_signed(row)
    if not KINDS[ClinicalKind(row.kind)].needs_seal:
        return signed
    return [each for each in signed if (seal := find_seal(each)) and seal.outcome == SealOutcome.SEALED]


def card_of(row: ClinicalDocument, *, names: Names, is_given: bool = False) -> DocumentCard:
    """The card of a row, by its newest signed version, or its draft where nothing is signed."""
    versions = list(row.versions.all())
    spec = KINDS[ClinicalKind(row.kind)]
    signed = list_signed(row)
    shown = (list_holding(row) if is_given else signed or versions)[-1]
    seal = find_seal(signed[-1]) if signed else None
    values = read_values(spec=spec, stored=shown.content)
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
        writer=names.get(shown.written_by_id, NOBODY),
        written_at=shown.written_at,
        signer=_name(shown.signed_by_id, names=names),
        signed_at=shown.signed_at,
        first_signed_at=row.first_signed_at,
        due_at=find_due(spec=spec, values=read_values(spec=spec, stored=versions[-1].content)),
        void_reason=row.void_reason,
        voided_at=row.voided_at,
        source_hash=shown.content_hash,
        needs_translation=bool(list_segments(spec=spec, values=values)),
        seal_state=_seal_state(spec, seal=seal, is_signed=bool(signed)),
        return_reason=seal.reason if seal else "",
    )


def _name(user_id: UUID | None, *, names: Names) -> BilingualText:
    return names.get(user_id, NOBODY) if user_id else NOBODY


def _seal_state(spec: KindSpec, *, seal: SealDecision | None, is_signed: bool) -> SealState:
    if not spec.needs_seal or not is_signed:
        return SealState.NONE
    return SealState(seal.outcome) if seal else SealState.WAITING


def seal_view(version: DocumentVersion, *, names: Names) -> SealView | None:
    """What the office decided about a version."""
    seal = find_seal(version)
    if seal is None:
        return None
    return SealView(
        outcome=SealOutcome(seal.outcome),
        by=names.get(seal.decided_by_id, NOBODY),
        at=seal.decided_at,
        reason=seal.reason,
    )


def list_signatures(
    version: DocumentVersion, *, among: Iterable[DocumentVersion], names: Names
) -> tuple[SignatureLine, ...]:
    """Who signed: the author of the version that was reviewed first, the superior doctors after."""
    by_id = {each.id: each for each in among}
    found: list[SignatureLine] = []
    each: DocumentVersion | None = version
    while each is not None:
        if each.signed_at is not None:
            found.insert(0, SignatureLine(name=_name(each.signed_by_id, names=names), signed_at=each.signed_at))
        each = by_id.get(each.reviews_id) if each.reviews_id else None
    return tuple(found)


def version_view(
    version: DocumentVersion, *, spec: KindSpec, among: list[DocumentVersion], names: Names
) -> VersionView:
    """One version with who, when and why."""
    values = read_values(spec=spec, stored=version.content)
    numbers = {each.id: each.version for each in among}
    return VersionView(
        id=version.id,
        version=version.version,
        revision=version.revision,
        state=VersionState(version.state),
        values=values,
        sections=read_sections(spec=spec, values=values),
        amend_reason=version.amend_reason,
        writer=names.get(version.written_by_id, NOBODY),
        written_at=version.written_at,
        signer=_name(version.signed_by_id, names=names),
        signer_id=str(version.signed_by_id or ""),
        signed_at=version.signed_at,
        content_hash=version.content_hash,
        reviews=numbers.get(version.reviews_id, 0) if version.reviews_id else 0,
        signatures=list_signatures(version, among=among, names=names),
        seal=seal_view(version, names=names),
    )


def signed_version(row: ClinicalDocument, version: DocumentVersion, *, names: Names) -> SignedVersion:
    """A version whole, for whoever translates or prints it. Refuses `ClinicalDocumentNotSigned`."""
    spec = KINDS[ClinicalKind(row.kind)]
    values = read_values(spec=spec, stored=version.content)
    if version.signed_at is None:
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
        signer=_name(version.signed_by_id, names=names),
        signed_at=version.signed_at,
        signatures=list_signatures(version, among=row.versions.all(), names=names),
        seal=seal_view(version, names=names),
        amend_reason=version.amend_reason,
        is_current=version == list_holding(row)[-1] and row.state == ClinicalState.SIGNED,
        is_voided=row.state == ClinicalState.VOIDED,
    )


def register_row(row: ClinicalDocument, *, names: Names) -> RegisterRow:
    """A row of the register, by the version that holds. Refuses `ClinicalDocumentNotSigned`."""
    newest = list_holding(row)[-1]
    seal = seal_view(newest, names=names)
    if newest.signed_at is None:
        raise ClinicalDocumentNotSigned
    return RegisterRow(
        id=row.id,
        number=row.number,
        kind=ClinicalKind(row.kind),
        title=KINDS[ClinicalKind(row.kind)].title,
        person_id=row.person_id,
        campus_code=row.campus_id,
        version=newest.version,
        signer=_name(newest.signed_by_id, names=names),
        signed_at=newest.signed_at,
        sealer=seal.by if seal else NOBODY,
        sealed_at=seal.at if seal else None,
        is_voided=row.state == ClinicalState.VOIDED,
        void_reason=row.void_reason,
        voided_at=row.voided_at,
        voided_by=_name(row.voided_by_id, names=names),
    )
