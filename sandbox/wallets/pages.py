"""The payers' phones: fresh payment codes of both wallets, and the password that some of them ask for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.alipay.trades import Trades
from sandbox.pages import render
from sandbox.wallets.codes import PLANS, Wallet, new_code
from sandbox.wechat_pay.engine import WechatEngine
from sandbox.wechat_pay.ledger import CODE_WAY

_PAGE = "/wallets"


class WalletPages:
    """Routes under /wallets."""

    def __init__(self, *, wechat: WechatEngine, alipay: Trades) -> None:
        self._wechat = wechat
        self._alipay = alipay

    def routes(self) -> list[Route]:
        """The page, and the payer's answer."""
        return [
            Route(_PAGE, self.show, methods=["GET"]),
            Route(f"{_PAGE}/{{wallet}}/{{number}}/answer", self.answer, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Codes, each good once, and who is asked for a password."""
        wallets = [(one, [(plan, new_code(one, plan)) for plan in PLANS]) for one in Wallet]
        return render(request, "wallets.html", wallets=wallets, asked=self._list_asked(), preferred="zh")

    def _list_asked(self) -> list[tuple[Wallet, str, str, str]]:
        wechat = [
            (Wallet.WECHAT, one.out_trade_no, one.description, one.price)
            for one in self._wechat.ledger.orders.values()
            if one.state == "USERPAYING" and one.way == CODE_WAY
        ]
        alipay = [
            (Wallet.ALIPAY, one.out_trade_no, one.subject, one.price)
            for one in self._alipay.kept.rows.values()
            if one.is_asked
        ]
        return [*wechat, *alipay]

    async def answer(self, request: Request) -> Response:
        """The payer's button: `pays` is yes or no."""
        number, pays = request.path_params["number"], (await request.form()).get("pays") == "yes"
        order, trade = self._wechat.ledger.orders.get(number), self._alipay.kept.rows.get(number)
        if request.path_params["wallet"] == Wallet.WECHAT and order is not None:
            self._wechat.settle(order, succeeded=pays)
        elif request.path_params["wallet"] == Wallet.ALIPAY and trade is not None:
            self._alipay.settle(trade, pays=pays)
        else:
            return render(request, "message.html", key="not_found", status=404)
        return RedirectResponse(_PAGE, status_code=303)
