"""What WeChat Pay remembers over a restart: its orders and their scenarios."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from sandbox.acquirer.memory import WRITE_DELAY
from sandbox.wechat_pay.ledger import WechatLedger, WechatOrder
from sandbox.wechat_pay.scenario import WechatScenario


class _Remembered(msgspec.Struct):
    orders: dict[str, WechatOrder] = {}
    scenarios: dict[str, WechatScenario] = {}


class WechatMemory:
    """Keeps a ledger's file in step with it. Without a path everything is forgotten."""

    def __init__(self, *, path: Path | None, ledger: WechatLedger) -> None:
        self._path = path
        self._ledger = ledger

    def recall(self) -> None:
        """Fill the ledger from the file."""
        if self._path is None:
            return
        try:
            remembered = msgspec.json.decode(self._path.read_bytes(), type=_Remembered)
        except (FileNotFoundError, msgspec.DecodeError):
            return
        self._ledger.orders.update(remembered.orders)
        self._ledger.scenarios.update(remembered.scenarios)

    def write(self) -> None:
        """Write the ledger down now."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        draft.write_bytes(
            msgspec.json.encode(_Remembered(orders=self._ledger.orders, scenarios=self._ledger.scenarios))
        )
        draft.replace(self._path)

    async def keep(self) -> None:
        """Write a moment after every change, until cancelled."""
        while True:
            await self._ledger.changed.wait()
            await asyncio.sleep(WRITE_DELAY)
            self._ledger.changed.clear()
            self.write()
