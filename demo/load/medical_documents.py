"""Medical documents of the loaded days: certificates, a letter, an amended and a void one, a draft; one translated."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from demo.load.actors import staff_actor
from demo.logins import DEMO_PATIENT_NAME
from hospital.clinical_documents.api import KINDS
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion, SealDecision
from hospital.clinical_documents.states import ClinicalState, SealOutcome, VersionState
from hospital.clinical_documents.types import ClinicalKind, DiagnosisRow, SectionValue, VaccineRow
from hospital.clinical_documents.values import hash_content, store_values
from hospital.encounters.models import Encounter
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.records.models import Diagnosis
from hospital.translations.api import get_translation, release_translation, save_segment, submit_translation
from hospital.workflows.translate_documents import request_document_translation

_DOCTOR: Final = "zhou.wenjun"
_OFFICE: Final = "cen.yuhang"
_TRANSLATORS: Final = ("ding.yuwei", "guo.minyi")
_ADVICE: Final = "予药物治疗，注意休息，避免劳累。\n两周后门诊复诊；如有胸痛、气促，请立即就医。"
_ADVICE_EN: Final = (
    "Medication was prescribed. Rest and avoid exertion.",
    "Follow-up in clinic in two weeks; seek care at once in case of chest pain or shortness of breath.",
)
_CERTIFICATE: Final = {"opinion": _ADVICE, "rest_days": "3", "purpose": "INSURANCE"}
_LETTER: Final = {
    "refer_to": "Department of Cardiology, Riverside University Hospital",
    "urgency": "SOON",
    "reason": "The patient returns home and needs follow-up of the newly started treatment.",
    "history": "Palpitations on exertion for three weeks. No syncope. No family history of sudden death.",
    "findings": "Blood pressure 148/92 mmHg, heart rate 86/min and regular. Lungs clear, no edema.",
    "request": "Please check blood pressure, renal function and electrolytes within two weeks.",
}
_STATEMENT: Final = (
    VaccineRow(vaccine="YF", given_on="2024-03-02", dose="1", lot="YF2402A"),
    VaccineRow(vaccine="HEPB", given_on="2025-06-17", dose="3", lot="HB25-119"),
)
_RETURNED: Final = "休息 14 天与病情不符，请核对天数"
_CONSENT: Final = {
    "procedure": "冠状动脉造影",
    "side": "NONE",
    "anesthesia": "LOCAL",
    "purpose": "明确冠状动脉有无狭窄，决定下一步治疗。",
    "risks": "穿刺部位出血、血肿；造影剂过敏；心律失常；极少数情况下心肌梗死、脑卒中。",
    "alternatives": "冠状动脉 CT 血管成像；药物治疗并随访。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One document of a visit: what stands in it beside the diagnoses, and what became of it."""

    kind: ClinicalKind
    values: Mapping[str, SectionValue] = field(default_factory=dict)
    language: str = "zh"
    amended: Mapping[str, SectionValue] | None = None
    void_reason: str = ""
    is_draft: bool = False
    is_waiting: bool = False
    return_reason: str = ""


_SAMPLES: Final = (
    Sample(kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, values=_CERTIFICATE),
    Sample(kind=ClinicalKind.REFERRAL_LETTER, values=_LETTER, language="en"),
    Sample(kind=ClinicalKind.SICK_LEAVE, values={"rest_days": "5"}, amended={"rest_days": "7", "advice": _ADVICE}),
    Sample(kind=ClinicalKind.VACCINE_STATEMENT, values={"vaccines": _STATEMENT}),
    Sample(kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, values=_CERTIFICATE, void_reason="休息日期填写有误"),
    Sample(kind=ClinicalKind.INFORMED_CONSENT, values=_CONSENT),
    Sample(kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, values={"opinion": _ADVICE}, is_draft=True),
    Sample(kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, values=_CERTIFICATE, is_waiting=True),
    Sample(kind=ClinicalKind.SICK_LEAVE, values={"rest_days": "14", "advice": _ADVICE}, return_reason=_RETURNED),
)


