"""Signatures of API v3 (WECHATPAY2-SHA256-RSA2048) and its encryption (AES-256-GCM)."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from sandbox.wechat_pay.keys import WechatPayKeys

SCHEME = "WECHATPAY2-SHA256-RSA2048"
OLDEST_REQUEST = 300
_FIELD = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class SignedRequest:
    """What a merchant's signature covers."""

    authorization: str
    method: str
    path: str
    body: bytes


def is_signed_by_merchant(request: SignedRequest, keys: WechatPayKeys) -> bool:
    """Whether the Authorization header signs this very request, now, by the merchant."""
    scheme, _, rest = request.authorization.partition(" ")
    fields = dict(_FIELD.findall(rest))
    stamp = fields.get("timestamp", "")
    if scheme != SCHEME or not stamp.isdecimal() or abs(time.time() - int(stamp)) > OLDEST_REQUEST:
        return False
    if fields.get("mchid") != keys.merchant_id or fields.get("serial_no") != keys.merchant_serial:
        return False
    head = f"{request.method}\n{request.path}\n{stamp}\n{fields.get('nonce_str', '')}\n"
    return verify(keys.merchant_key, head.encode() + request.body + b"\n", fields.get("signature", ""))


def is_call_signed_by_merchant(call: dict[str, str], keys: WechatPayKeys) -> bool:
    """Whether `paySign` of the parameters of `wx.requestPayment` is the merchant's."""
    if call.get("signType") != "RSA":
        return False
    lines = [call.get(name, "") for name in ("appId", "timeStamp", "nonceStr", "package")]
    return verify(keys.merchant_key, ("\n".join(lines) + "\n").encode(), call.get("paySign", ""))


def sign_headers(body: bytes, *, key: RSAPrivateKey, serial: str) -> dict[str, str]:
    """The signature of an answer or a notice."""
    stamp, nonce = str(int(time.time())), secrets.token_hex(16)
    message = f"{stamp}\n{nonce}\n".encode() + body + b"\n"
    signature = key.sign(message, PKCS1v15(), SHA256())
    return {
        "Wechatpay-Timestamp": stamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": base64.b64encode(signature).decode(),
        "Wechatpay-Signature-Type": SCHEME,
    }


def encrypt(text: bytes, *, api_key: bytes, associated: str) -> dict[str, str]:
    """AEAD_AES_256_GCM under the APIv3 key."""
    nonce = secrets.token_hex(6)
    sealed = AESGCM(api_key).encrypt(nonce.encode(), text, associated.encode())
    return {
        "algorithm": "AEAD_AES_256_GCM",
        "nonce": nonce,
        "associated_data": associated,
        "ciphertext": base64.b64encode(sealed).decode(),
    }


def verify(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    """Whether the signature is the key's."""
    try:
        key.verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
