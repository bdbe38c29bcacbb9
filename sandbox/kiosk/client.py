"""The hospital's interfaces for partners, as the kiosk's maker wrote them down from the guide."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

TRIES = 3


class HospitalSilent(Exception):
    """No answer that can be relied on: the kiosk does not know what was done."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the hospital said; `code` is empty where it agreed."""

    status: int
    body: Any

    @property
    def code(self) -> str:
        """The hospital's word for a refusal."""
        return str(self.body.get("code", "")) if self.status >= 400 else ""

    def text(self, language: str) -> str:
        """A refusal in the customer's language."""
        return str(self.body["text"][language])


class HospitalClient:
    """Signs every call, proves every answer, and sends a write again under its number until it knows the answer."""

    def __init__(self, *, url: str, key_id: str, secret: str) -> None:
        self._key_id = key_id
        self._secret = secret.encode()
        self._http = httpx.AsyncClient(base_url=url, timeout=10, trust_env=False)

    @property
    def has_key(self) -> bool:
        """Whether the kiosk was set up."""
        return bool(self._key_id and self._secret)

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()

    async def get(self, path: str, **query: str) -> Answer:
        """Read something."""
        return await self._send("GET", path, query=query)

    async def post(self, path: str, body: dict[str, Any]) -> Answer:
        """Ask something that changes nothing."""
        return await self._send("POST", path, body=body)

    async def write(self, path: str, body: dict[str, Any]) -> Answer:
        """Do something, once: the number makes it safe to send it again. HospitalSilent where nobody answers."""
        numbered = {"request_no": new_number(), **body}
        for _ in range(TRIES):
            try:
                answer = await self._send("POST", path, body=numbered)
            except HospitalSilent:
                continue
            if answer.status < 500:
                return answer
        kept = await self._send("GET", f"/requests/{numbered['request_no']}")
        if kept.status != 200:
            raise HospitalSilent(path)
        return Answer(status=kept.body["status"], body=kept.body["answer"])

    async def _send(
        self, method: str, path: str, *, query: dict[str, str] | None = None, body: dict[str, Any] | None = None
    ) -> Answer:
        full, listed = f"/partner/v1{path}", _write_query(query or {})
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        timestamp, nonce = str(int(time.time())), secrets.token_urlsafe(18)
        digest = hashlib.sha256(content).hexdigest()
        signature = self._sign("IMC-PARTNER-1", method, full, listed, timestamp, nonce, digest)
        headers = {
            "Content-Type": "application/json",
            "X-IMC-Key": self._key_id,
            "X-IMC-Timestamp": timestamp,
            "X-IMC-Nonce": nonce,
            "X-IMC-Signature": signature,
        }
        try:
            response = await self._http.request(
                method, full + (f"?{listed}" if listed else ""), content=content, headers=headers
            )
        except httpx.HTTPError as problem:
            raise HospitalSilent(path) from problem
        if not self._is_genuine(response, nonce):
            raise HospitalSilent(path)
        return Answer(status=response.status_code, body=response.json())

    def _is_genuine(self, response: httpx.Response, nonce: str) -> bool:
        timestamp = response.headers.get("X-IMC-Timestamp", "")
        digest = hashlib.sha256(response.content).hexdigest()
        wanted = self._sign("IMC-PARTNER-1-ANSWER", str(response.status_code), nonce, timestamp, digest)
        return hmac.compare_digest(wanted, response.headers.get("X-IMC-Signature", ""))

    def _sign(self, *lines: str) -> str:
        return base64.b64encode(hmac.digest(self._secret, "\n".join(lines).encode(), "sha256")).decode()


def new_number() -> str:
    """A request number that no other kiosk of this maker uses."""
    return f"K{time.strftime('%y%m%d%H%M%S')}-{secrets.token_hex(6)}"


def _write_query(query: dict[str, str]) -> str:
    pairs = sorted((quote(name, safe="-._~"), quote(value, safe="-._~")) for name, value in query.items())
    return "&".join(f"{name}={value}" for name, value in pairs)
