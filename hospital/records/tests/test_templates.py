"""Templates belong to a doctor or to a department; favorites to a doctor."""

import pytest

from hospital.audit.api import list_versions
from hospital.campuses.models import Clinician
from hospital.encounters.tests.clinic import make_doctor, make_visit
from hospital.kernel.types import BilingualText
from hospital.records import api, errors
from hospital.records.models import FavoriteDiagnosis, NoteTemplate
from hospital.records.tests.factories import make_terms

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55")]
NAME = BilingualText("高血压随访", "Hypertension follow-up")
TEXTS = {"complaint": "Follow-up of hypertension", "findings": "BP", "plan": ""}


def keep(doctor, *, is_shared=False, **facts):
    return api.save_template(**({"name": NAME, "texts": TEXTS, "is_shared": is_shared, "actor": doctor} | facts))


def make_colleague(scene):
    """A second doctor, of the same department as the visit's."""
    colleague = make_doctor()[0]
    Clinician.objects.filter(user_id=colleague.id).update(department_id=scene.department_id)
    return colleague


def test_a_template_is_the_doctors_own_until_it_is_shared():
    scene = make_visit()
    colleague = make_colleague(scene)
    own = keep(scene.doctor)
    assert [each.id for each in api.list_templates(actor=scene.doctor)] == [own]
    assert api.list_templates(actor=colleague) == []
    with pytest.raises(errors.UnknownTemplate):
        keep(colleague, template_id=own)
    with pytest.raises(errors.UnknownTemplate):
        api.delete_template(template_id=own, actor=colleague)
    keep(scene.doctor, template_id=own, is_shared=True)
    assert [(each.id, each.is_shared) for each in api.list_templates(actor=colleague)] == [(own, True)]
    keep(colleague, template_id=own, is_shared=True, texts=TEXTS | {"plan": "Salt"})
    assert api.list_templates(actor=scene.doctor)[0].plan == "Salt"
    api.delete_template(template_id=own, actor=colleague)
    assert NoteTemplate.objects.count() == 0
    operations = [each.operation for each in list_versions(table_name="records_notetemplate", row_id=str(own))]
    assert operations == ["INSERT", "UPDATE", "UPDATE", "DELETE"]


@pytest.mark.parametrize(
    "facts", [{"name": BilingualText(" ", "")}, {"texts": {}}, {"texts": {"plan": "  "}}], ids=["name", "none", "blank"]
)
def test_a_template_needs_a_name_and_a_text(facts):
    with pytest.raises(errors.TemplateIncomplete):
        keep(make_visit().doctor, **facts)
    assert NoteTemplate.objects.count() == 0


def test_a_favorite_diagnosis_is_kept_once_and_for_one_doctor():
    make_terms()
    scene = make_visit()
    for _ in range(2):
        api.set_favorite_diagnosis(code="i10", is_favorite=True, actor=scene.doctor)
    assert [hit.code for hit in api.list_favorite_diagnoses(actor=scene.doctor)] == ["I10"]
    assert api.list_favorite_diagnoses(actor=make_colleague(scene)) == []
    api.set_favorite_diagnosis(code="I10", is_favorite=False, actor=scene.doctor)
    assert FavoriteDiagnosis.objects.count() == 0
    with pytest.raises(errors.UnknownDiagnosisCode):
        api.set_favorite_diagnosis(code="Z99999", is_favorite=True, actor=scene.doctor)
