"""Start the sandbox as a process of its own, on free ports, and talk to its control interface (tests and benches)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from sandbox.alipay.keys import new_alipay_keys
from sandbox.wechat_pay.keys import new_wechat_pay_keys

START_SECONDS = 20.0
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class SandboxAddress:
    """Where a running sandbox listens, and what opens it."""

    url: str
    smtp_port: int
    merchant_id: str = "IMCGZ0001"
    api_password: str = "sandbox-api-password"  # noqa: S105 - the sandbox's own
    webhook_secret: str = "sandbox-webhook-secret"  # noqa: S105 - the sandbox's own
    wechat_pay: dict[str, str] = field(default_factory=dict, repr=False)
    alipay: dict[str, str] = field(default_factory=dict, repr=False)
    card_terminal_merchant_id: str = "IMCTILLS"
    card_terminal_secret: str = "sandbox-till-secret"  # noqa: S105 - the sandbox's own
    wechat_app_id: str = "wx0000000000000imc"
    wechat_app_secret: str = "sandbox-wechat-secret"  # noqa: S105 - the sandbox's own
    sms_secret_id: str = "sandbox-sms-id"  # noqa: S105 - the sandbox's own
    sms_secret_key: str = "sandbox-sms-key"  # noqa: S105 - the sandbox's own

    fiscal_app_id: str = "IMCGZ-HIS"
    fiscal_app_key: str = "sandbox-fiscal-key"
    bureau_key: str = "sandbox-bureau-key"

    @property
    def gateway_url(self) -> str:
        """The merchant's REST address."""
        return f"{self.url}/api/rest/version/100/merchant/{self.merchant_id}"


