"""Articles as the API says them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from hospital.patient_api.information_schemas import ArticleCard, ArticleOut, BlockOut, BodyOut, SpanOut
from hospital.patient_api.reading import in_script_of
from hospital.patient_api.texts import text
from hospital.publications.api import Block, Span, read_blocks
from hospital.publications.types import ShownArticle


def picture_address(picture_id: UUID | None) -> str:
    """Where a picture is; empty where there is none."""
    return f"/api/pictures/{picture_id}" if picture_id else ""


def article_card(row: ShownArticle) -> ArticleCard:
    """An article in a list."""
    return ArticleCard(**_card_facts(row))


def article_out(request: HttpRequest, row: ShownArticle) -> ArticleOut:
    """A whole article; its Chinese in the characters of the reader."""
    content = row.content
    return ArticleOut(
        **_card_facts(row),
        body=BodyOut(
            zh=[_block(each) for each in read_blocks(in_script_of(request, content.body.zh))],
            en=[_block(each) for each in read_blocks(content.body.en)],
        ),
        picture=picture_address(content.picture_id),
        picture_alt=text(content.picture_alt),
    )


def _card_facts(row: ShownArticle) -> dict[str, Any]:
    content = row.content
    return {
        "kind": row.kind.value.lower(),
        "slug": row.slug,
        "campus": "" if row.is_hospital_wide else row.campus_code,
        "title": text(content.title),
        "summary": text(content.summary),
        "symbol": content.symbol.value,
        "audience": content.audience.value.lower(),
        "is_pinned": content.is_pinned,
        "published_at": row.shown_from,
        "translation": row.status.value.lower(),
    }


def _block(block: Block) -> BlockOut:
    return BlockOut(
        kind=block.kind,
        level=block.level,
        spans=[_span(each) for each in block.spans],
        items=[[_span(each) for each in item] for item in block.items],
        picture=picture_address(block.picture_id),
    )


def _span(span: Span) -> SpanOut:
    return SpanOut(text=span.text, strong=span.is_strong, href=span.href)
