"""Who calls the API in a test, and what the database looked like before."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hospital.accounts.models import PatientAccount, PatientSession
from hospital.accounts.sessions import hash_token, open_session
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id


@dataclass
class Clock:
    """The time of a test."""

    now: datetime

    def read(self) -> datetime:
        """The time."""
        return self.now


@dataclass
class Caller:
    """Calls the API with a token and a language."""

    token: str = ""
    language: str = "en"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> Any:
        """GET under /api."""
        return self.client.get(f"/api{path}", query, headers=self._headers())

    def post(self, path: str, body: Any = None) -> Any:
        """POST JSON under /api."""
        return self.send("POST", path, json.dumps({} if body is None else body, default=str).encode())

    def delete(self, path: str) -> Any:
        """DELETE under /api."""
        return self.send("DELETE", path, b"")

    def put(self, path: str, body: Any) -> Any:
        """PUT JSON under /api."""
        return self.send("PUT", path, json.dumps(body, default=str).encode())

    def patch(self, path: str, body: Any) -> Any:
        """PATCH JSON under /api."""
        return self.send("PATCH", path, json.dumps(body, default=str).encode())

    def upload(self, path: str, content: bytes = b"", **fields: Any) -> Any:
        """POST a form with a file under /api."""
        file = SimpleUploadedFile("passport.jpg", content or b"no picture")
        return self.client.post(f"/api{path}", {"file": file, **fields}, headers=self._headers())

    def send(self, method: str, path: str, body: bytes = b"", content_type: str = "application/json") -> Any:
        """Anything under /api."""
        return self.client.generic(method, f"/api{path}", body, content_type=content_type, headers=self._headers())

    def speaking(self, language: str) -> "Caller":
        """The same caller with another language."""
        return Caller(token=self.token, language=language)

    def _headers(self) -> dict[str, str]:
        known = {"Accept-Language": self.language}
        return known | {"Authorization": f"Bearer {self.token}"} if self.token else known


def make_signed_in(account_id: UUID | str | None = None, *, now: datetime = TEN) -> Caller:
    """A new session of an account, or of a new account."""
    account = account_id or PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=now).id
    token = open_session(account_id=UUID(str(account)), user_agent="test", now=now).access
    # Stories that move the clock are not about the short life of a token.
    PatientSession.objects.filter(token_hash=hash_token(token)).update(expires_at=now + timedelta(days=30))
    return Caller(token=token)


def code_of(answer: Any) -> str:
    """The code of a problem document; fails when the answer is none."""
    assert answer["Content-Type"] == "application/problem+json", (answer.status_code, answer.content[:300])
    problem = json.loads(answer.content)
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:imc:problem:{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    return str(problem["code"])


def count_statements(caller: Caller, path: str, **query: Any) -> tuple[int, int]:
    """How many SQL statements a list takes, and how many rows it has."""
    with CaptureQueriesContext(connection) as statements:
        answer = caller.get(path, **query)
    assert answer.status_code == 200, answer.content
    return len(statements), len(json.loads(answer.content))


def read_everything() -> dict[str, str]:
    """A digest of every table of the hospital, to prove that a refusal changed nothing.

    The audit trail stands apart: an attempt at what is somebody else's is an entry of its own.
    """
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("hospital.") and model._meta.app_label != "audit" and model._meta.managed
    ]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({*tables, "procrastinate_jobs"}):
            digest = "count(*) || md5(coalesce(string_agg(row::text, ' ' ORDER BY row::text), ''))"
            cursor.execute(f'SELECT {digest} FROM "{table}" row')
            found[table] = cursor.fetchone()[0]
    return found
