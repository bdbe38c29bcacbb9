"""Samples of the slip, the statement and the notice. Money is computed here with the rules of the domain brief."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hospital.documents.formatting import mask_card
from hospital.documents.samples import people
from hospital.documents.samples.receipts import receipt_samples
from hospital.documents.types import (
    ChargedSurcharge,
    FeeLine,
    FeeStatement,
    PaperContent,
    PaperPatient,
    PaperSheet,
    PublicAddition,
    RefundChannel,
    RefundLine,
    RefundNotice,
    RefundReceipts,
    RegistrationSlip,
    Signature,
    SurchargeMode,
)
from hospital.kernel.money import ZERO, round_half_up
from hospital.kernel.types import BilingualText as Text

VISIT_DAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PAID_BY_CARD = Text("2026年11月24日 10:52 银行卡 尾号 1111 支付", "Paid 24 Nov 2026, 10:52, by card ending 1111")
EXEMPT = ChargedSurcharge(mode=SurchargeMode.NONE, is_exempt=True)
_CLASS_A, _CLASS_B, _UNLISTED = Text("甲类", "Class A"), Text("乙类", "Class B"), Text("目录外", "Not listed")
_TIME, _BOX = Text("次", "time"), Text("盒", "box")


def by_ratio(ratio: str, addition: PublicAddition = PublicAddition.NONE) -> ChargedSurcharge:
    """A surcharge by ratio, "0.3" for +30 %."""
    return ChargedSurcharge(mode=SurchargeMode.RATIO, value=Decimal(ratio), public_addition=addition)


# code, item, specification, unit, standard price, surcharge, insurance class
_CATALOG: tuple[tuple[str, Text, Text | None, Text, str, ChargedSurcharge, Text], ...] = (
    (
        "110200003",
        Text("主任医师诊查费", "Consultation, chief physician"),
        None,
        _TIME,
        "300",
        by_ratio("0.3"),
        _UNLISTED,
    ),
    (
        "250101015",
        Text("血常规（五分类）", "Complete blood count with differential"),
        Text("静脉血", "Venous blood"),
        _TIME,
        "25",
        by_ratio("0.3"),
        _CLASS_A,
    ),
    (
        "250401025",
        Text("C 反应蛋白测定", "C-reactive protein"),
        Text("定量", "Quantitative"),
        _TIME,
        "60",
        by_ratio("0.3"),
        _CLASS_A,
    ),
    (
        "210102015",
        Text("数字化摄影（胸部正侧位）", "Digital radiography, chest, two views"),
        None,
        Text("部位", "region"),
        "85",
        by_ratio("0.3"),
        _CLASS_B,
    ),
    ("310701001", Text("十二导联心电图", "12-lead electrocardiogram"), None, _TIME, "26.15", by_ratio("0.3"), _CLASS_A),
    (
        "X-C09AA05",
        Text("雷米普利片", "Ramipril tablets"),
        Text("5 mg × 14 片", "5 mg × 14"),
        _BOX,
        "32.40",
        EXEMPT,
        _CLASS_A,
    ),
    (
        "X-B05BB01",
        Text("0.9% 氯化钠注射液", "Sodium chloride 0.9 % for infusion"),
        Text("250 mL", "250 mL"),
        Text("袋", "bag"),
        "3.4567",
        EXEMPT,
        _CLASS_A,
    ),
    (
        "120400006",
        Text("静脉输液", "Intravenous infusion"),
        None,
        Text("组", "set"),
        "13.35",
        by_ratio("0.15"),
        _CLASS_A,
    ),
    (
        "C-140201",
        Text("一次性精密输液器", "Infusion set, precision filter"),
        Text("带 5 μm 滤器", "5 μm filter"),
        Text("套", "set"),
        "14.20",
        EXEMPT,
        _CLASS_B,
    ),
    (
        "310605001",
        Text("雾化吸入", "Nebulizer treatment"),
        None,
        _TIME,
        "11.25",
        by_ratio("0.3", PublicAddition.INCLUDED),
        _CLASS_A,
    ),
    (
        "220302004",
        Text("腹部彩色多普勒超声", "Color Doppler ultrasound, abdomen"),
        None,
        Text("部位", "region"),
        "135.50",
        ChargedSurcharge(mode=SurchargeMode.AMOUNT, value=Decimal("20.00")),
        _CLASS_B,
    ),
    (
        "311400058",
        Text("国际门诊陪诊（半日）", "Visit companion, half day"),
        None,
        _TIME,
        "400",
        ChargedSurcharge(mode=SurchargeMode.FIXED_PRICE, value=Decimal("580.00")),
        _UNLISTED,
    ),
    (
        "120100002",
        Text("肌肉注射（儿童）", "Intramuscular injection, child"),
        None,
        _TIME,
        "8.40",
        by_ratio("0.3", PublicAddition.NOT_ADDED),
        _CLASS_A,
    ),
)


def _charged_price(standard: Decimal, surcharge: ChargedSurcharge) -> Decimal:
    if surcharge.mode == SurchargeMode.RATIO:
        return round_half_up(standard * (1 + surcharge.value))
    if surcharge.mode == SurchargeMode.AMOUNT:
        return round_half_up(standard + surcharge.value)
    return surcharge.value if surcharge.mode == SurchargeMode.FIXED_PRICE else standard


def fee_line(entry: int, *, quantity: str = "1", on: date = VISIT_DAY, insurer_share: str = "0") -> FeeLine:
    """The catalog's row `entry` charged once, an insurer paying `insurer_share` of it."""
    code, item, specification, unit, price, surcharge, insurance_class = _CATALOG[entry % len(_CATALOG)]
    standard, count = Decimal(price), Decimal(quantity)
    charged = _charged_price(standard, surcharge)
    amount = round_half_up(charged * count)
    insurer = round_half_up(amount * Decimal(insurer_share))
    return FeeLine(
        occurred_on=on,
        code=code,
        item=item,
        specification=specification,
        unit=unit,
        quantity=count,
        standard_price=standard,
        surcharge=surcharge,
        charged_price=charged,
        amount=amount,
        base_amount=round_half_up(standard * count),
        insurance_class=insurance_class,
        insurer_amount=insurer,
        patient_amount=amount - insurer,
    )


