"""The time after: troubles end, what hangs is asked after, until the product has nothing left to do."""

import contextlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from django.db import connection
from django.utils import timezone

from bench.soaking.clock import Shared
from bench.soaking.ground import Ground
from bench.soaking.machine import Machine
from bench.soaking.payers import Payers
from hospital.billing.api import approve_refund, retry_refund
from hospital.kernel.actors import system_actor
from hospital.kernel.errors import Refusal
from hospital.payments.api import get_payment_order
from hospital.tills.api import close_machines
from sandbox.process import SandboxAddress, SandboxClient

# Jobs that come again by themselves, and those that tell patients: no money hangs on them.
_MONEY_JOBS = """
status IN ('todo', 'doing') AND (task_name LIKE 'payments.%%' OR task_name LIKE 'receipts.%%'
OR task_name IN ('workflows.payment_settled', 'workflows.payment_ended', 'workflows.end_collection',
                 'workflows.refund_settled'))
"""
_JOB = "task_name || ' ' || status || ' after ' || attempts || ' tries'"
_STEP = timedelta(minutes=47)


class Settling:
    """Rounds of: calm the channels, answer for the people, move the clock, run what is due."""

    def __init__(self, *, ground: Ground, sandbox: SandboxAddress, shared: Shared) -> None:
        self._ground, self._sandbox, self._shared = ground, sandbox, shared

    def go_on(self, *, machine: Machine, number: int) -> bool:
        """Whether jobs about money are left after this round; makes everything due that waits."""
        with SandboxClient(self._sandbox) as client:
            if number == 0:
                self._calm(client)
            _end_pending(client)
        self._answer_for_people(machine)
        self._shared.move_clock(_STEP)
        _make_due()
        return _count("procrastinate_jobs", _MONEY_JOBS) > 0

    def _calm(self, client: SandboxClient) -> None:
        payers = Payers(client)
        for order_id in _ids("SELECT id FROM payments_paymentorder WHERE channel NOT IN ('CASH', 'PARTNER')"):
            payers.calm(get_payment_order(order_id=order_id))

    def _answer_for_people(self, machine: Machine) -> None:
        cashier = self._ground.cashiers[0]
        for note_id in _ids("SELECT id FROM billing_refundnote WHERE state = 'WAITING'"):
            second = self._ground.cashiers[1]
            for actor in (cashier, second):
                try:
                    approve_refund(refund_id=note_id, actor=actor, now=timezone.now())
                    break
                except Refusal:  # this one asked for it
                    continue
        for note_id in _ids("SELECT id FROM billing_refundnote WHERE state = 'SENT'"):
            with contextlib.suppress(Refusal):  # what stays without an end is told as such
                retry_refund(refund_id=note_id, actor=cashier, now=timezone.now())
        while owed := machine.get("/refunds"):
            for refund in owed:
                no = refund["refund_no"]
                body = {"request_no": f"done-{no}", "refund_no": no, "transaction_no": f"back-{no}"}
                machine.post("/refunds/done", body)
        close_machines(actor=system_actor("soak"), now=timezone.now())

    def list_stuck(self) -> list[str]:
        """What has not ended, by kind: jobs that gave up, payments and refunds and receipts without an end."""
        found = []
        for what, table, condition, shown in (
            ("jobs about money left", "procrastinate_jobs", _MONEY_JOBS, _JOB),
            ("jobs that gave up", "procrastinate_jobs", "status = 'failed'", _JOB),
            (
                "payments without an end",
                "payments_paymentorder",
                "state IN ('CREATED', 'PAYING', 'UNKNOWN')",
                "channel || ' ' || state || ' round ' || query_round",
            ),
            ("refunds without an end", "payments_refundorder", "state NOT IN ('SUCCEEDED', 'FAILED')", "state"),
            ("refund notes without an end", "billing_refundnote", "state NOT IN ('COMPLETED', 'FAILED')", "state"),
            ("receipts without an end", "receipts_fiscalreceipt", "state IN ('REQUESTED', 'SENT', 'FAILED')", "state"),
        ):
            kinds = _kinds(table, condition, shown)
            if kinds:
                listed = ", ".join(f"{number} {kind}" for kind, number in kinds)
                found.append(f"{sum(number for _, number in kinds)} {what}: {listed}")
        return found


def _end_pending(client: SandboxClient) -> None:
    """What the channels have accepted and not ended, ends well."""
    for order, refund in _pairs(client.list_wechat_orders(), "refunds"):
        if refund["status"] in ("PROCESSING", "ABNORMAL"):
            number = refund["out_refund_no"]
            client.act_on_wechat(order["out_trade_no"], f"refunds/{number}/end", status="SUCCESS")
    _end_sales(client)
    for order, each in _pairs(client.list_orders(), "transaction"):
        if each["result"] == "PENDING":
            _settle(client, order, each)


def _end_sales(client: SandboxClient) -> None:
    for sale in client.list_sales():
        if sale["state"] == "READING":
            client.act_on_sale(sale["number"], "tap")
    for sale, refund in _pairs(client.list_sales(), "refunds"):
        if refund["state"] == "PENDING":
            client.end_sale_refund(sale["number"], refund["number"], succeeded=True)


def _pairs(rows: list[dict[str, Any]], name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(row, each) for row in rows for each in row[name]]


def _settle(client: SandboxClient, order: dict[str, Any], transaction: dict[str, Any]) -> None:
    try:
        client.settle(order["id"], transaction["transaction"]["id"], succeeded=True)
    except httpx.HTTPStatusError:  # it ended by itself meanwhile
        return


def _make_due() -> None:
    """Jobs that wait for their time have waited; those of killed workers are taken up again."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, attempts = attempts + 1 "
            "WHERE status = 'doing'"
        )


def _ids(sql: str) -> Iterable[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def _kinds(table: str, condition: str, shown: str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        sql = f"SELECT {shown} AS kind, count(*) FROM {table} WHERE {condition} GROUP BY 1 ORDER BY 2 DESC"
        cursor.execute(sql.replace("%%", "%"))
        return [(str(kind), int(number)) for kind, number in cursor.fetchall()]


def _count(table: str, condition: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}".replace("%%", "%"))
        (number,) = cursor.fetchone()
    return int(number)
