"""Turning values into the texts of a template: pairs of languages, the patient block, signatures.

A template never calculates and never formats; everything in the result is text, in one form or as {"zh", "en"}.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from hospital.documents.formatting import format_age, format_ratio, format_stamp, format_unit_price
from hospital.documents.types.money import ChargedSurcharge, PublicAddition, SurchargeMode
from hospital.documents.types.people import Letterhead, PaperPatient, PaperSex, Signature
from hospital.kernel.types import BilingualText

Text = dict[str, str]
Block = dict[str, Any]

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SEX = {
    PaperSex.MALE: BilingualText("男", "Male"),
    PaperSex.FEMALE: BilingualText("女", "Female"),
    PaperSex.UNKNOWN: BilingualText("未说明", "Not stated"),
}
EXEMPT_MARK, INCLUDED_MARK, NOT_ADDED_MARK = "*", "a", "b"
_ADDITION_MARKS = {PublicAddition.INCLUDED: INCLUDED_MARK, PublicAddition.NOT_ADDED: NOT_ADDED_MARK}
_FOOTNOTES = {
    EXEMPT_MARK: BilingualText("* 药品和卫生材料不加收。", "* Drugs and materials carry no surcharge."),
    INCLUDED_MARK: BilingualText(
        "a 标准单价已含儿童或急诊加收。", "a The standard price includes the public child or emergency addition."
    ),
    NOT_ADDED_MARK: BilingualText(
        "b 儿童或急诊加收未在加收之上重复计收。",
        "b The public child or emergency addition was not charged on top of the surcharge.",
    ),
}


def pair(text: BilingualText) -> Text:
    """Both languages of a text; a text that exists only in English stands in both.

    An English text that holds Chinese characters is no English text and counts as missing.
    """
    return {"zh": text.zh or text.en, "en": "" if _HAN.search(text.en) else text.en.strip()}


def optional_pair(text: BilingualText | None) -> Text | None:
    """The pair, or None where there is nothing to print."""
    return pair(text) if text is not None and (text.zh or text.en) else None


def plain_or_pair(text: str | BilingualText) -> str | Text:
    """A code or number as it is, a text in both languages."""
    return text if isinstance(text, str) else pair(text)


def letterhead_block(letterhead: Letterhead) -> Block:
    """The head of the paper."""
    return {
        "name": pair(letterhead.name),
        "short": pair(letterhead.short_name),
        "address": pair(letterhead.address),
        "phone": letterhead.phone,
    }


def patient_block(patient: PaperPatient, *, on: date) -> Block:
    """The patient with the age on the day `on`."""
    return {
        "family": patient.family_name,
        "given": patient.given_names,
        "zh": patient.chinese_name,
        "sex": pair(_SEX[patient.sex]),
        "age": pair(format_age(patient.born_on, on)) if patient.born_on else None,
        "mrn": patient.record_number,
    }


def signature_blocks(signatures: Iterable[Signature]) -> list[Block]:
    """The signatures in order."""
    return [
        {
            "role": pair(signature.role),
            "who": optional_pair(signature.name),
            "at": format_stamp(signature.signed_at) if signature.signed_at else "",
        }
        for signature in signatures
    ]


def surcharge_text(surcharge: ChargedSurcharge) -> str | Text:
    """The surcharge as it was charged: `+30 %`, `+¥20.00`, fixed, `0 %` (domain brief 1.6 clause 14)."""
    if surcharge.mode == SurchargeMode.FIXED_PRICE:
        return {"zh": "固定价", "en": "fixed"}
    if surcharge.mode == SurchargeMode.AMOUNT:
        return f"+¥{format_unit_price(surcharge.value)}"
    return format_ratio(surcharge.value if surcharge.mode == SurchargeMode.RATIO else Decimal(0))


def surcharge_mark(surcharge: ChargedSurcharge) -> str:
    """The footnote mark of a line, empty when there is nothing to say."""
    mark = EXEMPT_MARK if surcharge.is_exempt else ""
    return mark + _ADDITION_MARKS.get(surcharge.public_addition, "")


def footnotes(marks: Iterable[str]) -> list[Text]:
    """The footnotes of the marks that occur."""
    used = set("".join(marks))
    return [pair(text) for mark, text in _FOOTNOTES.items() if mark in used]
