"""Why money goes back: a fixed word that the notice prints in both languages, and an explanation for the file."""

from hospital.billing.errors import RefundReasonMissing
from hospital.kernel.types import BilingualText

REFUND_REASONS: dict[str, BilingualText] = {
    "PATIENT_CANCELED": BilingualText("患者取消", "Canceled by the patient"),
    "DOCTOR_CHANGED": BilingualText("医生调整医嘱", "Orders changed by the doctor"),
    "ORDERED_TWICE": BilingualText("重复开立", "Ordered twice"),
    "NOT_AVAILABLE": BilingualText("项目或药品暂不可用", "Service or medicine not available"),
    "CALLED_OFF": BilingualText("医院停诊", "Session called off by the hospital"),
    "DOCTOR_SUBSTITUTED": BilingualText("更换医生，退还差价", "Another doctor with a lower fee"),
    "CHARGED_WRONGLY": BilingualText("收费有误", "Charged by mistake"),
}
_BETWEEN = ": "


def join_reason(*, code: str, text: str) -> str:
    """The reason as it is stored. Refuses with `RefundReasonMissing` an unknown code."""
    if code not in REFUND_REASONS:
        raise RefundReasonMissing
    explanation = text.strip()[:300]
    return f"{code}{_BETWEEN}{explanation}" if explanation else code


def read_reason(stored: str) -> tuple[BilingualText, str]:
    """The word in both languages and the explanation; a reason written otherwise stands as it is."""
    code, _, explanation = stored.partition(_BETWEEN)
    if code in REFUND_REASONS:
        return REFUND_REASONS[code], explanation
    return BilingualText(stored, stored), ""
