"""The desk that gives money back in a soak, and closes its till."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bench.soaking.ground import Ground
from bench.soaking.journal import Task
from hospital.billing.api import approve_refund, reject_refund, request_refund, retry_refund
from hospital.billing.types import RefundRequestLine
from hospital.kernel.actors import Actor
from hospital.tills.api import close_till, read_open_till
from hospital.tills.types import Cause, TillKind

_SETTLED = "SELECT id FROM billing_settlement WHERE state = 'SETTLED' ORDER BY random() LIMIT 1"
_LINES = """
SELECT c.id, c.qty - c.refunded_qty FROM billing_charge c JOIN billing_settlementline l ON l.charge_id = c.id
WHERE l.settlement_id = %s AND l.is_live ORDER BY random() LIMIT %s
"""
_NOTES = "SELECT id FROM billing_refundnote WHERE state = %s ORDER BY random() LIMIT 1"
_STUCK = """
SELECT n.id FROM billing_refundnote n WHERE n.state = 'SENT'
AND EXISTS (SELECT FROM billing_refundtender t WHERE t.note_id = n.id AND t.state = 'FAILED') ORDER BY random() LIMIT 1
"""


class RefundDesk:
    """Where refunds are asked for, decided and sent again."""

    def __init__(self, ground: Ground, actor: Actor) -> None:
        self._ground, self._actor = ground, actor

    def ask(self, task: Task) -> None:
        """Some lines of a paid bill, whole or in part; another day's or a large one now and then with its approver."""
        settlement_id = task.recall("settlement", lambda: _find(_SETTLED))
        if not settlement_id:
            return
        chance = task.chance("ask")
        lines = task.recall("lines", lambda: self._choose_lines(task, settlement_id))
        request_refund(
            settlement_id=UUID(settlement_id),
            lines=[RefundRequestLine(charge_id=UUID(each), qty=Decimal(qty)) for each, qty in lines],
            reason="not needed",
            idempotency_key=task.key("refund"),
            actor=self._actor,
            approver=self._second() if chance.random() < 0.5 else None,
            now=timezone.now(),
        )

    @staticmethod
    def _choose_lines(task: Task, settlement_id: str) -> list[tuple[str, str]]:
        chance = task.chance("lines")
        with connection.cursor() as cursor:
            cursor.execute(_LINES, [settlement_id, chance.randint(1, 4)])
            rows = cursor.fetchall()
        parts = (Decimal(1), Decimal(1), Decimal("0.5"), Decimal("0.3333"), Decimal("1.5"))
        return [
            (str(each), str(max(Decimal("0.0001"), (left * chance.choice(parts)).quantize(Decimal("0.0001")))))
            for each, left in rows
        ]

    def _second(self) -> Actor:
        return next(each for each in self._ground.cashiers if each.id != self._actor.id)

    def decide(self, task: Task) -> None:
        """Yes or no to a refund that waits."""
        note = task.recall("note", lambda: _find(_NOTES, "WAITING"))
        if note and task.chance("word").random() < 0.8:
            approve_refund(refund_id=UUID(note), actor=self._second(), now=timezone.now())
        elif note:
            reject_refund(refund_id=UUID(note), reason="no grounds", actor=self._second(), now=timezone.now())

    def send_again(self, task: Task) -> None:
        """The parts of a refund that were refused."""
        note = task.recall("note", lambda: _find(_STUCK))
        if note:
            retry_refund(refund_id=UUID(note), actor=self._actor, now=timezone.now())

    def close_till(self) -> None:
        """The cashier counts what the till should hold, and signs."""
        now = timezone.now()
        found = read_open_till(
            campus_code=self._actor.campus_code, kind=TillKind.CASHIER, holder=self._actor.id, now=now
        )
        if not found.entries:
            return
        close_till(
            expected_entries=len(found.entries),
            counts={"0.10": max(0, int(found.summary.cash / Decimal("0.10")))},
            cause=Cause.UNKNOWN if found.summary.cash < 0 else None,
            explanation="soak",
            actor=self._actor,
            now=now + timedelta(microseconds=1),
        )


def _find(sql: str, *values: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        row = cursor.fetchone()
    return str(row[0]) if row else ""
