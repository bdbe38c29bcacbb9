"""How the platform is spoken to: base64 of JSON, a nonce, and an MD5 signature over fields in a fixed order."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VERSION = "1.0"


@dataclass(frozen=True, kw_only=True)
class FiscalConfig:
    """Address, registration and key of the hospital; times in seconds."""

    url: str
    region: str
    unit: str
    app_id: str
    app_key: str = field(repr=False)
    connect_seconds: int
    answer_seconds: float


class NotGenuine(Exception):
    """The answer does not carry the platform's signature, or cannot be read."""


def seal(config: FiscalConfig, *, business: Mapping[str, Any], noise: str) -> dict[str, str]:
    """The body of a call."""
    data = base64.b64encode(json.dumps(business, ensure_ascii=False).encode()).decode()
    return {
        "region": config.region,
        "deptcode": config.unit,
        "appid": config.app_id,
        "data": data,
        "noise": noise,
        "version": VERSION,
        "sign": sign(config, data=data, noise=noise),
    }


def sign(config: FiscalConfig, *, data: str, noise: str) -> str:
    """MD5 in capitals, as the platform prescribes: over application, data, nonce, key and version in this order."""
    text = f"appid={config.app_id}&data={data}&noise={noise}&key={config.app_key}&version={VERSION}"
    return hashlib.md5(text.encode()).hexdigest().upper()  # noqa: S324 - prescribed by the protocol


def unseal(config: FiscalConfig, answer: Any) -> tuple[str, Any]:
    """Result code and message of an answer; the message of a refusal is a text. Raises `NotGenuine`."""
    try:
        expected = sign(config, data=answer["data"], noise=answer["noise"])
        if not hmac.compare_digest(expected, str(answer["sign"])):
            raise NotGenuine("signature")
        told = json.loads(base64.b64decode(answer["data"]))
        message = base64.b64decode(told["message"]).decode()
        code = str(told["result"])
        return code, json.loads(message) if code == SUCCESS else message
    except (KeyError, TypeError, ValueError, binascii.Error) as problem:
        raise NotGenuine(type(problem).__name__) from None


SUCCESS = "S0000"
