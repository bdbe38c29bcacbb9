"""What a window needs from outside, as one part of the sandbox: Alipay, card terminals, pages of both wallets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import Route

from sandbox.alipay.control import AlipayControl
from sandbox.alipay.gateway import AlipayGateway
from sandbox.alipay.trades import Trades
from sandbox.card_terminal.gateway import TillGateway
from sandbox.card_terminal.sales import Terminals
from sandbox.card_terminal.screens import Screens
from sandbox.patience import Patience
from sandbox.settings import SandboxSettings
from sandbox.wallets.pages import WalletPages
from sandbox.wechat_pay.engine import WechatEngine


class WindowService:
    """Alipay and the terminals; WeChat Pay's engine is shared with its own service."""

    def __init__(self, settings: SandboxSettings, *, wechat: WechatEngine) -> None:
        path = settings.memory_path
        self._settings = settings
        self._wechat = wechat
        self._patience = Patience(settings.slow_answer)
        self._trades = Trades(path=path.with_name("alipay.json") if path else None, late_seconds=settings.pending_wait)
        self._terminals = Terminals(
            numbers=settings.card_terminals,
            path=path.with_name("card_terminals.json") if path else None,
            late_seconds=settings.pending_wait,
        )

    def routes(self) -> list[Route]:
        """All routes."""
        settings = self._settings
        tills = TillGateway(
            terminals=self._terminals,
            merchant_id=settings.card_terminal_merchant_id,
            secret=settings.card_terminal_secret,
            patience=self._patience,
        )
        return [
            *AlipayGateway(trades=self._trades, keys=settings.alipay_keys, patience=self._patience).routes(),
            *AlipayControl(self._trades).routes(),
            *tills.routes(),
            *Screens(self._terminals).routes(),
            *WalletPages(wechat=self._wechat, alipay=self._trades).routes(),
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Remember, keep, and end."""
        async with self._trades.kept.kept(), self._terminals.kept.kept():
            yield

    def clear(self) -> None:
        """Forget everything."""
        self._trades.clear()
        self._terminals.clear()

    def stop_dawdling(self) -> None:
        """Answer at once from now on."""
        self._patience.stop_dawdling()
