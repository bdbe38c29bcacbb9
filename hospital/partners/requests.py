"""Numbered requests: one number is one request and one answer, for ever."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.ids import new_id
from hospital.partners.errors import RequestNumberReused, TransactionUsed, UnknownPartnerRefund, UnknownRequest
from hospital.partners.models import PartnerRequest, RefusedPayment
from hospital.partners.types import KeptAnswer, Kind, PartnerCard, RefusedPaymentCard


def lock_number(*, partner_id: UUID, number: str) -> None:
    """Waits for anybody who works under this number of the partner, until the caller's transaction ends.

    The unique keys decide; the lock makes the second caller wait for the first one's answer instead of an error.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 49))", [f"{partner_id}/{number}"])


def find_answer(*, partner_id: UUID, request_no: str, body_hash: str) -> KeptAnswer | None:
    """What was answered under this number; None where it is new.

    Refuses with `RequestNumberReused` where it stands for another request.
    """
    row = PartnerRequest.objects.filter(partner_id=partner_id, request_no=request_no).first()
    if row is None:
        return None
    if row.body_hash != body_hash:
        raise RequestNumberReused
    return _kept(row)


def get_answer(*, partner_id: UUID, request_no: str) -> KeptAnswer:
    """What was answered under a number. Refuses with `UnknownRequest`: then nothing was done either."""
    row = PartnerRequest.objects.filter(partner_id=partner_id, request_no=request_no).first()
    if row is None:
        raise UnknownRequest
    return _kept(row)


def keep_answer(
    *,
    partner_id: UUID,
    request_no: str,
    kind: Kind,
    body_hash: str,
    status: int,
    answer: dict[str, Any],
    subject_id: str,
    now: datetime,
) -> None:
    """Writes the answer down in the transaction that did what was asked."""
    PartnerRequest.objects.create(
        partner_id=partner_id,
        request_no=request_no,
        kind=kind.value,
        body_hash=body_hash,
        status=status,
        answer=answer,
        subject_id=subject_id,
        at=now,
    )


def has_held(*, partner_id: UUID, appointment_id: UUID) -> bool:
    """Whether this place was held through this partner: only then it may register and cancel it."""
    return PartnerRequest.objects.filter(
        partner_id=partner_id, kind=Kind.HOLD, subject_id=str(appointment_id), status__lt=300
    ).exists()


def check_transaction(*, partner: PartnerCard, transaction_no: str) -> None:
    """Waits for others who name the same transaction; refuses with `TransactionUsed` one that was refused before."""
    lock_number(partner_id=partner.id, number=f"transaction:{transaction_no}")
    row = RefusedPayment.objects.filter(partner_id=partner.id, transaction_no=transaction_no).first()
    if row is not None:
        raise TransactionUsed(request=row.request_no)


def refuse_payment(
    *,
    partner: PartnerCard,
    request_no: str,
    transaction_no: str,
    amount: Decimal,
    code: str,
    actor: Actor,
    now: datetime,
) -> RefusedPaymentCard:
    """Money that paid nothing is written down, so that the partner gives it back (X51)."""
    row_id = new_id()
    with acting(actor=actor):
        row = RefusedPayment.objects.create(
            id=row_id,
            partner_id=partner.id,
            request_no=request_no,
            transaction_no=transaction_no,
            amount=amount,
            code=code,
            refund_no=f"B{row_id.hex[-20:].upper()}",
            refused_at=now,
        )
    return _refused(row)


def find_refused_payment(*, partner_id: UUID, request_no: str) -> RefusedPaymentCard | None:
    """The refused payment of a request, with whether the payer has the money back."""
    row = RefusedPayment.objects.filter(partner_id=partner_id, request_no=request_no).first()
    return _refused(row) if row else None


def list_refused_payments(*, partner_id: UUID, limit: int = 200) -> list[RefusedPaymentCard]:
    """Those whose money is not back at the payer yet, oldest first."""
    rows = RefusedPayment.objects.filter(partner_id=partner_id, refunded_at=None).order_by("refused_at", "id")[:limit]
    return [_refused(row) for row in rows]


def mark_refused_payment_refunded(
    *, partner_id: UUID, refund_no: str, transaction_no: str, actor: Actor, now: datetime
) -> RefusedPaymentCard:
    """The payer has the money back. Told again it changes nothing. Refuses with `UnknownPartnerRefund`."""
    with acting(actor=actor):
        row = RefusedPayment.objects.select_for_update().filter(partner_id=partner_id, refund_no=refund_no).first()
        if row is None:
            raise UnknownPartnerRefund
        if row.refunded_at is None:
            row.refunded_at, row.refund_transaction_no = now, transaction_no
            row.save(update_fields=["refunded_at", "refund_transaction_no"])
    return _refused(row)


def _kept(row: PartnerRequest) -> KeptAnswer:
    return KeptAnswer(
        request_no=row.request_no,
        kind=Kind(row.kind),
        body_hash=row.body_hash,
        status=row.status,
        answer=row.answer,
        subject_id=row.subject_id,
        at=row.at,
    )


def _refused(row: RefusedPayment) -> RefusedPaymentCard:
    return RefusedPaymentCard(
        id=row.id,
        request_no=row.request_no,
        transaction_no=row.transaction_no,
        amount=row.amount,
        code=row.code,
        refund_no=row.refund_no,
        refused_at=row.refused_at,
        refunded_at=row.refunded_at,
        refund_transaction_no=row.refund_transaction_no,
    )
