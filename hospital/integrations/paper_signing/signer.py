"""Signing PDFs with pyHanko: a PAdES signature as an incremental update.

pyHanko is imported when the first paper is signed: half a second that a process which signs none need not spend.
"""

import io
import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD_NAME: Final = "HospitalSignature"
_FIELD_WORDS: Final = "Digital signature of the hospital"
_import_lock = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class SigningConfig:
    """The key (PKCS #8) and its certificates, all DER, the signer's own first; whether nobody trusts them."""

    key: bytes = field(repr=False)
    certificates: tuple[bytes, ...]
    is_demonstration: bool


class PadesSigner:
    """Signs with one key, in software. A key in a security module is another adapter of the same port."""

    def __init__(self, config: SigningConfig) -> None:
        self._config = config

    @property
    def is_demonstration(self) -> bool:
        """Whether the certificate comes from the demonstration's own authority."""
        return self._config.is_demonstration

    @cached_property
    def _signer(self) -> "SimpleSigner":
        from asn1crypto import keys, x509
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        own, *others = [x509.Certificate.load(der) for der in self._config.certificates]
        key = keys.PrivateKeyInfo.load(self._config.key)
        # pyHanko's validator has no type on this one constructor.
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        registry.register_multiple([own, *others])
        return SimpleSigner(signing_cert=own, signing_key=key, cert_registry=registry)

    def sign_pdf(self, pdf: bytes) -> bytes:
        """The PDF with a signature over all of it; see the port."""
        with _import_lock:
            from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
            from pyhanko.sign import fields, signers

        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        _keep_tab_order(writer)
        meta = signers.PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            name=self._signer.subject_name,
        )
        spec = fields.SigFieldSpec(
            sig_field_name=FIELD_NAME,
            readable_field_name=_FIELD_WORDS,
            # Of no size and beyond the edge: nothing for a reader of the screen to stumble over (PDF/UA-1, 7.18).
            invis_sig_settings=fields.InvisSigSettings(
                set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
            ),
        )
        out = signers.PdfSigner(meta, self._signer, new_field_spec=spec).sign_pdf(writer)
        return bytes(out.getvalue())


def _keep_tab_order(writer: Any) -> None:
    """Says of the first page that its fields follow the structure (PDF/UA-1, 7.18.3): the signature becomes one."""
    from pyhanko.pdf_utils.generic import NameObject

    page = writer.root["/Pages"]["/Kids"][0]
    if "/Tabs" not in page:
        page[NameObject("/Tabs")] = NameObject("/S")
        writer.update_container(page)
