"""Signatures of Alipay's open gateway: RSA2 (SHA-256 with PKCS #1 v1.5) over sorted parameters and over raw answers."""

import base64
import binascii
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

_BLANK = " \t\r\n"


def sign_parameters(parameters: Mapping[str, str], *, key: str) -> str:
    """The signature of a request: `name=value` of everything that is not empty, sorted, joined by `&`."""
    text = "&".join(f"{name}={value}" for name, value in sorted(parameters.items()) if value)
    return base64.b64encode(_private_key(key).sign(text.encode(), PKCS1v15(), SHA256())).decode()


def is_signed_by_alipay(content: str, signature: str, *, key: str) -> bool:
    """Whether the signature is that of this very text."""
    try:
        _public_key(key).verify(base64.b64decode(signature, validate=True), content.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def split_answer(text: str) -> dict[str, tuple[Any, str]]:
    """The members of an answer, each with its value and with the very characters that stand for it.

    A signature covers the characters, which a parser does not keep. Raises ValueError for what is no JSON object.
    """
    decoder = json.JSONDecoder()
    members: dict[str, tuple[Any, str]] = {}
    at = _skip(text, 0, "{")
    while True:
        name, at = decoder.raw_decode(text, _skip(text, at))
        start = _skip(text, _skip(text, at, ":"))
        value, at = decoder.raw_decode(text, start)
        if not isinstance(name, str) or name in members:
            raise ValueError("no name, or one that stands twice")
        members[name] = (value, text[start:at])
        at = _skip(text, at)
        if text[at : at + 1] != ",":
            break
        at += 1
    if _skip(text, _skip(text, at, "}")) != len(text):
        raise ValueError("something follows the answer")
    return members


def _skip(text: str, at: int, mark: str = "") -> int:
    while text[at : at + 1] and text[at] in _BLANK:
        at += 1
    if not text.startswith(mark, at):
        raise ValueError(f"{mark} is missing")
    return at + len(mark)


@lru_cache(maxsize=4)
def _private_key(text: str) -> RSAPrivateKey:
    key = load_der_private_key(_der(text), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("the merchant's key is no RSA key")
    return key


@lru_cache(maxsize=4)
def _public_key(text: str) -> RSAPublicKey:
    key = load_der_public_key(_der(text))
    if not isinstance(key, RSAPublicKey):
        raise TypeError("Alipay's key is no RSA key")
    return key


def _der(text: str) -> bytes:
    """From PEM, or from the base64 of DER in one line."""
    lines = (line for line in text.strip().splitlines() if not line.startswith("-----"))
    return base64.b64decode("".join(lines))
