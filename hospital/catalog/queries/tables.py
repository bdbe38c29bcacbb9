"""The catalog as a table, and the imports."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.catalog.errors import UnknownImport
from hospital.catalog.models import CatalogImport, CatalogItem
from hospital.catalog.queries.cards import with_price
from hospital.catalog.queries.plans import load_parts
from hospital.catalog.rules.sheet_rows import COLUMNS, PARTS, PRICE
from hospital.catalog.types import CatalogKind, ImportCard, ImportFault, ImportState
from hospital.kernel.types import BilingualText

_CHUNK = 2_000


def list_table(*, kind: CatalogKind | None = None, now: datetime) -> Iterator[list[str]]:
    """The heading and every row of one catalog or of all, as `submit_import` takes them; prices are those in force."""
    yield list(COLUMNS)
    rows = CatalogItem.objects.select_related("price_item")
    if kind is not None:
        rows = rows.filter(kind=kind)
    sets = CatalogItem.objects.filter(kind=CatalogKind.COMPOSITE).values_list("id", flat=True)
    parts = load_parts(list(sets), now) if kind in {None, CatalogKind.COMPOSITE} else {}
    for row in with_price(rows, now).order_by("kind", "code").iterator(chunk_size=_CHUNK):
        special = {
            "price_item": row.price_item.code if row.price_item else "",
            PARTS: ";".join(f"{code}*{_write(qty)}" for code, qty in parts.get(row.code, ())),
            PRICE: _write(getattr(row, "price_now", None)),
        }
        yield [special[name] if name in special else _write(getattr(row, name)) for name in COLUMNS]


def _write(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def list_imports(*, limit: int = 30) -> Sequence[ImportCard]:
    """Imports, newest first, without their faults."""
    rows = CatalogImport.objects.defer("content", "faults").order_by("-made_at")[:limit]
    return [_card_of(row, ()) for row in rows]


def get_import(*, import_id: UUID) -> ImportCard:
    """One import with its faults. Refuses `UnknownImport`."""
    row = CatalogImport.objects.defer("content").filter(id=import_id).first()
    if row is None:
        raise UnknownImport
    faults = [ImportFault(each["row"], each["column"], BilingualText(each["zh"], each["en"])) for each in row.faults]
    return _card_of(row, faults)


def _card_of(row: CatalogImport, faults: Sequence[ImportFault]) -> ImportCard:
    return ImportCard(
        id=row.id,
        file_name=row.file_name,
        state=ImportState(row.state),
        rows_total=row.rows_total,
        rows_done=row.rows_done,
        valid_from=row.valid_from,
        maker=row.maker,
        made_at=row.made_at,
        checker=row.checker,
        ended_at=row.ended_at,
        counts=row.counts,
        faults=faults,
    )
