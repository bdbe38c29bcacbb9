"""Reports as patients get them (A08, R56): only verified ones, with ranges, words for flags, and on paper."""

import pytest

from hospital.audit.models import AuditEntry
from hospital.billing.models import Charge
from hospital.patient_api.tests.callers import code_of, count_statements, make_signed_in
from hospital.patient_api.tests.factories import answer_of, let_acquirer_say_paid, start_paying
from hospital.results.tests.factories import ELEVEN, enter, technician
from hospital.workflows.report_results import take_in_specimen
from hospital.workflows.tests.factories import make_story, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "R56")]


def test_a_report_is_read_in_both_languages_and_the_look_is_logged(world):
    (row,) = answer_of(world.owner.get(f"/people/{world.person_id}/reports"))
    assert (row["id"], row["flagged"]) == (str(world.report_id), 0)
    report = answer_of(world.owner.get(f"/reports/{world.report_id}"))
    values = {value["code"]: value for value in report["values"]}
    assert values["WBC"]["value"]["en"] == "6.1"
    assert values["HGB"]["name"] == {"zh": "血红蛋白", "en": "Hemoglobin"}
    assert (values["HGB"]["second"], values["HGB"]["second_unit"]) == ("12.8", "g/dL")
    assert values["HGB"]["about"] == {"zh": "血红蛋白携带氧气。", "en": "Hemoglobin carries oxygen."}
    assert (values["WBC"]["second"], values["WBC"]["about"]["en"]) == ("", "")
    assert values["HGB"]["flag_text"] == {"zh": "正常", "en": "In the usual range"}
    look = AuditEntry.objects.get(action="results.view", subject_id=str(world.report_id))
    assert look.person_id == world.person_id


@pytest.mark.requirement("N14")
def test_what_is_not_verified_is_not_there(acquirer):
    story = make_story()
    owner = make_signed_in(story.patient.id)
    signed = sign(story)
    assert Charge.objects.count() == len(signed.charge_ids)
    payment_id = start_paying(owner, [str(each) for each in signed.charge_ids])["payment"]["id"]
    let_acquirer_say_paid(payment_id)
    answer_of(owner.get(f"/payments/{payment_id}"))
    tester = technician()
    report_id = take_in_specimen(specimen_id=signed.specimen_ids[0], actor=tester, now=ELEVEN)
    enter(report_id, tester)
    assert answer_of(owner.get(f"/people/{story.scene.person_id}/reports")) == []
    for path in (f"/reports/{report_id}", f"/reports/{report_id}/pdf"):
        answer = owner.get(path)
        assert answer.status_code in {404, 409}
        assert code_of(answer) in {"unknown_report", "report_not_verified"}


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.requirement("N20")
def test_the_report_prints_in_every_language(world, language):
    paper = world.owner.get(f"/reports/{world.report_id}/pdf", language=language)
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"].startswith("inline; filename=")


def test_the_list_of_reports_takes_a_fixed_number_of_statements(world):
    few, rows = count_statements(world.owner, f"/people/{world.person_id}/reports")
    assert rows == 1
    assert few <= 8
