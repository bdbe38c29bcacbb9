"""Words of the price notice that depend on the published rules and settings, in both languages."""

from hospital.catalog.types import FeeClass, InsuranceMode, Nature, PricingSettings, ServiceLine
from hospital.kernel.types import BilingualText

SERVICE_LINES = {
    ServiceLine.INTL: BilingualText("国际医疗服务", "International medical service"),
    ServiceLine.SPECIAL: BilingualText("特需医疗服务", "Special-need service"),
    ServiceLine.NORMAL: BilingualText("普通门诊服务", "Ordinary service"),
}
IN_GENERAL = BilingualText("各项服务", "Services in general")
SINGLE_ITEMS = BilingualText("另有加收标准的项目", "Single items with a surcharge of their own")
KINDS = {
    Nature.SERVICE.value: BilingualText("诊疗服务", "Medical services"),
    Nature.CONSUMABLE.value: BilingualText("耗材", "Materials"),
    Nature.DRUG.value: BilingualText("药品", "Drugs"),
}
CLASSES = {
    FeeClass.BED: BilingualText("床位", "Bed"),
    FeeClass.CONSULTATION: BilingualText("诊察", "Consultation"),
    FeeClass.EXAM: BilingualText("检查", "Imaging and examinations"),
    FeeClass.LAB: BilingualText("检验", "Laboratory tests"),
    FeeClass.TREATMENT: BilingualText("治疗", "Treatment"),
    FeeClass.SURGERY: BilingualText("手术", "Surgery"),
    FeeClass.NURSING: BilingualText("护理", "Nursing"),
    FeeClass.MATERIALS: BilingualText("卫生材料", "Medical materials"),
    FeeClass.WESTERN_DRUG: BilingualText("西药", "Western drugs"),
    FeeClass.TCM_PIECES: BilingualText("中药饮片", "Chinese herbal pieces"),
    FeeClass.PATENT_DRUG: BilingualText("中成药", "Chinese patent drugs"),
    FeeClass.GENERAL_CONSULTATION: BilingualText("一般诊疗", "General consultation"),
    FeeClass.REGISTRATION: BilingualText("挂号费", "Registration fee"),
    FeeClass.OTHER: BilingualText("其他", "Other"),
}
FIXED = BilingualText("固定价", "fixed price")
_ALWAYS_EXEMPT = (
    BilingualText("集中带量采购的药品和耗材", "Drugs and materials from volume-based procurement"),
    BilingualText("血液", "Blood"),
    BilingualText("法定免费项目和疫苗", "Services that are free by law, and vaccines"),
    BilingualText("送院外检验的项目", "Tests sent to an outside laboratory"),
    BilingualText(
        "本身已按本服务定价的项目，如门诊诊查费",
        "Items already priced for this service, such as the consultation fee",
    ),
)
_SELF = (
    BilingualText("自费", "If you pay yourself"),
    BilingualText("全部金额由您支付。", "You pay the whole amount."),
)
_NATIONAL = {
    InsuranceMode.NONE: BilingualText(
        "本服务不使用基本医疗保险结算，包括加收在内的全部费用由您自费。",
        "National medical insurance does not pay for this service. You pay all of it, the surcharge included.",
    ),
    InsuranceMode.BASE_ONLY: BilingualText(
        "基本医疗保险只按标准价格结算，加收部分不予支付，由您自费。",
        "National medical insurance pays toward the standard price only. It does not pay the surcharge: you do.",
    ),
}
_COMMERCIAL = (
    BilingualText("商业保险", "Commercial insurance"),
    BilingualText(
        "保险公司可能不赔付加收部分，此部分由您支付。请事先向保险公司确认。",
        "Your insurer may exclude the surcharge; you then pay it. Please ask your insurer beforehand.",
    ),
)


def list_exemptions(settings: PricingSettings) -> tuple[BilingualText, ...]:
    """What takes no surcharge by the price office's settings (brief §1.6.5)."""
    drugs = BilingualText("药品", "Drugs")
    if settings.allow_drug_surcharge:
        drugs = BilingualText("未经批准加收的药品", "Drugs without an approved surcharge")
    materials = BilingualText("单独收费的耗材", "Materials charged separately")
    if settings.allow_consumable_surcharge:
        materials = BilingualText(
            "未经批准加收的单独收费耗材", "Materials charged separately without an approved surcharge"
        )
    return (drugs, materials, *_ALWAYS_EXEMPT)


def list_payers(settings: PricingSettings) -> tuple[tuple[BilingualText, BilingualText], ...]:
    """What the surcharge means for each payer."""
    national = (BilingualText("基本医疗保险", "National medical insurance"), _NATIONAL[settings.intl_insurance_mode])
    return (_SELF, national, _COMMERCIAL)
