"""Finding catalog rows by Chinese, pinyin, pinyin initials, English or code."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When

from hospital.catalog.models import CatalogItem
from hospital.catalog.models.pairs import LONGEST_PAIR, Pairs
from hospital.catalog.queries.cards import card_of, with_price
from hospital.catalog.types import CatalogKind, FeeClass, ItemCard, ServiceCategory

LONGEST_SEARCH = 60


def search_items(
    *,
    text: str,
    now: datetime,
    kinds: Iterable[CatalogKind] = (),
    categories: Iterable[ServiceCategory] = (),
    fee_classes: Iterable[FeeClass] = (),
    limit: int = 20,
) -> Sequence[ItemCard]:
    """Active rows that contain every word of `text`, closest first; an empty text lists in pinyin order. One query.

    Closest: the exact code, then what begins with the text (code, initials, pinyin, names), then what contains it.
    """
    rows = CatalogItem.objects.filter(is_active=True)
    if chosen := list(kinds):
        rows = rows.filter(kind__in=chosen)
    if wanted := list(categories):
        rows = rows.filter(service_detail__category__in=wanted)
    if classes := list(fee_classes):
        rows = rows.filter(fee_class__in=classes)
    sought = " ".join(text.lower().split())[:LONGEST_SEARCH]
    for word in sought.split():
        if len(word) <= LONGEST_PAIR:
            rows = rows.alias(pairs=Pairs("search_text")).filter(Q(("pairs__contains", [word])))
        else:
            rows = rows.filter(search_text__contains=word)
    rank = Case(
        When(code__iexact=sought, then=Value(0)),
        When(initials=sought, then=Value(1)),
        When(_begins(sought), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    ordered = with_price(rows, now).annotate(rank=rank).order_by("rank", "pinyin", "code")
    return [card_of(row) for row in ordered[:limit]]


def _begins(sought: str) -> Q:
    return (
        Q(code__istartswith=sought)
        | Q(initials__startswith=sought)
        | Q(pinyin__startswith=sought)
        | Q(name_zh__startswith=sought)
        | Q(name_en__istartswith=sought)
    )
