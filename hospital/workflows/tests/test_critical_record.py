"""The critical value's record on the report names the clinician in the language of the paper."""

import pytest

from hospital.documents.types import PaperLanguage
from hospital.encounters.models import Encounter
from hospital.results import api as results
from hospital.results.models import ResultValue
from hospital.results.tests.factories import ELEVEN, enter, technician
from hospital.workflows import print_clinical
from hospital.workflows.report_results import publish_report, take_in_specimen
from hospital.workflows.tests.factories import make_story, pay_all, sign

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R56", "N20")]


@pytest.mark.parametrize(
    ("answered_by", "zh", "en"),
    [
        ("林志远", "林志远", "LIN Zhiyuan"),
        ("LIN Zhiyuan", "林志远", "LIN Zhiyuan"),
        ("Nurse Wu", "Nurse Wu", "Nurse Wu"),
    ],
)
def test_who_answered_is_named_in_both_languages(acquirer, monkeypatch, answered_by, zh, en):
    story = make_story()
    signed = sign(story)
    pay_all(story, signed)
    tester = technician()
    report_id = take_in_specimen(specimen_id=signed.specimen_ids[0], actor=tester, now=ELEVEN)
    enter(report_id, tester, {"WBC": "6.1", "HGB": "128", "PLT": "28"})
    value = ResultValue.objects.get(code="PLT")
    results.record_call(value_id=value.id, answered_by=answered_by, read_back="28", actor=tester, now=ELEVEN)
    publish_report(report_id=report_id, actor=technician("verifier"), now=ELEVEN)
    assert Encounter.objects.count() == 1
    printed = []
    monkeypatch.setattr(print_clinical, "print_paper", lambda **facts: printed.append(facts["content"]))
    print_clinical.print_laboratory_report(
        report_id=report_id, language=PaperLanguage.EN, actor=story.scene.doctor, now=ELEVEN
    )
    record = printed[0].critical_value_record
    assert zh in record.zh
    assert en in record.en
