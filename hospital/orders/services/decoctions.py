"""Writing a decoction: a formula, its pieces by grams of one packet, and what becomes of all of them (D52)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import Formula, Handling
from hospital.orders.decoctions import count_days, count_grams, is_formula_sound, route_of
from hospital.orders.errors import BadDecoction, NotAPiece, OrderedTwice, SafetyWarning, UnknownOrder
from hospital.orders.models import Decoction, Order, OrderLine, PieceRule
from hospital.orders.orderables import find_orderable
from hospital.orders.queries import read_formula
from hospital.orders.rules import find_prescription_class
from hospital.orders.safety import SafetyAlert, ingredient_of
from hospital.orders.services.drafting import (
    check_allergies,
    check_days,
    create_line,
    create_order,
    find_line,
    lock_draft,
    safety_columns,
)
from hospital.orders.services.safety import check_safety
from hospital.orders.services.visits import OpenVisit, open_visit
from hospital.orders.states import OrderState
from hospital.orders.types import Directions, Orderable, OrderKind, Piece, PrescriptionClass

_USUAL = Formula()


def add_piece(
    *,
    encounter_id: UUID,
    item_code: str,
    piece: Piece,
    actor: Actor,
    now: datetime,
    order_id: UUID | None = None,
    formula: Formula | None = None,
    gfr: int | None = None,
) -> UUID:
    """Writes a piece on the draft decoction `order_id`, else on the visit's last one; where there is none, or
    `formula` says how a new one is taken, it begins a decoction. Returns the line's id.

    Refuses `NotYourPatient`, `VisitNotInConsult`, `UnknownOrder`, `OrderAlreadySigned`, `NotOrderable`, `NotAPiece`,
    `BadDecoction`, `OrderedTwice` (the same piece in one decoction), `DaysOverLimit`, `DaysNotExtendable`,
    `AllergyConflict`, `SafetyWarning`.
    """
    opened = open_visit(encounter_id=encounter_id, actor=actor, now=now)
    item = _find_piece(code=item_code, now=now)
    with acting(actor=actor):
        order = _find_decoction(opened=opened, order_id=order_id) if formula is None else None
        if order is not None and order.lines.filter(item_code=item.code).exists():
            raise OrderedTwice(item=item.name)
        holds = read_formula(order) if order else formula
        holds = holds or _USUAL
        changes = _check_piece(piece=piece, formula=holds, item=item, opened=opened, now=now, gfr=gfr)
        if order is None:
            order = _begin(formula=holds, opened=opened, item=item, actor=actor, now=now)
        return create_line(order=order, item=item, changes=changes).id


def change_piece(*, line_id: UUID, piece: Piece, actor: Actor, now: datetime, gfr: int | None = None) -> None:
    """Writes new grams or another handling on a piece of a draft. Refuses what `add_piece` refuses."""
    line = find_line(line_id=line_id)
    opened = open_visit(encounter_id=line.order.encounter_id, actor=actor, now=now)
    item = _find_piece(code=line.item_code, now=now)
    with acting(actor=actor):
        formula = read_formula(lock_draft(order_id=line.order_id))
        if formula is None:
            raise UnknownOrder
        changes = _check_piece(
            piece=piece, formula=formula, item=item, opened=opened, now=now, gfr=gfr, line_id=line_id
        )
        OrderLine.objects.filter(pk=line_id).update(**changes)


def change_formula(*, order_id: UUID, formula: Formula, actor: Actor, now: datetime, gfr: int | None = None) -> None:
    """Writes how many packets there are and how they are taken; what is needed of each piece follows.

    Saying again what the decoction says changes nothing and is no refusal. Refuses `UnknownOrder`,
    `OrderAlreadySigned`, `BadDecoction`, `DaysOverLimit`, `DaysNotExtendable`, and `SafetyWarning` where more packets a
    day bring a piece above its limit that has no reason yet.
    """
    order = Order.objects.filter(pk=order_id, is_decoction=True).first()
    before = read_formula(order) if order else None
    if order is None or before is None:
        raise UnknownOrder
    if formula == before:
        return
    opened = open_visit(encounter_id=order.encounter_id, actor=actor, now=now)
    with acting(actor=actor):
        order = lock_draft(order_id=order_id)
        _check_formula(formula=formula, paper=PrescriptionClass(order.prescription_class), opened=opened)
        Decoction.objects.filter(order=order).update(**formula_columns(formula), days_reason=formula.days_reason)
        for line in order.lines.order_by("position"):
            has_new_pace = formula.pace is not before.pace
            alerts = _look_again(line, formula, opened=opened, now=now, gfr=gfr) if has_new_pace else None
            OrderLine.objects.filter(pk=line.pk).update(**_changed_columns(line, formula, alerts))


def get_piece_rule(*, item: Orderable) -> Handling:
    """How a piece is usually handled; with the others where nothing else is kept."""
    rule = PieceRule.objects.filter(ingredient=ingredient_of(item.name.en or item.name.zh)).first()
    return Handling(rule.handling) if rule else Handling.USUAL


def formula_columns(formula: Formula) -> dict[str, Any]:
    """The columns that a decoction of an order and one of a set share."""
    return {
        "doses": formula.doses,
        "pace": formula.pace,
        "parts": formula.parts,
        "ml": formula.ml if formula.is_internal else None,
        "meal": formula.meal,
        "warmth": formula.warmth,
        "use": formula.use,
        "maker": formula.maker,
    }


def check_formula_alone(formula: Formula) -> None:
    """Refuses `BadDecoction`."""
    if not is_formula_sound(formula):
        raise BadDecoction


def check_piece_alone(piece: Piece) -> None:
    """Refuses `BadDecoction`."""
    if not piece.grams.is_finite() or piece.grams <= 0:
        raise BadDecoction


def _find_piece(*, code: str, now: datetime) -> Orderable:
    item = find_orderable(code=code, now=now)
    if not item.is_decoction:
        raise NotAPiece(item=item.name)
    return item


def _find_decoction(*, opened: OpenVisit, order_id: UUID | None) -> Order | None:
    if order_id is not None:
        order = lock_draft(order_id=order_id)
        if not order.is_decoction or order.encounter_id != opened.visit.id:
            raise UnknownOrder
        return order
    rows = Order.objects.select_for_update().filter(
        encounter_id=opened.visit.id, kind=OrderKind.PRESCRIPTION, state=OrderState.DRAFT, is_decoction=True
    )
    return rows.order_by("created_at", "id").last()


def _begin(*, formula: Formula, opened: OpenVisit, item: Orderable, actor: Actor, now: datetime) -> Order:
    paper = _paper_of(item, opened)
    order = create_order(opened=opened, kind=OrderKind.PRESCRIPTION, actor=actor, now=now, paper=paper, item=item)
    Decoction.objects.create(order=order, **formula_columns(formula), days_reason=formula.days_reason.strip())
    return order


def _paper_of(item: Orderable, opened: OpenVisit) -> PrescriptionClass:
    return find_prescription_class(control=item.control, visit_type=opened.visit.visit_type, age_years=opened.age_years)


def _check_piece(
    *,
    piece: Piece,
    formula: Formula,
    item: Orderable,
    opened: OpenVisit,
    now: datetime,
    gfr: int | None,
    line_id: UUID | None = None,
) -> dict[str, Any]:
    """The columns of the line. Refuses what `add_piece` refuses."""
    check_piece_alone(piece)
    _check_formula(formula=formula, paper=_paper_of(item, opened), opened=opened)
    check_allergies(name=item.name, item_groups=item.allergy_groups, reason=piece.allergy_reason, opened=opened)
    quantity = count_grams(grams=piece.grams, doses=formula.doses, pack=item.pack)
    if quantity is None:
        raise NotAPiece(item=item.name)
    directions = _directions(piece, formula)
    alerts = check_safety(
        item=item,
        directions=directions,
        opened=opened,
        now=now,
        line_id=line_id,
        gfr=gfr,
        handling=piece.handling,
    )
    return {
        "quantity": quantity,
        "is_quantity_computed": True,
        "dose": piece.grams,
        "dose_unit": directions.dose_unit,
        "handling": piece.handling,
        "remark": piece.remark.strip(),
        "allergy_reason": piece.allergy_reason.strip(),
        **safety_columns(alerts, reason=piece.safety_reason),
        **_course_columns(formula),
    }


def _check_formula(*, formula: Formula, paper: PrescriptionClass, opened: OpenVisit) -> None:
    check_formula_alone(formula)
    check_days(
        days=count_days(doses=formula.doses, pace=formula.pace),
        reason=formula.days_reason,
        paper=paper,
        visit_type=opened.visit.visit_type,
        form="",
    )


def _course_columns(formula: Formula) -> dict[str, Any]:
    """What the lines keep of the formula: their route, rhythm and days."""
    return {
        "route": route_of(formula),
        "frequency": formula.pace,
        "days": count_days(doses=formula.doses, pace=formula.pace),
        "days_reason": formula.days_reason.strip(),
    }


def _directions(piece: Piece, formula: Formula) -> Directions:
    return Directions(
        dose=piece.grams,
        dose_unit="g",
        route=route_of(formula),
        frequency=formula.pace,
        days=count_days(doses=formula.doses, pace=formula.pace),
        safety_reason=piece.safety_reason,
    )


def _look_again(
    line: OrderLine, formula: Formula, *, opened: OpenVisit, now: datetime, gfr: int | None
) -> list[SafetyAlert]:
    piece = Piece(grams=line.dose or line.quantity, handling=Handling(line.handling), safety_reason=line.safety_reason)
    try:
        return check_safety(
            item=_find_piece(code=line.item_code, now=now),
            directions=_directions(piece, formula),
            opened=opened,
            now=now,
            line_id=line.pk,
            gfr=gfr,
            handling=piece.handling,
        )
    except SafetyWarning as warning:
        said = warning.facts["warnings"]
        assert isinstance(said, BilingualText)  # join_alerts wrote it
        named = BilingualText(f"{line.name_zh}：{said.zh}", f"{line.name_en or line.name_zh}: {said.en}")
        raise SafetyWarning(warnings=named) from warning


def _changed_columns(line: OrderLine, formula: Formula, alerts: list[SafetyAlert] | None) -> dict[str, Any]:
    changes = {"quantity": (line.dose or line.quantity) * formula.doses, **_course_columns(formula)}
    return changes if alerts is None else changes | safety_columns(alerts, reason=line.safety_reason)
