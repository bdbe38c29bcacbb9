"""Writing drafts: every line is checked when it is written, and again when it is signed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.orders.errors import (
    AllergyConflict,
    BadDirections,
    DaysNotExtendable,
    DaysOverLimit,
    NotOrderable,
    OrderAlreadySigned,
    OrderedTwice,
    PieceOfDecoction,
    PrescriptionFull,
    QuantityNeeded,
    RepeatNoteMissing,
    UnknownOrder,
)
from hospital.orders.models import Order, OrderLine
from hospital.orders.orderables import find_orderable
from hospital.orders.rules import (
    LONGEST_DAYS,
    MOST_DRUGS,
    compute_packs,
    find_conflicts,
    find_prescription_class,
    is_named_in,
    may_extend_days,
)
from hospital.orders.safety import SafetyAlert, find_drug_day_limit, read_release
from hospital.orders.services.safety import check_right, check_safety
from hospital.orders.services.visits import OpenVisit, open_visit
from hospital.orders.states import OrderState
from hospital.orders.types import (
    Directions,
    DrugPack,
    Orderable,
    OrderKind,
    PrescriptionClass,
    Repeat,
    RepeatReason,
    Urgency,
)
from hospital.orders.vocabulary import DOSE_UNITS

_PREFIX = {OrderKind.PRESCRIPTION: "RX", OrderKind.LAB: "LB", OrderKind.EXAM: "EX"}


def add_drug(
    *,
    encounter_id: UUID,
    item_code: str,
    directions: Directions,
    actor: Actor,
    now: datetime,
    on_new_prescription: bool = False,
    gfr: int | None = None,
) -> UUID:
    """Writes a drug on the visit's draft prescription of its class; returns the line's id (D52, domain brief 4).

    `gfr` is the patient's kidney function where it is known, for decision support.

    Refuses `NotYourPatient`, `VisitNotInConsult`, `NotOrderable`, `BadDirections`, `DaysOverLimit`,
    `DaysNotExtendable`, `AllergyConflict`, `AntimicrobialNotAllowed`, `SingleDoseOnly`, `SafetyWarning`,
    `QuantityNeeded`, `OrderedTwice`, `PrescriptionFull`, `PieceOfDecoction` (pieces are written by `add_piece`).
    """
    opened = open_visit(encounter_id=encounter_id, actor=actor, now=now)
    item = find_orderable(code=item_code, now=now)
    if item.kind is not OrderKind.PRESCRIPTION:
        raise NotOrderable(item=item.name)
    if item.is_decoction:
        raise PieceOfDecoction(item=item.name)
    paper = find_prescription_class(
        control=item.control, visit_type=opened.visit.visit_type, age_years=opened.age_years
    )
    check_directions(directions=directions, item=item, paper=paper, opened=opened)
    with acting(actor=actor):
        drafts = _lock_drafts(opened=opened, kind=OrderKind.PRESCRIPTION)
        _check_not_twice(drafts=drafts, item=item)
        alerts = check_safety(item=item, directions=directions, opened=opened, now=now, gfr=gfr)
        order = None if on_new_prescription else _find_prescription(drafts=drafts, paper=paper)
        if order is None:
            order = create_order(
                opened=opened, kind=OrderKind.PRESCRIPTION, actor=actor, now=now, paper=paper, item=item
            )
        changes = _drug_columns(directions=directions, item=item, alerts=alerts)
        return create_line(order=order, item=item, changes=changes).id


def change_drug(*, line_id: UUID, directions: Directions, actor: Actor, now: datetime, gfr: int | None = None) -> None:
    """Writes new directions on a drug of a draft. Refuses what `add_drug` refuses, and `OrderAlreadySigned`."""
    line = find_line(line_id=line_id)
    opened = open_visit(encounter_id=line.order.encounter_id, actor=actor, now=now)
    item = find_orderable(code=line.item_code, now=now)
    if item.is_decoction:
        raise PieceOfDecoction(item=item.name)
    paper = PrescriptionClass(line.order.prescription_class)
    check_directions(directions=directions, item=item, paper=paper, opened=opened)
    with acting(actor=actor):
        lock_draft(order_id=line.order_id)
        alerts = check_safety(item=item, directions=directions, opened=opened, now=now, line_id=line_id, gfr=gfr)
        OrderLine.objects.filter(pk=line_id).update(**_drug_columns(directions=directions, item=item, alerts=alerts))


def add_test(*, encounter_id: UUID, item_code: str, actor: Actor, now: datetime, repeat: Repeat | None = None) -> UUID:
    """Adds a laboratory test to the visit's draft request; returns the line's id.

    `repeat` says why it is done again although a recent recognized result is there; the line keeps it. Refuses
    `NotYourPatient`, `VisitNotInConsult`, `NotOrderable`, `OrderedTwice`, `RepeatNoteMissing`.
    """
    return _add_plain(
        encounter_id=encounter_id, item_code=item_code, kind=OrderKind.LAB, repeat=repeat, actor=actor, now=now
    )


def add_exam(*, encounter_id: UUID, item_code: str, actor: Actor, now: datetime, repeat: Repeat | None = None) -> UUID:
    """Adds an examination to the visit's draft request (D53); returns the line's id. Refuses as `add_test`."""
    return _add_plain(
        encounter_id=encounter_id, item_code=item_code, kind=OrderKind.EXAM, repeat=repeat, actor=actor, now=now
    )


def remove_line(*, line_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a line off a draft; an order without lines goes with it. Refuses `UnknownOrder`, `OrderAlreadySigned`."""
    line = find_line(line_id=line_id)
    open_visit(encounter_id=line.order.encounter_id, actor=actor, now=now)
    with acting(actor=actor):
        order = lock_draft(order_id=line.order_id)
        order.lines.filter(pk=line_id).delete()
        if not order.lines.exists():
            order.delete()


