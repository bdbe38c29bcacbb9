"""Phrases that staff keep: alike in both languages, by department, over the shipped ones; reports keep their text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.audit.api import list_versions
from hospital.campuses.models import Clinician
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.results import api
from hospital.results.errors.reading import NotPhraseKeeper, PhraseChanged, PhraseNotAlike, UnknownPhrase
from hospital.results.models import KeptPhrase
from hospital.results.reporting.slots import BLANKS, check_phrase
from hospital.results.reporting.templates import TEMPLATES
from hospital.results.types import PhraseDraft, Where

pytestmark = pytest.mark.requirement("R57")
SPOT = {"zh": "{side}肾见低密度灶，直径约 {size} mm。", "en": "Low-density focus of {size} mm in the {side} kidney."}


@pytest.fixture
def head(db):
    return keeper("CHIEF")


@pytest.fixture
def resident(db):
    return keeper("RESIDENT")


def keeper(title):
    actor, clinician = make_doctor()
    Clinician.objects.filter(pk=clinician.id).update(title=title)
    return actor


def save(actor, **facts):
    return api.save_phrase(
        draft=PhraseDraft(**{"template_code": "ABDOMEN", "where": Where.FINDINGS} | SPOT | facts), actor=actor, now=TEN
    )


def offered(actor, template="ABDOMEN"):
    department_id = api.find_phrase_keeper(actor=actor).department_id
    found = api.find_report_template(code=template, department_id=department_id)
    return {phrase.code: phrase for phrase in found.phrases}


def test_every_shipped_phrase_is_alike():
    for template in TEMPLATES:
        for phrase in template.phrases:
            check_phrase(zh=phrase.zh, en=phrase.en, en_both=phrase.en_both, is_normal=phrase.is_normal)


@given(st.sets(st.sampled_from(sorted(BLANKS))), st.sets(st.sampled_from(sorted(BLANKS))))
def test_the_blanks_of_both_languages_are_the_same(chinese, english):
    texts = {
        "zh": "见" + "".join(f"{{{name}}}" for name in sorted(chinese)),
        "en": "Seen " + " ".join(f"{{{name}}}" for name in sorted(english)),
    }
    if chinese == english:
        check_phrase(**texts, en_both="", is_normal=False)
    else:
        with pytest.raises(PhraseNotAlike):
            check_phrase(**texts, en_both="", is_normal=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"en": ""},
        {"zh": "Focus of {size} mm in the {side} kidney."},
        {"en": "低密度灶 {side} {size}"},
        {"zh": "{side}肾见 {volume} mm。", "en": "{side} {volume}"},
        {"zh": "{side}肾见 {size!r} mm。"},
        {"zh": "{side}肾见 {size:>9} mm。"},
        {"zh": "{side.name}肾 {size}"},
        {"zh": "{side}肾 {size"},
        {"zh": "{side}肾 {{size}} {size}"},
        {"en_both": "Foci of {size} mm in the {side} kidneys."},
        {"is_normal": True},
    ],
)
def test_what_does_not_render_alike_is_refused(head, wrong):
    with pytest.raises(PhraseNotAlike):
        save(head, **wrong)
    assert not KeptPhrase.objects.exists()


def test_a_department_offers_its_own_and_others_do_not_see_them(resident, head):
    code = save(resident, en_both="Low-density foci of {size} mm in both kidneys.")
    assert offered(resident)[code].zh == SPOT["zh"]
    assert code not in offered(head)
    with pytest.raises(NotPhraseKeeper):
        save(head, code=code, version=1)
    with pytest.raises(NotPhraseKeeper):
        save(resident, is_for_all=True)
    assert KeptPhrase.objects.get().version == 1


def test_a_head_changes_a_shipped_one_for_everybody_and_retires_it(resident, head):
    with pytest.raises(NotPhraseKeeper):
        save(resident, code="FATTY_LIVER", zh="脂肪肝（轻度）。", en="Mild fatty liver.")
    facts = {"code": "FATTY_LIVER", "where": Where.IMPRESSION, "zh": "脂肪肝（轻度）。", "en": "Mild fatty liver."}
    assert save(head, **facts) == "FATTY_LIVER"
    assert offered(resident)["FATTY_LIVER"].en == "Mild fatty liver."
    with pytest.raises(PhraseChanged):
        save(head, **facts)
    with pytest.raises(PhraseChanged):
        save(head, **facts, version=7)
    retire = {"template_code": "ABDOMEN", "actor": head, "now": TEN}
    api.retire_phrase(code="FATTY_LIVER", version=1, is_retired=True, **retire)
    api.retire_phrase(code="SPLEEN", version=0, is_retired=True, **retire)
    assert {"FATTY_LIVER", "SPLEEN"}.isdisjoint(offered(resident))
    abdomen = api.find_report_template(code="ABDOMEN", department_id=None)
    assert abdomen is not None
    assert "spleen" not in api.render_normal(abdomen)[Where.FINDINGS].en.lower()
    api.retire_phrase(code="SPLEEN", version=1, is_retired=False, **retire)
    assert "SPLEEN" in offered(head)
    row = KeptPhrase.objects.get(code="FATTY_LIVER")
    versions = list_versions(table_name="results_keptphrase", row_id=str(row.id))
    assert versions[-1].after["is_retired"]


def test_a_body_part_of_their_own_and_what_does_not_exist(resident, head):
    name = BilingualText("乳腺", "Breast")
    with pytest.raises(NotPhraseKeeper):
        api.add_report_template(name=name, modalities=["MG"], actor=resident, now=TEN)
    code = api.add_report_template(name=name, modalities=["MG"], actor=head, now=TEN)
    save(resident, template_code=code, zh="双乳未见肿块。", en="No mass in either breast.", is_normal=True)
    department_id = api.find_phrase_keeper(actor=resident).department_id
    assert [each.code for each in api.list_report_templates(modality="MG", department_id=department_id)] == [code]
    for unknown in ({"template_code": "NONE"}, {"code": "NONE"}):
        with pytest.raises(UnknownPhrase):
            save(head, **unknown)


def test_who_is_no_doctor_keeps_none(db):
    make_visit()
    with pytest.raises(NotPhraseKeeper):
        save(make_staff(Role.NURSE))
