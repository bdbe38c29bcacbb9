"""What was done or dispensed: such a line is not refunded before it is reversed (domain brief §1.3, Refund)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.billing.errors import LineNotExecutable, NotThatMuchOut
from hospital.billing.models import Charge
from hospital.billing.services.locks import lock_charges
from hospital.billing.states import ChargeState, Execution
from hospital.billing.types import SourceKind
from hospital.catalog.errors import BadQuantity
from hospital.kernel.actors import Actor


def mark_executed(
    *, source_ids: Iterable[UUID], actor: Actor, now: datetime, source_kind: SourceKind = SourceKind.ORDER_LINE
) -> None:
    """Marks the charges of these sources as carried out. Marking again changes nothing.

    Whether an unpaid line may be carried out is the caller's question; a voided one, or one that is refunded or whose
    whole rest is on its way back, refuses with `LineNotExecutable`. A refund at the same moment: one of the two wins.
    """
    with acting(actor=actor):
        waiting = [row for row in _lock_sources(source_kind, source_ids) if row.execution != Execution.EXECUTED]
        for row in waiting:
            if row.state in {ChargeState.VOID, ChargeState.REFUNDED} or row.refunded_qty >= row.qty:
                raise LineNotExecutable(item=row.name)
        Charge.objects.filter(id__in=[row.id for row in waiting]).update(
            execution=Execution.EXECUTED,
            executed_at=now,
            executed_by=actor.id,
            out_qty=F("qty") - F("refunded_qty"),
        )
        _leave_trace(waiting, action="billing.execute", reason="", actor=actor, now=now)


def reverse_execution(
    *,
    source_ids: Iterable[UUID],
    reason: str,
    actor: Actor,
    now: datetime,
    source_kind: SourceKind = SourceKind.ORDER_LINE,
) -> None:
    """Takes the execution back (a drug returned, an examination cancelled), which makes the lines refundable."""
    with acting(actor=actor):
        done = [row for row in _lock_sources(source_kind, source_ids) if row.execution == Execution.EXECUTED]
        Charge.objects.filter(id__in=[row.id for row in done]).update(execution=Execution.REVERSED, out_qty=0)
        _leave_trace(done, action="billing.reverse_execution", reason=reason, actor=actor, now=now)


def reverse_part(*, quantities: Mapping[UUID, Decimal], reason: str, actor: Actor, now: datetime) -> None:
    """Takes the execution of so much of each order line back (some packs of a drug came back), which makes that much
    refundable; with the last of it the line is reversed. A line that is not charged is left out.

    Refuses `BadQuantity` and `NotThatMuchOut` (more than was carried out, a set of several lines); two at the same
    moment never take back more than went out.
    """
    with acting(actor=actor):
        rows = [row for row in _lock_sources(SourceKind.ORDER_LINE, quantities) if row.state != ChargeState.VOID]
        if len({row.source_id for row in rows}) != len(rows):
            raise NotThatMuchOut(item=rows[0].name, left="0")
        for row in rows:
            qty = quantities[row.source_id]
            if not qty.is_finite() or qty <= 0:
                raise BadQuantity(qty=str(qty))
            if qty > row.out_qty:
                raise NotThatMuchOut(item=row.name, left=format(row.out_qty.normalize(), "f"))
            left = row.out_qty - qty
            Charge.objects.filter(id=row.id).update(
                execution=Execution.EXECUTED if left else Execution.REVERSED, out_qty=left
            )
        _leave_trace(rows, action="billing.reverse_execution", reason=reason, actor=actor, now=now)


def _lock_sources(source_kind: SourceKind, source_ids: Iterable[UUID]) -> list[Charge]:
    ids = Charge.objects.filter(source_kind=source_kind, source_id__in=list(source_ids)).values_list("id", flat=True)
    return lock_charges(ids)


def _leave_trace(rows: list[Charge], *, action: str, reason: str, actor: Actor, now: datetime) -> None:
    """One entry a source: a panel of twenty tests is carried out once."""
    sources = {row.source_id: row for row in rows}
    for source_id, row in sources.items():
        record_act(
            actor=actor,
            action=action,
            subject_kind=row.source_kind.lower(),
            subject_id=str(source_id),
            person_id=row.person_id,
            now=now,
            reason=reason,
        )
