"""Documents for tests, with enough in each section to be signed."""

from datetime import timedelta

from hospital.clinical_documents import api
from hospital.clinical_documents.types import KINDS, ClinicalKind, DiagnosisRow, DrugRow, Input, VaccineRow, Values
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText

PNEUMONIA = DiagnosisRow(code="J18.9", name=BilingualText("肺炎", "Pneumonia, organism not specified"))
AMOXICILLIN = DrugRow(
    line_id="11111111-1111-7111-8111-111111111111",
    name=BilingualText("阿莫西林胶囊", "Amoxicillin capsules"),
    spec=BilingualText("0.5 g × 24 粒", "0.5 g × 24 capsules"),
    directions=BilingualText("每次 0.5 g，口服，每日 3 次", "0.5 g by mouth three times a day"),
)
TETANUS = VaccineRow(vaccine="TD", given_on="2026-01-05", dose="1", lot="T2601")
TODAY = local_day(TEN)
_DAYS = {"valid_until": TODAY + timedelta(days=3)}
_MOMENTS = {"admitted_at": TEN - timedelta(days=2), "discharged_at": TEN}


def full_values(kind: ClinicalKind) -> Values:
    """Every section of a kind filled in so that it can be signed at ten."""
    values: dict[str, object] = {}
    for section in KINDS[kind].sections:
        values[section.key] = {
            Input.TEXT: "发热、咳嗽 5 天。\n予口服抗菌药物治疗。" if not section.is_single_line else "粤澜医院",
            Input.DATE: _DAYS.get(section.key, TODAY + timedelta(days=1)).isoformat(),
            Input.MOMENT: f"{_MOMENTS.get(section.key, TEN):%Y-%m-%dT%H:%M}",
            Input.DAYS: "3",
            Input.CODE: "CZ303",
            Input.CHOICE: section.choices[0].key if section.choices else "",
            Input.DIAGNOSES: (PNEUMONIA,),
            Input.DRUGS: (AMOXICILLIN,),
            Input.VACCINES: (TETANUS,),
        }[section.input]
    # The table above has a value for each kind of input: its type is what they have in common.
    return values  # type: ignore[return-value]


def start(scene, kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, *, values=None, language="zh", now=TEN):
    """A draft of the scene's visit."""
    return api.start_document(
        encounter_id=scene.encounter_id,
        kind=kind,
        language=language,
        values=full_values(kind) if values is None else values,
        actor=scene.doctor,
        now=now,
    )


def sign(scene, document_id, *, revision=0, now=TEN):
    """Signs as the doctor of the scene."""
    return api.sign_document(document_id=document_id, revision=revision, actor=scene.doctor, now=now)


def seal(scene, document_id, *, version=1, office=None, now=TEN):
    """Seals as somebody of the office at the campus of the scene; returns the number."""
    office = office or make_staff(Role.MEDICAL_AFFAIRS, campus=scene.doctor.campus_code, name="office")
    return api.seal_document(document_id=document_id, version=version, actor=office, now=now)


def start_sealed(scene, kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, **more):
    """A signed document of the scene's visit that holds: a certificate is sealed."""
    document_id = start_signed(scene, kind, **more)
    if KINDS[kind].needs_seal:
        seal(scene, document_id)
    return document_id


def start_signed(scene, kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, **more):
    """A signed document of the scene's visit."""
    document_id = start(scene, kind, **more)
    sign(scene, document_id)
    return document_id
