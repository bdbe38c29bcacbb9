"""What a screen shows of a person until somebody asks for more, which is logged (N14; domain brief 10, masking)."""

import re
from typing import Final

from hospital.patients.rules.documents import DocumentType
from hospital.patients.rules.names import PersonName, latin_parts

HIDDEN: Final = "****"

# Family names of two characters; all others have one.
COMPOUND_FAMILY_NAMES: Final = frozenset(
    {
        "欧阳", "司徒", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
        "令狐", "夏侯", "轩辕", "端木", "南宫", "独孤", "长孙", "宇文", "司空", "闻人",
        "赫连", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "公羊",
        "钟离", "百里", "呼延", "东郭", "西门", "歐陽", "司馬", "諸葛", "東方",
    }
)  # fmt: skip

_FIRST_AND_LAST: Final[dict[DocumentType, tuple[int, int]]] = {
    DocumentType.PRC_ID: (3, 4),
    DocumentType.HMT_RESIDENCE: (3, 4),
    DocumentType.FOREIGN_PR: (3, 4),
    DocumentType.PASSPORT: (1, 3),
    DocumentType.HKID: (1, 3),
    DocumentType.MACAU_ID: (1, 3),
    DocumentType.HM_PERMIT: (1, 3),
    DocumentType.TW_PERMIT: (1, 3),
}
_OTHER_FIRST_AND_LAST: Final = (1, 3)

_DISTRICT_ZH: Final = re.compile(r"^.*?(?:市|州|盟|地区)?[^省市州盟]{1,10}?[区县旗](?!域)")
_DISTRICT_EN: Final = re.compile(r"[^,]*\b(?:District|County)\b.*", re.IGNORECASE)
_MAINLAND_MOBILE: Final = re.compile(r"(?:\+?86)?(1\d{10})")


def split_chinese_name(name: str) -> tuple[str, str]:
    """Family and given part of a Chinese name: 欧阳|思源, 张|三; 莫罗|卡米耶 for a foreign name written with a dot."""
    for dot in "·・•":
        if dot in name:
            family, _, given = name.partition(dot)
            return family, given
    if name[:2] in COMPOUND_FAMILY_NAMES and len(name) > 2:
        return name[:2], name[2:]
    return name[:1], name[1:]


def mask_chinese_name(name: str) -> str:
    """张* for 张三, 欧阳** for 欧阳思源: the family name, a star for each further character."""
    family, given = split_chinese_name(name.strip())
    return family + "*" * len(given)


def mask_latin_name(name: PersonName) -> str:
    """JOHN S**** for John Smith: given names, the family name's first letter; of a single name its first letter."""
    parts = latin_parts(name)
    if not parts.family:
        return parts.given[:1].upper() + HIDDEN if parts.given else ""
    return f"{parts.given.upper()} {parts.family[:1]}{HIDDEN}".strip()


def mask_name(name: PersonName, *, language: str) -> str:
    """The masked name for a reader: of the Chinese name where there is one and Chinese is read, else of the Latin."""
    has_latin = bool(name.family or name.given)
    if name.chinese and (language.startswith("zh") or not has_latin):
        return mask_chinese_name(name.chinese)
    return mask_latin_name(name)


def mask_document_number(number: str, *, document_type: DocumentType) -> str:
    """440****1234 for a resident number (first 3, last 4), E****678 for a passport and the like (first 1, last 3)."""
    first, last = _FIRST_AND_LAST.get(document_type, _OTHER_FIRST_AND_LAST)
    return _keep_ends(number.replace("(", "").replace(")", ""), first=first, last=last)


def mask_phone(phone: str) -> str:
    """138****1234 for a mainland mobile, +44****0123 for a number of another country, ****5678 for the rest."""
    digits = re.sub(r"[^\d+]", "", phone)
    mainland = _MAINLAND_MOBILE.fullmatch(digits)
    if mainland:
        return _keep_ends(mainland.group(1), first=3, last=4)
    return _keep_ends(digits, first=3 if digits.startswith("+") else 0, last=4)


def mask_email(email: str) -> str:
    """o****@example.com: the first letter and the host."""
    local, at, host = email.rpartition("@")
    return f"{local[:1]}{HIDDEN}{at}{host}" if local else HIDDEN


def mask_card(last_digits: str) -> str:
    """**** 4242: the last four digits, which is all that is ever stored of a card."""
    return f"{HIDDEN} {last_digits[-4:]}"


def mask_address(address: str) -> str:
    """An address down to its district; nothing of one in which no district is named."""
    chinese = _DISTRICT_ZH.match(address)
    if chinese:
        return chinese.group() + HIDDEN
    english = _DISTRICT_EN.search(address)
    return f"{HIDDEN}, {english.group().strip()}" if english else HIDDEN


def queue_name(name: PersonName, *, sex_label: str, language: str) -> str:
    """What a waiting-room screen calls: family name and sex, 张 女 or MOREAU · Female; a single name's first letter."""
    if name.chinese and language.startswith("zh"):
        return f"{split_chinese_name(name.chinese)[0]} {sex_label}"
    parts = latin_parts(name)
    if parts.family:
        return f"{parts.family} · {sex_label}"
    if parts.given:
        return f"{mask_latin_name(name)} · {sex_label}"
    return f"{split_chinese_name(name.chinese)[0]} · {sex_label}"


def _keep_ends(text: str, *, first: int, last: int) -> str:
    """The ends of a text with at least as much hidden as a third of it; a short text shows its last character alone."""
    if len(text) < (first + last) * 3 / 2:
        return HIDDEN + text[-1:] if len(text) > 2 else HIDDEN
    return text[:first] + HIDDEN + text[len(text) - last :]
