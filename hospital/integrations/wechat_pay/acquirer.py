"""WeChat Pay inside the mini program, API v3, over the library `wechatpayv3`.

The library signs requests (WECHATPAY2-SHA256-RSA2048), verifies the signature of every answer and of every notice on
the bytes that came, and opens the notice (AES-256-GCM). It runs in the mode of WeChat's public key: nothing is fetched
before the first call and nothing is written to disk. No key, signature or openid is written into a log.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import requests
from wechatpayv3 import WeChatPay as Library
from wechatpayv3 import WeChatPayType

from hospital.integrations.wechat_pay.answers import Body, read_order, read_refund, to_fen
from hospital.kernel.clock import SHANGHAI
from hospital.payments.ports import (
    AcquirerNotification,
    AcquirerOrder,
    AcquirerRefund,
    AcquirerRejected,
    AcquirerUnavailable,
    NotificationNotGenuine,
    NotificationUnreadable,
    PrepayRequest,
    RefundRequest,
    WechatCall,
)

log = logging.getLogger(__name__)

# A notice is signed at the instant of its sending; one that was kept and sent again later is somebody else's.
OLDEST_NOTICE = timedelta(minutes=5)
# WeChat takes at most this many characters of a description.
_LONGEST_DESCRIPTION = 127
_NO_SUCH_ORDER = ("ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS")
_IS_CLOSED = ("ORDER_CLOSED", "ORDERCLOSED", "ORDER_REVERSED", "ORDERREVERSED")
# Refused for now: the merchant's balance is too small, or too many calls. The same refund number is tried again.
TOO_MANY_CALLS = ("FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED")
_FOR_NOW = ("NOT_ENOUGH", "NOTENOUGH", *TOO_MANY_CALLS)
_SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048"

Answer = tuple[int, str | bytes]


@dataclass(frozen=True, kw_only=True)
class WechatPayConfig:
    """Address and credentials; times in seconds. Keys in PEM, or the base64 of their DER."""

    gateway_url: str
    app_id: str
    merchant_id: str
    merchant_serial: str
    merchant_key: str = field(repr=False)
    api_key: str = field(repr=False)
    public_key: str = field(repr=False)
    public_key_id: str
    notification_url: str
    connect_seconds: int
    answer_seconds: int

    @property
    def is_complete(self) -> bool:
        """Whether WeChat Pay was set up at all."""
        return all((self.app_id, self.merchant_id, self.merchant_key, self.api_key, self.public_key))


class WechatPay:
    """Implements `hospital.payments.ports.WechatAcquirer`."""

    def __init__(self, config: WechatPayConfig) -> None:
        self._config = config

    def start_prepay(self, request: PrepayRequest) -> str:
        """POST /v3/pay/transactions/jsapi; see the port."""
        answer = self._call(
            "prepay",
            lambda library: library.pay(
                description=(request.description or request.order_no)[:_LONGEST_DESCRIPTION],
                out_trade_no=request.order_no,
                amount={"total": to_fen(request.amount), "currency": request.currency},
                payer={"openid": request.openid},
                time_expire=request.expires_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
                pay_type=WeChatPayType.JSAPI,
            ),
        )
        prepay_id = answer.get("prepay_id")
        if not isinstance(prepay_id, str) or not 1 <= len(prepay_id) <= 64:
            raise AcquirerUnavailable("the answer has no prepay id")
        return prepay_id

    def sign_call(self, prepay_id: str, *, now: datetime) -> WechatCall:
        """RSA-SHA256 over appId, timeStamp, nonceStr and package; see the port."""
        stamp, nonce, prepay = str(int(now.timestamp())), uuid4().hex, f"prepay_id={prepay_id}"
        signature = self._library().sign([self._config.app_id, stamp, nonce, prepay])
        return WechatCall(
            app_id=self._config.app_id,
            time_stamp=stamp,
            nonce=nonce,
            prepay=prepay,
            sign_type="RSA",
            signature=signature,
        )

    def retrieve_order(self, order_no: str) -> AcquirerOrder | None:
        """The query by our order number; see the port."""
        try:
            answer = self._call("query", lambda library: library.query(out_trade_no=order_no))
        except NoSuchThing:
            return None
        return read_order(answer, order_no=order_no, merchant_id=self._config.merchant_id)

    def close_order(self, order_no: str) -> None:
        """Close by our order number; see the port."""
        try:
            self._call("close", lambda library: library.close(out_trade_no=order_no))
        except (NoSuchThing, OrderClosed):
            return

    def retrieve_refund(self, order_no: str, tid: str) -> AcquirerRefund | None:  # noqa: ARG002 - the tid says it
        """The query of a refund by our number; see the port."""
        try:
            answer = self._call("query refund", lambda library: library.query_refund(out_refund_no=tid))
        except NoSuchThing:
            return None
        return read_refund(answer, tid=tid)

    def refund(self, request: RefundRequest) -> AcquirerRefund:
        """POST /v3/refund/domestic/refunds under our refund number; see the port."""
        amount = {
            "refund": to_fen(request.amount),
            "total": to_fen(request.paid),
            "currency": request.currency,
        }
        answer = self._call(
            "refund",
            lambda library: library.refund(out_refund_no=request.tid, out_trade_no=request.order_no, amount=amount),
        )
        return read_refund(answer, tid=request.tid)

    def read_notification(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> AcquirerNotification:
        """Verify the signature over the raw bytes, then decrypt; see the port.

        A key that is not ours, an old signature and a body that was touched are all not genuine.
        """
        named = {name.lower(): value for name, value in headers.items()}
        self._check_headers(named, now)
        try:
            notice = self._library().callback(headers=_signature_headers(named), body=body)
        except UnicodeDecodeError:
            raise NotificationNotGenuine from None
        except Exception as error:
            # The signature was right before the library reads further, so WeChat sent what it cannot read.
            raise NotificationUnreadable from error
        if not notice:
            raise NotificationNotGenuine
        return _read_notice(notice)

    def _check_headers(self, named: Mapping[str, str], now: datetime) -> None:
        """The library would fetch certificates for an unknown serial, and takes a signature of any age."""
        stamp = named.get("wechatpay-timestamp", "")
        is_ours = bool(self._config.public_key_id) and named.get("wechatpay-serial") == self._config.public_key_id
        if not is_ours or named.get("wechatpay-signature-type", _SIGNATURE_TYPE) != _SIGNATURE_TYPE:
            raise NotificationNotGenuine
        if (
            not stamp.isdecimal()
            or len(stamp) > 12
            or abs(now.timestamp() - int(stamp)) > OLDEST_NOTICE.total_seconds()
        ):
            raise NotificationNotGenuine

    def _library(self) -> Any:
        if not self._config.is_complete:
            raise AcquirerRejected("WeChat Pay is not set up")
        return _library(self._config)

    def _call(self, what: str, call: Callable[[Any], Answer], *, for_now: tuple[str, ...] = _FOR_NOW) -> Body:
        """The answer's body, its signature verified by the library. Refusals `for_now` say nothing lasting."""
        library = self._library()
        try:
            status, content = call(library)
        except requests.RequestException as error:
            log.warning("WeChat Pay: %s: %s", what, type(error).__name__)
            raise AcquirerUnavailable(type(error).__name__) from None
        except Exception as error:  # noqa: BLE001 - the library has no exceptions of its own
            # The library raises a bare Exception where an answer's signature is wrong: such an answer says nothing.
            log.error("WeChat Pay: %s: an answer that cannot be trusted: %s", what, error)
            raise AcquirerUnavailable("not trusted") from None
        body = _decode(content)
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            if body is None and status != HTTPStatus.NO_CONTENT:
                raise AcquirerUnavailable("the answer cannot be read")
            return body or {}
        _refuse(what, status, str((body or {}).get("code", "")), for_now)
        raise AcquirerUnavailable(f"status {status}")


