"""A partner's machine that talks to the soak's web server, which may be killed while it answers."""

import json
import secrets
from http import HTTPStatus
from typing import Any

import httpx
from django.utils import timezone

from hospital.partners.api import sign, write_request
from hospital.partners.types import Algorithm

TRIES = 8


class WebServerGone(Exception):
    """No answer, however often it was asked: what was done is not known."""


class Machine:
    """Sends signed calls and sends them again, under the same request number, until they are answered."""

    def __init__(self, *, url: str, key_id: str, secret: str) -> None:
        self._url, self._key_id, self._secret = url, key_id, secret

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status and answer of a POST under /partner/v1."""
        return self._send("POST", path, json.dumps(body).encode())

    def get(self, path: str) -> Any:
        """The answer of a GET under /partner/v1."""
        return self._send("GET", path, b"")[1]

    def _send(self, method: str, path: str, content: bytes) -> tuple[int, Any]:
        for _ in range(TRIES):
            try:
                answer = httpx.request(
                    method,
                    f"{self._url}/partner/v1{path}",
                    content=content,
                    headers=self._sign(method, f"/partner/v1{path}", content),
                    timeout=30,
                    trust_env=False,
                )
            except httpx.TransportError:
                continue
            # 401: the clock was moved after it was signed; it is signed anew.
            if answer.status_code < 500 and answer.status_code != HTTPStatus.UNAUTHORIZED:
                return answer.status_code, answer.json()
        raise WebServerGone

    def _sign(self, method: str, path: str, content: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(timezone.now().timestamp())), secrets.token_urlsafe(18)
        message = write_request(method=method, path=path, query=[], timestamp=timestamp, nonce=nonce, body=content)
        return {
            "Content-Type": "application/json",
            "X-IMC-Key": self._key_id,
            "X-IMC-Timestamp": timestamp,
            "X-IMC-Nonce": nonce,
            "X-IMC-Signature": sign(algorithm=Algorithm.HMAC, secret=self._secret, message=message),
        }
