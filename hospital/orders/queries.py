"""Reads of orders, scoped by the access to the person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from hospital.encounters.api import get_encounter, require_clinical_access
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import Formula, Handling, Maker, Meal, Use, Warmth, word_piece
from hospital.orders.errors import UnknownOrder
from hospital.orders.models import FormulaColumns, Order, OrderLine
from hospital.orders.rules import trim, word_directions
from hospital.orders.states import LineState, OrderState
from hospital.orders.types import LineView, OrderKind, OrderView, PrescriptionClass, RepeatReason, Urgency
from hospital.orders.vocabulary import Frequency, Route

_ORDERED = (LineState.PENDING, LineState.EXECUTED)


def list_orders(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[OrderView]:
    """The orders of a visit with their lines, in the order in which they were begun; drafts for the staff only.

    Refuses `UnknownEncounter`, `NoCareRelation`, `NotClinicalStaff`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    require_clinical_access(actor=actor, person_id=visit.person_id, now=now)
    return _views(_shown(actor).filter(encounter_id=encounter_id).order_by("created_at", "id"))


def get_order(*, order_id: UUID, actor: Actor, now: datetime) -> OrderView:
    """One order. Refuses `UnknownOrder`, `NoCareRelation`, `NotClinicalStaff`."""
    views = _views(_shown(actor).filter(pk=order_id))
    if not views:
        raise UnknownOrder
    require_clinical_access(actor=actor, person_id=views[0].person_id, now=now)
    return views[0]


def list_person_orders(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int = 50,
    before: datetime | None = None,
    campus_code: str = "",
    kinds: Iterable[OrderKind] = tuple(OrderKind),
) -> list[OrderView]:
    """The signed orders of a person over all campuses (or of one), newest first, those signed `before` an instant.

    Refuses `NoCareRelation`.
    """
    require_clinical_access(actor=actor, person_id=person_id, now=now)
    rows = Order.objects.filter(person_id=person_id, kind__in=list(kinds)).exclude(state=OrderState.DRAFT)
    if before is not None:
        rows = rows.filter(signed_at__lt=before)
    if campus_code:
        rows = rows.filter(encounter__campus_id=campus_code)
    return _views(rows.order_by("-signed_at")[:limit])


def list_orders_by_id(*, order_ids: Iterable[UUID]) -> list[OrderView]:
    """Several orders at once, for workflows, which have checked the access."""
    return _views(Order.objects.filter(pk__in=list(order_ids)).order_by("created_at", "id"))


def list_lines(*, line_ids: Iterable[UUID]) -> dict[UUID, LineView]:
    """Several lines by id, for workflows, which have checked the access."""
    return {line.id: _line(line) for line in OrderLine.objects.filter(pk__in=list(line_ids))}


def list_pending_exams(*, campus_code: str, actor: Actor, limit: int = 100) -> list[tuple[OrderView, LineView]]:
    """Signed examinations of a campus that wait to be carried out, oldest first; empty for other campuses' staff."""
    if campus_code not in {campus for _, campus in actor.grants}:
        return []
    rows = Order.objects.filter(
        kind=OrderKind.EXAM,
        state=OrderState.SIGNED,
        encounter__campus_id=campus_code,
        lines__state=LineState.PENDING,
    )
    orders = _views(rows.distinct().order_by("signed_at")[:limit])
    return [(order, line) for order in orders for line in order.lines if line.state is LineState.PENDING]


def list_open_exams(*, person_ids: Iterable[UUID], since: datetime) -> list[tuple[OrderView, LineView]]:
    """Examinations of these people that were asked for since then and not canceled, done or not, newest first.

    For workflows, which have found the people by the account's links.
    """
    rows = Order.objects.filter(
        person_id__in=list(person_ids), kind=OrderKind.EXAM, state=OrderState.SIGNED, signed_at__gte=since
    )
    orders = _views(rows.order_by("-signed_at"))
    return [(order, line) for order in orders for line in order.lines if line.state is not LineState.CANCELLED]


def list_waiting_exams(*, campus_code: str, since: datetime) -> list[tuple[OrderView, LineView]]:
    """Examinations that a campus asked for since then and that were not carried out, oldest first; two statements.

    For workflows, which tell the devices of the campus.
    """
    rows = Order.objects.filter(
        encounter__campus_id=campus_code, kind=OrderKind.EXAM, state=OrderState.SIGNED, signed_at__gte=since
    )
    orders = _views(rows.filter(lines__state=LineState.PENDING).distinct().order_by("signed_at"))
    return [(order, line) for order in orders for line in order.lines if line.state is LineState.PENDING]


