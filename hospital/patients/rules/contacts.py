"""Phone numbers of any country."""

import re
from typing import Final

_SEPARATORS: Final = re.compile(r"[\s\-–().·/]+")
_INTERNATIONAL: Final = re.compile(r"\+[1-9]\d{5,14}")  # ITU-T E.164: at most 15 digits
_NATIONAL: Final = re.compile(r"\d{5,15}")
_MAINLAND_MOBILE: Final = re.compile(r"1[3-9]\d{9}")


def normalize_phone(text: str) -> str | None:
    """`+447700900123` for `+44 (7700) 900-123` or `0044 7700 900123`; a national number stays as its digits.

    None for what cannot be a phone number. An empty text stays empty.
    """
    digits = _SEPARATORS.sub("", text.strip().replace("＋", "+"))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if not digits or _INTERNATIONAL.fullmatch(digits) or _NATIONAL.fullmatch(digits):
        return digits
    return None


def international_phone(normalized: str) -> str:
    """The number as a carrier takes it: with its country, which a mainland mobile may lack; empty without one."""
    if normalized.startswith("+"):
        return normalized
    return f"+86{normalized}" if _MAINLAND_MOBILE.fullmatch(normalized) else ""
