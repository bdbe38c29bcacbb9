"""Strict reading of the environment: a wrong value stops the start instead of becoming a quiet default."""

import base64
import os
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID


class BadEnvironment(SystemExit):
    """A variable of the environment is missing or malformed."""


def read_text(name: str, default: str | None = None) -> str:
    """The variable `name`, or the contents of the file named by `name`_FILE (for secrets mounted as files)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise BadEnvironment(f"{name} is not set")
    return value


def read_bool(name: str, default: bool) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadEnvironment(f"{name} must be yes or no, not {value!r}")


def read_int(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadEnvironment(f"{name} must be a whole number, not {value!r}") from None


def read_list(name: str, default: str) -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in read_text(name, default).split(",") if part.strip()]


def read_limits(name: str, default: str, *, needed: str) -> dict[str, int]:
    """A comma-separated list of `name=number`, in which `needed` is named."""
    limits: dict[str, int] = {}
    for entry in read_list(name, default):
        key, _, number = entry.partition("=")
        if not key or not number.isdigit():
            raise BadEnvironment(f"{name} must be a list of name=number, not {entry!r}")
        limits[key] = int(number)
    if needed not in limits:
        raise BadEnvironment(f"{name} must name {needed}=number")
    return limits


def read_keys(name: str) -> list[str]:
    """A list of keys as `version:base64 of 32 bytes`, each version once."""
    entries = read_list(name, "")
    for entry in entries:
        version, _, encoded = entry.partition(":")
        try:
            is_whole = len(base64.b64decode(encoded, validate=True)) == 32
        except ValueError:
            is_whole = False
        if not version or not is_whole:
            raise BadEnvironment(f"{name} must be a list of keys, each as version:base64 of 32 bytes")
    if len({entry.partition(":")[0] for entry in entries}) != len(entries):
        raise BadEnvironment(f"{name} names a version twice")
    return entries


def read_certificates(name: str) -> list[bytes]:
    """A comma-separated list of certificates, each as the base64 of its DER; all of them can be read."""
    try:
        ders = [base64.b64decode(entry, validate=True) for entry in read_list(name, "")]
        for der in ders:
            x509.load_der_x509_certificate(der)
    except ValueError:
        raise BadEnvironment(f"{name} must be a list of certificates, each as the base64 of its DER") from None
    return ders


def is_issued_by(der: bytes, *, authority: str) -> bool:
    """Whether the issuer of a certificate bears this name."""
    names = x509.load_der_x509_certificate(der).issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(name.value == authority for name in names)


def read_database(name: str) -> dict[str, object]:
    """Django's connection settings from a `postgresql://` address (host may be a folder, as `?host=/folder`)."""
    url = urlsplit(read_text(name))
    if url.scheme not in {"postgresql", "postgres"}:
        raise BadEnvironment(f"{name} must start with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(url.query).items()}
    return {
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or query.pop("user", "")),
        "PASSWORD": unquote(url.password or query.pop("password", "")),
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": query.pop("port", str(url.port or "")),
        "OPTIONS": query,
    }
