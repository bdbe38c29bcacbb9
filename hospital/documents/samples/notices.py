"""Samples of the price notice. The figures are invented; the product takes them from the published rules."""

from hospital.documents.samples import people
from hospital.documents.types import NoticePoint, PaperContent, PaperPatient, PriceNoticePaper, Signature
from hospital.kernel.types import BilingualText as Text

_SIGNATURES = (
    Signature(role=Text("患者或监护人", "Patient or guardian")),
    Signature(role=Text("日期", "Date")),
    Signature(role=Text("经办人（见证）", "Clerk, as witness")),
)
_RATES = (
    NoticePoint(what=Text("各项服务", "Services in general"), said=Text("+30 %", "+30 %")),
    NoticePoint(what=Text("手术", "Surgery"), said=Text("+40 %", "+40 %")),
    NoticePoint(
        what=Text("另有加收标准的项目", "Single items with a surcharge of their own"),
        said=Text("最高 +50 %，+¥20.00，固定价", "up to +50 %, +¥20.00, fixed price"),
    ),
)
_EXEMPT = (
    Text("药品", "Drugs"),
    Text("单独收费的耗材", "Materials charged separately"),
    Text("集中带量采购的药品和耗材", "Drugs and materials from volume-based procurement"),
    Text("血液", "Blood"),
    Text("法定免费项目和疫苗", "Services that are free by law, and vaccines"),
)
_PAYERS = (
    NoticePoint(what=Text("自费", "If you pay yourself"), said=Text("全部金额由您支付。", "You pay the whole amount.")),
    NoticePoint(
        what=Text("商业保险", "Commercial insurance"),
        said=Text(
            "保险公司可能不赔付加收部分，此部分由您支付。请事先向保险公司确认。",
            "Your insurer may exclude the surcharge; you then pay it. Please ask your insurer beforehand.",
        ),
    ),
)
_SECTIONS = (
    NoticePoint(
        what=Text("如何收费", "What you pay"),
        said=Text(
            "每个项目按医院公示的标准价格，加上本告知单所列的加收收取。",
            "For each item you pay the published standard price plus the surcharge named in this notice.",
        ),
    ),
    NoticePoint(
        what=Text("您的同意", "Your consent"),
        said=Text("您已阅读本告知单，同意按上述价格付费。", "You have read this notice and agree to its prices."),
    ),
)


def price_notice(patient: PaperPatient, *, rates: tuple[NoticePoint, ...] = _RATES) -> PriceNoticePaper:
    """The notice of the international service."""
    return PriceNoticePaper(
        letterhead=people.LETTERHEAD,
        patient=patient,
        service=Text("国际医疗服务", "International medical service"),
        code="1-7D2F9A01",
        rates=rates,
        exempt=_EXEMPT,
        payers=_PAYERS,
        sections=_SECTIONS,
        signatures=_SIGNATURES,
    )


def notice_samples() -> dict[str, PaperContent]:
    """The samples by file name."""
    many = tuple(
        NoticePoint(what=Text(f"检查 {n}", f"Examination {n}"), said=Text("+30 %", "+30 %")) for n in range(45)
    )
    return {
        "price-notice": price_notice(people.WHITAKER),
        "price-notice-long": price_notice(people.CHOLMONDELEY),
        "price-notice-0": price_notice(people.ONLY_CHINESE, rates=()),
        "price-notice-45": price_notice(people.VASCONCELOS, rates=many),
    }
