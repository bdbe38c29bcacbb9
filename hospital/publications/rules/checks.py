"""Whether a text may be saved."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from hospital.publications.errors import UnfitText
from hospital.publications.rules.body import MOST_CHARACTERS
from hospital.publications.types import FACT_NUMBERS, FACT_TEXTS, ArticleKind, Content

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST: Final = {"title_zh": 120, "title_en": 200, "summary_zh": 300, "summary_en": 500}
_MOST_FACT: Final = 2_000
_BOUNDS: Final = {"latitude": Decimal(90), "longitude": Decimal(180)}


def check_slug(slug: str) -> None:
    """Refuses `UnfitText` unless `slug` is small letters, digits and single hyphens, at most 60."""
    if len(slug) > 60 or not _SLUG.fullmatch(slug):
        raise UnfitText(field="slug")


def check_content(*, kind: ArticleKind, content: Content) -> None:
    """Refuses `UnfitText` with the field that is empty, too long, unknown to the kind or no number."""
    if not content.title.zh.strip():
        raise UnfitText(field="title_zh")
    for name, text in (("title", content.title), ("summary", content.summary)):
        for language, value in (("zh", text.zh), ("en", text.en)):
            if len(value) > _MOST[f"{name}_{language}"]:
                raise UnfitText(field=f"{name}_{language}")
    for language, value in (("zh", content.body.zh), ("en", content.body.en)):
        if len(value) > MOST_CHARACTERS:
            raise UnfitText(field=f"body_{language}")
    _check_facts(kind, content)
    if content.picture_id and not content.picture_alt.zh.strip():
        raise UnfitText(field="picture_alt_zh")


def _check_facts(kind: ArticleKind, content: Content) -> None:
    for name, text in content.texts.items():
        if name not in FACT_TEXTS.get(kind, ()) or max(len(text.zh), len(text.en)) > _MOST_FACT:
            raise UnfitText(field=f"{name}_zh")
    for name, value in content.numbers.items():
        if name not in FACT_NUMBERS.get(kind, ()) or not _is_within(value, _BOUNDS[name]):
            raise UnfitText(field=name)


def _is_within(value: str, bound: Decimal) -> bool:
    if not value:
        return True
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number) <= bound