def list_done_exams(*, person_id: UUID, item_code: str, since: datetime) -> list[UUID]:
    """The lines of this examination that were carried out since then, for workflows, which have checked the access."""
    rows = OrderLine.objects.filter(order__person_id=person_id, item_code=item_code, executed_at__gte=since)
    return list(rows.values_list("id", flat=True))


def count_repeats(*, campus_code: str, since: datetime) -> dict[RepeatReason, int]:
    """How often tests were ordered at a campus in spite of a recent recognized result, by the reason; one statement."""
    rows = OrderLine.objects.filter(
        order__encounter__campus_id=campus_code, order__signed_at__gte=since, state__in=_ORDERED
    ).exclude(repeat_reason="")
    counted = rows.values_list("repeat_reason").annotate(number=Count("id"))
    return {RepeatReason(reason): number for reason, number in counted}


def read_formula(row: Order) -> Formula | None:
    """What holds for the whole decoction; None for any other order."""
    if not row.is_decoction or not hasattr(row, "decoction"):
        return None
    return formula_of(row.decoction, days_reason=row.decoction.days_reason)


def formula_of(row: FormulaColumns, *, days_reason: str = "") -> Formula:
    """The columns of a decoction as the words of the lists."""
    return Formula(
        doses=row.doses,
        pace=Frequency(row.pace),
        parts=row.parts,
        ml=row.ml,
        meal=Meal(row.meal),
        warmth=Warmth(row.warmth),
        use=Use(row.use),
        maker=Maker(row.maker),
        days_reason=days_reason,
    )


def _shown(actor: Actor) -> QuerySet[Order]:
    """A patient sees what was signed; a draft is the doctor's own."""
    rows = Order.objects.all()
    return rows.exclude(state=OrderState.DRAFT) if actor.kind is ActorKind.PATIENT else rows


def _views(rows: QuerySet[Order]) -> list[OrderView]:
    return [_view(row) for row in rows.select_related("signed_by", "decoction").prefetch_related("lines")]


def _view(row: Order) -> OrderView:
    signer = row.signed_by
    return OrderView(
        id=row.id,
        number=row.number,
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        kind=OrderKind(row.kind),
        state=OrderState(row.state),
        prescription_class=PrescriptionClass(row.prescription_class) if row.prescription_class else None,
        urgency=Urgency(row.urgency),
        clinical_info=row.clinical_info,
        purpose=row.purpose,
        created_at=row.created_at,
        signed_at=row.signed_at,
        signer=BilingualText(signer.name_zh, signer.name_en) if signer else BilingualText(""),
        valid_until=row.valid_until,
        lines=tuple(_line(line) for line in sorted(row.lines.all(), key=lambda line: line.position)),
        formula=read_formula(row),
    )


def _line(row: OrderLine) -> LineView:
    return LineView(
        id=row.id,
        order_id=row.order_id,
        position=row.position,
        item_id=row.item_id,
        item_code=row.item_code,
        name=row.name,
        spec=BilingualText(row.spec_zh, row.spec_en),
        unit=BilingualText(row.unit_zh, row.unit_en),
        quantity=trim(row.quantity),
        is_quantity_computed=row.is_quantity_computed,
        dose=trim(row.dose) if row.dose is not None else None,
        dose_unit=row.dose_unit,
        route=Route(row.route) if row.route else None,
        frequency=Frequency(row.frequency) if row.frequency else None,
        days=row.days,
        remark=row.remark,
        days_reason=row.days_reason,
        allergy_reason=row.allergy_reason,
        safety_alerts=tuple(BilingualText(each["zh"], each["en"]) for each in row.safety_alerts),
        safety_reason=row.safety_reason,
        directions=_directions(row),
        specimen=BilingualText(row.specimen_zh, row.specimen_en),
        container=BilingualText(row.container_zh, row.container_en),
        body_part=BilingualText(row.body_part_zh, row.body_part_en),
        preparation=BilingualText(row.preparation_zh, row.preparation_en),
        repeat_reason=RepeatReason(row.repeat_reason) if row.repeat_reason else None,
        repeat_note=row.repeat_note,
        state=LineState(row.state),
        executed_at=row.executed_at,
        handling=Handling(row.handling) if row.handling else None,
    )


def _directions(row: OrderLine) -> BilingualText:
    if row.dose is None:
        return BilingualText("")
    if row.handling:
        return word_piece(grams=row.dose, handling=Handling(row.handling))
    return word_directions(
        dose=row.dose,
        dose_unit=row.dose_unit,
        route=Route(row.route),
        frequency=Frequency(row.frequency),
        days=row.days,
    )
