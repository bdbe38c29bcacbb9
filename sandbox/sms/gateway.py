"""Tencent Cloud SMS, as far as sending goes: the signature is checked, the text lands in the mailbox."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.mailbox.store import MailStore
from sandbox.settings import SandboxSettings

# The texts that the hospital has registered, as the carrier shows them in its console.
TEMPLATES = {
    "1000001": "{1} is your code for the International Medical Center. Valid for 10 minutes. Never share it.",
    "1000002": "您的验证码是 {1}，10 分钟内有效，请勿告诉他人。",
    "1000003": "Your appointment is booked: {1} (Guangzhou time), {2}. Open the app for details.",
    "1000004": "您已成功预约：{1}，{2}。请在应用中查看详情。",
    "1000005": "A report of your visit is ready. Open the app to read it.",
    "1000006": "您有一份就诊报告已出，请在应用中查看。",
    "1000007": "您的驗證碼是 {1}，10 分鐘內有效，請勿告訴他人。",
    "1000008": "您已成功預約：{1}，{2}。請在應用程式中查看詳情。",
    "1000009": "您有一份就診報告已出，請在應用程式中查看。",
    "1000010": "{1} links your record at the International Medical Center. Valid for 10 minutes. Never share it.",
    "1000011": "验证码 {1}，用于关联您在国际医疗中心的就诊档案，10 分钟内有效，请勿告诉他人。",
    "1000012": "驗證碼 {1}，用於關聯您在國際醫療中心的就診檔案，10 分鐘內有效，請勿告訴他人。",
    "1000013": "The hospital has answered your request. Open the app to read it.",
    "1000014": "医院已回复您的申请，请在应用中查看。",
    "1000015": "醫院已回覆您的申請，請在應用程式中查看。",
    "1000016": "News from the hospital: {1}. Open the app to read it, or to stop such messages.",
    "1000017": "医院资讯：{1}。请在应用中查看，也可在应用中关闭此类短信。",
    "1000018": "醫院資訊：{1}。請在應用程式中查看，也可在應用程式中關閉此類短訊。",
}
_ENGLISH = {"1000001", "1000003", "1000005", "1000010", "1000013", "1000016"}
_MOST_SKEW = 300


class SmsGateway:
    """One address that takes signed calls."""

    def __init__(self, *, settings: SandboxSettings, store: MailStore) -> None:
        self._settings = settings
        self._store = store

    def routes(self) -> list[Route]:
        """Where the product sends its calls (`IMC_SMS_URL`)."""
        return [Route("/sms", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """SendSms. As with the real one a refusal is an answer with status 200."""
        content = await request.body()
        fault = self._find_fault(request, content)
        if fault:
            return _answer({"Error": {"Code": fault, "Message": fault}})
        body = json.loads(content)
        return _answer({"SendStatusSet": [self._send(number, body) for number in body["PhoneNumberSet"]]})

    def _send(self, number: str, body: dict[str, object]) -> dict[str, object]:
        text = TEMPLATES.get(str(body.get("TemplateId")), "")
        code = "Ok"
        if not text:
            code = "FailedOperation.TemplateIncorrectOrUnapproved"
        elif not re.fullmatch(r"\+[1-9]\d{6,14}", number) or number.endswith("00000000"):
            code = "InvalidParameterValue.IncorrectPhoneNumber"
        if code == "Ok":
            for place, value in enumerate(body.get("TemplateParamSet") or [], start=1):  # type: ignore[var-annotated, arg-type]
                text = text.replace(f"{{{place}}}", str(value))
            self._store.add_text(
                sender=str(body.get("SignName", "SMS")),
                recipient=number,
                text=text,
                language="en" if body.get("TemplateId") in _ENGLISH else "zh",
                at=datetime.now(UTC),
            )
        return {
            "SerialNo": secrets.token_hex(12) if code == "Ok" else "",
            "PhoneNumber": number,
            "Fee": 1 if code == "Ok" else 0,
            "SessionContext": body.get("SessionContext", ""),
            "Code": code,
            "Message": "send success" if code == "Ok" else code,
        }

    def _find_fault(self, request: Request, content: bytes) -> str:
        headers = request.headers
        stamp = headers.get("x-tc-timestamp", "")
        if headers.get("x-tc-action") != "SendSms":
            return "InvalidAction"
        if not stamp.isdigit() or abs(int(stamp) - datetime.now(UTC).timestamp()) > _MOST_SKEW:
            return "AuthFailure.SignatureExpire"
        given = headers.get("authorization", "")
        if not hmac.compare_digest(given.rpartition("Signature=")[2], self._signature(request, content, stamp=stamp)):
            return "AuthFailure.SignatureFailure"
        if f"Credential={self._settings.sms_secret_id}/" not in given:
            return "AuthFailure.SecretIdNotFound"
        return ""

    def _signature(self, request: Request, content: bytes, *, stamp: str) -> str:
        day = f"{datetime.fromtimestamp(int(stamp), UTC):%Y-%m-%d}"
        signed = ("content-type", "host", "x-tc-action")
        lines = [f"{name}:{request.headers.get(name, '').strip()}" for name in signed[:2]]
        lines.append(f"x-tc-action:{request.headers.get('x-tc-action', '').lower()}")
        canonical = "\n".join(["POST", "/", "", *lines, "", ";".join(signed), hashlib.sha256(content).hexdigest()])
        whole = hashlib.sha256(canonical.encode()).hexdigest()
        key = b"TC3" + self._settings.sms_secret_key.encode()
        for part in (day, "sms", "tc3_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        text = f"TC3-HMAC-SHA256\n{stamp}\n{day}/sms/tc3_request\n{whole}"
        return hmac.digest(key, text.encode(), "sha256").hex()


def _answer(body: dict[str, object]) -> Response:
    return json_response({"Response": {**body, "RequestId": secrets.token_hex(16)}})
