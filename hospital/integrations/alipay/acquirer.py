"""Alipay by the payment code on the payer's phone, over the open gateway.

Requests are signed (RSA2) over their sorted parameters; the signature of every answer is verified on the very
characters that came, and one that carries none says nothing. No key and no payment code is written into a log.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import httpx
from django.utils import timezone

from hospital.integrations.alipay.answers import Body, read_payment, read_refund_query, read_trade
from hospital.integrations.alipay.signing import is_signed_by_alipay, sign_parameters, split_answer
from hospital.kernel.clock import SHANGHAI
from hospital.payments.ports import (
    AcquirerNotification,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerRejected,
    AcquirerState,
    AcquirerUnavailable,
    CodeRequest,
    NotificationNotGenuine,
    PayerCodeRefused,
    RefundRequest,
)

log = logging.getLogger(__name__)

_LONGEST_SUBJECT = 127
_LONGEST_DESK = 32
# What an answer's `code` says: done, the payer is asked, nothing certain, refused for a reason of the business.
_DONE, _IS_ASKED, _UNCLEAR, _REFUSED = "10000", "10003", "20000", "40004"
_NO_SUCH_TRADE = "ACQ.TRADE_NOT_EXIST"
_BAD_CODES = ("ACQ.PAYMENT_AUTH_CODE_INVALID", "ACQ.SOUNDWAVE_PARSER_FAIL", "ACQ.AUTH_CODE_EXPIRED")
# Refusals for now: the same request is tried again.
_FOR_NOW = ("SYSTEM_ERROR", "ACQ.SELLER_BALANCE_NOT_ENOUGH", "isp.unknow-error", "aop.ACQ.SYSTEM_ERROR")
# Refusals that are about us and not about the payer.
_OURS = (
    "ACQ.ACCESS_FORBIDDEN",
    "ACQ.CONTEXT_INCONSISTENT",
    "ACQ.EXIST_FORBIDDEN_WORD",
    "ACQ.INVALID_PARAMETER",
    "ACQ.PARTNER_ERROR",
    "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR",
)


@dataclass(frozen=True, kw_only=True)
class AlipayConfig:
    """Address and credentials; times in seconds. Keys in PEM (PKCS #8), or the base64 of their DER."""

    gateway_url: str
    app_id: str
    app_key: str = field(repr=False)
    public_key: str = field(repr=False)
    connect_seconds: int
    answer_seconds: int

    @property
    def is_complete(self) -> bool:
        """Whether Alipay was set up at all."""
        return all((self.app_id, self.app_key, self.public_key))


class AlipayCode:
    """Implements `hospital.payments.ports.CodeAcquirer`."""

    def __init__(self, config: AlipayConfig) -> None:
        self._config = config

    def charge_code(self, request: CodeRequest) -> AcquirerOrder:
        """alipay.trade.pay; see the port. A trade of this number that is paid is told, not charged."""
        try:
            answer = self._call(
                "alipay.trade.pay",
                {
                    "out_trade_no": request.order_no,
                    "scene": "bar_code",
                    "auth_code": request.payer_code,
                    "subject": (request.description or request.order_no)[:_LONGEST_SUBJECT],
                    "total_amount": str(request.amount),
                    "terminal_id": request.desk[:_LONGEST_DESK],
                    "timeout_express": "2m",
                },
            )
        except _Refused as error:
            return self._read_refusal(request, str(error))
        if answer.get("code") == _IS_ASKED:
            return _unpaid(request, AcquirerState.PENDING, "WAIT_BUYER_PAY")
        return read_payment(answer, order_no=request.order_no)

    def _read_refusal(self, request: CodeRequest, code: str) -> AcquirerOrder:
        if code in ("ACQ.TRADE_HAS_SUCCESS", "ACQ.TRADE_STATUS_ERROR"):
            told = self.retrieve_order(request.order_no)
            if told is None:
                raise AcquirerUnavailable("paid, but not found")
            return told
        if code == "ACQ.TRADE_HAS_CLOSE":
            return _unpaid(request, AcquirerState.CLOSED, code)
        if code in _BAD_CODES:
            raise PayerCodeRefused(code)
        if code in _OURS:
            raise AcquirerRejected(code)
        return _unpaid(request, AcquirerState.FAILED, code)

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        """alipay.trade.query; see the port."""
        try:
            answer = self._call("alipay.trade.query", {"out_trade_no": order_no})
        except _Refused as error:
            if str(error) == _NO_SUCH_TRADE:
                return None
            raise
        return read_trade(answer, order_no=order_no)

    def close_order(self, order_no: str) -> None:
        """alipay.trade.cancel: closes what is open, and gives back what was taken in the same instant."""
        try:
            answer = self._call("alipay.trade.cancel", {"out_trade_no": order_no})
        except _Refused as error:
            if str(error) == _NO_SUCH_TRADE:
                return
            raise
        if answer.get("retry_flag") == "Y":
            raise AcquirerUnavailable("to be cancelled again")

    def retrieve_refund(self, order_no: str, tid: str) -> AcquirerRefund | None:
        """alipay.trade.fastpay.refund.query under our number; see the port."""
        asked = {"out_trade_no": order_no, "out_request_no": tid}
        try:
            answer = self._call("alipay.trade.fastpay.refund.query", asked)
        except _Refused as error:
            if str(error) == _NO_SUCH_TRADE:
                return None
            raise
        return read_refund_query(answer, order_no=order_no, tid=tid)

    def refund(self, request: RefundRequest) -> AcquirerRefund:
        """alipay.trade.refund under our number. Accepted is not refunded: where no money moved, the query tells."""
        answer = self._call(
            "alipay.trade.refund",
            {
                "out_trade_no": request.order_no,
                "out_request_no": request.tid,
                "refund_amount": str(request.amount),
            },
        )
        if answer.get("out_trade_no") != request.order_no:
            raise AcquirerUnavailable("the answer is about another order")
        if answer.get("fund_change") != "Y":
            told = self.retrieve_refund(request.order_no, request.tid)
            return told or _refund(request, AcquirerState.PENDING, "NO_FUND_CHANGE")
        return _refund(request, AcquirerState.SUCCEEDED, "REFUND_SUCCESS")

    def read_notification(
        self,
        *,
        headers: Mapping[str, str],  # noqa: ARG002 - as the port has it
        body: bytes,  # noqa: ARG002 - likewise
        now: datetime,  # noqa: ARG002 - likewise
    ) -> AcquirerNotification:
        """No address for notifications is given to Alipay: whatever comes is somebody else's."""
        raise NotificationNotGenuine

    def _call(self, method: str, content: Body) -> Body:
        """The answer's contents, signature verified. Raises _Refused with the `sub_code` of a refusal."""
        if not self._config.is_complete:
            raise AcquirerRejected("Alipay is not set up")
        try:
            answer = _client(self._config).post(
                self._config.gateway_url, params={"charset": "utf-8"}, data=self._sign(method, content)
            )
        except httpx.HTTPError as error:
            log.warning("Alipay: %s: %s", method, type(error).__name__)
            raise AcquirerUnavailable(type(error).__name__) from None
        if not answer.is_success:
            log.warning("Alipay: %s: status %s", method, answer.status_code)
            raise AcquirerUnavailable(f"status {answer.status_code}")
        body = self._read(method, answer.content)
        code, sub_code = str(body.get("code", "")), str(body.get("sub_code", ""))
        if code in (_DONE, _IS_ASKED):
            return body
        log.warning("Alipay: %s: code %s, %s", method, code, sub_code)
        if code == _UNCLEAR or not code or sub_code.endswith(_FOR_NOW):
            raise AcquirerUnavailable(sub_code or f"code {code}")
        if code == _REFUSED:
            raise _Refused(sub_code[:60])
        raise AcquirerRejected((sub_code or f"code {code}")[:60])

    def _sign(self, method: str, content: Body) -> dict[str, str]:
        parameters = {
            "app_id": self._config.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": timezone.now().astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        }
        return parameters | {"sign": sign_parameters(parameters, key=self._config.app_key)}

    def _read(self, method: str, content: bytes) -> Body:
        """The member that answers this method. Nothing is believed that is not signed on the very characters."""
        try:
            members: dict[str, tuple[Any, str]] = split_answer(content.decode())
        except ValueError:
            raise AcquirerUnavailable("the answer cannot be read") from None
        body, raw = members.get(f"{method.replace('.', '_')}_response") or members.get("error_response") or (None, "")
        signature, _ = members.get("sign") or ("", "")
        is_genuine = isinstance(signature, str) and is_signed_by_alipay(raw, signature, key=self._config.public_key)
        if not is_genuine or not isinstance(body, dict):
            log.error("Alipay: %s: an answer that cannot be trusted", method)
            raise AcquirerUnavailable("not trusted")
        return body


class _Refused(AcquirerRejected):
    """Refused for a reason of the business; the text is Alipay's `sub_code`."""


def _unpaid(request: CodeRequest, state: AcquirerState, code: str) -> AcquirerOrder:
    return AcquirerOrder(
        order_no=request.order_no, state=state, captured=Decimal("0.00"), currency=request.currency, code=code
    )


def _refund(request: RefundRequest, state: AcquirerState, code: str) -> AcquirerRefund:
    return AcquirerRefund(tid=request.tid, state=state, amount=request.amount, code=code)


@lru_cache(maxsize=4)
def _client(config: AlipayConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds), trust_env=False)