class SandboxClient:
    """Calls of the control interface, each checked."""

    def __init__(self, address: SandboxAddress) -> None:
        self.address = address
        self._http = httpx.Client(base_url=address.url, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._http.close()

    def reset(self) -> None:
        """Empty the acquirer and the mailbox."""
        self._call("POST", "/_control/reset")

    def force(self, order: str, **scenario: object) -> None:
        """Fix fields of an order's scenario; `*` means every order."""
        self._call("PUT", f"/_control/orders/{order}/scenario", json=scenario)

    def pay(self, session: str, card: str) -> str:
        """Pay as a payer would; the gateway's result."""
        return str(self._call("POST", f"/_control/sessions/{session}/pay", json={"card": card})["result"])

    def expire(self, session: str) -> None:
        """End a session."""
        self._call("POST", f"/_control/sessions/{session}/expire")

    def settle(self, order: str, transaction: str, *, succeeded: bool) -> None:
        """End a pending transaction."""
        path = f"/_control/orders/{order}/transactions/{transaction}/settle"
        self._call("POST", path, json={"succeeded": succeeded})

    def list_orders(self) -> list[dict[str, Any]]:
        """All orders as the gateway tells them."""
        return list(self._call("GET", "/_control/orders")["orders"])

    def list_webhooks(self, order: str) -> list[dict[str, Any]]:
        """The notifications about an order."""
        return list(self._call("GET", "/_control/webhooks", params={"order": order})["webhooks"])

    def send_webhook(self, notification: str) -> None:
        """Send one again."""
        self._call("POST", f"/_control/webhooks/{notification}/send")

    def force_wechat(self, order: str, **scenario: object) -> None:
        """Fix fields of the scenario of an order of WeChat Pay; `*` means every order."""
        self._call("PUT", f"/_control/wechat/orders/{order}/scenario", json=scenario)

    def act_on_wechat(self, order: str, act: str, **details: object) -> dict[str, Any]:
        """`confirm`, `settle`, `expire`, `forge`, or `refunds/{number}/end`."""
        return self._call("POST", f"/_control/wechat/orders/{order}/{act}", json=details)

    def list_wechat_orders(self) -> list[dict[str, Any]]:
        """All orders of WeChat Pay with their refunds."""
        return list(self._call("GET", "/_control/wechat/orders")["orders"])

    def list_wechat_notices(self, order: str) -> list[dict[str, Any]]:
        """The notices about an order."""
        return list(self._call("GET", "/_control/wechat/notices", params={"order": order})["notices"])

    def send_wechat_notice(self, notice: str) -> None:
        """Send one again."""
        self._call("POST", f"/_control/wechat/notices/{notice}/send")

    def force_alipay(self, number: str, **troubles: object) -> None:
        """Fix fields of the troubles of a trade of Alipay; `*` means every trade."""
        self._call("PUT", f"/_control/alipay/trades/{number}/troubles", json=troubles)

    def answer_alipay(self, number: str, *, pays: bool) -> None:
        """The payer who was asked for the password."""
        self._call("POST", f"/_control/alipay/trades/{number}/answer", json={"pays": pays})

    def list_alipay_trades(self) -> list[dict[str, Any]]:
        """All trades of Alipay with their refunds."""
        return list(self._call("GET", "/_control/alipay/trades")["trades"])

    def force_sale(self, number: str, **troubles: object) -> None:
        """Fix fields of the troubles of a sale at a card terminal; `*` means every sale."""
        self._call("PUT", f"/_control/terminals/sales/{number}/troubles", json=troubles)

    def act_on_sale(self, number: str, act: str, **details: object) -> None:
        """What the customer does: `tap`, `insert`, `decline`, `leave`, `late`."""
        self._call("POST", f"/_control/terminals/sales/{number}/act", json={"act": act, **details})

    def end_sale_refund(self, number: str, refund: str, *, succeeded: bool) -> None:
        """End a pending refund of a sale."""
        path = f"/_control/terminals/sales/{number}/refunds/{refund}/end"
        self._call("POST", path, json={"succeeded": succeeded})

    def list_sales(self) -> list[dict[str, Any]]:
        """All sales at card terminals with their refunds."""
        return list(self._call("GET", "/_control/terminals/sales")["sales"])

    def switch_terminal(self, terminal: str, *, is_on: bool) -> None:
        """Switch a card terminal off or on."""
        self._call("PUT", f"/_control/terminals/{terminal}/power", json={"is_on": is_on})

    def list_fiscal_receipts(self) -> list[dict[str, Any]]:
        """What the finance authority's platform has issued."""
        return list(self._call("GET", "/_control/fiscal/receipts")["receipts"])

    def trouble_fiscal(self, **troubles: object) -> None:
        """How many of the platform's next calls go wrong: `slow`, `down`, `refused`, `unsigned`."""
        self._call("PUT", "/_control/fiscal/troubles", json=troubles)

    def list_claims(self) -> list[dict[str, Any]]:
        """What the bureau of the national insurance knows."""
        return list(self._call("GET", "/_control/bureau/claims")["claims"])

    def trouble_bureau(self, **troubles: object) -> None:
        """How many of the bureau's next calls go wrong: `slow`, `down`, `refused`, `unsigned`."""
        self._call("PUT", "/_control/bureau/troubles", json=troubles)

    def list_mail(self, to: str) -> list[dict[str, Any]]:
        """Mail to an address, newest first."""
        return list(self._call("GET", "/_control/mail", params={"to": to})["mail"])

    def give_wechat_code(self, user: str) -> str:
        """What `wx.login` would give on this person's phone."""
        return str(self._call("POST", "/_control/wechat/codes", json={"user": user})["code"])

    def age_wechat_code(self, code: str) -> None:
        """Let a code grow older than it may be."""
        self._call("POST", f"/_control/wechat/codes/{code}/age")

    def force_wechat_error(self, errcode: int) -> None:
        """Answer every code2Session with this errcode; 0 ends it."""
        self._call("PUT", "/_control/wechat/error", json={"errcode": errcode})

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        answer = self._http.request(method, path, **options)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body


@contextmanager
def running_sandbox(**environ: str) -> Iterator[SandboxAddress]:
    """A sandbox on two free ports, ended with the block. `environ` adds to its environment."""
    port, smtp_port = _free_port(), _free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("IMC_")}
    wechat_pay = {"IMC_WECHAT_APP_ID": "wx0000000000000imc", **new_wechat_pay_keys()}
    alipay = new_alipay_keys()
    own |= wechat_pay | alipay
    own |= {"IMC_SANDBOX_PORT": str(port), "IMC_SMTP_PORT": str(smtp_port), "PYTHONPATH": str(_ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox"], env=own | environ, cwd=_ROOT, stdout=subprocess.DEVNULL
    )
    address = SandboxAddress(url=f"http://127.0.0.1:{port}", smtp_port=smtp_port, wechat_pay=wechat_pay, alipay=alipay)
    try:
        _wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(address: SandboxAddress, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the sandbox ended at once with code {process.returncode}")
        try:
            httpx.get(f"{address.url}/healthz", timeout=1, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the sandbox did not start in time")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
