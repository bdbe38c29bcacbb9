"""Telling the merchant: as a scenario says (late, twice, never), and again with growing waits until it answers."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import httpx

from sandbox.acquirer.scenario import Webhooks
from sandbox.settings import SandboxSettings

MOST_ATTEMPTS = 8


@dataclass(kw_only=True)
class Telling:
    """What the merchant is told, and what became of it; `answers` holds each attempt's status (0 = no answer)."""

    id: str
    url: str
    body: bytes
    lost: bool = False
    answers: list[int] = field(default_factory=list)

    @property
    def is_delivered(self) -> bool:
        """Whether the merchant took it."""
        return any(200 <= answer < 300 for answer in self.answers)


Told = TypeVar("Told", bound=Telling)


class Sender(ABC, Generic[Told]):
    """Sends and re-sends; keeps all that was told for the control interface."""

    def __init__(self, *, settings: SandboxSettings) -> None:
        self._settings = settings
        self._running: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(timeout=10, trust_env=False)
        self.sent: list[Told] = []

    @abstractmethod
    def head(self, told: Told, attempt: int) -> Mapping[str, str]:
        """The headers of one attempt, by which the merchant knows the sender."""

    def is_hopeless(self, told: Told) -> bool:
        """Whether it is not tried again although nobody took it."""
        return False

    async def close(self) -> None:
        """Stop what is still waiting."""
        self.clear()
        await self._client.aclose()

    def clear(self) -> None:
        """Forget everything and stop all waits."""
        for task in self._running:
            task.cancel()
        self.sent.clear()

    def tell(self, told: Told, way: Webhooks) -> None:
        """Tell the merchant in the way that the scenario says."""
        told.lost = way is Webhooks.LOST
        self.sent.append(told)
        if way is not Webhooks.LOST:
            self._start(told, wait=self._settings.late_webhook if way is Webhooks.LATE else 0)
        if way is Webhooks.TWICE:
            self._start(told, wait=self._settings.webhook_backoff / 4)

    def send_again(self, told: Told) -> None:
        """One more delivery of what was sent, or lost."""
        self._start(told, wait=0)

    def _start(self, told: Told, *, wait: float) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(told, wait))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _deliver(self, told: Told, wait: float) -> None:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            await asyncio.sleep(wait)
            status = await self._post(told, attempt)
            told.answers.append(status)
            if 200 <= status < 300 or self.is_hopeless(told):
                return
            wait = self._settings.webhook_backoff * 2 ** (attempt - 1)

    async def _post(self, told: Told, attempt: int) -> int:
        headers = {"Content-Type": "application/json", **self.head(told, attempt)}
        with contextlib.suppress(httpx.HTTPError):
            return (await self._client.post(told.url, content=told.body, headers=headers)).status_code
        return 0
