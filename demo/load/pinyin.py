"""Search keys for Chinese names."""

from pypinyin import Style, lazy_pinyin


def pinyin_words(text: str, *, length: int = 200) -> str:
    """`xinxueguanneike xxgnk` for 心血管内科: the whole pinyin and the initials."""
    full = "".join(lazy_pinyin(text, errors="ignore"))
    initials = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))
    return f"{full} {initials}".lower()[:length]
