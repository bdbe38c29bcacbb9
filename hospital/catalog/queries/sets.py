"""Which composites are around one, and what one is made of by date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from hospital.catalog.models import CatalogItem, CompositeComponent, CompositeList
from hospital.catalog.types import CatalogKind, PartRow, PartsVersion
from hospital.kernel.types import BilingualText

# Every list counts, ended ones too: what is around a set too widely is only looked at in vain.
_AROUND = """
    WITH RECURSIVE around AS (
        SELECT id FROM catalog_catalogitem WHERE code = %s
        UNION
        SELECT list.composite_id
        FROM around
        JOIN catalog_compositecomponent AS part ON part.item_id = around.id
        JOIN catalog_compositelist AS list ON list.id = part.component_list_id
    )
    SELECT item.code FROM around JOIN catalog_catalogitem AS item ON item.id = around.id
    WHERE item.code <> %s ORDER BY item.code
"""


def list_outer_sets(*, code: str) -> Sequence[str]:
    """The codes of the composites that this one is in, at any depth and date."""
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, [code, code])
        return [row[0] for row in cursor.fetchall()]


def list_part_versions(row: CatalogItem) -> list[PartsVersion]:
    """The component lists of a composite, newest first, each with its parts. Two statements."""
    lists = list(CompositeList.objects.filter(composite=row).order_by("-valid_from"))
    parts: defaultdict[UUID, list[PartRow]] = defaultdict(list)
    for each in CompositeComponent.objects.filter(component_list__in=lists).select_related("item").order_by("position"):
        parts[each.component_list_id].append(
            PartRow(each.item.code, each.item.name, each.qty, CatalogKind(each.item.kind))
        )
    return [PartsVersion(each.version, each.valid_from, each.valid_to, parts[each.id]) for each in lists]


def name_items(*, codes: Iterable[str]) -> Mapping[str, tuple[BilingualText, CatalogKind]]:
    """Names and catalogs by code, of what exists. One statement."""
    rows = CatalogItem.objects.filter(code__in=set(codes)).only("code", "name_zh", "name_en", "kind")
    return {row.code: (row.name, CatalogKind(row.kind)) for row in rows}
