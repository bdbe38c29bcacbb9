"""What doctors of the demonstration keep: templates, order sets, favorites."""

from decimal import Decimal
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.rows import chosen, read_rows
from hospital.campuses.api import get_clinician_of_user
from hospital.catalog.models import CatalogItem
from hospital.orders.models import OrderSet, OrderSetFormula, OrderSetLine
from hospital.orders.types import OrderKind
from hospital.records.models import FavoriteDiagnosis, NoteTemplate

_PIECE = "YP"  # the codes of decoction pieces begin so
_USUAL = {
    "doses": 7, "pace": "QD", "parts": 2, "ml": 200, "meal": "AFTER", "warmth": "WARM", "use": "INTERNAL",
    "maker": "PATIENT",
}  # fmt: skip
_FAVORITE_CODES = {"zhou.wenjun": ("I10", "I20.9", "I48.0")}


def load_kept() -> None:
    """Each row of the two files; the names and usual directions come from the catalog."""
    drugs = {row["code"]: row for row in read_rows("catalog/drugs.csv")}
    NoteTemplate.objects.bulk_create(
        NoteTemplate(**_owner(row), **chosen(row, "name_zh", "name_en", "complaint", "findings", "plan"))
        for row in read_rows("note_templates.csv")
    )
    rows = read_rows("order_sets.csv")
    codes = {code for row in rows for code, _ in _items(row)}
    items = CatalogItem.objects.in_bulk(codes, field_name="code")
    sets = [
        OrderSet(**_owner(row), **chosen(row, "name_zh", "name_en"), is_favorite_drug=bool(row["favorite"]))
        for row in rows
    ]
    OrderSet.objects.bulk_create(sets)
    OrderSetFormula.objects.bulk_create(
        OrderSetFormula(order_set=order_set, **_USUAL)
        for row, order_set in zip(rows, sets, strict=True)
        if _PIECE in row["items"]
    )
    handlings = {row["ingredient"]: row["handling"] for row in read_rows("drugs/pieces.csv")}
    OrderSetLine.objects.bulk_create(
        _line(
            order_set=order_set,
            position=position,
            item=items[code],
            days=days,
            drug=drugs.get(code),
            handlings=handlings,
        )
        for row, order_set in zip(rows, sets, strict=True)
        for position, (code, days) in enumerate(_items(row), start=1)
    )
    FavoriteDiagnosis.objects.bulk_create(
        FavoriteDiagnosis(owner_id=UUID(staff_actor(username).id), code_id=code)
        for username, favorites in _FAVORITE_CODES.items()
        for code in favorites
    )


def _owner(row: dict[str, str]) -> dict[str, UUID | None]:
    user_id = UUID(staff_actor(row["username"]).id)
    clinician = get_clinician_of_user(user_id=user_id)
    return {"owner_id": user_id, "department_id": clinician.department.id if clinician and row["shared"] else None}


def _items(row: dict[str, str]) -> list[tuple[str, int]]:
    return [(code, int(days or 0)) for code, _, days in (item.partition(":") for item in row["items"].split(";"))]


def _line(
    *,
    order_set: OrderSet,
    position: int,
    item: CatalogItem,
    days: int,
    drug: dict[str, str] | None,
    handlings: dict[str, str],
) -> OrderSetLine:
    line = OrderSetLine(
        order_set=order_set, position=position, item_code=item.code, name_zh=item.name_zh, name_en=item.name_en
    )
    if drug is None:
        line.kind = OrderKind.EXAM if item.code.startswith("31") else OrderKind.LAB
        return line
    line.kind = OrderKind.PRESCRIPTION
    line.name_zh, line.name_en = drug["generic_zh"], drug["generic_en"]
    line.dose, line.dose_unit, line.days = Decimal(drug["default_dose"]), drug["dose_unit"], days
    line.route, line.frequency = drug["default_route"], drug["default_frequency"]
    if item.code.startswith(_PIECE):
        line.handling = handlings.get(drug["generic_en"].lower(), "USUAL")
    return line
