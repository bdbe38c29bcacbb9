"""A partner's machine in a test: signs what it sends and proves what it gets."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from hospital.encounters.tests.clinic import TEN, make_campus
from hospital.kernel.actors import system_actor
from hospital.kernel.types import BilingualText
from hospital.partners.api import add_key, add_partner, is_signed, sign, write_answer, write_request
from hospital.partners.types import Algorithm

_numbers = count(1)
SECRET = "a-secret-that-both-of-us-know-0001"


@dataclass
class Answer:
    """What came back, its signature proved."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """The code of a refusal."""
        assert self.status >= 400, self.body
        return str(self.body["code"])


@dataclass
class Machine:
    """Sends signed calls. Change a field to send a wrong one."""

    key_id: str
    secret: str
    code: str = "kiosk"
    algorithm: Algorithm = Algorithm.HMAC
    answer_key: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> Answer:
        """GET under /partner/v1."""
        return self.send("GET", path, query=query)

    def post(self, path: str, body: Any = None, **changes: Any) -> Answer:
        """POST JSON under /partner/v1."""
        return self.send("POST", path, body=json.dumps(body or {}, default=str).encode(), **changes)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: bytes = b"",
        timestamp: str = "",
        nonce: str = "",
        signature: str = "",
        signed_body: bytes | None = None,
        language: str = "en",
    ) -> Answer:
        """Anything, signed as told."""
        full = f"/partner/v1{path}"
        pairs = [(name, str(value)) for name, value in (query or {}).items()]
        timestamp = timestamp or str(int(timezone.now().timestamp()))
        nonce = nonce or new_nonce()
        message = write_request(
            method=method,
            path=full,
            query=pairs,
            timestamp=timestamp,
            nonce=nonce,
            body=body if signed_body is None else signed_body,
        )
        headers = {
            "X-IMC-Key": self.key_id,
            "X-IMC-Timestamp": timestamp,
            "X-IMC-Nonce": nonce,
            "X-IMC-Signature": signature or sign(algorithm=self.algorithm, secret=self.secret, message=message),
            "Accept-Language": language,
        }
        response = self.client.generic(
            method,
            full,
            body,
            content_type="application/json",
            headers=headers,
            query_params=dict(pairs),
        )
        if "X-IMC-Signature" in response.headers:
            self._prove(response, nonce)
        else:
            assert response.status_code == 401, response.content
        return Answer(response.status_code, json.loads(response.content), response.headers)

    def _prove(self, response: Any, nonce: str) -> None:
        message = write_answer(
            status=response.status_code, nonce=nonce, timestamp=response["X-IMC-Timestamp"], body=response.content
        )
        assert is_signed(
            algorithm=self.algorithm,
            secret=self.answer_key or self.secret,
            message=message,
            signature=response["X-IMC-Signature"],
        )


def new_nonce() -> str:
    """One that was never used."""
    return f"nonce-{next(_numbers):016d}"


def new_number() -> str:
    """A request number that was never used."""
    return f"req-{next(_numbers):08d}"


def make_machine(
    code: str = "kiosk", *, campuses: tuple[str, ...] = ("IMC",), rate: int = 10_000, is_on_site: bool = True
) -> Machine:
    """A partner with a key."""
    for campus in campuses:
        make_campus(campus)
    actor = system_actor("test")
    add_partner(
        code=code,
        name=BilingualText(zh="大堂自助机", en="Lobby kiosk"),
        campuses=campuses,
        requests_per_minute=rate,
        is_on_site=is_on_site,
        actor=actor,
        now=TEN,
    )
    key = add_key(code=code, algorithm=Algorithm.HMAC, actor=actor, now=TEN)
    return Machine(key_id=key.key_id, secret=key.secret, code=code)
