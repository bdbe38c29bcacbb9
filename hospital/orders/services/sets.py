"""Order sets and favorite drugs: what a doctor orders again and again, of the own or of the department (D52, D53).

A set is only a way to write: each of its lines goes through the rules of the visit as if it were written by hand.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from hospital.audit.api import acting
from hospital.campuses.api import get_clinician_of_user
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import Formula, Handling, word_piece
from hospital.orders.decoctions import count_days, route_of
from hospital.orders.errors import BadDecoction, BadDirections, OrderSetIncomplete, PieceOfDecoction, UnknownOrderSet
from hospital.orders.models import Decoction, OrderLine, OrderSet, OrderSetFormula, OrderSetLine
from hospital.orders.orderables import find_orderable
from hospital.orders.queries import formula_of
from hospital.orders.rules import trim, word_directions
from hospital.orders.services.decoctions import check_formula_alone, check_piece_alone, formula_columns
from hospital.orders.services.visits import open_visit
from hospital.orders.states import LineState
from hospital.orders.types import Directions, Orderable, OrderKind, OrderSetView, Piece, SetLineView
from hospital.orders.vocabulary import DOSE_UNITS, Frequency, Route

_NOTHING = BilingualText("")


def list_order_sets(*, actor: Actor) -> list[OrderSetView]:
    """The actor's own sets and those of their department, favorite drugs too, by name. Three statements."""
    rows = _reachable(actor).order_by("name_zh", "name_en", "id").select_related("decoction").prefetch_related("lines")
    return [_view(row) for row in rows]


def list_favorite_drugs(*, actor: Actor) -> list[OrderSetView]:
    """The actor's favorite drugs, each a set of one, by name. Two statements."""
    rows = OrderSet.objects.filter(owner_id=UUID(actor.id), is_favorite_drug=True)
    ordered = rows.order_by("name_zh", "id").select_related("decoction").prefetch_related("lines")
    return [_view(row) for row in ordered]


def get_order_set(*, set_id: UUID, actor: Actor) -> OrderSetView:
    """One set. Refuses `UnknownOrderSet` (another doctor's)."""
    row = _reachable(actor).filter(pk=set_id).select_related("decoction").prefetch_related("lines").first()
    if row is None:
        raise UnknownOrderSet
    return _view(row)


def keep_orders(*, encounter_id: UUID, name: BilingualText, is_shared: bool, actor: Actor, now: datetime) -> UUID:
    """Makes a set of what is ordered in a visit in consultation; returns its id.

    Refuses `OrderSetIncomplete`, `NotYourPatient`, `VisitNotInConsult`. Nothing of the patient is kept with it.
    """
    opened = open_visit(encounter_id=encounter_id, actor=actor, now=now)
    lines = OrderLine.objects.filter(order__encounter_id=opened.visit.id).exclude(state=LineState.CANCELLED)
    decoctions = Decoction.objects.filter(order__lines__in=lines.exclude(handling="")).order_by("order__created_at")
    found = {line.item_code: line for line in lines.select_related("order").order_by("order__created_at", "position")}
    if not found or not _is_named(name):
        raise OrderSetIncomplete
    with acting(actor=actor):
        order_set = _create(name=name, is_shared=is_shared, actor=actor)
        if (decoction := decoctions.first()) is not None:
            OrderSetFormula.objects.create(order_set=order_set, **formula_columns(formula_of(decoction)))
        for position, line in enumerate(found.values(), start=1):
            OrderSetLine.objects.create(
                order_set=order_set,
                position=position,
                kind=line.order.kind,
                item_code=line.item_code,
                name_zh=line.name_zh,
                name_en=line.name_en,
                dose=line.dose,
                dose_unit=line.dose_unit,
                route=line.route,
                frequency=line.frequency,
                days=line.days,
                quantity=None if line.is_quantity_computed or line.dose is None else line.quantity,
                handling=line.handling,
                remark=line.remark,
            )
        return order_set.id