class NoSuchThing(AcquirerRejected):
    """WeChat has no order or refund of this number."""


class OrderClosed(AcquirerRejected):
    """The order is closed already."""


def _refuse(what: str, status: int, code: str, for_now: tuple[str, ...]) -> None:
    """Raise what an error means; returns where it says nothing certain. The status decides, not the body."""
    if status == HTTPStatus.NOT_FOUND and code in _NO_SUCH_ORDER:
        raise NoSuchThing(code)
    log.warning("WeChat Pay: %s: status %s, code %s", what, status, code or "none")
    if code in _IS_CLOSED:
        raise OrderClosed(code)
    is_lasting = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    is_for_now = code in for_now or status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
    if is_lasting and not is_for_now:
        raise AcquirerRejected(code[:60] or f"status {status}")


def _read_notice(notice: Mapping[str, Any]) -> AcquirerNotification:
    resource = notice.get("resource")
    identifier = notice.get("id")
    order_no = resource.get("out_trade_no") if isinstance(resource, dict) else None
    if not isinstance(identifier, str) or not 1 <= len(identifier) <= 100 or not isinstance(order_no, str):
        raise NotificationUnreadable
    tid = resource.get("out_refund_no", "") if isinstance(resource, dict) else ""
    return AcquirerNotification(
        notification_id=identifier, order_no=order_no, attempt=1, refund_tid=tid if isinstance(tid, str) else ""
    )


def _signature_headers(named: Mapping[str, str]) -> dict[str, str]:
    headers = {name: value for name, value in named.items() if name.startswith("wechatpay-")}
    return {"wechatpay-signature-type": _SIGNATURE_TYPE, **headers}


def _decode(content: str | bytes) -> Body | None:
    try:
        body: Any = json.loads(content)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


@lru_cache(maxsize=4)
def _library(config: WechatPayConfig) -> Library:
    """One a configuration and process; it keeps no state between calls."""
    library = Library(
        wechatpay_type=WeChatPayType.MINIPROG,
        mchid=config.merchant_id,
        private_key=config.merchant_key,
        cert_serial_no=config.merchant_serial,
        appid=config.app_id,
        apiv3_key=config.api_key,
        notify_url=config.notification_url,
        public_key=config.public_key,
        public_key_id=config.public_key_id,
        proxy={"http": "", "https": ""},  # no proxy of the machine's environment
        timeout=(config.connect_seconds, config.answer_seconds),
    )
    library._core._gate_way = config.gateway_url  # noqa: SLF001 - the library knows no other address than WeChat's own
    return library
