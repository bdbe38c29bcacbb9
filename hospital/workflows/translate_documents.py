"""Translations of signed medical documents: what is still to be asked for, asking, and what may be printed (D55, N05).

A document is translated by version: an amended one has another hash, so its earlier translation no longer answers.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.clinical_documents.api import get_document, get_signed_version, list_signed_versions
from hospital.clinical_documents.errors import ClinicalDocumentVoided
from hospital.clinical_documents.types import SignedVersion
from hospital.kernel.actors import Actor, Role, system_actor
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.translations.api import get_current_translation, list_standing, request_translation
from hospital.translations.states import TranslationState
from hospital.translations.types import ReleasedTranslation, SourceSegment, SourceText, Subject, TranslationCard

SUBJECT_KIND: Final = "clinical_documents.document"
_READER: Final = system_actor("translations")


def subject_of(document_id: UUID) -> Subject:
    """The document as translations know it."""
    return Subject(SUBJECT_KIND, str(document_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Untranslated:
    """A signed version that nobody asked a translation of; `is_amended` where an earlier version had one."""

    version: SignedVersion
    person_name: str
    is_amended: bool


def list_untranslated(*, actor: Actor, now: datetime) -> list[Untranslated]:
    """The signed documents of the actor's campus whose newest version has text but no translation, last signed first.

    For others than translators of the campus the list is empty.
    """
    if not actor.has_role(Role.TRANSLATOR):
        return []
    versions = [each for each in list_signed_versions(campus_codes=[actor.campus_code]) if each.segments]
    standing = list_standing(subjects=[subject_of(each.document_id) for each in versions])
    waiting = [each for each in versions if _is_missing(each, standing.get(subject_of(each.document_id)))]
    people = list_people(actor=_READER, person_ids={each.person_id for each in waiting}, now=now)
    return [
        Untranslated(
            version=each,
            person_name=_name_of(people[each.person_id]) if each.person_id in people else "",
            is_amended=subject_of(each.document_id) in standing,
        )
        for each in waiting
    ]


def _is_missing(version: SignedVersion, standing: TranslationCard | None) -> bool:
    if standing is None or standing.source_digest != version.source_hash:
        return True
    return standing.state in {TranslationState.OVERTAKEN, TranslationState.CANCELLED}


def request_document_translation(*, document_id: UUID, is_urgent: bool = False, actor: Actor, now: datetime) -> UUID:
    """Asks for the translation of the newest signed version; asked again, the same one comes back.

    The doctors who may read the document ask for it, and translators of its campus. Refuses
    `UnknownClinicalDocument`, `ClinicalDocumentNotSigned`, `ClinicalDocumentNotSealed`, `ClinicalDocumentVoided`,
    `NothingToTranslate`, and whom `get_document` refuses.
    """
    version = get_signed_version(document_id=document_id)
    if version.is_voided:
        raise ClinicalDocumentVoided
    if version.campus_code not in actor.campuses_of(Role.TRANSLATOR):
        get_document(document_id=document_id, actor=actor, now=now)
    person = list_people(actor=_READER, person_ids=[version.person_id], now=now)[version.person_id]
    return request_translation(source=_source_of(version, person), is_urgent=is_urgent, actor=actor, now=now)


def _source_of(version: SignedVersion, person: PersonCard) -> SourceText:
    return SourceText(
        subject=subject_of(version.document_id),
        version=version.version,
        digest=version.source_hash,
        language=version.language,
        title=version.title,
        segments=tuple(SourceSegment(each.key, each.heading, each.text) for each in version.segments),
        person_id=version.person_id,
        person_name=_name_of(person),
        campus_code=version.campus_code,
        signed_by=version.signer,
        signed_at=version.signed_at,
        names=tuple(name for name in (person.name.chinese, version.signer.zh) if name),
    )


def _name_of(person: PersonCard) -> str:
    name = person.name
    return " ".join(part for part in (name.family.upper(), name.given, name.chinese) if part)[:160]


def get_document_translation(*, version: SignedVersion) -> ReleasedTranslation | None:
    """The released translation of exactly this version; None where there is none, so that nothing stale is printed.

    The caller has checked that the actor may see the document.
    """
    return get_current_translation(subject=subject_of(version.document_id), source_hash=version.source_hash)
