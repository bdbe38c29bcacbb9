"""Samples of the examination report: a final one, a short one, an amended one with an addendum, a very long one."""

from dataclasses import replace
from datetime import timedelta

from hospital.documents.samples import people
from hospital.documents.samples.visit import MORNING
from hospital.documents.types import (
    ExaminationReport,
    PaperContent,
    PaperPatient,
    ReportAddendum,
    ReportVersion,
    Signature,
)
from hospital.kernel.types import BilingualText as Text

_FINDINGS = Text(
    "右肺下叶见斑片状实变影，大小约 34 × 21 mm，内见空气支气管征。左肺未见实变。双侧胸腔未见积液。\n"
    "纵隔淋巴结短径最大 8 mm，未达肿大标准。心影大小、形态正常。\n"
    "右侧第 6 肋骨皮质连续，未见骨折。",
    "Patchy consolidation in the right lower lobe, about 34 × 21 mm, with air bronchograms. No consolidation on the "
    "left. No pleural effusion on either side.\n"
    "Largest mediastinal node 8 mm in short axis, not enlarged by size criteria. Heart normal in size and shape.\n"
    "Cortex of the right 6th rib intact; no fracture.",
)
_IMPRESSION = Text(
    "右肺下叶实变，考虑肺炎。\n双侧胸腔未见积液，纵隔淋巴结未见肿大。",
    "Right lower lobe consolidation, most consistent with pneumonia.\n"
    "No pleural effusion. No enlarged mediastinal nodes.",
)
_FINAL = Text("终审报告", "Final report")
_AMENDED = Text("修正报告（第 2 版）", "Amended report (version 2)")
_ADDENDUM = Text("补充报告（第 3 版）", "Addendum (version 3)")
_AT = MORNING + timedelta(minutes=150)


def examination_report(patient: PaperPatient) -> ExaminationReport:
    """A signed report of a chest CT."""
    return ExaminationReport(
        letterhead=people.LETTERHEAD,
        patient=patient,
        visit_number="OP-20261124-0457",
        report_number="XR-261124-004417",
        department=people.RESPIRATORY,
        doctor=people.LIN,
        examination=Text("胸部 CT 平扫", "CT of the chest without contrast"),
        body_part=Text("胸部", "Chest"),
        examined_at=MORNING + timedelta(minutes=110),
        status=_FINAL,
        clinical_info=Text("发热、咳嗽 5 天，肺炎？", "Fever and cough for 5 days; pneumonia?"),
        technique=Text(
            "胸部螺旋 CT 平扫，层厚 1.25 mm，CTDIvol 6.1 mGy，DLP 214 mGy·cm。",
            "Helical CT of the chest without contrast; 1.25 mm slices; CTDIvol 6.1 mGy, DLP 214 mGy·cm.",
        ),
        findings=_FINDINGS,
        impression=_IMPRESSION,
        advice=Text("建议治疗后 4–6 周复查胸部影像。", "Repeat chest imaging 4–6 weeks after treatment."),
        versions=(ReportVersion(number=1, status=_FINAL, signed_by=people.XU, signed_at=_AT),),
        signatures=(
            Signature(role=Text("报告医师", "Reported by"), name=people.QIAN, signed_at=_AT - timedelta(minutes=18)),
            Signature(role=Text("签署医师", "Signed by"), name=people.XU, signed_at=_AT),
        ),
    )


def amended_report(patient: PaperPatient) -> ExaminationReport:
    """The same after an amendment and an addendum."""
    report = examination_report(patient)
    later = _AT + timedelta(hours=3)
    added = Text(
        "与 2025 年 11 月 3 日胸部 X 线比较，实变为新发。",
        "The consolidation is new compared with the chest radiograph of 3 November 2025.",
    )
    return replace(
        report,
        status=_ADDENDUM,
        addenda=(ReportAddendum(text=added, signed_by=people.ZHAO, signed_at=later),),
        versions=(
            *report.versions,
            ReportVersion(
                number=2,
                status=_AMENDED,
                signed_by=people.XU,
                signed_at=_AT + timedelta(hours=1),
                reason=Text("初版左右侧写反", "Left and right were mixed up in the first version"),
            ),
            ReportVersion(
                number=3,
                status=_ADDENDUM,
                signed_by=people.ZHAO,
                signed_at=later,
                reason=Text("取得旧片后比较", "Comparison after the earlier film had arrived"),
            ),
        ),
        signatures=(Signature(role=Text("签署医师", "Signed by"), name=people.ZHAO, signed_at=later),),
    )


def examination_samples() -> dict[str, PaperContent]:
    """The samples by file name."""
    return {
        "examination-report": examination_report(people.WHITAKER),
        "examination-report-short": replace(
            examination_report(people.ONLY_CHINESE),
            body_part=None,
            technique=None,
            advice=None,
            findings=Text("窦性心律，心率 72 次/分。", "Sinus rhythm, 72 beats per minute."),
            impression=Text("正常心电图。", "Normal electrocardiogram."),
        ),
        "examination-report-amended": amended_report(people.VASCONCELOS),
        "examination-report-80": replace(
            amended_report(people.CHOLMONDELEY),
            findings=Text("\n".join([_FINDINGS.zh] * 27), "\n".join([_FINDINGS.en] * 27)),
        ),
    }
