"""The finance authority's platform for electronic medical receipts, as hospitals reach it over HTTP."""

import logging
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from hospital.integrations.fiscal.answers import issue_body, read_known, read_number, read_paper, stamp
from hospital.integrations.fiscal.wire import SUCCESS, FiscalConfig, NotGenuine, seal, unseal
from hospital.receipts.ports import (
    FiscalDone,
    FiscalRejected,
    FiscalUnavailable,
    IssuedNumber,
    IssueRequest,
    KnownReceipt,
    PaperNumber,
    PaperRequest,
    ReceiptCopy,
    ReverseRequest,
    VoidPaperRequest,
)

log = logging.getLogger(__name__)
UNKNOWN = "E0404"
# The platform has carried out this call before.
_DONE = ("E0101", "E0102", "E0103", "E0104")
# Says nothing about the call: busy, or down for maintenance.
_PASSING = ("E9",)
_MOST_BYTES = 8_000_000


class FiscalGateway:
    """Implements `hospital.receipts.ports.FiscalPlatform`."""

    def __init__(self, config: FiscalConfig) -> None:
        self._config = config

    def issue(self, request: IssueRequest) -> IssuedNumber:
        """invoiceEBillOutpatient; see the port."""
        return read_number(self._call("invoiceEBillOutpatient", issue_body(request)))

    def reverse(self, request: ReverseRequest) -> IssuedNumber:
        """writeOffEBill; see the port."""
        told = self._call(
            "writeOffEBill",
            {
                "billBatchCode": request.batch,
                "billNo": request.number,
                "reason": request.reason,
                "operator": request.operator,
                "busDateTime": stamp(request.at),
                "placeCode": request.place_code,
            },
        )
        return read_number(told, prefix="scarlet")

    def find(self, business_number: str) -> KnownReceipt | None:
        """getEBillStatesByBusNo; see the port."""
        try:
            return read_known(self._call("getEBillStatesByBusNo", {"busNo": business_number}))
        except FiscalRejected as refusal:
            if refusal.code == UNKNOWN:
                return None
            # A question has no effect: that it is refused says nothing about the receipt.
            raise FiscalUnavailable(refusal.code) from refusal

    def next_paper(self, place_code: str) -> PaperNumber:
        """getPaperBillNo; see the port."""
        return read_paper(self._call("getPaperBillNo", {"placeCode": place_code}))

    def swap_to_paper(self, request: PaperRequest) -> None:
        """turnPaper; see the port."""
        self._call(
            "turnPaper",
            {
                "billBatchCode": request.batch,
                "billNo": request.number,
                "pBillBatchCode": request.paper.batch,
                "pBillNo": request.paper.number,
                "busDateTime": stamp(request.at),
                "placeCode": request.place_code,
                "operator": request.operator,
            },
        )

    def void_paper(self, request: VoidPaperRequest) -> None:
        """invalidPaper; see the port."""
        self._call(
            "invalidPaper",
            {
                "pBillBatchCode": request.paper.batch,
                "pBillNo": request.paper.number,
                "reason": request.reason,
                "operator": request.operator,
                "busDateTime": stamp(request.at),
                "placeCode": request.place_code,
            },
        )

    def fetch_copy(self, copy_url: str) -> ReceiptCopy:
        """The picture of a receipt, from the platform's own host and from no other."""
        if urlsplit(copy_url).netloc != urlsplit(self._config.url).netloc:
            raise FiscalRejected(code="host", fault="the copy is on another host")
        try:
            answer = _client(self._config).get(copy_url)
            answer.raise_for_status()
        except httpx.HTTPError as problem:
            raise FiscalUnavailable(type(problem).__name__) from None
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
        if media_type not in {"application/pdf", "image/png", "image/jpeg"} or len(answer.content) > _MOST_BYTES:
            raise FiscalUnavailable("no picture")
        return ReceiptCopy(media_type=media_type, body=answer.content)

    def _call(self, service: str, business: Mapping[str, Any]) -> dict[str, Any]:
        body = seal(self._config, business=business, noise=secrets.token_hex(16))
        try:
            answer = _client(self._config).post(f"{self._config.url}/{service}", json=body)
            answer.raise_for_status()
            code, message = unseal(self._config, answer.json())
        except (httpx.HTTPError, ValueError, NotGenuine) as problem:
            log.warning("fiscal: %s: %s", service, type(problem).__name__)
            raise FiscalUnavailable(type(problem).__name__) from None
        if code == SUCCESS and isinstance(message, dict):
            return message
        if code in _DONE:
            raise FiscalDone(code)
        if code == SUCCESS or code.startswith(_PASSING):
            raise FiscalUnavailable(code)
        log.warning("fiscal: %s: %s", service, code)
        raise FiscalRejected(code=code, fault=str(message)[:160])


@lru_cache(maxsize=4)
def _client(config: FiscalConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds), trust_env=False)
