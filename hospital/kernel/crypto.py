"""Encryption of identity fields at rest and the keyed index by which they are found (domain brief 10).

A stored value reads `version.nonce+ciphertext` in base64; the associated data name the table, the column and the key
version, so that a value copied into another column does not decrypt.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@lru_cache(maxsize=1)
def _keys() -> dict[str, AESGCM]:
    keys = {}
    for entry in settings.FIELD_KEYS:
        version, _, encoded = entry.partition(":")
        keys[version] = AESGCM(base64.b64decode(encoded))
    if not keys:
        raise ImproperlyConfigured("IMC_FIELD_KEYS names no key, so nothing can be encrypted")
    return keys


def encrypt_field(plain: str, *, place: str) -> str:
    """`plain` encrypted for `place` ("table.column") with the newest key; an empty text stays empty."""
    if not plain:
        return ""
    version, key = next(iter(_keys().items()))
    nonce = os.urandom(12)
    sealed = key.encrypt(nonce, plain.encode(), f"{place}.{version}".encode())
    return f"{version}.{base64.b64encode(nonce + sealed).decode()}"


def decrypt_field(stored: str, *, place: str) -> str:
    """The text that `encrypt_field` was given for the same `place`."""
    if not stored:
        return ""
    version, _, encoded = stored.partition(".")
    data = base64.b64decode(encoded)
    return _keys()[version].decrypt(data[:12], data[12:], f"{place}.{version}".encode()).decode()


def blind_index(plain: str, *, place: str) -> str:
    """A keyed hash of the normalized text: equal for equal values of one `place`, useless without the key."""
    normalized = "".join(plain.split()).upper()
    if not normalized:
        return ""
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), f"{place}\0{normalized}".encode(), hashlib.sha256).hexdigest()


def keyed_hash(text: str) -> str:
    """A keyed hash for secrets that only need comparing (one-time codes)."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def encrypt_bytes(plain: bytes, *, place: str) -> bytes:
    """A file's bytes encrypted for `place`, with the version of the key in front."""
    version, key = next(iter(_keys().items()))
    nonce = os.urandom(12)
    return version.encode() + b"." + nonce + key.encrypt(nonce, plain, f"{place}.{version}".encode())


def decrypt_bytes(stored: bytes, *, place: str) -> bytes:
    """The bytes that `encrypt_bytes` was given for the same `place`."""
    version, _, data = stored.partition(b".")
    return _keys()[version.decode()].decrypt(data[:12], data[12:], f"{place}.{version.decode()}".encode())