def describe_order(
    *, order_id: UUID, clinical_info: str, purpose: str, urgency: Urgency, actor: Actor, now: datetime
) -> None:
    """Writes on a draft what the examination is for and how soon. Refuses `UnknownOrder`, `OrderAlreadySigned`.

    Saying again what the order says changes nothing and is no refusal, signed or not: a page that saves by itself may
    be a moment behind the signature.
    """
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise UnknownOrder
    if (order.clinical_info, order.purpose, order.urgency) == (clinical_info.strip(), purpose.strip(), urgency):
        return
    open_visit(encounter_id=order.encounter_id, actor=actor, now=now)
    with acting(actor=actor):
        lock_draft(order_id=order_id)
        Order.objects.filter(pk=order_id).update(
            clinical_info=clinical_info.strip(), purpose=purpose.strip(), urgency=urgency
        )


def check_directions(*, directions: Directions, item: Orderable, paper: PrescriptionClass, opened: OpenVisit) -> None:
    """Refuses directions that the rules of domain brief 4 do not allow for this patient."""
    if directions.dose <= 0 or directions.days <= 0 or directions.dose_unit not in DOSE_UNITS:
        raise BadDirections
    if directions.quantity is not None and directions.quantity <= 0:
        raise BadDirections
    check_right(item=item, directions=directions, paper=paper, opened=opened)
    check_days(
        days=directions.days,
        reason=directions.days_reason,
        paper=paper,
        visit_type=opened.visit.visit_type,
        form=item.form,
    )
    check_allergies(name=item.name, item_groups=item.allergy_groups, reason=directions.allergy_reason, opened=opened)
    if directions.quantity is None and _packs(directions=directions, pack=item.pack) is None:
        raise QuantityNeeded


def check_days(*, days: int, reason: str, paper: PrescriptionClass, visit_type: str, form: str) -> None:
    """Refuses `DaysOverLimit` without a reason, `DaysNotExtendable` where no reason helps."""
    limit = find_drug_day_limit(prescription_class=paper, visit_type=visit_type, release=read_release(form))
    if days <= limit:
        return
    longest = LONGEST_DAYS if may_extend_days(prescription_class=paper) else limit
    if days > longest:
        raise DaysNotExtendable(limit=longest)
    if not reason.strip():
        raise DaysOverLimit(limit=limit)


def check_allergies(*, name: BilingualText, item_groups: tuple[str, ...], reason: str, opened: OpenVisit) -> None:
    """Refuses `AllergyConflict` (by group, or by the drug's own name) unless a reason is given, which is kept."""
    allergies = opened.person.allergies
    groups = find_conflicts(drug_groups=item_groups, allergy_groups=[each.group for each in allergies])
    against = [
        each.substance for each in allergies if each.group in groups or is_named_in(substance=each.substance, drug=name)
    ]
    if against and not reason.strip():
        raise AllergyConflict(substance=against[0])


def lock_draft(*, order_id: UUID) -> Order:
    """The draft, locked. Refuses `UnknownOrder`, `OrderAlreadySigned`."""
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise UnknownOrder
    if order.state != OrderState.DRAFT:
        raise OrderAlreadySigned
    return order


def safety_columns(alerts: list[SafetyAlert], *, reason: str) -> dict[str, Any]:
    """What a line keeps of decision support: what was said, and why it is right all the same."""
    return {
        "safety_alerts": [{"kind": each.kind, "zh": each.text.zh, "en": each.text.en} for each in alerts],
        "safety_reason": reason.strip() if alerts else "",
    }


