"""What accounts needs from WeChat."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatUser:
    """Whom WeChat names: `openid` in our mini program, `unionid` over all programs of the hospital (may be empty)."""

    openid: str
    unionid: str = ""


class WechatIdentity(Protocol):
    """Who stands behind a code of `wx.login`."""

    def exchange_code(self, code: str) -> WechatUser:
        """The person of a code, which works once and for five minutes.

        Raises the refusals `WechatCodeInvalid`, `WechatBusy` (too often) and `WechatUnavailable`.
        """


def wechat_identity() -> WechatIdentity:
    """The adapter that the settings connect (`WECHAT_IDENTITY`, a dotted path to a function without arguments)."""
    identity: WechatIdentity = import_string(settings.WECHAT_IDENTITY)()
    return identity