def name_order_set(*, set_id: UUID, name: BilingualText, is_shared: bool, actor: Actor) -> None:
    """Names a set and says whose it is. Refuses `OrderSetIncomplete`, `UnknownOrderSet`."""
    if not _is_named(name):
        raise OrderSetIncomplete
    with acting(actor=actor):
        changes = {
            "name_zh": name.zh.strip()[:60],
            "name_en": name.en.strip()[:80],
            "department_id": _department_of(actor) if is_shared else None,
        }
        if not _reachable(actor).filter(pk=set_id).update(**changes):
            raise UnknownOrderSet


def delete_order_set(*, set_id: UUID, actor: Actor) -> None:
    """Takes a set away; the audit trail keeps it. Refuses `UnknownOrderSet`."""
    with acting(actor=actor):
        if not _reachable(actor).filter(pk=set_id).delete()[0]:
            raise UnknownOrderSet


def put_in_set(
    *,
    set_id: UUID,
    item_code: str,
    actor: Actor,
    now: datetime,
    directions: Directions | None = None,
    piece: Piece | None = None,
) -> None:
    """Puts something into a set, or changes the directions of a drug or of a decoction's piece that is in it.

    Refuses `UnknownOrderSet`, `NotOrderable`, `BadDirections` (a drug without directions), `BadDecoction`.
    """
    item = find_orderable(code=item_code, now=now)
    with acting(actor=actor):
        order_set = _lock(set_id=set_id, actor=actor)
        if item.is_decoction:
            _put_piece(order_set=order_set, item=item, piece=piece)
        else:
            _put(order_set=order_set, item_code=item.code, kind=item.kind, name=item.name, directions=directions)


def set_formula(*, set_id: UUID, formula: Formula, actor: Actor) -> None:
    """Says how the decoction of a set is taken. Refuses `UnknownOrderSet`, `BadDecoction`."""
    check_formula_alone(formula)
    with acting(actor=actor):
        order_set = _lock(set_id=set_id, actor=actor)
        OrderSetFormula.objects.update_or_create(order_set=order_set, defaults=formula_columns(formula))
        order_set.lines.exclude(handling="").update(**_course(formula))


def take_from_set(*, set_id: UUID, line_id: UUID, actor: Actor) -> None:
    """Takes a line out of a set. Refuses `UnknownOrderSet`; a line that is gone is no error."""
    with acting(actor=actor):
        _lock(set_id=set_id, actor=actor).lines.filter(pk=line_id).delete()


def set_favorite_drug(
    *, item_code: str, is_favorite: bool, actor: Actor, now: datetime, directions: Directions | None = None
) -> None:
    """Keeps a drug with its directions for the next prescription, or no longer; the newest directions are kept.

    Refuses `NotOrderable`, `BadDirections`, `PieceOfDecoction` (a decoction is kept as a set).
    """
    item = find_orderable(code=item_code, now=now)
    if item.is_decoction:
        raise PieceOfDecoction(item=item.name)
    own = OrderSet.objects.filter(owner_id=UUID(actor.id), is_favorite_drug=True, lines__item_code=item.code)
    with acting(actor=actor):
        for each in own:
            each.delete()
        if is_favorite:
            order_set = _create(name=item.name, is_shared=False, actor=actor, is_favorite_drug=True)
            _put(order_set=order_set, item_code=item.code, kind=item.kind, name=item.name, directions=directions)


def _create(*, name: BilingualText, is_shared: bool, actor: Actor, is_favorite_drug: bool = False) -> OrderSet:
    return OrderSet.objects.create(
        owner_id=UUID(actor.id),
        department_id=_department_of(actor) if is_shared else None,
        name_zh=name.zh.strip()[:60],
        name_en=name.en.strip()[:80],
        is_favorite_drug=is_favorite_drug,
    )


