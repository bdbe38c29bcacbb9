"""What is signed on the way in and on the way out, and how (X49–X51): pure functions."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

REQUEST_MARK = "IMC-PARTNER-1"
ANSWER_MARK = "IMC-PARTNER-1-ANSWER"
WINDOW = timedelta(minutes=5)
"""How far the clock of a partner may be from ours, either way; a nonce is remembered for longer than both ways."""


class Algorithm(StrEnum):
    """How a key signs. The name is also what the partner writes down in its configuration."""

    HMAC = "HMAC-SHA256"
    RSA = "RSA-SHA256"


def write_request(
    *, method: str, path: str, query: Iterable[tuple[str, str]], timestamp: str, nonce: str, body: bytes
) -> bytes:
    """The seven lines that a partner signs: mark, method, path, sorted query, timestamp, nonce, SHA-256 of the body."""
    pairs = sorted((_encode(name), _encode(value)) for name, value in query)
    listed = "&".join(f"{name}={value}" for name, value in pairs)
    lines = (REQUEST_MARK, method.upper(), path, listed, timestamp, nonce, hashlib.sha256(body).hexdigest())
    return "\n".join(lines).encode()


def write_answer(*, status: int, nonce: str, timestamp: str, body: bytes) -> bytes:
    """The five lines that we sign: mark, status, the nonce of the request, timestamp, SHA-256 of the body."""
    lines = (ANSWER_MARK, str(status), nonce, timestamp, hashlib.sha256(body).hexdigest())
    return "\n".join(lines).encode()


def sign(*, algorithm: Algorithm, secret: str, message: bytes) -> str:
    """The signature in base64. `secret` is the shared one, or a private key in PEM."""
    if algorithm is Algorithm.HMAC:
        return base64.b64encode(hmac.digest(secret.encode(), message, "sha256")).decode()
    return base64.b64encode(_private(secret).sign(message, padding.PKCS1v15(), hashes.SHA256())).decode()


def is_signed(*, algorithm: Algorithm, secret: str, message: bytes, signature: str) -> bool:
    """Whether the signature is that of the message. `secret` is the shared one, or the signer's public key in PEM."""
    try:
        given = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    if algorithm is Algorithm.HMAC:
        return hmac.compare_digest(hmac.digest(secret.encode(), message, "sha256"), given)
    try:
        _public(secret).verify(given, message, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def is_rsa_key(pem: str) -> bool:
    """Whether a text is a public RSA key of 2048 bits or more in PEM."""
    try:
        return _public(pem).key_size >= 2048
    except (ValueError, TypeError):
        return False


def is_in_window(*, timestamp: str, now: datetime) -> bool:
    """Whether a timestamp (seconds since 1970, in digits) is at most five minutes away, either way."""
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return False
    return abs(int(timestamp) - now.timestamp()) <= WINDOW.total_seconds()


def hash_body(kind: str, body: bytes) -> str:
    """What tells one request from another under the same number."""
    return hashlib.sha256(kind.encode() + b"\n" + body).hexdigest()


def _encode(text: str) -> str:
    return quote(text, safe="-._~")


@lru_cache(maxsize=32)
def _private(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key


@lru_cache(maxsize=32)
def _public(pem: str) -> rsa.RSAPublicKey:
    key = serialization.load_pem_public_key(pem.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("not an RSA key")
    return key
