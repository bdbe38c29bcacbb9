"""Samples of the examination report: a final one, a short one, an amended one with an addendum, a very long one."""

import base64
import io
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageDraw

from hospital.documents.samples import people
from hospital.documents.samples.visit import MORNING
from hospital.documents.types import (
    ExaminationReport,
    PaperContent,
    PaperPatient,
    ReportAddendum,
    ReportImage,
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
        recognition=Text("广东HR", "Guangdong HR"),
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


def _gray_picture() -> str:
    """A round shape on black, as a device's image would be."""
    picture = Image.new("L", (240, 200))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 30, 220, 170), fill=120)
    pen.ellipse((45, 50, 105, 150), fill=15)
    pen.ellipse((135, 50, 195, 150), fill=15)
    pen.ellipse((60, 120, 75, 135), fill=200)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return base64.b64encode(file.getvalue()).decode()


def with_images(report: ExaminationReport, *, count: int) -> ExaminationReport:
    """With details of its kind, an accession number and images, the last one without words."""
    picture = _gray_picture()
    words = Text("右肺下叶实变，肺窗", "Consolidation of the right lower lobe, lung window")
    return replace(
        report,
        accession="E261124000417",
        modality="CT",
        facts=(
            (Text("对比剂", "Contrast agent"), Text("未使用", "None")),
            (Text("剂量长度乘积", "Dose-length product"), Text("214 mGy·cm", "214 mGy·cm")),
            (
                Text("对比检查", "Compared with"),
                Text("2025-11-03 胸部 X 线", "Chest radiograph, 3 Nov 2025"),
            ),
        ),
        images=tuple(
            ReportImage(caption=words if place < count - 1 else Text("", ""), jpeg=picture) for place in range(count)
        ),
        signatures=(
            Signature(
                role=Text("报告医师（初审）", "First reader"), name=people.QIAN, signed_at=_AT - timedelta(minutes=18)
            ),
            Signature(role=Text("审核医师（复核签发）", "Second reader, signed"), name=people.XU, signed_at=_AT),
        ),
    )


def endoscopy_report(patient: PaperPatient) -> ExaminationReport:
    """A gastroscopy with its details."""
    return replace(
        with_images(examination_report(patient), count=2),
        examination=Text("无痛电子胃镜检查", "Gastroscopy under sedation"),
        body_part=Text("食管、胃、十二指肠", "Esophagus, stomach, duodenum"),
        modality="ES",
        technique=None,
        facts=(
            (Text("内镜编号", "Endoscope no."), Text("G-290-07", "G-290-07")),
            (Text("镇静方式", "Sedation"), Text("深度镇静", "Deep sedation")),
            (Text("术中用药", "Medication"), Text("丙泊酚 120 mg 静脉注射", "Propofol 120 mg intravenously")),
            (Text("活检部位", "Biopsy sites"), Text("胃窦大弯", "Antrum, greater curvature")),
            (Text("幽门螺杆菌（快速尿素酶）", "H. pylori, rapid urease test"), Text("阳性", "Positive")),
        ),
        findings=Text("胃窦黏膜充血水肿，见散在糜烂 3 处。", "The antrum is red and swollen, with 3 erosions."),
        impression=Text("慢性非萎缩性胃炎伴糜烂。", "Chronic non-atrophic gastritis with erosions."),
        advice=None,
    )


def pathology_report(patient: PaperPatient) -> ExaminationReport:
    """A biopsy, without images."""
    return replace(
        endoscopy_report(patient),
        examination=Text("内镜活检病理检查与诊断", "Endoscopic biopsy pathology"),
        modality="SM",
        images=(),
        facts=(
            (Text("送检标本", "Specimens"), Text("胃窦，2 块，最大径 3 mm", "Antrum, 2 pieces, up to 3 mm")),
            (Text("切片方式", "Sections"), Text("石蜡切片", "Paraffin")),
            (Text("大体所见", "Gross description"), Text("灰白色组织 2 块", "Two pieces of gray-white tissue")),
            (Text("免疫组化", "Immunohistochemistry"), Text("CK（+），Ki-67 约 5%", "CK (+), Ki-67 about 5%")),
        ),
        findings=Text("黏膜组织结构完整，未见异型增生。", "The mucosa is intact, without dysplasia."),
        impression=Text("（胃窦）慢性炎症，轻度。", "Antrum: mild chronic inflammation."),
    )


def ecg_report(patient: PaperPatient) -> ExaminationReport:
    """Intervals and a sentence."""
    return replace(
        pathology_report(patient),
        examination=Text("十二导联心电图", "12-lead electrocardiogram (ECG)"),
        body_part=Text("心脏", "Heart"),
        modality="ECG",
        facts=(
            (Text("心律", "Rhythm"), Text("窦性心律", "Sinus rhythm")),
            (Text("心率", "Heart rate"), Text("72 bpm", "72 bpm")),
            (Text("QTc 间期", "QTc interval"), Text("412 ms", "412 ms")),
        ),
        findings=Text("窦性心律，各波形态正常。", "Sinus rhythm; the waves are normal."),
        impression=Text("正常心电图。", "Normal electrocardiogram."),
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
        "examination-report-images": with_images(examination_report(people.VASCONCELOS), count=4),
        "examination-report-endoscopy": endoscopy_report(people.WHITAKER),
        "examination-report-pathology": pathology_report(people.CHOLMONDELEY),
        "examination-report-ecg": ecg_report(people.WHITAKER),
        "examination-report-amended": amended_report(people.VASCONCELOS),
        "examination-report-80": replace(
            amended_report(people.CHOLMONDELEY),
            findings=Text("\n".join([_FINDINGS.zh] * 27), "\n".join([_FINDINGS.en] * 27)),
        ),
    }
