"""Samples of medical documents and certificates: each family, with little, with much, and 80 paragraphs."""

from dataclasses import replace
from datetime import date, timedelta

from hospital.documents.samples import people
from hospital.documents.samples.visit import MORNING
from hospital.documents.types import (
    MedicalCertificate,
    MedicalDocument,
    PaperContent,
    PaperField,
    PaperLanguage,
    PaperPatient,
    PaperSection,
    PaperTranslation,
    Signature,
)
from hospital.kernel.types import BilingualText as Text

_SEEN = date(2026, 11, 24)
_DIAGNOSIS = PaperSection(
    title=Text("诊断", "Diagnosis"),
    items=(Text("社区获得性肺炎（右下叶）（J18.1）", "Community-acquired pneumonia, right lower lobe (J18.1)"),),
)
_OPINION = PaperSection(
    title=Text("处理意见", "Medical opinion"),
    paragraphs=(
        Text(
            "2026年11月24日因发热、咳嗽 5 天就诊，胸部 CT 示右肺下叶肺炎，予口服抗菌药物治疗。",
            "Seen on 24 Nov 2026 after 5 days of fever and cough. CT of the chest showed right lower lobe pneumonia. "
            "Treated with oral antibiotics.",
        ),
        Text("建议休息，之后门诊复诊。", "Rest is advised, followed by a review in clinic."),
    ),
)
_REST = (
    PaperField(title=Text("建议休息", "Rest advised"), value=Text("7 天", "7 days")),
    PaperField(
        title=Text("休息开始", "Rest from"),
        value=Text("2026年11月24日（至11月30日，含当日）", "24 Nov 2026 (to 30 Nov 2026, inclusive)"),
    ),
    PaperField(title=Text("用途", "Purpose"), value=Text("保险理赔", "Insurance claim")),
)
_DRUGS = PaperSection(
    title=Text("出院带药", "Medicines to take home"),
    head=(Text("药品", "Medicine"), Text("规格", "Strength"), Text("用法", "How to take")),
    rows=(
        (
            Text("头孢地尼胶囊", "Cefdinir capsules"),
            Text("0.1 g × 10 粒", "0.1 g × 10 capsules"),
            Text("每次 0.1 g，口服，每日 3 次，共 3 天", "0.1 g by mouth three times a day for 3 days"),
        ),
        (
            Text("苯磺酸氨氯地平片", "Amlodipine besylate tablets"),
            Text("5 mg × 28 片", "5 mg × 28 tablets"),
            Text("每次 5 mg，口服，每日 1 次", "5 mg by mouth once a day"),
        ),
    ),
)
_VACCINES = PaperSection(
    title=Text("预防接种", "Vaccinations"),
    head=(Text("疫苗", "Vaccine"), Text("剂次", "Dose"), Text("接种日期", "Given on"), Text("批号", "Lot")),
    rows=(
        (
            Text("黄热病疫苗", "Yellow fever"),
            Text("1", "1"),
            Text("2024年3月2日", "2 Mar 2024"),
            Text("YF2402A", "YF2402A"),
        ),
        (
            Text("乙型肝炎疫苗", "Hepatitis B"),
            Text("3", "3"),
            Text("2025年6月17日", "17 Jun 2025"),
            Text("HB25-119", "HB25-119"),
        ),
    ),
)
_COURSE = Text(
    "入院后禁食、补液，头孢曲松联合甲硝唑抗感染。2026年11月20日在全身麻醉下行腹腔镜下胆囊切除术，手术顺利。",
    "Kept nil by mouth with intravenous fluids, ceftriaxone and metronidazole. Laparoscopic cholecystectomy under "
    "general anesthesia on 20 Nov 2026 was uneventful.",
)


def certificate(patient: PaperPatient, *, title: Text, sections: tuple[PaperSection, ...]) -> MedicalCertificate:
    """A certificate with its translation."""
    return MedicalCertificate(
        letterhead=people.LETTERHEAD,
        patient=patient,
        title=title,
        department=people.RESPIRATORY,
        visit_number="OP-20261124-0457",
        seen_on=_SEEN,
        fields=_REST,
        sections=sections,
        source=PaperLanguage.ZH,
        source_hash="9f3a61c7" + "0" * 52 + "b20e",
        version=1,
        translation=PaperTranslation(translator=people.LIANG, reviewer=people.ZHAO),
        signatures=(
            Signature(role=Text("医师", "Physician"), name=people.LIN, signed_at=MORNING + timedelta(hours=3)),
            Signature(
                role=Text("医务部审核", "Medical affairs office"),
                name=people.ZHAO,
                signed_at=MORNING + timedelta(hours=4),
            ),
        ),
        register_number="CR-261124-000317",
        sealed_on=_SEEN,
        nationality=Text("法国", "France"),
        identity=Text("护照 1•••812", "Passport 1•••812"),
    )


def document(patient: PaperPatient, *, sections: tuple[PaperSection, ...]) -> MedicalDocument:
    """A discharge summary with its translation."""
    return MedicalDocument(
        letterhead=people.LETTERHEAD,
        patient=patient,
        title=Text("出院小结", "Discharge summary"),
        department=Text("普通外科", "General Surgery"),
        visit_number="IP-20261118-0031",
        seen_on=date(2026, 11, 18),
        fields=(
            PaperField(title=Text("入院时间", "Admitted"), value=Text("2026年11月18日 21:40", "18 Nov 2026, 21:40")),
            PaperField(title=Text("出院时间", "Discharged"), value=Text("2026年11月24日 10:00", "24 Nov 2026, 10:00")),
        ),
        sections=sections,
        source=PaperLanguage.ZH,
        source_hash="27b00a91" + "0" * 52 + "44ce",
        version=2,
        translation=PaperTranslation(translator=people.LIANG, reviewer=people.ZHAO),
        signatures=(
            Signature(role=Text("医师", "Physician"), name=people.XU, signed_at=MORNING + timedelta(hours=1)),
            Signature(
                role=Text("上级医师审签", "Reviewed by senior physician"),
                name=people.LIN,
                signed_at=MORNING + timedelta(hours=2),
            ),
        ),
    )


def medical_samples() -> dict[str, PaperContent]:
    """The samples by file name."""
    course = PaperSection(title=Text("诊疗经过", "Hospital course"), paragraphs=(_COURSE,))
    letter = certificate(people.WHITAKER, title=Text("转诊信", "Referral letter"), sections=(_DIAGNOSIS, _OPINION))
    return {
        "medical-certificate-letter": replace(letter, sealed_on=None, signatures=letter.signatures[:1]),
        "medical-certificate": certificate(
            people.WHITAKER, title=Text("诊断证明书", "Medical certificate"), sections=(_DIAGNOSIS, _OPINION)
        ),
        "medical-certificate-80": certificate(
            people.CHOLMONDELEY,
            title=Text("预防接种与用药证明", "Vaccination and medication statement"),
            sections=(_VACCINES, _DRUGS, _DIAGNOSIS, replace(_OPINION, paragraphs=_OPINION.paragraphs * 40)),
        ),
        "medical-document": replace(document(people.GHAMDI, sections=(_DIAGNOSIS, course, _DRUGS)), asks_patient=True),
        "medical-document-0": replace(document(people.ONLY_CHINESE, sections=()), fields=()),
    }
