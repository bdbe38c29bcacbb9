"""Words of the papers about money and registration, in both languages, and where they come from."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.accounts.api import get_staff_names
from hospital.billing.types import ChargeLine, Footnote, Payer, SettlementInfo
from hospital.campuses.api import list_campuses
from hospital.catalog.types import Exemption, InsuranceClass, SurchargeMode
from hospital.documents.api import (
    ChargedSurcharge,
    Letterhead,
    PublicAddition,
    letterhead_of,
)
from hospital.documents.types import SurchargeMode as PaperMode
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.money import ZERO
from hospital.kernel.types import BilingualText
from hospital.payments.types import PaymentOrderInfo
from hospital.workflows.payment_words import WAYS

NATIONAL_INSURANCE = BilingualText("基本医疗保险", "National health insurance")
SELF_PAY = BilingualText("自费", "Self-pay")
NOT_PAID = BilingualText("未缴费", "Not paid yet")
NOTHING_DUE = BilingualText("无需缴费", "Nothing to pay")
SESSIONS = {
    "AM": BilingualText("上午", "Morning"),
    "PM": BilingualText("下午", "Afternoon"),
    "EVENING": BilingualText("晚间", "Evening"),
}
TITLES = {
    "RESIDENT": BilingualText("住院医师", "Resident physician"),
    "ATTENDING": BilingualText("主治医师", "Attending physician"),
    "ASSOCIATE_CHIEF": BilingualText("副主任医师", "Associate chief physician"),
    "CHIEF": BilingualText("主任医师", "Chief physician"),
}
INSURANCE_CLASSES = {
    InsuranceClass.A: BilingualText("甲类", "Class A"),
    InsuranceClass.B: BilingualText("乙类", "Class B"),
    InsuranceClass.C: BilingualText("丙类", "Class C"),
}
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Goods that take no surcharge by law or policy carry the paper's footnote.
_GOODS = {Exemption.DRUG, Exemption.CONSUMABLE_SEPARATE, Exemption.VBP, Exemption.BLOOD}
_ADDITIONS = {
    None: PublicAddition.NONE,
    Footnote.INCLUDED: PublicAddition.INCLUDED,
    Footnote.NOT_ADDED: PublicAddition.NOT_ADDED,
}


def letterhead_at(*, campus_code: str) -> Letterhead:
    """The letterhead of a campus."""
    return letterhead_of(campus=next(campus for campus in list_campuses() if campus.code == campus_code))


def name_of_actor(*, actor: Actor) -> BilingualText:
    """Who stands on a paper as the person at the desk; the hospital itself where no member of staff acts."""
    if actor.kind is not ActorKind.STAFF:
        return BilingualText("国际医疗中心", "International Medical Center")
    return name_of_staff(staff_id=actor.id, otherwise=actor.label)


def name_of_staff(*, staff_id: str, otherwise: str) -> BilingualText:
    """The name of a member of staff in both languages; `otherwise` where there is none of this id."""
    try:
        key = UUID(staff_id)
    except ValueError:
        return BilingualText(otherwise, otherwise)
    return get_staff_names(user_ids=[key]).get(key) or BilingualText(otherwise, otherwise)


def paid_words(*, payments: Iterable[PaymentOrderInfo], paid_at: datetime | None) -> BilingualText:
    """How and when a bill was paid: each way, of a card the last four digits, never more."""
    if paid_at is None:
        return NOT_PAID
    at = paid_at.astimezone(SHANGHAI)
    when_zh = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    when_en = f"{at.day} {_EN_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"
    ways = [_way_of(payment) for payment in payments]
    if not ways:
        return BilingualText(f"{when_zh} 已结清", f"Settled {when_en}")
    return BilingualText(
        f"{when_zh} {'、'.join(way.zh for way in ways)} 支付", f"Paid {when_en}, {' and '.join(way.en for way in ways)}"
    )


def payer_words(settlement: SettlementInfo, *, discount: Decimal = ZERO) -> BilingualText:
    """Who pays a bill, and what the contract took off."""
    if settlement.contract is None:
        return NATIONAL_INSURANCE if settlement.payer is Payer.NATIONAL else SELF_PAY
    name = settlement.contract.name
    if not discount:
        return name
    return BilingualText(
        f"{name.zh}（合同优惠 ¥{discount:,.2f}，已扣除）",
        f"{name.en} (contract discount CNY {discount:,.2f}, taken off)",
    )


def _way_of(payment: PaymentOrderInfo) -> BilingualText:
    by = WAYS[payment.channel].by
    if payment.card is None:
        return by
    return BilingualText(f"{by.zh} 尾号 {payment.card.last4}", f"{by.en} ending {payment.card.last4}")


def surcharge_of(*, line: ChargeLine) -> ChargedSurcharge:
    """The surcharge of a line as it was charged, for a paper."""
    is_goods = bool(_GOODS.intersection(line.exemptions))
    mode, value = PaperMode.NONE, line.surcharge * 0
    if line.mode is not None and line.value is not None:
        mode, value = PaperMode(SurchargeMode(line.mode).value), line.value
    return ChargedSurcharge(mode=mode, value=value, is_exempt=is_goods, public_addition=_ADDITIONS[line.footnote])
