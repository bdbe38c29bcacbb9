"""Reading one row of an imported table: values, or what is wrong with them. No database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from hospital.catalog.types import (
    CatalogKind,
    Combination,
    CompositeMode,
    FeeClass,
    InsuranceClass,
    Nature,
    TranslationStatus,
)

PARTS = "parts"
PRICE = "price"
_TEXTS = {
    "name_zh": 200, "name_en": 300, "spec_zh": 120, "spec_en": 160, "unit_zh": 20, "unit_en": 40,
    "manufacturer_zh": 120, "manufacturer_en": 200, "insurance_code": 40, "price_item": 40,
}  # fmt: skip
_CHOICES: dict[str, type[StrEnum]] = {
    "kind": CatalogKind,
    "fee_class": FeeClass,
    "translation_status": TranslationStatus,
    "insurance_class": InsuranceClass,
}
# Empty is a value of these: the price office's setting holds.
_OPEN_CHOICES: dict[str, type[StrEnum]] = {"combination": Combination, "composite_mode": CompositeMode}
_FLAGS = (
    "is_volume_procured", "is_blood", "is_statutory_free", "is_sent_out", "is_already_special_price",
    "is_charged_separately", "is_active",
)  # fmt: skip
_NUMBERS = {"child_ratio": 4, "child_amount": 4, "emergency_ratio": 4, "emergency_amount": 4, PRICE: 4}
_COUNTS = ("child_under_years", "age_from", "age_to")
COLUMNS = (
    "code", "kind", "fee_class", "name_zh", "name_en", "translation_status", "spec_zh", "spec_en", "unit_zh", "unit_en",
    "manufacturer_zh", "manufacturer_en", "price_item", "insurance_code", "insurance_class", *_FLAGS,
    "child_ratio", "child_amount", "child_under_years", "emergency_ratio", "emergency_amount", "combination",
    "composite_mode", "sex_limit", "age_from", "age_to", PARTS, PRICE,
)  # fmt: skip
_YES = {"1", "true", "yes", "y"}
_NO = {"", "0", "false", "no", "n"}
NATURES = {
    CatalogKind.CHARGE_ITEM: Nature.SERVICE,
    CatalogKind.PRICE_ITEM: Nature.SERVICE,
    CatalogKind.CONSUMABLE: Nature.CONSUMABLE,
    CatalogKind.DRUG: Nature.DRUG,
}

UNKNOWN_COLUMN = _("This column does not exist.")
NO_CODE = _("The code is missing or longer than 40 characters.")
TWICE = _("The code stands in the file twice.")
NOT_A_CHOICE = _("This value does not exist in this column.")
TOO_LONG = _("The text is too long.")
NOT_YES_OR_NO = _("Write yes or no.")
NOT_A_NUMBER = _("Write a number of zero or more, with at most four decimals.")
NOT_A_COUNT = _("Write a whole number.")
NO_NAME = _("The Chinese name is missing.")
NO_KIND = _("A new row needs its catalog and its fee class.")
KIND_CHANGES = _("A row cannot move to another catalog.")
NO_MAPPING = _("There is no price-bureau item with this code.")
MAPPING_NOT_HERE = _("Only a charge item has a price-bureau item.")
TWO_ADDITIONS = _("An addition is a ratio or an amount, not both.")
ADDITION_NOT_HERE = _("Drugs, sets, what is free by law and what already has a special price have no addition.")
FACTS_SCHEDULED = _("A change of this item is approved and starts later.")
MODE_NOT_HERE = _("Only a composite has a mode of its own.")
PRICE_NOT_HERE = _("A composite has no price of its own.")
PRICE_SCHEDULED = _("Another price is already scheduled after this start.")
ENGLISH_NOT_THERE = _("A row without English cannot count as reviewed.")
BAD_PARTS = _("Write the parts as code*quantity, separated by semicolons.")
PARTS_NOT_HERE = _("Only a composite has parts.")
NO_PARTS = _("A new composite needs its parts.")
PART_UNKNOWN = _("A part is not in the catalog.")
PARTS_REFUSED = _("The set contains itself, or sets are nested deeper than five.")
CHANGED_MEANWHILE = _("The catalog changed while the file was taken in. Please check the file again.")


@dataclass(slots=True)
class SheetRow:
    """A row as read. `values` holds only the columns of the file; `faults` are column and text."""

    number: int
    code: str
    values: dict[str, object] = field(default_factory=dict)
    parts: tuple[tuple[str, Decimal], ...] | None = None
    price: Decimal | None = None
    faults: list[tuple[str, Promise]] = field(default_factory=list)

    def add_fault(self, column: str, text: Promise) -> None:
        """Notes what is wrong."""
        self.faults.append((column, text))


def read_sheet_row(number: int, cells: Mapping[str, str]) -> SheetRow:
    """One row by column name; what cannot be read is a fault of its column, the others are read all the same."""
    row = SheetRow(number, cells.get("code", ""))
    if not row.code or len(row.code) > 40:
        row.add_fault("code", NO_CODE)
    for name, text in cells.items():
        reader = _READERS.get(name)
        if reader is not None:
            reader(row, name, text)
    _check_additions(row)
    return row


def _read_text(row: SheetRow, name: str, text: str) -> None:
    if len(text) > _TEXTS[name]:
        row.add_fault(name, TOO_LONG)
    row.values[name] = text


def _read_choice(row: SheetRow, name: str, text: str) -> None:
    if not text:
        return
    kind = _CHOICES[name]
    if text.upper() not in set(kind):
        row.add_fault(name, NOT_A_CHOICE)
    else:
        row.values[name] = text.upper()


def _read_open_choice(row: SheetRow, name: str, text: str) -> None:
    if text.upper() not in {"", *_OPEN_CHOICES[name]}:
        row.add_fault(name, NOT_A_CHOICE)
    else:
        row.values[name] = text.upper()


def _read_flag(row: SheetRow, name: str, text: str) -> None:
    word = text.lower()
    is_yes, is_no = word in _YES or word == _chinese("yes"), word in _NO or word == _chinese("no")
    if not (is_yes or is_no):
        row.add_fault(name, NOT_YES_OR_NO)
    elif word or name not in {"is_active", "is_charged_separately"}:
        row.values[name] = is_yes


@cache
def _chinese(word: str) -> str:
    words = {"yes": pgettext_lazy("table", "yes"), "no": pgettext_lazy("table", "no")}
    with override("zh-hans"):
        return str(words[word])


def _read_number(row: SheetRow, name: str, text: str) -> None:
    if not text:
        if name != PRICE:
            row.values[name] = None
        return
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < 10**8 or number != round(number, _NUMBERS[name]):
        row.add_fault(name, NOT_A_NUMBER)
    elif name == PRICE:
        row.price = number
    elif name.endswith("_ratio") and number >= 1000:
        row.add_fault(name, NOT_A_NUMBER)
    else:
        row.values[name] = number


def _read_count(row: SheetRow, name: str, text: str) -> None:
    if text and not (text.isascii() and text.isdecimal() and int(text) <= 200):
        row.add_fault(name, NOT_A_COUNT)
    else:
        row.values[name] = int(text) if text else None


def _read_sex(row: SheetRow, name: str, text: str) -> None:
    if text not in {"", "M", "F"}:
        row.add_fault(name, NOT_A_CHOICE)
    else:
        row.values[name] = text


def _read_parts(row: SheetRow, name: str, text: str) -> None:
    if not text:
        return
    parts = []
    for entry in filter(None, (each.strip() for each in text.split(";"))):
        code, _star, qty = entry.rpartition("*")
        try:
            number = Decimal(qty)
        except InvalidOperation:
            number = Decimal(0)
        if not code or not number.is_finite() or number <= 0 or number != round(number, 4):
            row.add_fault(name, BAD_PARTS)
            return
        parts.append((code.strip(), number))
    row.parts = tuple(parts)


def _check_additions(row: SheetRow) -> None:
    for name in ("child", "emergency"):
        if row.values.get(f"{name}_ratio") is not None and row.values.get(f"{name}_amount") is not None:
            row.add_fault(f"{name}_amount", TWO_ADDITIONS)


_Reader = Callable[[SheetRow, str, str], None]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(_TEXTS, _read_text),
    **dict.fromkeys(_CHOICES, _read_choice),
    **dict.fromkeys(_OPEN_CHOICES, _read_open_choice),
    **dict.fromkeys(_FLAGS, _read_flag),
    **dict.fromkeys(_NUMBERS, _read_number),
    **dict.fromkeys(_COUNTS, _read_count),
    "sex_limit": _read_sex,
    PARTS: _read_parts,
}
