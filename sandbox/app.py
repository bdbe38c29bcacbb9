"""The sandbox as one ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import drafts
from sandbox.acquirer.cards import TEST_CARDS, brand_of
from sandbox.acquirer.checkout import Checkout
from sandbox.acquirer.control import Control
from sandbox.acquirer.engine import Engine
from sandbox.acquirer.gateway import Gateway
from sandbox.acquirer.ledger import Ledger
from sandbox.acquirer.memory import Memory
from sandbox.acquirer.webhooks import WebhookSender
from sandbox.acquirer.wording import json_response
from sandbox.analyzer.pages import Analyzers
from sandbox.archive.service import ArchiveService
from sandbox.bureau.service import BureauService
from sandbox.fiscal.service import FiscalService
from sandbox.kiosk.pages import Kiosk
from sandbox.mailbox.pages import MailPages
from sandbox.mailbox.smtp import start_smtp
from sandbox.mailbox.store import MailStore
from sandbox.pages import render
from sandbox.settings import SandboxSettings
from sandbox.sms.gateway import SmsGateway
from sandbox.wallets.service import WindowService
from sandbox.wechat.sns import WechatSns
from sandbox.wechat_pay.service import WechatPayService


def build_app(settings: SandboxSettings) -> Starlette:
    """Everything the sandbox serves; the SMTP port opens with the application."""
    ledger = Ledger()
    store = MailStore()
    webhooks = WebhookSender(settings=settings, ledger=ledger)
    engine = Engine(settings=settings, ledger=ledger, webhooks=webhooks)
    checkout = Checkout(engine)
    wechat_pay = WechatPayService(settings)
    windows = WindowService(settings, wechat=wechat_pay.engine)
    wechat = WechatSns(settings)
    fiscal = FiscalService(settings)
    bureau = BureauService(settings)
    kiosk = Kiosk(settings)
    archive = ArchiveService(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        smtp = await start_smtp(store, host=settings.host, port=settings.smtp_port)
        memory = Memory(path=settings.memory_path, ledger=ledger)
        memory.recall()
        engine.resume()
        keeping = asyncio.create_task(memory.keep())
        try:
            async with wechat_pay.running(), windows.running(), kiosk.running(), archive.running():
                yield
        finally:
            keeping.cancel()
            memory.write()
            smtp.close()
            await webhooks.close()

    async def show_index(request: Request) -> Response:
        cards = [(card, brand_of(card.number)) for card in TEST_CARDS]
        return render(request, "index.html", settings=settings, cards=cards)

    async def tell_health(request: Request) -> Response:
        return json_response({"status": "ok"})

    async def reset(request: Request) -> Response:
        engine.clear()
        wechat_pay.engine.clear()
        windows.clear()
        store.clear()
        wechat.clear()
        fiscal.clear()
        bureau.clear()
        archive.clear()
        return json_response({"reset": True})

    async def show_nothing(request: Request, error: Exception) -> Response:
        return render(request, "message.html", key="not_found", status=404)

    routes = [
        Route("/", show_index),
        Route("/healthz", tell_health),
        Route("/_control/reset", reset, methods=["POST"]),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        *Gateway(settings=settings, engine=engine).routes(),
        *checkout.routes(),
        *Control(settings=settings, engine=engine, checkout=checkout).routes(),
        *wechat_pay.routes(),
        *windows.routes(),
        *MailPages(store).routes(),
        *SmsGateway(settings=settings, store=store).routes(),
        *wechat.routes(),
        *fiscal.routes(),
        *bureau.routes(),
        *kiosk.routes(),
        *Analyzers(settings).routes(),
        *archive.routes(),
        *drafts.routes(),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: show_nothing})
    app.state.engines = (engine, wechat_pay.engine, windows)
    return app
