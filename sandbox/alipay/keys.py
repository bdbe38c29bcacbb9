"""Keys of the merchant's app and of Alipay, made once and handed to both sides by the environment."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEY_BITS = 2048


def new_alipay_keys() -> dict[str, str]:
    """An app with its key, and Alipay's own: the variables that the product and the sandbox share.

    `IMC_SANDBOX_ALIPAY_KEY` is the sandbox's alone. Keys are the base64 of their DER, in one line.
    """
    app, own = (rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS) for _ in range(2))
    public = own.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {
        "IMC_ALIPAY_APP_ID": f"2021{secrets.randbelow(10**12):012d}",
        "IMC_ALIPAY_APP_KEY": _private_text(app),
        "IMC_ALIPAY_PUBLIC_KEY": base64.b64encode(public).decode(),
        "IMC_SANDBOX_ALIPAY_KEY": _private_text(own),
    }


@dataclass(frozen=True, kw_only=True)
class AlipayKeys:
    """What the sandbox knows: the app's public key, and its own key."""

    app_id: str
    app_key: rsa.RSAPublicKey
    own_key: rsa.RSAPrivateKey = field(repr=False)


def read_alipay_keys(environ: Mapping[str, str]) -> AlipayKeys:
    """The keys of the environment; where it has none, new ones that nobody else knows."""
    env = environ if environ.get("IMC_SANDBOX_ALIPAY_KEY") else new_alipay_keys()
    app, own = (
        serialization.load_der_private_key(base64.b64decode(env[name]), password=None)
        for name in ("IMC_ALIPAY_APP_KEY", "IMC_SANDBOX_ALIPAY_KEY")
    )
    if not isinstance(app, rsa.RSAPrivateKey) or not isinstance(own, rsa.RSAPrivateKey):
        raise TypeError("Alipay's keys are RSA keys")
    return AlipayKeys(app_id=env["IMC_ALIPAY_APP_ID"], app_key=app.public_key(), own_key=own)


def _private_text(key: rsa.RSAPrivateKey) -> str:
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return base64.b64encode(der).decode()
