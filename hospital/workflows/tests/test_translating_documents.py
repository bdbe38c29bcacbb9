"""A document's translation belongs to one signed version: amended, it is asked for anew, with what did not change."""

import pytest

from hospital.clinical_documents import api as documents
from hospital.clinical_documents.errors import ClinicalDocumentNotSigned, ClinicalDocumentVoided
from hospital.clinical_documents.tests.factories import full_values, seal, start, start_sealed, start_signed
from hospital.clinical_documents.types import ClinicalKind
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.patients.errors import NoCareRelation
from hospital.translations import api as translations
from hospital.translations.api import list_translations
from hospital.translations.models import Translation
from hospital.translations.states import Origin
from hospital.workflows.tests.factories import make_story
from hospital.workflows.translate_documents import (
    get_document_translation,
    list_untranslated,
    request_document_translation,
)
from hospital.workflows.write_medical_document import sign_medical_document, void_medical_document

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55", "N05")]
ENGLISH = {
    "发热、咳嗽 5 天。": "Fever and cough for 5 days.",
    "予口服抗菌药物治疗。": "Treated with oral antibacterials.",
}


@pytest.fixture
def story():
    return make_story()


def translate(document_id, *, translator, reader):
    translation_id = request_document_translation(document_id=document_id, actor=translator, now=TEN)
    view = translations.get_translation(translation_id=translation_id, actor=translator, now=TEN)
    for segment in view.segments:
        translations.save_segment(
            translation_id=translation_id,
            position=segment.position,
            text=ENGLISH[segment.source],
            actor=translator,
            now=TEN,
        )
    translations.submit_translation(translation_id=translation_id, actor=translator, now=TEN)
    translations.release_translation(translation_id=translation_id, actor=reader, now=TEN)


def test_an_amended_document_is_asked_for_anew_and_prints_no_stale_translation(story):
    translator, reader = (make_staff(Role.TRANSLATOR, name=name) for name in ("ding", "guo"))
    document_id = start_sealed(story.scene)
    (waiting,) = list_untranslated(actor=translator, now=TEN)
    assert not waiting.is_amended
    assert waiting.person_name
    translate(document_id, translator=translator, reader=reader)
    first = documents.get_signed_version(document_id=document_id)
    assert get_document_translation(version=first) is not None
    assert list_untranslated(actor=translator, now=TEN) == []

    documents.amend_document(document_id=document_id, reason="Another opinion", actor=story.scene.doctor, now=TEN)
    opinion = "发热、咳嗽 5 天。\n建议休息 3 天。"
    values = {**full_values(ClinicalKind.DIAGNOSIS_CERTIFICATE), "opinion": opinion}
    revision = documents.save_draft(
        document_id=document_id, values=values, revision=0, actor=story.scene.doctor, now=TEN
    )
    documents.sign_document(document_id=document_id, revision=revision, actor=story.scene.doctor, now=TEN)
    seal(story.scene, document_id, version=2)
    second = documents.get_signed_version(document_id=document_id)
    assert get_document_translation(version=second) is None
    (waiting,) = list_untranslated(actor=translator, now=TEN)
    assert (waiting.is_amended, waiting.version.version) == (True, 2)
    again = request_document_translation(document_id=document_id, actor=translator, now=TEN)
    view = translations.get_translation(translation_id=again, actor=translator, now=TEN)
    assert [segment.origin for segment in view.segments] == [Origin.EARLIER, Origin.NONE]


def test_who_may_not_read_it_may_not_ask_and_a_draft_is_no_source(story):
    document_id = start_sealed(story.scene)
    with pytest.raises(NoCareRelation):
        request_document_translation(document_id=document_id, actor=make_staff(Role.DOCTOR, campus="NORTH"), now=TEN)
    assert list_untranslated(actor=make_staff(Role.DOCTOR), now=TEN) == []
    assert list_untranslated(actor=make_staff(Role.TRANSLATOR, campus="NORTH"), now=TEN) == []
    assert not Translation.objects.exists()
    request_document_translation(document_id=document_id, actor=story.scene.doctor, now=TEN)
    assert Translation.objects.count() == 1
    draft = start(story.scene, ClinicalKind.REFERRAL_LETTER)
    with pytest.raises(ClinicalDocumentNotSigned):
        request_document_translation(document_id=draft, actor=story.scene.doctor, now=TEN)


def test_a_void_document_leaves_the_desk(story):
    translator = make_staff(Role.TRANSLATOR, name="ding")
    document_id = start_sealed(story.scene)
    request_document_translation(document_id=document_id, actor=translator, now=TEN)
    assert len(list_translations(actor=translator)) == 1
    void_medical_document(document_id=document_id, reason="Wrong patient", actor=story.scene.doctor, now=TEN)
    assert list_translations(actor=translator) == list_untranslated(actor=translator, now=TEN) == []
    with pytest.raises(ClinicalDocumentVoided):
        request_document_translation(document_id=document_id, actor=translator, now=TEN)


def test_the_open_translation_of_an_amended_letter_is_overtaken_at_its_signature(story):
    translator = make_staff(Role.TRANSLATOR, name="ding")
    document_id = start_signed(story.scene, ClinicalKind.REFERRAL_LETTER)
    request_document_translation(document_id=document_id, actor=translator, now=TEN)
    documents.amend_document(document_id=document_id, reason="Another address", actor=story.scene.doctor, now=TEN)
    values = {**full_values(ClinicalKind.REFERRAL_LETTER), "reason": "复诊。"}
    documents.save_draft(document_id=document_id, values=values, revision=0, actor=story.scene.doctor, now=TEN)
    sign_medical_document(document_id=document_id, revision=1, actor=story.scene.doctor, now=TEN)
    assert list_translations(actor=translator) == []
    (waiting,) = list_untranslated(actor=translator, now=TEN)
    assert waiting.is_amended
