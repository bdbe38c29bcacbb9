"""The kinds of examination reports and the fields that each has beside its text (domain brief 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from hospital.kernel.types import BilingualText
from hospital.results.errors import BadExamField


class ExamKind(StrEnum):
    """What sort of report it is; radiology is read by two doctors."""

    RADIOLOGY = "RADIOLOGY"
    ULTRASOUND = "ULTRASOUND"
    ENDOSCOPY = "ENDOSCOPY"
    PATHOLOGY = "PATHOLOGY"
    ECG = "ECG"
    OTHER = "OTHER"


class FieldType(StrEnum):
    """NUMBER in a unit, CHOICE by code, TEXT in both languages, PLAIN the same in both (a stage, a scope's number)."""

    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    TEXT = "TEXT"
    PLAIN = "PLAIN"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamField:
    """One field. `most`: the greatest number that is taken for no slip of the finger."""

    code: str
    label: BilingualText
    type: FieldType = FieldType.NUMBER
    unit: str = ""
    most: int = 0
    choices: Mapping[str, BilingualText] | None = None


@dataclass(frozen=True, slots=True)
class ExamFact:
    """A field as it is shown: what it is and what it says."""

    label: BilingualText
    value: BilingualText


def _number(code: str, zh: str, en: str, unit: str, most: int) -> ExamField:
    return ExamField(code=code, label=BilingualText(zh, en), unit=unit, most=most)


def _text(code: str, zh: str, en: str) -> ExamField:
    return ExamField(code=code, label=BilingualText(zh, en), type=FieldType.TEXT)


def _plain(code: str, zh: str, en: str) -> ExamField:
    return ExamField(code=code, label=BilingualText(zh, en), type=FieldType.PLAIN)


def _choice(code: str, zh: str, en: str, **choices: tuple[str, str]) -> ExamField:
    words = {name: BilingualText(*pair) for name, pair in choices.items()}
    return ExamField(code=code, label=BilingualText(zh, en), type=FieldType.CHOICE, choices=words)


_BOSTON: Final = ("BOSTON_RIGHT", "BOSTON_TRANSVERSE", "BOSTON_LEFT")
_BOSTON_TOTAL: Final = BilingualText("波士顿肠道准备评分（总分）", "Boston bowel preparation score, total")

FIELDS: Final[Mapping[ExamKind, tuple[ExamField, ...]]] = {
    ExamKind.RADIOLOGY: (
        _choice(
            "CONTRAST",
            "对比剂",
            "Contrast agent",
            NONE=("未使用", "None"),
            IODINE=("碘对比剂", "Iodinated"),
            GADOLINIUM=("钆对比剂", "Gadolinium-based"),
            BARIUM=("钡剂", "Barium"),
        ),
        _number("CONTRAST_VOLUME", "对比剂用量", "Amount of contrast agent", "mL", 500),
        _number("DLP", "剂量长度乘积", "Dose-length product", "mGy·cm", 20000),
        _text("COMPARED", "对比检查", "Compared with"),
    ),
    ExamKind.ULTRASOUND: (
        _number("LIVER", "肝右叶最大斜径", "Right lobe of the liver, oblique", "mm", 400),
        _number("PORTAL_VEIN", "门静脉内径", "Portal vein", "mm", 60),
        _number("GALLBLADDER_WALL", "胆囊壁厚", "Gallbladder wall", "mm", 60),
        _number("BILE_DUCT", "胆总管内径", "Common bile duct", "mm", 80),
        _number("SPLEEN", "脾厚", "Spleen, thickness", "mm", 300),
        _number("KIDNEY_RIGHT", "右肾长径", "Right kidney, length", "mm", 300),
        _number("KIDNEY_LEFT", "左肾长径", "Left kidney, length", "mm", 300),
        _number("LESION", "最大病灶径", "Largest lesion", "mm", 500),
        _text("OTHER_MEASURES", "其他测值", "Other measurements"),
    ),
    ExamKind.ENDOSCOPY: (
        _plain("SCOPE", "内镜编号", "Endoscope no."),
        _choice(
            "SEDATION",
            "镇静方式",
            "Sedation",
            NONE=("未镇静", "None"),
            CONSCIOUS=("清醒镇静", "Conscious sedation"),
            DEEP=("深度镇静", "Deep sedation"),
            GENERAL=("全身麻醉", "General anesthesia"),
        ),
        _text("MEDICATION", "术中用药", "Medication"),
        _choice(
            "REACHED",
            "到达部位",
            "Reached",
            DUODENUM=("十二指肠降段", "Descending duodenum"),
            STOMACH=("胃", "Stomach"),
            CECUM=("回盲部", "Cecum"),
            ILEUM=("回肠末段", "Terminal ileum"),
            COLON=("结肠（未达回盲部）", "Colon, cecum not reached"),
        ),
        _number("WITHDRAWAL", "退镜时间", "Withdrawal time", "min", 120),
        _number("BOSTON_RIGHT", "波士顿评分，右侧结肠", "Boston score, right colon", "", 3),
        _number("BOSTON_TRANSVERSE", "波士顿评分，横结肠", "Boston score, transverse colon", "", 3),
        _number("BOSTON_LEFT", "波士顿评分，左侧结肠", "Boston score, left colon", "", 3),
        _text("BIOPSY_SITES", "活检部位", "Biopsy sites"),
        _number("BIOPSIES", "活检块数", "Number of biopsies", "", 60),
        _choice(
            "PYLORI",
            "幽门螺杆菌（快速尿素酶）",
            "H. pylori, rapid urease test",
            NOT_TESTED=("未检测", "Not tested"),
            NEGATIVE=("阴性", "Negative"),
            POSITIVE=("阳性", "Positive"),
        ),
    ),
    ExamKind.PATHOLOGY: (
        _text("SPECIMENS", "送检标本", "Specimens"),
        _choice(
            "SECTION",
            "切片方式",
            "Sections",
            PARAFFIN=("石蜡切片", "Paraffin"),
            FROZEN=("冰冻切片", "Frozen"),
            BOTH=("冰冻后石蜡复核", "Frozen, then confirmed on paraffin"),
        ),
        _text("GROSS", "大体所见", "Gross description"),
        _text("MICROSCOPIC", "镜下所见", "Microscopic description"),
        _text("IMMUNO", "免疫组化", "Immunohistochemistry"),
        _plain("STAGE", "病理分期", "Pathological stage"),
    ),
    ExamKind.ECG: (
        _choice(
            "RHYTHM",
            "心律",
            "Rhythm",
            SINUS=("窦性心律", "Sinus rhythm"),
            ATRIAL_FIBRILLATION=("心房颤动", "Atrial fibrillation"),
            ATRIAL_FLUTTER=("心房扑动", "Atrial flutter"),
            PACED=("起搏心律", "Paced rhythm"),
            OTHER=("其他", "Other"),
        ),
        _number("RATE", "心率", "Heart rate", "bpm", 350),
        _number("PR", "PR 间期", "PR interval", "ms", 800),
        _number("QRS", "QRS 时限", "QRS duration", "ms", 400),
        _number("QT", "QT 间期", "QT interval", "ms", 900),
        _number("QTC", "QTc 间期", "QTc interval", "ms", 900),
        _number("AXIS", "电轴", "Axis", "°", 270),
    ),
    ExamKind.OTHER: (),
}

_OF_MODALITY: Final = {
    **dict.fromkeys(("CT", "MR", "DX", "CR", "MG", "NM", "PT", "RF", "XA", "BMD", "PX"), ExamKind.RADIOLOGY),
    "US": ExamKind.ULTRASOUND,
    "ES": ExamKind.ENDOSCOPY,
    "SM": ExamKind.PATHOLOGY,
    "ECG": ExamKind.ECG,
    **dict.fromkeys(("OP", "OPT"), ExamKind.OTHER),  # pictures of the eye: one doctor reads them
}


def find_kind(modality: str) -> ExamKind | None:
    """The kind of report that is written of what was examined on such a device; None of one that is not known."""
    return _OF_MODALITY.get(modality)


def clean_fields(kind: ExamKind, given: Mapping[str, BilingualText]) -> dict[str, dict[str, str]]:
    """What is kept of the fields of this kind, empty ones left out; others are dropped. Refuses `BadExamField`."""
    kept: dict[str, dict[str, str]] = {}
    for field in FIELDS[kind]:
        text = given.get(field.code, BilingualText("", ""))
        if not (text.zh.strip() or text.en.strip()):
            continue
        kept[field.code] = _clean(field, text)
    return kept


def list_facts(kind: ExamKind, kept: Mapping[str, Mapping[str, str]]) -> tuple[ExamFact, ...]:
    """The fields that say something, in their order, in both languages; with the sum of the Boston score."""
    facts = [ExamFact(field.label, _show(field, kept[field.code])) for field in FIELDS[kind] if field.code in kept]
    if kind is ExamKind.ENDOSCOPY and all(code in kept for code in _BOSTON):
        total = str(sum(int(kept[code]["zh"]) for code in _BOSTON))
        facts.append(ExamFact(_BOSTON_TOTAL, BilingualText(f"{total}/9", f"{total}/9")))
    return tuple(facts)


def _clean(field: ExamField, text: BilingualText) -> dict[str, str]:
    value = text.zh.strip() or text.en.strip()
    if field.type is FieldType.TEXT:
        return {"zh": text.zh.strip()[:2000], "en": text.en.strip()[:2000]}
    if field.type is FieldType.NUMBER:
        value = _clean_number(field, value)
    elif field.type is FieldType.CHOICE and value not in (field.choices or {}):
        raise BadExamField(field=field.label)
    return {"zh": value[:120], "en": value[:120]}


def _clean_number(field: ExamField, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadExamField(field=field.label) from None
    least = -field.most if field.code == "AXIS" else 0
    is_score = field.code in _BOSTON
    if not number.is_finite() or not least <= number <= field.most or (is_score and number != int(number)):
        raise BadExamField(field=field.label)
    return f"{number.normalize():f}"


def _show(field: ExamField, kept: Mapping[str, str]) -> BilingualText:
    if field.type is FieldType.CHOICE:
        return (field.choices or {})[kept["zh"]]
    unit = f" {field.unit}" if field.unit and field.unit != "°" else field.unit
    return BilingualText(f"{kept['zh']}{unit}" if kept["zh"] else "", f"{kept['en']}{unit}" if kept["en"] else "")
