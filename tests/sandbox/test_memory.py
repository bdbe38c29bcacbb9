"""Orders outlive the process; mail does not have to."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx

from sandbox.acquirer.memory import add_refund, paid_order, read_memory, remember_orders, write_memory
from sandbox.process import SandboxClient, running_sandbox
from sandbox.settings import memory_path
from tests.sandbox.conftest import checkout_body

REFUND = {"apiOperation": "REFUND", "transaction": {"amount": "40.00", "currency": "CNY"}}


def test_orders_are_known_after_a_restart(tmp_path: Path) -> None:
    old = paid_order(
        order_id="OLD1",
        amount=Decimal("90.00"),
        description="Yesterday",
        brand="VISA",
        masked_number="450875xxxxxx1019",
        paid_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
    )
    add_refund(old, transaction_id="r0", amount=Decimal("50.00"), at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    remember_orders(memory_path(tmp_path), [old])
    with running_sandbox(IMC_DATA_DIR=str(tmp_path)) as address, SandboxClient(address) as sandbox:
        credentials = (f"merchant.{address.merchant_id}", address.api_password)
        opened = httpx.post(
            f"{address.gateway_url}/session", json=checkout_body("NEW1"), auth=credentials, trust_env=False
        )
        sandbox.pay(opened.json()["session"]["id"], "5123456789012346")
    with running_sandbox(IMC_DATA_DIR=str(tmp_path), IMC_SANDBOX_PENDING_SECONDS="0.1") as address:
        client = httpx.Client(
            base_url=address.gateway_url,
            auth=(f"merchant.{address.merchant_id}", address.api_password),
            trust_env=False,
        )
        with client:
            assert client.get("/order/NEW1").json()["totalCapturedAmount"] == 100.00
            told = client.put("/order/OLD1/transaction/r1", json=REFUND)
            assert told.json()["order"]["status"] == "REFUNDED"
            assert client.put("/order/OLD1/transaction/r2", json=REFUND).status_code == 400
            assert client.put("/order/NEW1/transaction/r1", json=REFUND).json()["result"] == "PENDING"
    assert read_memory(memory_path(tmp_path)).orders.keys() == {"OLD1", "NEW1"}


def test_broken_file_is_an_empty_memory(tmp_path: Path) -> None:
    path = memory_path(tmp_path)
    write_memory(path, read_memory(path))
    path.write_text("{", encoding="utf-8")
    assert read_memory(path).orders == {}
