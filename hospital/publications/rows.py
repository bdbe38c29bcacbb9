"""Between rows and values."""

from typing import Any
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.publications.models import Article, ArticleRevision
from hospital.publications.rules.translation import source_hash, translation_status
from hospital.publications.states import EnglishState, TranslationStatus
from hospital.publications.types import FACT_NUMBERS, FACT_TEXTS, ArticleKind, Audience, Content, Symbol


def content_of(row: ArticleRevision, *, kind: ArticleKind) -> Content:
    """What a revision says."""
    facts: dict[str, Any] = row.facts
    return Content(
        title=BilingualText(row.title_zh, row.title_en),
        summary=BilingualText(row.summary_zh, row.summary_en),
        body=BilingualText(row.body_zh, row.body_en),
        texts={name: _text(facts.get(name)) for name in FACT_TEXTS.get(kind, ())},
        numbers={name: str(facts.get(name, "")) for name in FACT_NUMBERS.get(kind, ())},
        audience=Audience(row.audience),
        symbol=Symbol(row.symbol),
        is_pinned=row.is_pinned,
        position=row.position,
        picture_id=row.picture_id,
        picture_alt=BilingualText(row.picture_alt_zh, row.picture_alt_en),
    )


def status_of(row: ArticleRevision) -> TranslationStatus:
    """What the English of a revision is worth beside its own Chinese."""
    return translation_status(
        state=EnglishState(row.english_state), english_hash=row.english_hash, chinese_hash=row.source_hash
    )


def revision_row(
    *, article_id: UUID, number: int, content: Content, english: tuple[EnglishState, str], **saved: Any
) -> ArticleRevision:
    """The row of a new revision; `saved` are `saved_at` and `saved_by`."""
    facts: dict[str, Any] = {name: {"zh": text.zh, "en": text.en} for name, text in content.texts.items()}
    return ArticleRevision(
        article_id=article_id,
        number=number,
        title_zh=content.title.zh,
        title_en=content.title.en,
        summary_zh=content.summary.zh,
        summary_en=content.summary.en,
        body_zh=content.body.zh,
        body_en=content.body.en,
        facts=facts | dict(content.numbers),
        audience=content.audience,
        symbol=content.symbol,
        is_pinned=content.is_pinned,
        position=content.position,
        picture_id=content.picture_id,
        picture_alt_zh=content.picture_alt.zh,
        picture_alt_en=content.picture_alt.en,
        english_state=english[0],
        english_hash=english[1],
        source_hash=source_hash(content),
        **saved,
    )


def newest_revision(article: Article) -> ArticleRevision:
    """The revision that editors see."""
    return article.revisions.get(number=article.version)


def _text(value: Any) -> BilingualText:
    return BilingualText(str(value.get("zh", "")), str(value.get("en", ""))) if value else BilingualText("")
