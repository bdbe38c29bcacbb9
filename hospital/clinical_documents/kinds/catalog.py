"""The kinds with their sections; headings as in the domain brief, clause 4."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from hospital.clinical_documents.kinds.shape import Choice, ClinicalKind, Input, KindSpec, SectionSpec
from hospital.kernel.types import BilingualText


def _text(
    key: str, heading: BilingualText, *, need: bool = True, note: str = "", is_short: bool = False
) -> SectionSpec:
    return SectionSpec(
        key=key,
        heading=heading,
        input=Input.TEXT,
        is_required=need,
        note_part=note,
        is_single_line=is_short,
    )


def _value(kind: Input, key: str, heading: BilingualText, *, need: bool = True) -> SectionSpec:
    return SectionSpec(key=key, heading=heading, input=kind, is_required=need)


def _choice(key: str, heading: BilingualText, choices: tuple[Choice, ...]) -> SectionSpec:
    return SectionSpec(key=key, heading=heading, input=Input.CHOICE, is_required=True, choices=choices)


_ADMITTED = _value(Input.MOMENT, "admitted_at", BilingualText("入院时间", "Admitted"))
_BED = _value(Input.CODE, "bed", BilingualText("床号", "Bed"), need=False)
_DIAGNOSES = _value(Input.DIAGNOSES, "diagnoses", BilingualText("诊断", "Diagnosis"))
_NARRATOR = (
    Choice("PATIENT", BilingualText("患者本人", "The patient")),
    Choice("FAMILY", BilingualText("家属", "A relative")),
    Choice("INTERPRETER", BilingualText("患者本人（经译员）", "The patient, through an interpreter")),
    Choice("OTHER", BilingualText("其他人", "Somebody else")),
)
_RELIABILITY = (
    Choice("RELIABLE", BilingualText("可靠", "Reliable")),
    Choice("PARTLY", BilingualText("基本可靠", "Mostly reliable")),
    Choice("UNCERTAIN", BilingualText("无法判断", "Cannot be judged")),
)
_PURPOSE = (
    Choice("SICK_LEAVE", BilingualText("病假", "Sick leave")),
    Choice("INSURANCE", BilingualText("保险理赔", "Insurance claim")),
    Choice("SCHOOL", BilingualText("学校", "School")),
    Choice("VISA", BilingualText("签证或居留", "Visa or residence")),
    Choice("TRAVEL", BilingualText("旅行变更", "Change of travel plans")),
    Choice("OTHER", BilingualText("其他", "Other")),
)
_SIDE = (
    Choice("LEFT", BilingualText("左侧", "Left")),
    Choice("RIGHT", BilingualText("右侧", "Right")),
    Choice("BOTH", BilingualText("双侧", "Both sides")),
    Choice("NONE", BilingualText("不分侧", "No side")),
)
_URGENCY = (
    Choice("ROUTINE", BilingualText("常规", "Routine")),
    Choice("SOON", BilingualText("尽快", "Soon")),
    Choice("EMERGENCY", BilingualText("急诊", "Emergency")),
)
_FITNESS = (
    Choice("FIT", BilingualText("适合乘机", "Fit to fly")),
    Choice("FIT_WITH_HELP", BilingualText("在协助下适合乘机", "Fit to fly with assistance")),
    Choice("FIT_WITH_ESCORT", BilingualText("在医护陪同下适合乘机", "Fit to fly with a medical escort")),
    Choice("NOT_FIT", BilingualText("目前不适合乘机", "Not fit to fly at present")),
)
_OXYGEN = (
    Choice("NONE", BilingualText("不需要", "Not needed")),
    Choice("ON_REQUEST", BilingualText("必要时", "If needed")),
    Choice("CONTINUOUS", BilingualText("全程需要", "Throughout the flight")),
)
_CONTAGIOUS = (
    Choice("NO", BilingualText("无传染性", "Not contagious")),
    Choice("YES", BilingualText("有传染性", "Contagious")),
)
_ANESTHESIA = (
    Choice("NONE", BilingualText("不需要", "None")),
    Choice("LOCAL", BilingualText("局部麻醉", "Local anesthesia")),
    Choice("SEDATION", BilingualText("镇静", "Sedation")),
    Choice("REGIONAL", BilingualText("区域麻醉", "Regional anesthesia")),
    Choice("GENERAL", BilingualText("全身麻醉", "General anesthesia")),
)

_ALL = (
    KindSpec(
        kind=ClinicalKind.DIAGNOSIS_CERTIFICATE,
        title=BilingualText("诊断证明书", "Medical certificate"),
        is_certificate=True,
        needs_seal=True,
        is_for_patient=True,
        sections=(
            _DIAGNOSES,
            _text("opinion", BilingualText("处理意见", "Medical opinion"), note="plan"),
            _value(Input.DAYS, "rest_days", BilingualText("建议休息", "Rest advised"), need=False),
            _value(Input.DATE, "rest_from", BilingualText("休息开始", "Rest from"), need=False),
            _choice("purpose", BilingualText("用途", "Purpose"), _PURPOSE),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.SICK_LEAVE,
        title=BilingualText("病休证明书", "Sick leave certificate"),
        is_certificate=True,
        needs_seal=True,
        is_for_patient=True,
        sections=(
            _DIAGNOSES,
            _value(Input.DAYS, "rest_days", BilingualText("建议休息", "Rest advised")),
            _value(Input.DATE, "rest_from", BilingualText("休息开始", "Rest from")),
            _text("advice", BilingualText("医嘱", "Advice"), need=False),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.REFERRAL_LETTER,
        title=BilingualText("转诊信", "Referral letter"),
        is_certificate=True,
        is_for_patient=True,
        sections=(
            _text("refer_to", BilingualText("转往", "Referred to"), is_short=True),
            _choice("urgency", BilingualText("紧急程度", "Urgency"), _URGENCY),
            _DIAGNOSES,
            _text("reason", BilingualText("转诊原因", "Reason for referral")),
            _text("history", BilingualText("病史", "History"), note="complaint"),
            _text("findings", BilingualText("检查所见", "Findings"), note="findings"),
            _text("treatment", BilingualText("已行处理", "Treatment so far"), need=False, note="plan"),
            _value(Input.DRUGS, "drugs", BilingualText("目前用药", "Current medicines"), need=False),
            _text("request", BilingualText("希望贵方", "What we ask of you")),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.FIT_TO_FLY,
        title=BilingualText("乘机医学证明", "Fit-to-fly letter"),
        is_certificate=True,
        needs_seal=True,
        is_for_patient=True,
        sections=(
            _value(Input.CODE, "flight", BilingualText("航班", "Flight")),
            _value(Input.CODE, "route", BilingualText("航程", "Route")),
            _value(Input.DATE, "flight_on", BilingualText("乘机日期", "Date of flight")),
            _value(Input.DATE, "valid_until", BilingualText("有效期至", "Valid until")),
            _choice("fitness", BilingualText("结论", "Conclusion"), _FITNESS),
            _choice("oxygen", BilingualText("机上吸氧", "Oxygen on board"), _OXYGEN),
            _choice("contagious", BilingualText("传染性", "Contagious"), _CONTAGIOUS),
            _DIAGNOSES,
            _text("opinion", BilingualText("意见", "Medical opinion")),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.VACCINE_STATEMENT,
        title=BilingualText("预防接种与用药证明", "Vaccination and medication statement"),
        is_certificate=True,
        needs_seal=True,
        is_for_patient=True,
        one_of=("vaccines", "drugs"),
        sections=(
            _value(Input.VACCINES, "vaccines", BilingualText("预防接种", "Vaccinations"), need=False),
            _value(Input.DRUGS, "drugs", BilingualText("用药", "Medicines"), need=False),
            _value(Input.DIAGNOSES, "diagnoses", BilingualText("诊断", "Diagnosis"), need=False),
            _text("remarks", BilingualText("说明", "Remarks"), need=False),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.INFORMED_CONSENT,
        title=BilingualText("知情同意书", "Informed consent"),
        is_for_patient=True,
        is_signed_by_patient=True,
        sections=(
            _DIAGNOSES,
            _text("procedure", BilingualText("拟行操作", "Proposed procedure"), is_short=True),
            _choice("side", BilingualText("侧别", "Side"), _SIDE),
            _choice("anesthesia", BilingualText("麻醉", "Anesthesia"), _ANESTHESIA),
            _text("purpose", BilingualText("目的", "Purpose")),
            _text("risks", BilingualText("风险", "Risks")),
            _text("alternatives", BilingualText("替代方案", "Alternatives")),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.ADMISSION_RECORD,
        title=BilingualText("入院记录", "Admission record"),
        due_after=timedelta(hours=24),
        due_from="admitted_at",
        sections=(
            _ADMITTED,
            _BED,
            _choice("narrator", BilingualText("病史陈述者", "History given by"), _NARRATOR),
            _choice("reliability", BilingualText("可靠程度", "Reliability"), _RELIABILITY),
            _text("complaint", BilingualText("主诉", "Chief complaint"), note="complaint"),
            _text("present_illness", BilingualText("现病史", "History of present illness")),
            _text("past_history", BilingualText("既往史", "Past history")),
            _text("personal_history", BilingualText("个人史", "Personal history")),
            _text(
                "marital_history",
                BilingualText("婚育史（月经史）", "Marital and obstetric (menstrual) history"),
                need=False,
            ),
            _text("family_history", BilingualText("家族史", "Family history")),
            _text("physical", BilingualText("体格检查", "Physical examination"), note="findings"),
            _text("specialist", BilingualText("专科检查", "Specialist examination"), need=False),
            _text("ancillary", BilingualText("辅助检查", "Ancillary examination"), need=False),
            _value(Input.DIAGNOSES, "diagnoses", BilingualText("初步诊断", "Preliminary diagnosis")),
            _value(Input.DIAGNOSES, "revised_diagnoses", BilingualText("修正诊断", "Revised diagnosis"), need=False),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.FIRST_PROGRESS_NOTE,
        title=BilingualText("首次病程记录", "First progress note"),
        due_after=timedelta(hours=8),
        due_from="admitted_at",
        sections=(
            _ADMITTED,
            _BED,
            _text("features", BilingualText("病例特点", "Case features"), note="complaint"),
            _value(Input.DIAGNOSES, "diagnoses", BilingualText("拟诊", "Working diagnosis")),
            _text("basis", BilingualText("诊断依据", "Basis of the diagnosis"), note="findings"),
            _text("differential", BilingualText("鉴别诊断", "Differential diagnosis")),
            _text("plan", BilingualText("诊疗计划", "Plan"), note="plan"),
        ),
    ),
    KindSpec(
        kind=ClinicalKind.DISCHARGE_SUMMARY,
        title=BilingualText("出院小结", "Discharge summary"),
        due_after=timedelta(hours=24),
        due_from="discharged_at",
        is_for_patient=True,
        sections=(
            _ADMITTED,
            _value(Input.MOMENT, "discharged_at", BilingualText("出院时间", "Discharged")),
            _BED,
            _value(Input.DIAGNOSES, "admission_diagnoses", BilingualText("入院诊断", "Admission diagnosis")),
            _text("admission_condition", BilingualText("入院情况", "Condition on admission"), note="complaint"),
            _text("course", BilingualText("诊疗经过", "Hospital course")),
            _value(Input.DIAGNOSES, "diagnoses", BilingualText("出院诊断", "Discharge diagnosis")),
            _text("discharge_condition", BilingualText("出院情况", "Condition at discharge")),
            _value(Input.DRUGS, "drugs", BilingualText("出院带药", "Medicines to take home"), need=False),
            _text("advice", BilingualText("出院医嘱", "Discharge orders"), note="plan"),
            _value(Input.DATE, "follow_up_on", BilingualText("复诊日期", "Follow-up"), need=False),
            _value(Input.DAYS, "rest_days", BilingualText("建议休息", "Rest advised"), need=False),
            _value(Input.DATE, "rest_from", BilingualText("休息开始", "Rest from"), need=False),
        ),
    ),
)
KINDS: Mapping[ClinicalKind, KindSpec] = MappingProxyType({spec.kind: spec for spec in _ALL})
