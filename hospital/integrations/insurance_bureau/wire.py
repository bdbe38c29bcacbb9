"""How the bureau is spoken to: JSON, signed by HMAC-SHA256 over time, nonce and body, in headers; answers likewise."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

TIME: Final = "X-Bureau-Timestamp"
NONCE: Final = "X-Bureau-Nonce"
SIGNATURE: Final = "X-Bureau-Signature"


@dataclass(frozen=True, kw_only=True)
class BureauConfig:
    """Address, registration and key of the hospital; times in seconds."""

    url: str
    hospital: str
    key: str = field(repr=False)
    connect_seconds: int
    answer_seconds: float


class NotGenuine(Exception):
    """The answer does not carry the bureau's signature."""


def sign(config: BureauConfig, *, timestamp: str, nonce: str, body: bytes) -> str:
    """The signature in hexadecimal."""
    text = f"{timestamp}\n{nonce}\n".encode() + body
    return hmac.new(config.key.encode(), text, hashlib.sha256).hexdigest()


def seal(config: BureauConfig, *, body: bytes, nonce: str) -> dict[str, str]:
    """The headers of a call."""
    timestamp = str(int(datetime.now(UTC).timestamp()))
    return {
        "Content-Type": "application/json",
        "X-Bureau-Hospital": config.hospital,
        TIME: timestamp,
        NONCE: nonce,
        SIGNATURE: sign(config, timestamp=timestamp, nonce=nonce, body=body),
    }


def check_answer(config: BureauConfig, *, headers: Mapping[str, str], body: bytes, nonce: str) -> None:
    """Raises `NotGenuine` unless the bureau signed this answer to this call."""
    expected = sign(config, timestamp=headers.get(TIME, ""), nonce=headers.get(NONCE, ""), body=body)
    if headers.get(NONCE, "") != nonce or not hmac.compare_digest(expected, headers.get(SIGNATURE, "")):
        raise NotGenuine