def load_medical_documents(*, now: datetime) -> None:
    """A document for each of the last visits of one doctor, and one for the patient who signs in."""
    family, given = DEMO_PATIENT_NAME
    done = Encounter.objects.filter(state="DONE", clinician__user__isnull=False).order_by("-done_at")
    own = done.filter(person__family_name=family, person__given_names=given).select_related("clinician")[:1]
    visits = [*own, *done.filter(clinician__user__username=_DOCTOR).select_related("clinician")[: len(_SAMPLES) - 1]]
    visits += visits[1:2] * (len(_SAMPLES) - len(visits))
    diagnoses: dict[UUID, dict[str, DiagnosisRow]] = defaultdict(dict)
    for row in Diagnosis.objects.filter(encounter_id__in=[visit.id for visit in visits], note__state="SIGNED"):
        diagnoses[row.encounter_id][row.code] = DiagnosisRow(code=row.code, name=row.name)
    documents: list[ClinicalDocument] = []
    versions: list[DocumentVersion] = []
    seals: list[SealDecision] = []
    for serial, (visit, sample) in enumerate(zip(visits, _SAMPLES, strict=False), start=1):
        document = _document(visit, sample, serial=serial)
        documents.append(document)
        written = _versions(document, visit, sample, diagnoses=tuple(diagnoses[visit.id].values()))
        versions += written
        seals += _seals(sample, written)
    ClinicalDocument.objects.bulk_create(documents)
    DocumentVersion.objects.bulk_create(versions)
    SealDecision.objects.bulk_create(seals)
    if documents:
        _translate(documents[0].id, now=now)


def _document(visit: Encounter, sample: Sample, *, serial: int) -> ClinicalDocument:
    at = visit.done_at or visit.registered_at
    is_held = sample.is_draft or sample.is_waiting or bool(sample.return_reason)
    is_registered = KINDS[sample.kind].is_certificate and not is_held
    state = ClinicalState.DRAFT if sample.is_draft else ClinicalState.SIGNED
    is_void = bool(sample.void_reason)
    return ClinicalDocument(
        encounter_id=visit.id,
        person_id=visit.person_id,
        campus_id=visit.campus_id,
        kind=sample.kind,
        language=sample.language,
        state=ClinicalState.VOIDED if is_void else state,
        number=f"CR-{at.astimezone(SHANGHAI):%y%m%d}-9{serial:05d}" if is_registered else "",
        started_at=at,
        first_signed_at=None if sample.is_draft else at,
        voided_at=at + timedelta(minutes=40) if is_void else None,
        voided_by_id=UUID(staff_actor(_OFFICE).id) if is_void else None,
        void_reason=sample.void_reason,
    )


def _versions(
    document: ClinicalDocument, visit: Encounter, sample: Sample, *, diagnoses: tuple[DiagnosisRow, ...]
) -> list[DocumentVersion]:
    at = visit.done_at or visit.registered_at
    doctor_id = visit.clinician.user_id
    assert doctor_id is not None
    spec = KINDS[sample.kind]
    texts: dict[str, SectionValue] = {"diagnoses": diagnoses, "rest_from": local_day(at).isoformat(), **sample.values}
    if "rest_days" not in texts:
        del texts["rest_from"]
    contents = [texts] if sample.amended is None else [texts, {**texts, **sample.amended}]
    found = []
    for version, values in enumerate(contents, start=1):
        stored = store_values(spec=spec, values=values)
        signed_at = None if sample.is_draft else at + timedelta(minutes=15 * (version - 1))
        found.append(
            DocumentVersion(
                document=document,
                version=version,
                state=VersionState.DRAFT if sample.is_draft else VersionState.SIGNED,
                content=stored,
                amend_reason="休息天数有误" if version > 1 else "",
                written_by_id=doctor_id,
                written_at=signed_at or at,
                signed_by_id=doctor_id if signed_at else None,
                signed_at=signed_at,
                content_hash=hash_content(kind=sample.kind, language=sample.language, stored=stored)
                if signed_at
                else "",
            )
        )
    return found


def _seals(sample: Sample, versions: list[DocumentVersion]) -> list[SealDecision]:
    """What the office decided about each version, a few minutes after its signature."""
    if sample.is_draft or sample.is_waiting or not KINDS[sample.kind].needs_seal:
        return []
    office = UUID(staff_actor(_OFFICE).id)
    return [
        SealDecision(
            version=version,
            outcome=SealOutcome.RETURNED if sample.return_reason else SealOutcome.SEALED,
            signed_by_id=version.signed_by_id,
            decided_by_id=office,
            decided_at=version.signed_at + timedelta(minutes=6),
            reason=sample.return_reason,
        )
        for version in versions
        if version.signed_at is not None and version.signed_by_id is not None
    ]


def _translate(document_id: UUID, *, now: datetime) -> None:
    """The first document is translated by one person and released by another."""
    translator, reader = (staff_actor(name) for name in _TRANSLATORS)
    translation_id = request_document_translation(document_id=document_id, actor=translator, now=now)
    segments = get_translation(translation_id=translation_id, actor=translator, now=now).segments
    for segment, text in zip(segments, _ADVICE_EN, strict=True):
        save_segment(translation_id=translation_id, position=segment.position, text=text, actor=translator, now=now)
    submit_translation(translation_id=translation_id, actor=translator, now=now)
    release_translation(translation_id=translation_id, actor=reader, now=now)
