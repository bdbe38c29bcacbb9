"""What was done or dispensed: such a line is not refunded before it is reversed (domain brief §1.3, Refund)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.billing.errors import LineNotExecutable
from hospital.billing.models import Charge
from hospital.billing.services.locks import lock_charges
from hospital.billing.states import ChargeState, Execution
from hospital.billing.types import SourceKind
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
            execution=Execution.EXECUTED, executed_at=now, executed_by=actor.id
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
        Charge.objects.filter(id__in=[row.id for row in done]).update(execution=Execution.REVERSED)
        _leave_trace(done, action="billing.reverse_execution", reason=reason, actor=actor, now=now)


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