def _add_plain(
    *, encounter_id: UUID, item_code: str, kind: OrderKind, repeat: Repeat | None, actor: Actor, now: datetime
) -> UUID:
    if repeat is not None and repeat.reason is RepeatReason.OTHER and not repeat.note.strip():
        raise RepeatNoteMissing
    opened = open_visit(encounter_id=encounter_id, actor=actor, now=now)
    item = find_orderable(code=item_code, now=now)
    if item.kind is not kind:
        raise NotOrderable(item=item.name)
    with acting(actor=actor):
        drafts = _lock_drafts(opened=opened, kind=kind)
        _check_not_twice(drafts=drafts, item=item)
        order = drafts[0] if drafts else create_order(opened=opened, kind=kind, actor=actor, now=now)
        return create_line(order=order, item=item, changes={"quantity": 1, **_repeat_columns(repeat)}).id


def _repeat_columns(repeat: Repeat | None) -> dict[str, Any]:
    if repeat is None:
        return {}
    return {
        "repeat_reason": repeat.reason,
        "repeat_note": repeat.note.strip()[:200],
        "repeated_result": repeat.result_id,
    }


def _lock_drafts(*, opened: OpenVisit, kind: OrderKind) -> list[Order]:
    rows = Order.objects.select_for_update().filter(encounter_id=opened.visit.id, kind=kind, state=OrderState.DRAFT)
    return list(rows.order_by("created_at", "id"))


def _check_not_twice(*, drafts: list[Order], item: Orderable) -> None:
    if OrderLine.objects.filter(order__in=[draft.pk for draft in drafts], item_code=item.code).exists():
        raise OrderedTwice(item=item.name)


def _find_prescription(*, drafts: list[Order], paper: PrescriptionClass) -> Order | None:
    """The draft that takes the drug: the last one of its class that is no decoction."""
    fitting = [draft for draft in drafts if draft.prescription_class == paper and not draft.is_decoction]
    if not fitting:
        return None
    last = fitting[-1]
    if last.lines.count() >= MOST_DRUGS:
        raise PrescriptionFull(limit=MOST_DRUGS)
    return last


def create_order(
    *,
    opened: OpenVisit,
    kind: OrderKind,
    actor: Actor,
    now: datetime,
    paper: PrescriptionClass | None = None,
    item: Orderable | None = None,
) -> Order:
    """A new draft of the visit."""
    return Order.objects.create(
        number=_next_number(kind=kind, now=now),
        encounter_id=opened.visit.id,
        person_id=opened.visit.person_id,
        kind=kind,
        prescription_class=paper or "",
        is_decoction=bool(item and item.is_decoction),
        urgency=Urgency.EMERGENCY if opened.visit.visit_type == "ER" else Urgency.ROUTINE,
        created_by_id=UUID(actor.id),
        created_at=now,
    )


def create_line(*, order: Order, item: Orderable, changes: dict[str, Any]) -> OrderLine:
    """The next line of a draft, with what the catalog says of it today."""
    last = order.lines.order_by("-position").values_list("position", flat=True).first()
    return OrderLine.objects.create(
        order=order,
        position=(last or 0) + 1,
        item_id=item.item_id,
        item_code=item.code,
        allergy_groups=list(item.allergy_groups),
        **_both("name", item.name),
        **_both("spec", item.spec),
        **_both("unit", item.unit),
        **_both("specimen", item.specimen),
        **_both("container", item.container),
        **_both("body_part", item.body_part),
        **_both("preparation", item.preparation),
        **changes,
    )


def _both(column: str, text: BilingualText) -> dict[str, str]:
    return {f"{column}_zh": text.zh, f"{column}_en": text.en}


def _drug_columns(*, directions: Directions, item: Orderable, alerts: list[SafetyAlert]) -> dict[str, Any]:
    computed = _packs(directions=directions, pack=item.pack)
    return {
        "quantity": directions.quantity if directions.quantity is not None else computed,
        "is_quantity_computed": directions.quantity is None,
        "dose": directions.dose,
        "dose_unit": directions.dose_unit,
        "route": directions.route,
        "frequency": directions.frequency,
        "days": directions.days,
        "remark": directions.remark.strip(),
        "days_reason": directions.days_reason.strip(),
        "allergy_reason": directions.allergy_reason.strip(),
        **safety_columns(alerts, reason=directions.safety_reason),
    }


def _packs(*, directions: Directions, pack: DrugPack | None) -> Any:
    if pack is None:
        return None
    return compute_packs(
        dose=directions.dose,
        dose_unit=directions.dose_unit,
        frequency=directions.frequency,
        days=directions.days,
        pack=pack,
    )


def find_line(*, line_id: UUID) -> OrderLine:
    """A line with its order. Refuses `UnknownOrder`."""
    line = OrderLine.objects.select_related("order").filter(pk=line_id).first()
    if line is None:
        raise UnknownOrder
    return line


def _next_number(*, kind: OrderKind, now: datetime) -> str:
    """RX-261125-000042, from a database sequence; a rolled-back draft leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('orders_number')")
        (number,) = cursor.fetchone()
    return f"{_PREFIX[kind]}-{now.astimezone(SHANGHAI):%y%m%d}-{number:06d}"
