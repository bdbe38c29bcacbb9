"""Signing: all drafts of a visit at once, each checked again; after that nothing of them changes (N19)."""

from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.campuses.api import get_clinician
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.orders.errors import NoPrescribingRight, NothingToSign, PrescriptionFull, PurposeMissing
from hospital.orders.models import Order, OrderLine
from hospital.orders.orderables import list_drug_forms
from hospital.orders.rules import MOST_DRUGS
from hospital.orders.services.drafting import check_allergies, check_days
from hospital.orders.services.visits import OpenVisit, open_visit
from hospital.orders.states import ORDER_TRANSITIONS, OrderState
from hospital.orders.types import DraftProblem, OrderKind, PrescriptionClass


def sign_orders(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[UUID]:
    """Signs every draft of the visit; returns the orders' ids in the order in which they were begun.

    Refuses `NothingToSign`, `NoPrescribingRight`, `PurposeMissing`, and whatever a line would be refused for now.
    A prescription is good for the day it is signed (domain brief 4).
    """
    opened = open_visit(encounter_id=encounter_id, actor=actor, now=now)
    with acting(actor=actor):
        drafts = _drafts(opened=opened, is_locked=True)
        if not drafts:
            raise NothingToSign
        for draft in drafts:
            for problem, _ in _list_refusals(order=draft, opened=opened, now=now):
                raise problem
        ids = [draft.id for draft in drafts]
        signing = Order.objects.filter(pk__in=ids, state__in=ORDER_TRANSITIONS.allowed_from(OrderState.SIGNED))
        signing.filter(kind=OrderKind.PRESCRIPTION).update(valid_until=local_day(now))
        if signing.update(state=OrderState.SIGNED, signed_by_id=UUID(actor.id), signed_at=now) != len(ids):
            raise NothingToSign
        for draft in drafts:
            _record_signing(order=draft, actor=actor, now=now)
        return ids


def list_draft_problems(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[DraftProblem]:
    """What keeps the visit's drafts from being signed, so that the desk can lead to it."""
    opened = open_visit(encounter_id=encounter_id, actor=actor, now=now)
    return [
        DraftProblem(
            code=refusal.code,
            text=refusal.message,
            order_id=draft.id,
            line_id=line.id if line else None,
            name=line.name if line else None,
        )
        for draft in _drafts(opened=opened, is_locked=False)
        for refusal, line in _list_refusals(order=draft, opened=opened, now=now)
    ]


def _drafts(*, opened: OpenVisit, is_locked: bool) -> list[Order]:
    rows = Order.objects.filter(encounter_id=opened.visit.id, state=OrderState.DRAFT).order_by("created_at", "id")
    return list((rows.select_for_update() if is_locked else rows).prefetch_related("lines"))


def _list_refusals(*, order: Order, opened: OpenVisit, now: datetime) -> list[tuple[Refusal, OrderLine | None]]:
    found: list[tuple[Refusal, OrderLine | None]] = []
    if order.kind == OrderKind.EXAM and not order.purpose:
        found.append((PurposeMissing(), None))
    if order.kind == OrderKind.PRESCRIPTION:
        found += _list_prescription_refusals(order=order, opened=opened, now=now)
    return found


def _list_prescription_refusals(
    *, order: Order, opened: OpenVisit, now: datetime
) -> list[tuple[Refusal, OrderLine | None]]:
    found: list[tuple[Refusal, OrderLine | None]] = []
    lines = sorted(order.lines.all(), key=lambda line: line.position)
    forms = list_drug_forms(item_ids=[line.item_id for line in lines], now=now)
    if not get_clinician(clinician_id=opened.visit.clinician_id).can_prescribe:
        found.append((NoPrescribingRight(), None))
    if len(lines) > MOST_DRUGS and not order.is_decoction:
        found.append((PrescriptionFull(limit=MOST_DRUGS), lines[MOST_DRUGS]))
    for line in lines:
        try:
            check_days(
                days=line.days or 1,
                reason=line.days_reason,
                paper=PrescriptionClass(order.prescription_class),
                visit_type=opened.visit.visit_type,
                form=forms.get(line.item_id, ""),
            )
            check_allergies(
                name=BilingualText(line.name_zh, line.name_en),
                item_groups=tuple(line.allergy_groups),
                reason=line.allergy_reason,
                opened=opened,
            )
        except Refusal as refusal:
            found.append((refusal, line))
    return found


def _record_signing(*, order: Order, actor: Actor, now: datetime) -> None:
    reasons = {
        line.item_code: {"days": line.days_reason, "allergy": line.allergy_reason, "safety": line.safety_reason}
        for line in order.lines.all()
        if line.days_reason or line.allergy_reason or line.safety_reason
    }
    record_act(
        actor=actor,
        action="orders.sign",
        subject_kind="order",
        subject_id=str(order.id),
        person_id=order.person_id,
        now=now,
        details={"number": order.number, "lines": len(order.lines.all()), "reasons": reasons},
    )
