"""Text messages over Tencent Cloud SMS (API 2021-01-11), which delivers inside and outside of mainland China.

Texts are templates that were registered beforehand; a call names one and fills its places. No text is sent that is not
registered, and none of them holds anything about health.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

import httpx

from hospital.notifications.ports import SmsRejected, SmsUnavailable

log = logging.getLogger(__name__)
_TYPE = "application/json; charset=utf-8"
_SIGNED = "content-type;host;x-tc-action"
# Trying again may help against these; every other word of Tencent's is lasting.
_PASSING = ("LimitExceeded", "InternalError", "FailedOperation.InsufficientBalance", "RequestLimitExceeded")


@dataclass(frozen=True, kw_only=True)
class TencentSmsConfig:
    """Address, credentials and registered texts; times in seconds. `templates` maps "kind.language" to its id."""

    url: str
    region: str
    secret_id: str
    secret_key: str = field(repr=False)
    app_id: str
    signature: str
    templates: tuple[tuple[str, str], ...]
    connect_seconds: int
    answer_seconds: int


class TencentSms:
    """Implements `hospital.notifications.ports.SmsSender`."""

    def __init__(self, config: TencentSmsConfig) -> None:
        self._config = config

    def send(
        self, *, phone: str, kind: str, language: str, values: Sequence[str], reference: str, at: datetime
    ) -> None:
        """SendSms to one number; see the port."""
        registered = dict(self._config.templates)
        template = registered.get(f"{kind}.{language}")
        if template is None and language.startswith("zh"):
            template = registered.get(f"{kind}.zh-hans")
        if template is None:
            raise SmsRejected(f"no template {kind}.{language}")
        body = {
            "PhoneNumberSet": [phone],
            "SmsSdkAppId": self._config.app_id,
            "SignName": self._config.signature,
            "TemplateId": template,
            "TemplateParamSet": list(values),
            "SessionContext": reference,
        }
        _check(self._call("SendSms", body, at=at))

    def _call(self, action: str, body: Mapping[str, object], *, at: datetime) -> dict[str, object]:
        content = json.dumps(body, ensure_ascii=False).encode()
        headers = sign(self._config, action=action, content=content, at=at)
        try:
            answer = _client(self._config).post(self._config.url, content=content, headers=headers)
            decoded = answer.json()["Response"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as problem:
            log.warning("sms: %s: %s", action, type(problem).__name__)
            raise SmsUnavailable(type(problem).__name__) from None
        if not isinstance(decoded, dict):
            raise SmsUnavailable("no answer")
        return decoded


def sign(config: TencentSmsConfig, *, action: str, content: bytes, at: datetime) -> dict[str, str]:
    """The headers of a call, signed with TC3-HMAC-SHA256."""
    at = at.astimezone(UTC)
    host, day, stamp = urlsplit(config.url).netloc, f"{at:%Y-%m-%d}", str(int(at.timestamp()))
    canonical = "\n".join(
        (
            *("POST", "/", "", f"content-type:{_TYPE}", f"host:{host}", f"x-tc-action:{action.lower()}", ""),
            *(_SIGNED, hashlib.sha256(content).hexdigest()),
        )
    )
    scope = f"{day}/sms/tc3_request"
    text = "\n".join(("TC3-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"TC3{config.secret_key}".encode()
    for part in (day, "sms", "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return {
        "Authorization": f"TC3-HMAC-SHA256 Credential={config.secret_id}/{scope}, SignedHeaders={_SIGNED}, "
        f"Signature={signature}",
        "Content-Type": _TYPE,
        "Host": host,
        "X-TC-Action": action,
        "X-TC-Version": "2021-01-11",
        "X-TC-Timestamp": stamp,
        "X-TC-Region": config.region,
    }


def _check(answer: Mapping[str, object]) -> None:
    error, statuses = answer.get("Error"), answer.get("SendStatusSet")
    told = error if isinstance(error, dict) else statuses[0] if isinstance(statuses, list) and statuses else {}
    code = str(told.get("Code", "")) if isinstance(told, dict) else ""
    if code == "Ok":
        return
    log.warning("sms: %s", code or "no status")
    if not code or code.startswith(_PASSING):
        raise SmsUnavailable(code)
    raise SmsRejected(code)


@lru_cache(maxsize=4)
def _client(config: TencentSmsConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds), trust_env=False)