def fee_statement(patient: PaperPatient, lines: tuple[FeeLine, ...], *, payer: Text = people.SELF_PAY) -> FeeStatement:
    """A statement of `lines`."""
    return FeeStatement(
        letterhead=people.LETTERHEAD,
        patient=patient,
        visit_number="OP-20261124-0457",
        bill_number="B-20261124-001183",
        department=people.CARDIOLOGY,
        doctor=people.LIN,
        payer=payer,
        settlement=PAID_BY_CARD if lines else Text("无需支付", "Nothing to pay"),
        lines=lines,
    )


def many_fee_lines(count: int) -> tuple[FeeLine, ...]:
    """`count` lines over several days, an insurer paying nine tenths."""
    first = VISIT_DAY - timedelta(days=18)
    return tuple(
        fee_line(i, quantity=str(i * 7 % 5 + 1), on=first + timedelta(days=i // 20 * 6), insurer_share="0.9")
        for i in range(count)
    )


def registration_slip(patient: PaperPatient, *, sheet: PaperSheet = PaperSheet.ROLL_80) -> RegistrationSlip:
    """A slip for the cardiology clinic."""
    return RegistrationSlip(
        letterhead=people.LETTERHEAD,
        patient=patient,
        queue_number="B031",
        visit_number="OP-20261124-0457",
        starts_at=MORNING,
        ends_at=MORNING + timedelta(minutes=30),
        session=Text("上午", "AM"),
        department=people.CARDIOLOGY,
        doctor=people.LIN,
        doctor_title=Text("主任医师（国际门诊）", "Chief physician (international clinic)"),
        place=Text("国际医疗中心 3 楼 12 诊室", "International Medical Center, floor 3, room\N{NO-BREAK SPACE}12"),
        fee=Decimal("390.00"),
        settlement=Text("银行卡 尾号 1111 已付", "Paid by card ending 1111"),
        steps=(
            Text("请提前 15 分钟到 3 楼护士站签到。", "Check in at the nurses’ desk on floor 3, 15 minutes early."),
            Text("请携带登记时使用的证件原件。", "Bring the ID you registered with."),
            Text(
                "过号请重新签到，3 位之后再叫您。",
                "Missed your call? Check in again; you are called after 3 more patients.",
            ),
        ),
        desk=people.HE,
        sheet=sheet,
    )


_NOT_DONE, _DONE = Text("未执行，已取消", "Not done, canceled"), Text("已执行，不退", "Done, not refundable")


def refund_line(entry: int, *, quantity: str = "1", refunded: str = "1") -> RefundLine:
    """The catalog's row `entry`, of which `refunded` go back by the cumulative formula of domain brief 1.3."""
    line, back = fee_line(entry, quantity=quantity), Decimal(refunded)
    return RefundLine(
        item=line.item,
        standard_price=line.standard_price,
        surcharge=line.surcharge,
        charged_price=line.charged_price,
        quantity=line.quantity,
        refunded_quantity=back,
        paid_amount=line.amount,
        refund_amount=round_half_up(line.amount * back / line.quantity),
        execution=_NOT_DONE if back else _DONE,
    )


def refund_notice(
    patient: PaperPatient, lines: tuple[RefundLine, ...], *, receipts: RefundReceipts | None = None
) -> RefundNotice:
    """A notice of `lines`, all money going back to one card."""
    back = sum((line.refund_amount for line in lines), ZERO)
    paid = sum((line.paid_amount for line in lines), ZERO)
    card = RefundChannel(
        name=mask_card("1111"), paid_amount=paid, refund_amount=back, expected=Text("3–7 个工作日", "3–7 working days")
    )
    return RefundNotice(
        letterhead=people.LETTERHEAD,
        patient=patient,
        payer=people.SELF_PAY,
        bill_number="B-20261124-001183",
        receipt_number="4401-26-0091834" if receipts else "",
        paid_on=VISIT_DAY,
        reason=Text("患者因行程变化取消检查", "Patient canceled the examination because of travel"),
        approved_by=Text("梁博（收费组长）", "LIANG Bo (lead cashier)"),
        lines=lines,
        channels=(card,) if lines else (),
        receipts=receipts,
        signatures=(
            Signature(role=Text("患者或代办人", "Patient or representative")),
            Signature(role=Text("经办", "Prepared by"), name=people.HE, signed_at=MORNING + timedelta(hours=2)),
            Signature(role=Text("复核", "Checked by"), name=people.LIANG, signed_at=MORNING + timedelta(hours=3)),
        ),
    )


def visit_samples() -> dict[str, PaperContent]:
    """The samples by file name."""
    receipts = RefundReceipts(
        reversal_number="4401-26-0093214",
        replacement_number="4401-26-0093215",
        replacement_amount=Decimal("221.00"),
    )
    insured = tuple(fee_line(i, insurer_share="0.9") for i in range(9))
    return {
        "registration-slip": registration_slip(people.WHITAKER),
        "registration-slip-long": registration_slip(people.CHOLMONDELEY),
        "registration-slip-a5": registration_slip(people.VASCONCELOS, sheet=PaperSheet.A5),
        "fee-statement": fee_statement(people.WHITAKER, tuple(fee_line(i) for i in (0, 1, 3, 5, 6))),
        "fee-statement-0": fee_statement(people.VASCONCELOS, ()),
        "fee-statement-1": fee_statement(people.CHEN, (fee_line(0),)),
        "fee-statement-insured": fee_statement(people.CHOLMONDELEY, insured, payer=people.INSURER),
        "fee-statement-80": fee_statement(people.GHAMDI, many_fee_lines(80), payer=people.INSURER),
        **receipt_samples(),
        "refund-notice": refund_notice(people.WHITAKER, (refund_line(3), refund_line(1, refunded="0"))),
        "refund-notice-0": refund_notice(people.NGUYEN, ()),
        "refund-notice-1": refund_notice(people.CHOLMONDELEY, (refund_line(3, quantity="3"),), receipts=receipts),
        "refund-notice-80": refund_notice(people.VASCONCELOS, tuple(refund_line(i) for i in range(80))),
    }
