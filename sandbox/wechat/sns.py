"""WeChat's code2Session for one mini program, and the codes that `wx.login` would give."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.settings import SandboxSettings

CODE_SECONDS = 300
_MESSAGES = {
    -1: "system error",
    40013: "invalid appid",
    40125: "invalid appsecret",
    40029: "invalid code",
    40163: "code been used",
    40002: "invalid grant_type",
    45011: "api minute-quota reach limit, please retry next minute",
}
# A page on another port, such as the mini program in a browser, asks for codes.
_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type"}


@dataclass
class LoginCode:
    """A code that somebody's WeChat has given out."""

    user: str
    given_at: float
    is_used: bool = False


class WechatSns:
    """Codes in memory, each good for one exchange within five minutes."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        self._codes: dict[str, LoginCode] = {}
        self._forced: int = 0

    def routes(self) -> list[Route]:
        """The address that WeChat has, and the part of /_control that stands in for the user's phone."""
        return [
            Route("/sns/jscode2session", self.exchange, methods=["GET"]),
            Route("/_control/wechat/codes", self.give_code, methods=["POST", "OPTIONS"]),
            Route("/_control/wechat/codes/{code}/age", self.age_code, methods=["POST"]),
            Route("/_control/wechat/error", self.force_error, methods=["PUT"]),
        ]

    def clear(self) -> None:
        """Forget all codes."""
        self._codes.clear()
        self._forced = 0

    async def exchange(self, request: Request) -> Response:
        """As WeChat: status 200 always, an errcode where it refuses; the session key for whoever has the secret."""
        asked = request.query_params
        errcode = self._forced or self._find_fault(
            app_id=asked.get("appid", ""),
            secret=asked.get("secret", ""),
            code=asked.get("js_code", ""),
            grant=asked.get("grant_type", ""),
        )
        if errcode:
            return json_response({"errcode": errcode, "errmsg": f"{_MESSAGES[errcode]}, rid: {secrets.token_hex(8)}"})
        known = self._codes[asked["js_code"]]
        known.is_used = True
        return json_response(
            {
                "openid": _name("o", f"{self._settings.wechat_app_id}:{known.user}"),
                "session_key": base64.b64encode(secrets.token_bytes(16)).decode(),
                "unionid": _name("u", known.user),
            }
        )

    def _find_fault(self, *, app_id: str, secret: str, code: str, grant: str) -> int:
        known = self._codes.get(code)
        if app_id != self._settings.wechat_app_id:
            return 40013
        if not secrets.compare_digest(secret, self._settings.wechat_app_secret):
            return 40125
        if grant != "authorization_code":
            return 40002
        if known is None or time.monotonic() - known.given_at > CODE_SECONDS:
            return 40029
        return 40163 if known.is_used else 0

    async def give_code(self, request: Request) -> Response:
        """What `wx.login` gives on the phone of `user`, for example {"user": "camille"}."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_OPEN)
        body = await request.json() if await request.body() else {}
        code = secrets.token_urlsafe(24)
        self._codes[code] = LoginCode(user=str(body.get("user") or "somebody"), given_at=time.monotonic())
        answer = json_response({"code": code, "errMsg": "login:ok"})
        answer.headers.update(_OPEN)
        return answer

    async def age_code(self, request: Request) -> Response:
        """Let a code grow older than it may be."""
        self._codes[request.path_params["code"]].given_at -= CODE_SECONDS + 1
        return json_response({"aged": True})

    async def force_error(self, request: Request) -> Response:
        """Answer every exchange with this errcode (-1, 45011); 0 ends it."""
        errcode = int((await request.json())["errcode"])
        if errcode and errcode not in _MESSAGES:
            return json_response({"error": "unknown errcode"}, status=422)
        self._forced = errcode
        return json_response({"errcode": errcode})


def _name(first: str, text: str) -> str:
    """28 characters, as WeChat names people."""
    digest = hashlib.sha256(f"{first}:{text}".encode()).digest()
    return first + base64.urlsafe_b64encode(digest).decode()[:27]
