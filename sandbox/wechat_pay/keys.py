"""Keys of the merchant and of WeChat Pay, made once and handed to both sides by the environment."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

KEY_BITS = 2048
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def new_wechat_pay_keys() -> dict[str, str]:
    """A merchant with its key, and WeChat Pay's own: the variables that the product and the sandbox share.

    `IMC_SANDBOX_WECHAT_PAY_KEY` is the sandbox's alone. Keys are the base64 of their DER, in one line.
    """
    merchant, platform = _new_key(), _new_key()
    return {
        "IMC_WECHAT_PAY_MERCHANT_ID": "1900000109",
        "IMC_WECHAT_PAY_MERCHANT_SERIAL": secrets.token_hex(20).upper(),
        "IMC_WECHAT_PAY_MERCHANT_KEY": _private_text(merchant),
        "IMC_WECHAT_PAY_API_KEY": "".join(secrets.choice(_ALPHABET) for _ in range(32)),
        "IMC_WECHAT_PAY_PUBLIC_KEY": _public_text(platform.public_key()),
        "IMC_WECHAT_PAY_PUBLIC_KEY_ID": f"PUB_KEY_ID_{secrets.randbelow(10**28):028d}",
        "IMC_SANDBOX_WECHAT_PAY_KEY": _private_text(platform),
    }


@dataclass(frozen=True, kw_only=True)
class WechatPayKeys:
    """What the sandbox knows: the merchant's certificate (here: its public key), the APIv3 key, its own key."""

    merchant_id: str
    merchant_serial: str
    merchant_key: rsa.RSAPublicKey
    api_key: bytes = field(repr=False)
    own_key: rsa.RSAPrivateKey = field(repr=False)
    own_key_id: str

    @cached_property
    def certificate_key(self) -> rsa.RSAPrivateKey:
        """The key of the platform certificate, for merchants of the older mode; another one at each start."""
        return _new_key()

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The platform certificate, signed by itself."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sandbox of WeChat Pay")])
        begins = datetime.now(UTC) - timedelta(days=1)
        builder = (
            x509.CertificateBuilder(name, name, self.certificate_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=1826))
        )
        return builder.sign(self.certificate_key, hashes.SHA256())

    @property
    def certificate_serial(self) -> str:
        """The serial as headers carry it."""
        return f"{self.certificate.serial_number:X}"


def read_keys(environ: Mapping[str, str]) -> WechatPayKeys:
    """The keys of the environment; where it has none, new ones that nobody else knows."""
    env = environ if environ.get("IMC_SANDBOX_WECHAT_PAY_KEY") else new_wechat_pay_keys()
    merchant_key, own_key = (
        serialization.load_der_private_key(base64.b64decode(env[name]), password=None)
        for name in ("IMC_WECHAT_PAY_MERCHANT_KEY", "IMC_SANDBOX_WECHAT_PAY_KEY")
    )
    if not isinstance(merchant_key, rsa.RSAPrivateKey) or not isinstance(own_key, rsa.RSAPrivateKey):
        raise TypeError("WeChat Pay's keys are RSA keys")
    return WechatPayKeys(
        merchant_id=env["IMC_WECHAT_PAY_MERCHANT_ID"],
        merchant_serial=env["IMC_WECHAT_PAY_MERCHANT_SERIAL"],
        merchant_key=merchant_key.public_key(),
        api_key=env["IMC_WECHAT_PAY_API_KEY"].encode(),
        own_key=own_key,
        own_key_id=env["IMC_WECHAT_PAY_PUBLIC_KEY_ID"],
    )


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _private_text(key: rsa.RSAPrivateKey) -> str:
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return base64.b64encode(der).decode()


def _public_text(key: rsa.RSAPublicKey) -> str:
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()
