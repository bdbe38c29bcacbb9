"""Reads of the pharmacy. Access to a person is the caller's check; a desk shows its own campus."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hospital.catalog.api import list_item_cards, search_items
from hospital.catalog.types import CatalogKind
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.pharmacy.errors import UnknownBatch, UnknownPrescription
from hospital.pharmacy.models import Batch, Pick, Prescription, PrescriptionLine, StockMove
from hospital.pharmacy.rules import SOON, is_controlled
from hospital.pharmacy.states import PrescriptionState
from hospital.pharmacy.types import (
    BatchView,
    MoveKind,
    MoveView,
    PickView,
    PrescriptionLineView,
    PrescriptionView,
    RejectReason,
)


class _Named(Protocol):
    name_zh: str
    name_en: str


def get_prescription(*, prescription_id: UUID, actor: Actor) -> PrescriptionView:
    """One prescription of a campus where the actor is a pharmacist. Refuses `UnknownPrescription`."""
    rows = Prescription.objects.filter(pk=prescription_id)
    if actor.kind is not ActorKind.SYSTEM:
        rows = rows.filter(campus_id__in=actor.campuses_of(Role.PHARMACIST))
    views = _views(rows)
    if not views:
        raise UnknownPrescription
    return views[0]


def list_prescriptions(
    *, campus_code: str, states: Collection[PrescriptionState], actor: Actor, limit: int = 200
) -> list[PrescriptionView]:
    """The prescriptions of a campus in these states, those signed first at the top; empty for other campuses' staff.

    Three statements.
    """
    if campus_code not in actor.campuses_of(Role.PHARMACIST):
        return []
    rows = Prescription.objects.filter(campus_id=campus_code, state__in=list(states))
    return _views(rows.order_by("signed_at", "number")[:limit])


def list_handed_over(*, campus_code: str, since: datetime, actor: Actor, limit: int = 100) -> list[PrescriptionView]:
    """What was handed over at a campus since then, the latest first; empty for other campuses' staff."""
    if campus_code not in actor.campuses_of(Role.PHARMACIST):
        return []
    rows = Prescription.objects.filter(campus_id=campus_code, dispensed_at__gte=since)
    return _views(rows.order_by("-dispensed_at")[:limit])


def list_prescriptions_of_visits(*, encounter_ids: Iterable[UUID], has_lines: bool = True) -> list[PrescriptionView]:
    """The prescriptions of these visits in the order of their signature, for a caller who has checked access.

    Three statements, one without the lines.
    """
    rows = Prescription.objects.filter(encounter_id__in=list(encounter_ids))
    return _views(rows.order_by("signed_at", "number"), has_lines=has_lines)


def list_prescriptions_of_people(*, person_ids: Iterable[UUID], limit: int = 50) -> list[PrescriptionView]:
    """The prescriptions of these people, newest first, for workflows, which have checked access."""
    rows = Prescription.objects.filter(person_id__in=list(person_ids))
    return _views(rows.exclude(state=PrescriptionState.CANCELLED).order_by("-signed_at", "number")[:limit])


def list_batches(*, campus_code: str, now: datetime, actor: Actor, text: str = "", limit: int = 200) -> list[BatchView]:
    """The batches of a campus that hold something, by drug and expiry; empty for other campuses' staff.

    `text` finds by code, name, pinyin or batch number.
    """
    if campus_code not in actor.campuses_of(Role.PHARMACIST):
        return []
    rows = Batch.objects.filter(campus_id=campus_code, on_hand__gt=0)
    if text:
        found = search_items(text=text, now=now, kinds=[CatalogKind.DRUG], limit=50)
        rows = rows.filter(Q(item_id__in=[card.id for card in found]) | Q(number__istartswith=text))
    ordered = rows.select_related("item").order_by("item__pinyin", "item__code", "expires_on", "number")
    return [_batch(row, now=now) for row in ordered[:limit]]


def get_batch(*, batch_id: UUID, actor: Actor, now: datetime) -> BatchView:
    """One batch of a campus where the actor is a pharmacist. Refuses `UnknownBatch`."""
    rows = Batch.objects.filter(pk=batch_id, campus_id__in=actor.campuses_of(Role.PHARMACIST))
    row = rows.select_related("item").first()
    if row is None:
        raise UnknownBatch
    card = list_item_cards(item_ids=[row.item_id], now=now)[row.item_id]
    return replace(_batch(row, now=now), is_controlled=is_controlled(card))