def _put(
    *, order_set: OrderSet, item_code: str, kind: OrderKind, name: BilingualText, directions: Directions | None
) -> None:
    columns: dict[str, Any] = {"kind": kind, "name_zh": name.zh, "name_en": name.en}
    if kind is OrderKind.PRESCRIPTION:
        if directions is None or directions.dose <= 0 or directions.days <= 0 or directions.dose_unit not in DOSE_UNITS:
            raise BadDirections
        columns |= {
            "dose": directions.dose,
            "dose_unit": directions.dose_unit,
            "route": directions.route,
            "frequency": directions.frequency,
            "days": directions.days,
            "quantity": directions.quantity,
            "remark": directions.remark.strip(),
        }
    _save_line(order_set=order_set, item_code=item_code, columns=columns)


def _put_piece(*, order_set: OrderSet, item: Orderable, piece: Piece | None) -> None:
    if piece is None:
        raise BadDecoction
    check_piece_alone(piece)
    row = OrderSetFormula.objects.filter(order_set=order_set).first()
    formula = formula_of(row) if row else Formula()
    if row is None:
        OrderSetFormula.objects.create(order_set=order_set, **formula_columns(formula))
    columns = {
        "kind": item.kind,
        "name_zh": item.name.zh,
        "name_en": item.name.en,
        "dose": piece.grams,
        "dose_unit": "g",
        "handling": piece.handling,
        "remark": piece.remark.strip(),
        **_course(formula),
    }
    _save_line(order_set=order_set, item_code=item.code, columns=columns)


def _course(formula: Formula) -> dict[str, Any]:
    return {
        "route": route_of(formula),
        "frequency": formula.pace,
        "days": count_days(doses=formula.doses, pace=formula.pace),
    }


def _save_line(*, order_set: OrderSet, item_code: str, columns: dict[str, Any]) -> None:
    last = order_set.lines.aggregate(last=Max("position"))["last"] or 0
    OrderSetLine.objects.update_or_create(
        order_set=order_set, item_code=item_code, defaults=columns, create_defaults=columns | {"position": last + 1}
    )


def _lock(*, set_id: UUID, actor: Actor) -> OrderSet:
    row = _reachable(actor).select_for_update().filter(pk=set_id).first()
    if row is None:
        raise UnknownOrderSet
    return row


def _reachable(actor: Actor) -> QuerySet[OrderSet]:
    department_id = _department_of(actor)
    mine = Q(owner_id=UUID(actor.id), department=None)
    return OrderSet.objects.filter(mine | Q(department_id=department_id) if department_id else mine)


def _department_of(actor: Actor) -> UUID | None:
    clinician = get_clinician_of_user(user_id=UUID(actor.id))
    return clinician.department.id if clinician else None


def _is_named(name: BilingualText) -> bool:
    return bool(name.zh.strip() or name.en.strip())


def _view(row: OrderSet) -> OrderSetView:
    return OrderSetView(
        id=row.id,
        name=BilingualText(row.name_zh or row.name_en, row.name_en),
        is_shared=row.department_id is not None,
        is_favorite_drug=row.is_favorite_drug,
        lines=tuple(_line(line) for line in sorted(row.lines.all(), key=lambda line: line.position)),
        formula=formula_of(row.decoction) if hasattr(row, "decoction") else None,
    )


def _line(row: OrderSetLine) -> SetLineView:
    directions, words, piece = None, _NOTHING, None
    if row.dose is not None and row.handling:
        piece = Piece(grams=trim(row.dose), handling=Handling(row.handling), remark=row.remark)
        words = word_piece(grams=piece.grams, handling=piece.handling)
    elif row.dose is not None and row.days is not None:
        directions = Directions(
            dose=trim(row.dose),
            dose_unit=row.dose_unit,
            route=Route(row.route),
            frequency=Frequency(row.frequency),
            days=row.days,
            quantity=trim(row.quantity) if row.quantity is not None else None,
            remark=row.remark,
        )
        words = word_directions(
            dose=row.dose,
            dose_unit=row.dose_unit,
            route=directions.route,
            frequency=directions.frequency,
            days=row.days,
        )
    return SetLineView(
        id=row.id,
        kind=OrderKind(row.kind),
        item_code=row.item_code,
        name=BilingualText(row.name_zh, row.name_en),
        directions=directions,
        words=words,
        piece=piece,
    )
