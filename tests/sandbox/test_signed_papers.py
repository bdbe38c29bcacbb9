"""Papers that others rely on are digitally signed; the signature proves that nothing was changed."""

import base64
import io
from datetime import timedelta

import pytest
from asn1crypto import x509
from django.db import IntegrityError, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from hospital.documents.api import (
    DocumentKind,
    PaperLanguage,
    print_document,
    render_document,
    void_document,
)
from hospital.documents.models import SignedCopy
from hospital.documents.tests.factories import NOW, REGISTRAR, make_document
from hospital.documents.tests.pdf_reading import Paper
from sandbox.certificates import new_signing_keys

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N05")]
KEYS = new_signing_keys()
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _signing(settings) -> None:
    settings.DEMO = True
    settings.PAPER_SIGNING_KEY = KEYS["IMC_PAPER_SIGNING_KEY"]
    settings.PAPER_SIGNING_CERTIFICATES = [
        base64.b64decode(each) for each in KEYS["IMC_PAPER_SIGNING_CERTIFICATES"].split(",")
    ]


def validate(pdf: bytes, root: bytes) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[x509.Certificate.load(root)]))


def test_the_copy_is_signed_once_and_verifies(settings) -> None:
    issued = make_document("laboratory-report")
    paper = render_document(number=issued.number, actor=REGISTRAR, now=NOW)
    status = validate(paper.pdf, settings.PAPER_SIGNING_CERTIFICATES[-1])
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert paper.is_signed
    assert "demonstration certificate authority" in Paper(paper.pdf).text
    assert render_document(number=issued.number, actor=REGISTRAR, now=LATER).pdf == paper.pdf
    chinese = render_document(number=issued.number, actor=REGISTRAR, now=LATER, language=PaperLanguage.ZH)
    assert "演示用证书机构" in Paper(chinese.pdf).text
    assert SignedCopy.objects.count() == 2


def test_one_changed_byte_is_found(settings) -> None:
    issued = make_document("laboratory-report")
    pdf = bytearray(render_document(number=issued.number, actor=REGISTRAR, now=NOW).pdf)
    place = pdf.index(b"stream") + 100
    pdf[place] ^= 1
    status = validate(bytes(pdf), settings.PAPER_SIGNING_CERTIFICATES[-1])
    assert not status.intact
    assert not status.bottom_line


def test_another_authority_is_not_trusted() -> None:
    issued = make_document("laboratory-report")
    other = base64.b64decode(new_signing_keys()["IMC_PAPER_SIGNING_CERTIFICATES"].split(",")[-1])
    status = validate(render_document(number=issued.number, actor=REGISTRAR, now=NOW).pdf, other)
    assert status.intact
    assert not status.bottom_line


def test_the_signature_leaves_the_paper_as_it_was(settings) -> None:
    issued = make_document("laboratory-report")
    pdf = render_document(number=issued.number, actor=REGISTRAR, now=NOW).pdf
    reader = PdfReader(io.BytesIO(pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"pdfaid:part" in metadata
    assert b"pdfuaid:part" in metadata
    (field,) = reader.trailer["/Root"]["/AcroForm"]["/Fields"]
    widget = field.get_object()
    assert widget["/F"] & 0b111 == 0b100  # printed, not hidden
    assert widget["/Rect"][0] == widget["/Rect"][2] < 0  # nothing to see, outside the page
    assert widget["/TU"]
    assert reader.pages[0]["/Tabs"] == "/S"


def test_a_print_is_signed_for_itself_and_a_void_paper_is_not(settings) -> None:
    issued = make_document("examination-report")
    printed = print_document(number=issued.number, actor=REGISTRAR, now=NOW)
    assert validate(printed.pdf, settings.PAPER_SIGNING_CERTIFICATES[-1]).bottom_line
    render_document(number=issued.number, actor=REGISTRAR, now=NOW)
    void_document(number=issued.number, reason="wrong patient", actor=REGISTRAR, now=LATER)
    void = render_document(number=issued.number, actor=REGISTRAR, now=LATER)
    assert not void.is_signed
    assert not PdfFileReader(io.BytesIO(void.pdf)).embedded_signatures


def test_other_kinds_and_places_without_a_key_sign_nothing(settings) -> None:
    assert not DocumentKind.REGISTRATION_SLIP.is_signed
    slip = make_document("registration-slip")
    assert not render_document(number=slip.number, actor=REGISTRAR, now=NOW).is_signed
    settings.PAPER_SIGNING_KEY = ""
    issued = make_document("prescription")
    paper = render_document(number=issued.number, actor=REGISTRAR, now=NOW)
    assert not paper.is_signed
    assert "igitally signed" not in Paper(paper.pdf).text
    assert not SignedCopy.objects.exists()


def test_what_was_signed_stays() -> None:
    issued = make_document("laboratory-report")
    render_document(number=issued.number, actor=REGISTRAR, now=NOW)
    for change in (lambda: SignedCopy.objects.update(pdf=b"x"), lambda: SignedCopy.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