def list_moves(*, batch_id: UUID, limit: int = 50) -> list[MoveView]:
    """The stock book of a batch, newest first; whoever got the batch may read it."""
    rows = StockMove.objects.filter(batch_id=batch_id).select_related("by", "witness", "prescription")
    return [
        MoveView(
            at=row.at,
            kind=MoveKind(row.kind),
            quantity=_trim(row.quantity),
            balance=_trim(row.balance),
            reason=row.reason,
            prescription_number=row.prescription.number if row.prescription else "",
            by=_name(row.by),
            witness=_name(row.witness) if row.witness else None,
        )
        for row in rows.order_by("-at", "-id")[:limit]
    ]


def sum_stock(*, campus_code: str, item_ids: Iterable[UUID], now: datetime) -> Mapping[UUID, Decimal]:
    """How much of each drug a campus has that has not expired; drugs without any are left out. One statement."""
    rows = Batch.objects.filter(
        campus_id=campus_code, item_id__in=list(item_ids), on_hand__gt=0, expires_on__gte=local_day(now)
    )
    found: dict[UUID, Decimal] = {}
    for item_id, on_hand in rows.values_list("item_id", "on_hand"):
        found[item_id] = found.get(item_id, Decimal(0)) + on_hand
    return found


def _views(rows: QuerySet[Prescription], *, has_lines: bool = True) -> list[PrescriptionView]:
    picks = Prefetch("picks", queryset=Pick.objects.select_related("batch").order_by("batch__expires_on"))
    lines = Prefetch("lines", queryset=PrescriptionLine.objects.order_by("id").prefetch_related(picks))
    people = ("signed_by", "reviewed_by", "prepared_by", "dispensed_by")
    found = rows.select_related(*people)
    if has_lines:
        found = found.prefetch_related(lines)
    return [_view(row, has_lines=has_lines) for row in found]


def _view(row: Prescription, *, has_lines: bool) -> PrescriptionView:
    return PrescriptionView(
        id=row.id,
        order_id=row.order_id,
        number=row.number,
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        campus_code=row.campus_id,
        state=PrescriptionState(row.state),
        has_control=row.has_control,
        signed_by=_name(row.signed_by),
        signed_at=row.signed_at,
        valid_until=row.valid_until,
        reviewer=_name(row.reviewed_by),
        reviewed_at=row.reviewed_at,
        reject_reason=RejectReason(row.reject_reason) if row.reject_reason else None,
        reject_words=row.reject_words,
        stands_by=row.stands_by,
        preparer=_name(row.prepared_by),
        preparer_id=row.prepared_by_id,
        prepared_at=row.prepared_at,
        dispenser=_name(row.dispensed_by),
        dispensed_at=row.dispensed_at,
        recipient=row.recipient,
        end_reason=row.end_reason,
        lines=tuple(_line(line) for line in row.lines.all()) if has_lines else (),
    )


def _line(row: PrescriptionLine) -> PrescriptionLineView:
    return PrescriptionLineView(
        id=row.id,
        order_line_id=row.order_line_id,
        item_id=row.item_id,
        item_code=row.item_code,
        name=BilingualText(row.name_zh, row.name_en),
        quantity=_trim(row.quantity),
        days=row.days,
        is_left_out=row.is_left_out,
        returned_at=row.returned_at,
        picks=tuple(
            PickView(
                id=pick.pk,
                batch_id=pick.batch_id,
                batch_number=pick.batch.number,
                expires_on=pick.batch.expires_on,
                quantity=_trim(pick.quantity),
                returned=_trim(pick.returned),
            )
            for pick in row.picks.all()
        ),
    )


def _batch(row: Batch, *, now: datetime) -> BatchView:
    today = local_day(now)
    return BatchView(
        id=row.id,
        campus_code=row.campus_id,
        item_code=row.item.code,
        name=row.item.name,
        spec=BilingualText(row.item.spec_zh, row.item.spec_en),
        unit=BilingualText(row.item.unit_zh, row.item.unit_en),
        number=row.number,
        expires_on=row.expires_on,
        on_hand=_trim(row.on_hand),
        is_expired=row.expires_on < today,
        expires_soon=today <= row.expires_on < today + SOON,
    )


def _name(user: _Named | None) -> BilingualText:
    return BilingualText(user.name_zh, user.name_en) if user else BilingualText("")


def _trim(amount: Decimal) -> Decimal:
    return Decimal(format(amount.normalize(), "f"))
