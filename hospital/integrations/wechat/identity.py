"""Who stands behind a code of `wx.login`: WeChat's code2Session.

The answer's `session_key` is read by nobody and kept nowhere: it would open what WeChat encrypts for this user.
"""

import logging
from dataclasses import dataclass, field
from functools import lru_cache

import httpx

from hospital.accounts.errors import WechatBusy, WechatCodeInvalid, WechatUnavailable
from hospital.accounts.ports import WechatUser

log = logging.getLogger(__name__)

# WeChat's own numbers; 40163 is a code that was used before.
_BAD_CODES = frozenset({40029, 40163, 40226})
_TOO_OFTEN = 45011


@dataclass(frozen=True, kw_only=True)
class WechatConfig:
    """Address and credentials of the mini program; times in seconds."""

    api_url: str
    app_id: str
    app_secret: str = field(repr=False)
    connect_seconds: int
    answer_seconds: int


class WechatLogin:
    """Implements `hospital.accounts.ports.WechatIdentity`."""

    def __init__(self, config: WechatConfig) -> None:
        self._config = config

    def exchange_code(self, code: str) -> WechatUser:
        """GET /sns/jscode2session; see the port."""
        query = {
            "appid": self._config.app_id,
            "secret": self._config.app_secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            answer = _client(self._config).get("/sns/jscode2session", params=query)
            body = answer.json() if answer.is_success else None
        except (httpx.HTTPError, ValueError) as problem:
            log.warning("wechat: code2Session: %s", type(problem).__name__)
            raise WechatUnavailable from None
        if not isinstance(body, dict):
            log.warning("wechat: code2Session: status %s", answer.status_code)
            raise WechatUnavailable
        return _read(body)


def _read(body: dict[str, object]) -> WechatUser:
    errcode, openid = body.get("errcode", 0), body.get("openid")
    if not errcode and isinstance(openid, str) and openid:
        return WechatUser(openid=openid, unionid=str(body.get("unionid") or ""))
    if errcode in _BAD_CODES:
        raise WechatCodeInvalid
    log.warning("wechat: code2Session: errcode %s", errcode)
    raise WechatBusy if errcode == _TOO_OFTEN else WechatUnavailable


@lru_cache(maxsize=4)
def _client(config: WechatConfig) -> httpx.Client:
    """One client a configuration and process; httpx clients may be shared by threads."""
    return httpx.Client(
        base_url=config.api_url,
        timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds),
        trust_env=False,
    )
