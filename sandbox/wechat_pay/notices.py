"""Signed and encrypted notices to the merchant, sent again with growing waits until it answers 2xx."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec

from sandbox.acquirer.ledger import read_clock
from sandbox.acquirer.scenario import Webhooks
from sandbox.settings import SandboxSettings
from sandbox.wechat_pay.keys import WechatPayKeys
from sandbox.wechat_pay.signing import encrypt, sign_headers
from sandbox.wechat_pay.wording import instant

MOST_ATTEMPTS = 8


@dataclass(kw_only=True)
class Notice:
    """One notice and what became of it; `answers` holds the status of each attempt (0 = no answer)."""

    id: str
    out_trade_no: str
    event: str
    url: str
    body: bytes
    is_forged: bool = False
    lost: bool = False
    answers: list[int] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For the control interface."""
        return {
            "id": self.id,
            "order": self.out_trade_no,
            "event": self.event,
            "url": self.url,
            "attempts": len(self.answers),
            "answers": self.answers,
            "delivered": any(200 <= answer < 300 for answer in self.answers),
            "forged": self.is_forged,
            "lost": self.lost,
        }


class NoticeSender:
    """Sends and re-sends; keeps all notices for the control interface."""

    def __init__(self, *, settings: SandboxSettings, keys: WechatPayKeys) -> None:
        self._settings = settings
        self._keys = keys
        self._running: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(timeout=10, trust_env=False)
        self.sent: list[Notice] = []

    async def close(self) -> None:
        """Stop what is still waiting."""
        self.clear()
        await self._client.aclose()

    def clear(self) -> None:
        """Forget everything and stop all waits."""
        for task in self._running:
            task.cancel()
        self.sent.clear()

    def notify(
        self,
        *,
        out_trade_no: str,
        event: str,
        url: str,
        contents: dict[str, Any],
        way: Webhooks,
        is_forged: bool = False,
    ) -> Notice:
        """Tell the merchant, in the way that the order's scenario says."""
        identifier = str(uuid.uuid4())
        associated = "refund" if event.startswith("REFUND") else "transaction"
        resource = encrypt(msgspec.json.encode(contents), api_key=self._keys.api_key, associated=associated)
        body = {
            "id": identifier,
            "create_time": instant(read_clock()),
            "resource_type": "encrypt-resource",
            "event_type": event,
            "summary": "支付成功" if associated == "transaction" else "退款结果",
            "resource": {"original_type": associated, **resource},
        }
        notice = Notice(
            id=identifier,
            out_trade_no=out_trade_no,
            event=event,
            url=url,
            body=msgspec.json.encode(body),
            is_forged=is_forged,
            lost=way is Webhooks.LOST,
        )
        self.sent.append(notice)
        if way is not Webhooks.LOST:
            self._start(notice, wait=self._settings.late_webhook if way is Webhooks.LATE else 0)
        if way is Webhooks.TWICE:
            self._start(notice, wait=self._settings.webhook_backoff / 4)
        return notice

    def send_again(self, notice: Notice) -> None:
        """One more delivery of a notice that was sent, or lost."""
        self._start(notice, wait=0)

    def _start(self, notice: Notice, *, wait: float) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(notice, wait))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _deliver(self, notice: Notice, wait: float) -> None:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            await asyncio.sleep(wait)
            status = await self._post(notice)
            notice.answers.append(status)
            if 200 <= status < 300 or notice.is_forged:
                return
            wait = self._settings.webhook_backoff * 2 ** (attempt - 1)

    async def _post(self, notice: Notice) -> int:
        # A forger has some key, not ours.
        key = self._keys.certificate_key if notice.is_forged else self._keys.own_key
        headers = {
            "Content-Type": "application/json",
            **sign_headers(notice.body, key=key, serial=self._keys.own_key_id),
        }
        with contextlib.suppress(httpx.HTTPError):
            return (await self._client.post(notice.url, content=notice.body, headers=headers)).status_code
        return 0
