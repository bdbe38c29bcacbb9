"""The bureau of the national insurance over HTTP: 2204, 2206, 2207, 2208, 2205, and what became of a number."""

import json
import logging
import secrets
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import httpx

from hospital.insurance.ports import (
    BureauRejected,
    BureauShares,
    BureauUnavailable,
    KnownClaim,
    Upload,
)
from hospital.insurance.states import ClaimState, Step
from hospital.integrations.insurance_bureau.wire import BureauConfig, NotGenuine, check_answer, seal

log = logging.getLogger(__name__)
_DONE, _BUSY = 0, -9
_ASK = "ask"
_STATES = {
    "uploaded": ClaimState.UPLOADED,
    "settled": ClaimState.SETTLED,
    "cancelled": ClaimState.CANCELLED,
}


class BureauGateway:
    """Implements `hospital.insurance.ports.InsuranceBureau`."""

    def __init__(self, config: BureauConfig) -> None:
        self._config = config

    def upload(self, upload: Upload) -> None:
        """2204; see the port."""
        self._call(
            Step.UPLOAD,
            {
                "mdtrt_id": upload.number,
                "psn_no": upload.insured_number,
                "medfee_sumamt": str(upload.base),
                "feedetail": [
                    {
                        "feedetl_sn": str(line.number),
                        "medins_list_codg": line.code,
                        "cnt": f"{line.qty:f}",
                        "pric": f"{line.price:f}",
                        "det_item_fee_sumamt": str(line.base),
                    }
                    for line in upload.lines
                ],
            },
        )

    def pre_settle(self, number: str) -> BureauShares:
        """2206; see the port."""
        return _read_shares(self._call(Step.PRE_SETTLE, {"mdtrt_id": number}))

    def settle(self, number: str) -> BureauShares:
        """2207; see the port."""
        shares = _read_shares(self._call(Step.SETTLE, {"mdtrt_id": number}))
        if not shares.settlement:
            raise BureauUnavailable("no number")
        return shares

    def cancel_settlement(self, number: str, *, settlement: str) -> None:
        """2208; see the port."""
        self._call(Step.CANCEL_SETTLEMENT, {"mdtrt_id": number, "setl_id": settlement})

    def cancel_upload(self, number: str) -> None:
        """2205; see the port."""
        self._call(Step.CANCEL_UPLOAD, {"mdtrt_id": number})

    def find(self, number: str) -> KnownClaim | None:
        """What became of our number; see the port. A question that is refused says nothing about it."""
        try:
            told = self._call(_ASK, {"mdtrt_id": number})
        except BureauRejected as refusal:
            raise BureauUnavailable(str(refusal)) from None
        if told.get("state") == "unknown":
            return None
        state = _STATES.get(str(told.get("state")))
        if state is None:
            raise BureauUnavailable("state")
        return KnownClaim(state=state, shares=_read_shares(told) if state is ClaimState.SETTLED else None)

    def _call(self, service: str, given: Mapping[str, Any]) -> dict[str, Any]:
        nonce = secrets.token_hex(16)
        body = json.dumps({"infno": service, "input": given}, ensure_ascii=False).encode()
        try:
            answer = _client(self._config).post(
                f"{self._config.url}/{service}", content=body, headers=seal(self._config, body=body, nonce=nonce)
            )
            answer.raise_for_status()
            check_answer(self._config, headers=answer.headers, body=answer.content, nonce=nonce)
            told = answer.json()
            code, output = int(told["infcode"]), told.get("output") or {}
        except (httpx.HTTPError, ValueError, KeyError, TypeError, NotGenuine) as problem:
            log.warning("bureau: %s: %s", service, type(problem).__name__)
            raise BureauUnavailable(type(problem).__name__) from None
        if code == _DONE and isinstance(output, dict):
            return output
        if code in (_DONE, _BUSY):
            raise BureauUnavailable(str(code))
        raise BureauRejected(code=str(code), fault=str(told.get("err_msg", ""))[:160])


def _read_shares(told: Mapping[str, Any]) -> BureauShares:
    found = told.get("setlinfo")
    try:
        if not isinstance(found, dict):
            raise BureauUnavailable("shares")
        fund, account, cash = (Decimal(found[name]) for name in ("fund_pay_sumamt", "acct_pay", "psn_cash_pay"))
    except (KeyError, TypeError, InvalidOperation):
        raise BureauUnavailable("shares") from None
    if not all(each.is_finite() and each >= 0 for each in (fund, account, cash)):
        raise BureauUnavailable("shares")
    return BureauShares(fund=fund, account=account, cash=cash, settlement=str(found.get("setl_id") or ""))


@lru_cache(maxsize=4)
def _client(config: BureauConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds), trust_env=False)
