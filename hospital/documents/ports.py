"""What documents needs from outside: somebody who signs its PDFs."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class PaperSigner(Protocol):
    """Signs a PDF with the certificate of the hospital (PAdES)."""

    @property
    def is_demonstration(self) -> bool:
        """Whether the certificate comes from the demonstration's own authority, which the paper then says."""

    def sign_pdf(self, pdf: bytes) -> bytes:
        """The same PDF with a signature over all of it as an update at its end, dated now.

        What was there stays byte for byte, and the conformance to PDF/A-2a and PDF/UA-1 with it.
        """


def get_signer() -> PaperSigner | None:
    """The signer of this installation; None where no key is set, and papers are not signed."""
    signer: PaperSigner | None = import_string(settings.PAPER_SIGNER)()
    return signer
