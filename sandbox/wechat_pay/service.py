"""WeChat Pay as one part of the sandbox: its routes, its start and its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import Route

from sandbox.settings import SandboxSettings
from sandbox.wechat_pay.control import WechatControl
from sandbox.wechat_pay.engine import WechatEngine
from sandbox.wechat_pay.gateway import WechatGateway
from sandbox.wechat_pay.memory import WechatMemory
from sandbox.wechat_pay.notices import NoticeSender
from sandbox.wechat_pay.phone import Phone


class WechatPayService:
    """Everything of WeChat Pay."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        self._keys = settings.wechat_pay_keys
        self._notices = NoticeSender(settings=settings, keys=self._keys)
        self.engine = WechatEngine(settings=settings, keys=self._keys, notices=self._notices)

    def routes(self) -> list[Route]:
        """Routes of the merchant's interface, of the payer's phone and of the control interface."""
        gateway = WechatGateway(engine=self.engine, keys=self._keys, app_id=self._settings.wechat_app_id)
        return [
            *gateway.routes(),
            *Phone(settings=self._settings, engine=self.engine).routes(),
            *WechatControl(engine=self.engine).routes(),
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Remember, keep, and end."""
        path = self._settings.memory_path
        memory = WechatMemory(path=path.with_name("wechat_pay.json") if path else None, ledger=self.engine.ledger)
        memory.recall()
        self.engine.resume()
        keeping = asyncio.create_task(memory.keep())
        try:
            yield
        finally:
            keeping.cancel()
            memory.write()
            await self._notices.close()
