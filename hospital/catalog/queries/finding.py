"""The price office's list: one statement finds, filters, counts and pages (B40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from hospital.catalog.models.pairs import FUNCTION, LONGEST_PAIR
from hospital.catalog.types import CatalogKind, FeeClass, FoundItem, FoundItems, ItemStatus, TranslationStatus
from hospital.kernel.types import BilingualText

LONGEST_SEARCH = 60
_COLUMNS = """item.code, item.kind, item.fee_class, item.name_zh, item.name_en, item.unit_zh, item.unit_en,
    item.translation_status, item.is_active, price.base_u, coming.base_u, coming.valid_from, waiting.number"""
_JOINS = """
    LEFT JOIN LATERAL (
        SELECT base_u FROM catalog_standardprice
        WHERE item_id = item.id AND valid_from <= %(now)s AND (valid_to IS NULL OR valid_to > %(now)s)
    ) AS price ON true
    LEFT JOIN LATERAL (
        SELECT base_u, valid_from FROM catalog_standardprice
        WHERE item_id = item.id AND valid_from > %(now)s ORDER BY valid_from LIMIT 1
    ) AS coming ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS number FROM catalog_itemchange WHERE item_id = item.id AND status = 'DRAFT'
    ) AS waiting ON true"""
# The words are found first, so that ranking and joining concern only what was found.
_SEARCH = """
    WITH hit AS MATERIALIZED (
        SELECT item.id, item.pinyin, item.code, CASE
            WHEN lower(item.code) = %(text)s THEN 0
            WHEN item.initials = %(text)s THEN 1
            WHEN lower(item.code) LIKE %(start)s OR item.initials LIKE %(start)s OR item.pinyin LIKE %(start)s
                OR item.name_zh LIKE %(start)s OR lower(item.name_en) LIKE %(start)s THEN 2
            ELSE 3 END AS rank
        FROM catalog_catalogitem AS item WHERE {where}
    ), shown AS (SELECT * FROM hit ORDER BY rank, pinyin, code LIMIT %(size)s OFFSET %(skip)s)
    SELECT (SELECT count(*) FROM hit), {columns}
    FROM shown JOIN catalog_catalogitem AS item ON item.id = shown.id {joins}
    ORDER BY shown.rank, shown.pinyin, shown.code"""
# Without words the index already gives the order.
_LIST = """
    WITH shown AS (
        SELECT item.id FROM catalog_catalogitem AS item WHERE {where}
        ORDER BY item.pinyin, item.code LIMIT %(size)s OFFSET %(skip)s
    )
    SELECT (SELECT count(*) FROM catalog_catalogitem AS item WHERE {where}), {columns}
    FROM shown JOIN catalog_catalogitem AS item ON item.id = shown.id {joins}
    ORDER BY item.pinyin, item.code"""
_STATUS = {
    ItemStatus.WAITING: "EXISTS (SELECT FROM catalog_itemchange WHERE item_id = item.id AND status = 'DRAFT')",
    ItemStatus.SCHEDULED: "EXISTS (SELECT FROM catalog_standardprice WHERE item_id = item.id AND valid_from > %(now)s)",
    ItemStatus.UNPRICED: """item.kind <> 'COMPOSITE' AND NOT EXISTS (
        SELECT FROM catalog_standardprice WHERE item_id = item.id
        AND valid_from <= %(now)s AND (valid_to IS NULL OR valid_to > %(now)s))""",
    ItemStatus.INACTIVE: "NOT item.is_active",
}


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """What the price office asks for; what is empty or None does not filter."""

    text: str = ""
    kind: CatalogKind | None = None
    fee_class: FeeClass | None = None
    status: ItemStatus | None = None
    has_gap: bool = False


def find_items(*, asked: ItemFilter, now: datetime, page: int = 1, size: int = 50) -> FoundItems:
    """One page of catalog rows, inactive ones included, in one statement.

    Every word of the text is looked for in code, names, pinyin and initials; closest first, else in pinyin order. A
    page beyond the last is the last one.
    """
    found = _read(asked, now, page, size)
    if not found and page > 1:
        return find_items(asked=asked, now=now, page=_last_page(_count(asked, now), size), size=size)
    total = found[0][0] if found else 0
    return FoundItems(
        items=[_item_of(row[1:]) for row in found], total=total, page=max(page, 1), pages=_last_page(total, size)
    )


def _last_page(total: int, size: int) -> int:
    return max(1, -(-total // size))


def _read(asked: ItemFilter, now: datetime, page: int, size: int) -> Sequence[tuple[Any, ...]]:
    where, values = _where(asked, now)
    values |= {"size": size, "skip": (max(page, 1) - 1) * size}
    with connection.cursor() as cursor:
        statement = _SEARCH if values["text"] else _LIST
        cursor.execute(statement.format(where=where, columns=_COLUMNS, joins=_JOINS), values)
        return list(cursor.fetchall())


def _count(asked: ItemFilter, now: datetime) -> int:
    where, values = _where(asked, now)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM catalog_catalogitem AS item WHERE {where}", values)  # noqa: S608 - written above
        return int(cursor.fetchone()[0])


def _where(asked: ItemFilter, now: datetime) -> tuple[str, dict[str, Any]]:
    sought = " ".join(asked.text.lower().split())[:LONGEST_SEARCH]
    values: dict[str, Any] = {"now": now, "text": sought, "start": f"{_escape(sought)}%"}
    parts = ["true"]
    for place, word in enumerate(sought.split()):
        if len(word) <= LONGEST_PAIR:
            values[f"word{place}"] = [word]
            parts.append(f"{FUNCTION}(item.search_text) @> %(word{place})s::text[]")
        else:
            values[f"word{place}"] = f"%{_escape(word)}%"
            parts.append(f"item.search_text LIKE %(word{place})s")
    for name in ("kind", "fee_class"):
        if (wanted := getattr(asked, name)) is not None:
            values[name] = wanted.value
            parts.append(f"item.{name} = %({name})s")
    if asked.has_gap:
        parts.append("item.is_active AND item.translation_status <> 'REVIEWED'")
    if asked.status is not None:
        parts.append(_STATUS[asked.status])
    return " AND ".join(parts), values


def _escape(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text


def _item_of(row: tuple[Any, ...]) -> FoundItem:
    code, kind, fee_class, name_zh, name_en, unit_zh, unit_en, status, is_active, *prices, waiting = row
    base_u, next_u, next_from = prices
    return FoundItem(
        code=code,
        kind=CatalogKind(kind),
        fee_class=FeeClass(fee_class),
        name=BilingualText(name_zh, name_en),
        unit=BilingualText(unit_zh, unit_en),
        translation_status=TranslationStatus(status),
        is_active=is_active,
        base_u=base_u,
        next_u=next_u,
        next_from=next_from,
        waiting=waiting,
    )
