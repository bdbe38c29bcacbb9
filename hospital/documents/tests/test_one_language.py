"""What was written in one language alone prints in that one until its translation is there (D55, N05)."""

from dataclasses import replace

import pytest

from hospital.documents.api import issue_document, print_document, render_document
from hospital.documents.errors import LanguageNotOffered
from hospital.documents.models import DocumentTextGap, IssuedDocument
from hospital.documents.samples import people
from hospital.documents.samples.medical import medical_samples
from hospital.documents.tests.factories import NOW
from hospital.documents.tests.pdf_reading import Paper
from hospital.documents.types import DocumentKind, MedicalCertificate, PaperLanguage, PaperSection, Subject
from hospital.kernel.actors import system_actor
from hospital.kernel.types import BilingualText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55", "N05")]
ACTOR = system_actor("test")


def issue(language):
    sample = medical_samples()["medical-certificate"]
    assert isinstance(sample, MedicalCertificate)
    opinion = PaperSection(title=BilingualText("处理意见", "Medical opinion"), paragraphs=("注意休息。",))
    return issue_document(
        kind=DocumentKind.MEDICAL_CERTIFICATE,
        subject=Subject("clinical_documents.version", "1"),
        person_id=None,
        content=replace(sample, sections=(opinion,), translation=None),
        actor=ACTOR,
        now=NOW,
        language=language,
    )


def test_it_prints_in_its_own_language():
    paper = issue(PaperLanguage.ZH)
    text = Paper(render_document(number=paper.number, actor=ACTOR, now=NOW).pdf).text
    assert "注意休息。" in text
    assert "签署原文" in text
    assert people.WHITAKER.record_number in text
    assert not DocumentTextGap.objects.exists()


@pytest.mark.parametrize("language", [PaperLanguage.EN, PaperLanguage.BOTH])
def test_no_other_language_is_printed_and_no_print_is_counted(language):
    with pytest.raises(LanguageNotOffered):
        issue(language)
    assert not IssuedDocument.objects.exists()
    number = issue(PaperLanguage.ZH).number
    with pytest.raises(LanguageNotOffered):
        render_document(number=number, actor=ACTOR, now=NOW, language=language)
    with pytest.raises(LanguageNotOffered):
        print_document(number=number, actor=ACTOR, now=NOW, language=language)
    assert IssuedDocument.objects.get().printed_count == 0
