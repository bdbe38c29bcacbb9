"""The bureau's signature: HMAC-SHA256 over time, nonce and body, in headers, both ways."""

from __future__ import annotations

import hashlib
import hmac
import time

TIME, NONCE, SIGNATURE = "X-Bureau-Timestamp", "X-Bureau-Nonce", "X-Bureau-Signature"
_WINDOW = 300


def sign(*, key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Hexadecimal."""
    return hmac.new(key.encode(), f"{timestamp}\n{nonce}\n".encode() + body, hashlib.sha256).hexdigest()


def is_genuine(headers: dict[str, str], *, body: bytes, key: str) -> bool:
    """Whether the hospital signed this call, a moment ago."""
    timestamp, nonce = headers.get(TIME.lower(), ""), headers.get(NONCE.lower(), "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > _WINDOW or not nonce:
        return False
    expected = sign(key=key, timestamp=timestamp, nonce=nonce, body=body)
    return hmac.compare_digest(expected, headers.get(SIGNATURE.lower(), ""))


def seal_answer(*, key: str, nonce: str, body: bytes) -> dict[str, str]:
    """The headers of an answer: signed over the caller's own nonce, so that none can be played again."""
    timestamp = str(int(time.time()))
    return {
        TIME: timestamp,
        NONCE: nonce,
        SIGNATURE: sign(key=key, timestamp=timestamp, nonce=nonce, body=body),
    }
