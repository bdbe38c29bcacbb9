"""The platform's envelope: base64 of JSON, nonce, MD5 signature over fields in a fixed order."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

VERSION = "1.0"


def sign(*, app_id: str, data: str, noise: str, key: str) -> str:
    """MD5 in capitals."""
    text = f"appid={app_id}&data={data}&noise={noise}&key={key}&version={VERSION}"
    return hashlib.md5(text.encode()).hexdigest().upper()  # noqa: S324 - prescribed by the protocol


def open_call(body: Any, *, app_id: str, key: str) -> dict[str, Any] | None:
    """The business part of a call; None where it is not signed by the hospital."""
    try:
        expected = sign(app_id=body["appid"], data=body["data"], noise=body["noise"], key=key)
        if body["appid"] != app_id or not hmac.compare_digest(expected, str(body["sign"])):
            return None
        business = json.loads(base64.b64decode(body["data"]))
    except (KeyError, TypeError, ValueError):
        return None
    return business if isinstance(business, dict) else None


def seal_answer(code: str, message: Any, *, app_id: str, key: str) -> dict[str, str]:
    """The envelope of an answer; the message of a refusal is a text."""
    text = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
    told = {"result": code, "message": base64.b64encode(text.encode()).decode()}
    data = base64.b64encode(json.dumps(told).encode()).decode()
    noise = secrets.token_hex(16)
    return {"data": data, "noise": noise, "sign": sign(app_id=app_id, data=data, noise=noise, key=key)}
