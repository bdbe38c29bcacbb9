"""The translation desk over HTTP: start, write, accept, pass on, release; the glossary (D55, N05)."""

import pytest
from django.utils import timezone

from hospital.clinical_documents.api import get_signed_version
from hospital.clinical_documents.tests.factories import start_sealed
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.translations.models import GlossaryTerm, Segment, Translation
from hospital.translations.states import TranslationState
from hospital.workflows.tests.factories import make_story
from hospital.workflows.translate_documents import get_document_translation

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55", "N05")]
DESK = "/staff/translations/"
ENGLISH = {
    "发热、咳嗽 5 天。": "Fever and cough for 5 days.",
    "予口服抗菌药物治疗。": "Treated with oral antibacterials.",
    "粤澜医院": "Yuelan Hospital",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: TEN)


@pytest.fixture
def document_id():
    return start_sealed(make_story().scene)


def write_all(desk, row):
    for segment in row.segments.all():
        desk.post(f"{DESK}{row.pk}/segments/{segment.position}/", {"text": ENGLISH[segment.source]})


def act(desk, row, decision, **data):
    return desk.post(f"{DESK}{row.pk}/act/", {"decision": decision, **data}, follow=True)


def test_a_signed_document_is_translated_read_and_released_by_two(document_id):
    first, second = open_desk(Role.TRANSLATOR), open_desk(Role.TRANSLATOR)
    assert "Signed, not asked for yet" in first.get(DESK).content.decode()
    page = first.post(f"{DESK}start/{document_id}/", follow=True).content.decode()
    row = Translation.objects.get()
    assert "Chinese original, signed" in page
    assert 'lang="zh-CN">发热、咳嗽 <b>5</b> 天。</p>' in page
    assert "Not translated yet" in page
    saved = first.post(f"{DESK}{row.pk}/segments/1/", {"text": "Fever and cough for 6 days."}).content.decode()
    assert "5 days became 6 days" in saved
    assert act(first, row, "submit").status_code == 422
    write_all(first, row)
    assert "With the second reader now." in act(first, row, "submit").content.decode()
    assert "a second person reads it" in first.get(f"{DESK}{row.pk}/").content.decode()
    assert act(first, row, "release").status_code == 409
    assert "Released. It can be printed now." in act(second, row, "release").content.decode()
    version = get_signed_version(document_id=document_id)
    released = get_document_translation(version=version)
    assert released is not None
    assert set(released.texts) == {segment.key for segment in version.segments}
    assert "A new edition is open" in act(second, row, "reopen", words="A typing error").content.decode()


def test_a_difference_is_accepted_with_a_reason_and_work_is_given_back(document_id):
    first, second = open_desk(Role.TRANSLATOR), open_desk(Role.TRANSLATOR)
    first.post(f"{DESK}start/{document_id}/")
    row = Translation.objects.get()
    write_all(first, row)
    first.post(f"{DESK}{row.pk}/segments/1/", {"text": "Fever and cough for 5 days since 3 days."})
    code = "DURATION::3 day"
    assert act(first, row, "accept", position="1", code=code, words=" ").status_code == 422
    assert (
        "The doctor added it"
        in act(first, row, "accept", position="1", code=code, words="The doctor added it").content.decode()
    )
    act(first, row, "submit")
    assert "Given back to the translator" in act(second, row, "return", words="Ask the doctor").content.decode()
    assert "Ask the doctor" in first.get(f"{DESK}{row.pk}/").content.decode()
    row.refresh_from_db()
    assert row.state == TranslationState.RETURNED


def test_the_glossary_shows_gaps_and_keeps_versions(document_id):
    desk = open_desk(Role.TRANSLATOR)
    desk.post(f"{DESK}glossary/add/", {"zh": "发热", "en": ""})
    assert "1 term without English" in desk.get(f"{DESK}glossary/").content.decode()
    assert desk.post(f"{DESK}glossary/add/", {"zh": "发热", "en": "fever"}).status_code == 409
    term = GlossaryTerm.objects.get()
    change = {"zh": "发热", "en": "fever", "also_en": "pyrexia; febrile", "revision": "1"}
    desk.post(f"{DESK}glossary/{term.pk}/", change)
    term.refresh_from_db()
    assert (term.en, term.also_en) == ("fever", ["pyrexia", "febrile"])
    assert desk.post(f"{DESK}glossary/{term.pk}/", change).status_code == 409
    desk.post(f"{DESK}start/{document_id}/")
    page = desk.get(f"{DESK}{Translation.objects.get().pk}/").content.decode()
    assert '<u title="fever">发热</u>' in page


def test_other_roles_stay_out_and_pages_ask_little(document_id):
    for role in (Role.DOCTOR, Role.NURSE, Role.REGISTRAR):
        assert open_desk(role).get(DESK).status_code == 403
    desk = open_desk(Role.TRANSLATOR)
    desk.post(f"{DESK}start/{document_id}/")
    row = Translation.objects.get()
    assert desk.post(f"{DESK}{row.pk}/act/", {"decision": "nothing"}).status_code == 404
    assert desk.post(f"{DESK}{row.pk}/segments/99/", {"text": "x"}).status_code == 404
    assert not Segment.objects.exclude(target="").exists()
    before = count_queries(desk, f"{DESK}{row.pk}/")
    Segment.objects.bulk_create(
        Segment(translation=row, position=n, key=f"more.{n}", source=f"疼痛 {n} 天", source_hash="x")
        for n in range(10, 90)
    )
    assert count_queries(desk, f"{DESK}{row.pk}/") == before


class Fluent:
    """A machine that translates as a person would."""

    def draft_texts(self, texts, *, source, target):
        return [ENGLISH[text] for text in texts]


def test_a_machine_draft_is_confirmed_segment_by_segment_and_says_so(document_id, monkeypatch):
    for place in ("staff_web.translations.views", "translations.services.writing"):
        monkeypatch.setattr(f"hospital.{place}.get_machine_translator", Fluent)
    first, second = open_desk(Role.TRANSLATOR), open_desk(Role.TRANSLATOR)
    first.post(f"{DESK}start/{document_id}/")
    row = Translation.objects.get()
    page = act(first, row, "draft").content.decode()
    assert "2 machine drafts to confirm or change" in page
    refused = act(first, row, "submit")
    assert (refused.status_code, "machine_draft_unread" in refused.content.decode()) == (409, True)
    for segment in row.segments.all():
        saved = first.post(f"{DESK}{row.pk}/segments/{segment.position}/", {"text": segment.target, "confirm": "1"})
        assert "Machine draft, confirmed" in saved.content.decode()
    assert act(first, row, "submit").status_code == 200
    page = second.get(f"{DESK}{row.pk}/").content.decode()
    assert "2 of 2 segments" in page
    assert "Machine draft, confirmed" in page
