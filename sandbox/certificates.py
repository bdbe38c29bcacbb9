"""The demonstration's own certificate authority, and the certificate with which the hospital signs its papers.

Made once with the data folder, handed to the product by the environment, trusted by nobody else.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

AUTHORITY = "IMC demonstration certificate authority"
SIGNER = "International Medical Center (demonstration)"
_KEY_BITS = 2048
_YEARS = 10


def new_signing_keys() -> dict[str, str]:
    """The key that signs papers and its certificates, the signer's before the authority's: base64 of DER, in one line.

    The key of the authority is thrown away: it never signs another certificate.
    """
    authority, signer = (rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS) for _ in range(2))
    root = _certificate(subject=AUTHORITY, key=authority, issued_by=authority, is_authority=True)
    leaf = _certificate(subject=SIGNER, key=signer, issued_by=authority, is_authority=False)
    der = signer.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = (certificate.public_bytes(serialization.Encoding.DER) for certificate in (leaf, root))
    return {
        "IMC_PAPER_SIGNING_KEY": base64.b64encode(der).decode(),
        "IMC_PAPER_SIGNING_CERTIFICATES": ",".join(base64.b64encode(each).decode() for each in chain),
    }


def _certificate(
    *, subject: str, key: rsa.RSAPrivateKey, issued_by: rsa.RSAPrivateKey, is_authority: bool
) -> x509.Certificate:
    since = datetime.now(UTC) - timedelta(days=400)  # papers of the demonstration are older than its folder
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(AUTHORITY))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=366 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issued_by.public_key()), critical=False)
        .sign(issued_by, hashes.SHA256())
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "International Medical Center"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
