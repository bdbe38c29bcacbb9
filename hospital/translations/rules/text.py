"""One way of writing for what both languages write in several: digits, units, signs."""

import re
import unicodedata

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
CHINESE_MARKS = re.compile("[，。；：、（）！？《》“”]")
# Full width marks stay: a Chinese comma between two numbers must not join them as 1,234 would be.
_STAYS = frozenset("，。；：、（）！？")
_RAISED = {ord(raised): f"^{plain}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}


def unify_text(text: str) -> str:
    """The text with half width digits and letters, `°C` for ℃, `mg` for ㎎, `^9` for ⁹ and one kind of dash."""
    raised = text.translate(_RAISED)
    plain = "".join(char if char in _STAYS else unicodedata.normalize("NFKC", char) for char in raised)
    return re.sub("[−–—－]", "-", plain).replace("µ", "μ")
