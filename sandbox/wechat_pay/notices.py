"""Signed and encrypted notices to the merchant, sent again with growing waits until it answers 2xx."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from sandbox.acquirer.ledger import read_clock
from sandbox.acquirer.scenario import Webhooks
from sandbox.sending import Sender, Telling
from sandbox.settings import SandboxSettings
from sandbox.wechat_pay.keys import WechatPayKeys
from sandbox.wechat_pay.signing import encrypt, sign_headers
from sandbox.wechat_pay.wording import instant


@dataclass(kw_only=True)
class Notice(Telling):
    """One notice about an order."""

    out_trade_no: str
    event: str
    is_forged: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For the control interface."""
        return {
            "id": self.id,
            "order": self.out_trade_no,
            "event": self.event,
            "url": self.url,
            "attempts": len(self.answers),
            "answers": self.answers,
            "delivered": self.is_delivered,
            "forged": self.is_forged,
            "lost": self.lost,
        }


class NoticeSender(Sender[Notice]):
    """Signs with the platform's key and encrypts what it tells."""

    def __init__(self, *, settings: SandboxSettings, keys: WechatPayKeys) -> None:
        super().__init__(settings=settings)
        self._keys = keys

    def notify(
        self,
        *,
        out_trade_no: str,
        event: str,
        url: str,
        contents: dict[str, Any],
        way: Webhooks,
        is_forged: bool = False,
    ) -> Notice:
        """Tell the merchant, in the way that the order's scenario says."""
        identifier = str(uuid.uuid4())
        associated = "refund" if event.startswith("REFUND") else "transaction"
        resource = encrypt(msgspec.json.encode(contents), api_key=self._keys.api_key, associated=associated)
        body = {
            "id": identifier,
            "create_time": instant(read_clock()),
            "resource_type": "encrypt-resource",
            "event_type": event,
            "summary": "支付成功" if associated == "transaction" else "退款结果",
            "resource": {"original_type": associated, **resource},
        }
        notice = Notice(
            id=identifier,
            out_trade_no=out_trade_no,
            event=event,
            url=url,
            body=msgspec.json.encode(body),
            is_forged=is_forged,
        )
        self.tell(notice, way)
        return notice

    def head(self, told: Notice, attempt: int) -> Mapping[str, str]:
        """The signature; a forger has some key, not ours."""
        key = self._keys.certificate_key if told.is_forged else self._keys.own_key
        return sign_headers(told.body, key=key, serial=self._keys.own_key_id)

    def is_hopeless(self, told: Notice) -> bool:
        """A forger tries once."""
        return told.is_forged
