"""The signature of the gateway for tills: HMAC-SHA-256 under a shared secret, on requests and on their answers."""

import hmac
from hashlib import sha256

SIGNATURE = "X-Till-Signature"
TIMESTAMP = "X-Till-Timestamp"
NONCE = "X-Till-Nonce"
MERCHANT = "X-Till-Merchant"


def sign_request(*, method: str, path: str, timestamp: str, nonce: str, body: bytes, secret: str) -> str:
    """Covers the method, the path with its query, the instant, the nonce and the body, each on a line of its own."""
    return _sign(f"{method}\n{path}\n{timestamp}\n{nonce}\n".encode() + body, secret)


def is_answer_genuine(*, status: int, nonce: str, body: bytes, signature: str, secret: str) -> bool:
    """Whether this answers the request of this nonce: it covers the status, the request's nonce and the body."""
    expected = _sign(f"{status}\n{nonce}\n".encode() + body, secret)
    return hmac.compare_digest(expected.encode(), signature.encode())


def _sign(message: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), message, sha256).hexdigest()
