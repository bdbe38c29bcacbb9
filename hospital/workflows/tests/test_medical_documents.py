"""From the visit to the paper: filled in, signed, printed; the other language only with its own translation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from hospital.beds.models import BedStay
from hospital.beds.tests.factories import make_bed
from hospital.clinical_documents import api as documents
from hospital.clinical_documents.errors import ClinicalDocumentNotSealed, ClinicalDocumentVoided
from hospital.clinical_documents.tests.factories import full_values
from hospital.clinical_documents.types import ClinicalKind
from hospital.documents.api import verify_document
from hospital.documents.models import DocumentTextGap, IssuedDocument
from hospital.documents.tests.pdf_reading import Paper
from hospital.documents.types import Authenticity, PaperLanguage
from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.records import api as records
from hospital.records.errors import UnknownDiagnosisCode
from hospital.records.tests.factories import make_terms
from hospital.translations import api as translations
from hospital.translations.tests.factories import make_translator
from hospital.translations.types import SourceSegment, SourceText, Subject
from hospital.workflows.check_paper import check_paper
from hospital.workflows.errors import TranslationMissing, TranslationStale
from hospital.workflows.print_medical_document import list_offered_languages, print_medical_document
from hospital.workflows.write_medical_document import (
    DraftForm,
    save_medical_draft,
    seal_certificate,
    sign_medical_document,
    start_medical_document,
    void_medical_document,
)

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55", "N05")]
OPINION = "发热、咳嗽 5 天。\n予口服抗菌药物治疗。"
ENGLISH = ("Fever and cough for 5 days.", "Oral antibiotics were given.")


@pytest.fixture
def scene():
    make_terms()
    scene = make_visit()
    records.save_note(
        encounter_id=scene.encounter_id,
        complaint="Fever and cough",
        findings="Crackles on the right",
        plan=OPINION,
        actor=scene.doctor,
        now=TEN,
    )
    records.add_diagnosis(encounter_id=scene.encounter_id, code="J18.9", actor=scene.doctor, now=TEN)
    return scene


def start(scene, kind=ClinicalKind.DIAGNOSIS_CERTIFICATE, language="zh"):
    return start_medical_document(
        encounter_id=scene.encounter_id, kind=kind, language=language, actor=scene.doctor, now=TEN
    )


def values_of(scene, document_id):
    return documents.get_document(document_id=document_id, actor=scene.doctor, now=TEN).newest.values


def certify(scene):
    """A sealed certificate of the visit."""
    document_id = start(scene)
    form = DraftForm(texts={"opinion": OPINION, "purpose": "INSURANCE"}, codes={"diagnoses": ("J18.9", "I10")})
    save_medical_draft(document_id=document_id, form=form, revision=0, actor=scene.doctor, now=TEN)
    sign_medical_document(document_id=document_id, revision=1, actor=scene.doctor, now=TEN)
    seal(document_id)
    return document_id


def seal(document_id, *, version=1):
    office = make_staff(Role.MEDICAL_AFFAIRS, name="office")
    return seal_certificate(document_id=document_id, version=version, actor=office, now=TEN)


def translate(document_id):
    """Has the newest signed version translated and released."""
    version = documents.get_signed_version(document_id=document_id)
    source = SourceText(
        subject=Subject("clinical_documents.document", str(document_id)),
        version=version.version,
        digest=version.source_hash,
        language=version.language,
        title=version.title,
        segments=tuple(SourceSegment(each.key, each.heading, each.text) for each in version.segments),
        person_id=version.person_id,
        person_name="FRASER",
        campus_code=version.campus_code,
        signed_by=version.signer,
        signed_at=version.signed_at,
    )
    translator, reader = make_translator("song"), make_translator("liang")
    translation_id = translations.request_translation(source=source, actor=system_actor("test"), now=TEN)
    for position, segment in enumerate(version.segments, start=1):
        found = translations.get_translation(translation_id=translation_id, actor=translator, now=TEN)
        translations.save_segment(
            translation_id=translation_id,
            position=found.segments[position - 1].position,
            text=ENGLISH[position - 1],
            actor=translator,
            now=TEN,
        )
        assert segment.text == found.segments[position - 1].source
    translations.submit_translation(translation_id=translation_id, actor=translator, now=TEN)
    translations.release_translation(translation_id=translation_id, actor=reader, now=TEN)


def print_it(scene, document_id, language, **more):
    return print_medical_document(
        document_id=document_id, language=PaperLanguage(language), actor=scene.doctor, now=TEN, **more
    )


def amend(scene, document_id):
    documents.amend_document(document_id=document_id, reason="Days of rest", actor=scene.doctor, now=TEN)
    form = DraftForm(texts={"opinion": OPINION, "purpose": "VISA"}, codes={"diagnoses": ("J18.9",)})
    save_medical_draft(document_id=document_id, form=form, revision=0, actor=scene.doctor, now=TEN)
    sign_medical_document(document_id=document_id, revision=1, actor=scene.doctor, now=TEN)


def test_a_draft_takes_what_the_visit_knows_in_its_language(scene):
    values = values_of(scene, start(scene))
    assert [row.code for row in values["diagnoses"]] == ["J18.9"]
    assert values["opinion"] == OPINION
    letter = values_of(scene, start(scene, ClinicalKind.REFERRAL_LETTER, "en"))
    assert (letter["history"], letter["findings"]) == ("Fever and cough", "Crackles on the right")
    assert "treatment" not in letter


def test_a_discharge_summary_knows_the_stay(scene):
    bed = make_bed()
    BedStay.objects.create(
        bed=bed,
        room=bed.room,
        person_id=scene.person_id,
        sex="F",
        starts_on=date(2026, 11, 20),
        ends_on=date(2026, 11, 24),
        state="ENDED",
        booked_by="test",
        created_at=TEN,
        arrived_at=TEN - timedelta(days=5),
        ended_at=TEN - timedelta(days=1),
    )
    summary = values_of(scene, start(scene, ClinicalKind.DISCHARGE_SUMMARY))
    assert (summary["admitted_at"], summary["discharged_at"]) == ("2026-11-20T10:00", "2026-11-24T10:00")
    assert summary["bed"] == bed.label
    view = documents.get_document(
        document_id=start(scene, ClinicalKind.FIRST_PROGRESS_NOTE), actor=scene.doctor, now=TEN
    )
    assert "discharged_at" not in view.newest.values
    assert view.card.due_at == TEN - timedelta(days=5) + timedelta(hours=8)
    assert view.card.is_overdue(TEN)


def test_a_code_that_is_not_in_the_list_is_refused(scene):
    document_id = start(scene)
    with pytest.raises(UnknownDiagnosisCode):
        save_medical_draft(
            document_id=document_id,
            form=DraftForm(codes={"diagnoses": ("Z99.99",)}),
            revision=0,
            actor=scene.doctor,
            now=TEN,
        )
    assert values_of(scene, document_id)["opinion"] == OPINION


def test_drugs_that_nobody_prescribed_are_left_out(scene):
    document_id = start(scene, ClinicalKind.REFERRAL_LETTER)
    form = DraftForm(texts={"refer_to": "粤澜医院"}, lines={"drugs": ("11111111-1111-7111-8111-111111111111",)})
    save_medical_draft(document_id=document_id, form=form, revision=0, actor=scene.doctor, now=TEN)
    assert values_of(scene, document_id) == {"refer_to": "粤澜医院"}


def test_before_the_seal_nothing_is_printed(scene):
    document_id = start(scene)
    form = DraftForm(texts={"opinion": OPINION, "purpose": "INSURANCE"}, codes={"diagnoses": ("J18.9",)})
    save_medical_draft(document_id=document_id, form=form, revision=0, actor=scene.doctor, now=TEN)
    sign_medical_document(document_id=document_id, revision=1, actor=scene.doctor, now=TEN)
    assert list_offered_languages(document_id=document_id) == ()
    for version in (None, 1):
        with pytest.raises(ClinicalDocumentNotSealed):
            print_it(scene, document_id, "zh", version=version)
    assert not IssuedDocument.objects.exists()


def test_it_prints_in_its_own_language_once_it_is_sealed_and_in_no_other(scene):
    document_id = certify(scene)
    text = Paper(print_it(scene, document_id, "zh").pdf).text
    assert "医务部审核" in text
    number = documents.get_signed_version(document_id=document_id).number
    assert "诊 断 证 明 书" in text
    assert number in text
    assert list_offered_languages(document_id=document_id) == (PaperLanguage.ZH,)
    for language in ("en", "both"):
        with pytest.raises(TranslationMissing):
            print_it(scene, document_id, language)
    assert IssuedDocument.objects.count() == 1
    assert not DocumentTextGap.objects.exists()


def test_with_its_translation_it_prints_in_both(scene):
    document_id = certify(scene)
    chinese = print_it(scene, document_id, "zh")
    translate(document_id)
    assert list_offered_languages(document_id=document_id) == tuple(PaperLanguage)
    text = Paper(print_it(scene, document_id, "en").pdf).text
    assert ENGLISH[0] in text
    assert "Pneumonia, organism not specified (J18.9)" in text
    assert "reviewed by" in text
    assert OPINION.splitlines()[0] in Paper(print_it(scene, document_id, "both").pdf).text
    # Who holds the first paper keeps a valid one.
    first = IssuedDocument.objects.get(number=chinese.number)
    assert first.state == "VALID"
    assert verify_document(number=first.number, check_code=first.check_code).authenticity is Authenticity.GENUINE


def test_an_amendment_makes_the_translation_stale_and_the_papers_old(scene):
    document_id = certify(scene)
    translate(document_id)
    old = print_it(scene, document_id, "en")
    amend(scene, document_id)
    assert IssuedDocument.objects.get(number=old.number).state == "VALID"
    seal(document_id, version=2)
    assert IssuedDocument.objects.get(number=old.number).state == "SUPERSEDED"
    with pytest.raises(TranslationStale):
        print_it(scene, document_id, "en")
    assert "第 2 版" in Paper(print_it(scene, document_id, "zh").pdf).text
    earlier = Paper(print_it(scene, document_id, "en", version=1).pdf).text
    assert "REPLACED" in earlier
    assert old.number in earlier


def test_whoever_checks_a_paper_learns_which_version_holds_and_nothing_else(scene):
    document_id = certify(scene)
    row = IssuedDocument.objects.get(number=print_it(scene, document_id, "zh").number)

    def check(code=row.check_code):
        return check_paper(number=row.number, check_code=code)

    first = check()
    assert first.standing is not None
    assert (first.version, first.standing.version, first.standing.is_voided) == (1, 1, False)
    assert check("0000-0000").standing is None
    amend(scene, document_id)
    assert check() == first
    seal(document_id, version=2)
    second = check()
    assert second.verification.authenticity is Authenticity.SUPERSEDED
    assert second.standing is not None
    assert (second.version, second.standing.version, second.standing.number) == (1, 2, first.standing.number)
    void_medical_document(document_id=document_id, reason="Wrong patient", actor=scene.doctor, now=TEN)
    voided = check()
    assert voided.standing is not None
    assert voided.standing.is_voided
    assert "J18.9" not in str(voided)
    page = Client().get(f"/v/{row.number}?k={row.check_code}", headers={"Accept-Language": "en"}).content.decode()
    assert "Void: no version is valid" in page
    assert "Pneumonia" not in page


def test_what_needs_no_translation_prints_in_every_language(scene):
    document_id = start(scene, ClinicalKind.SICK_LEAVE)
    texts = {"rest_days": "3", "rest_from": "2026-11-25"}
    form = DraftForm(texts=texts, codes={"diagnoses": ("J18.9",)})
    save_medical_draft(document_id=document_id, form=form, revision=0, actor=scene.doctor, now=TEN)
    sign_medical_document(document_id=document_id, revision=1, actor=scene.doctor, now=TEN)
    seal(document_id)
    assert "25 Nov 2026 (to 27 Nov 2026, inclusive)" in Paper(print_it(scene, document_id, "en").pdf).text


def test_the_office_voids_a_certificate_with_its_papers(scene):
    document_id = certify(scene)
    paper = print_it(scene, document_id, "zh")
    office = replace(scene.doctor, grants=frozenset({(Role.MEDICAL_AFFAIRS, "IMC")}))
    void_medical_document(document_id=document_id, reason="Wrong patient", actor=office, now=TEN)
    row = IssuedDocument.objects.get(number=paper.number)
    answer = verify_document(number=row.number, check_code=row.check_code)
    assert answer.authenticity is Authenticity.VOID
    assert "肺炎" not in str(answer)
    assert "作废" in Paper(print_it(scene, document_id, "zh").pdf).text
    with pytest.raises(ClinicalDocumentVoided):
        print_it(scene, document_id, "en")


def test_a_consent_has_lines_for_pens_and_no_seal(scene):
    document_id = documents.start_document(
        encounter_id=scene.encounter_id,
        kind=ClinicalKind.INFORMED_CONSENT,
        language="zh",
        values=full_values(ClinicalKind.INFORMED_CONSENT),
        actor=scene.doctor,
        now=TEN,
    )
    sign_medical_document(document_id=document_id, revision=0, actor=scene.doctor, now=TEN)
    text = Paper(print_it(scene, document_id, "zh").pdf).text
    assert "见证人" in text
    assert "CR-" not in text
