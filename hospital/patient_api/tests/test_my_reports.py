"""The reports of an account's people: pages, trends, and closed ones that tell nothing (A08, W26)."""

import json
from datetime import timedelta

import pytest

from hospital.documents.tests.pdf_reading import Paper
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText
from hospital.orders.models import OrderLine
from hospital.patient_api.tests.callers import code_of, count_statements
from hospital.patient_api.tests.factories import answer_of
from hospital.results import api as results
from hospital.results.models import ExamReport, LabReport, ResultValue, Specimen
from hospital.results.tests.factories import ask, technician
from hospital.results.tests.test_exam_reports import write
from hospital.results.types import AmendmentKind, ExamText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "W26")]


def report_again(world, *, days, count, code="CBC"):
    """Another verified report of the same patient, `days` later."""
    now = TEN + timedelta(days=days)
    (specimen_id,) = ask(world.story.scene, code)
    Specimen.objects.filter(pk=specimen_id).update(requested_at=now)
    tester = technician()
    report_id = results.receive_specimen(specimen_id=specimen_id, is_settled=True, actor=tester, now=now)
    rows = dict(ResultValue.objects.filter(report_id=report_id).values_list("code", "id"))
    results.enter_results(
        report_id=report_id,
        values={key: count.get(key, "0") for key in rows},
        revision=0,
        actor=tester,
        now=now,
    )
    results.submit_results(report_id=report_id, actor=tester, now=now)
    for value in ResultValue.objects.filter(report_id=report_id, is_critical=True):
        results.record_call(value_id=value.id, answered_by="Dr Lin", read_back=value.text, actor=tester, now=now)
    results.verify_report(report_id=report_id, actor=technician("verifier"), now=now)
    return report_id


def test_the_same_analyte_stands_in_a_line_over_time(world, clock):
    newer = report_again(world, days=3, count={"WBC": "9.9", "HGB": "121", "PLT": "241"})
    clock.now = TEN + timedelta(days=4)
    values = {each["code"]: each for each in answer_of(world.owner.get(f"/reports/{newer}"))["values"]}
    assert [point["number"] for point in values["WBC"]["trend"]] == ["6.1", "9.9"]
    assert [values[code]["direction"] for code in ("WBC", "HGB", "PLT")] == ["UP", "DOWN", "SAME"]
    assert (values["WBC"]["low"], values["WBC"]["high"], values["WBC"]["flag"]) == ("3.5", "9.5", "H")
    assert values["WBC"]["earlier"]["en"] == "6.1"
    first = {each["code"]: each for each in answer_of(world.owner.get(f"/reports/{world.report_id}"))["values"]}
    assert (first["WBC"]["direction"], len(first["WBC"]["trend"])) == (None, 1)


def test_a_value_in_another_unit_or_below_a_limit_is_not_compared(world, clock):
    newer = report_again(world, days=3, count={"WBC": "<0.1", "HGB": "121", "PLT": "241"})
    clock.now = TEN + timedelta(days=4)
    values = {each["code"]: each for each in answer_of(world.owner.get(f"/reports/{newer}"))["values"]}
    assert values["WBC"]["direction"] is None
    assert values["WBC"]["trend"][-1]["number"] is None


def test_a_critical_report_is_closed_and_no_answer_tells_any_of_it(world, clock):
    closed = report_again(world, days=1, count={"WBC": "6.0", "HGB": "128", "PLT": "7"})
    clock.now = TEN + timedelta(days=2)
    (line, _) = answer_of(world.owner.get("/reports"))["reports"]
    assert (line["id"], line["state"], line["flagged"]) == (str(closed), "CLOSED", None)
    for path in (f"/reports/{closed}", f"/reports/{closed}/pdf"):
        answer = world.owner.get(path)
        assert (answer.status_code, code_of(answer)) == (409, "report_closed")
    why = world.owner.get(f"/reports/closed/{closed}")
    told = answer_of(why)
    assert told["doctor"]["zh"] == "林志远"
    assert told["why"]["zh"]
    for text in (json.dumps(line), why.content.decode()):
        assert "critical" not in text.lower()
        assert '"7"' not in text
    earlier = report_again(world, days=3, count={"WBC": "6.2", "HGB": "128", "PLT": "180"})
    clock.now = TEN + timedelta(days=4)
    values = {each["code"]: each for each in answer_of(world.owner.get(f"/reports/{earlier}"))["values"]}
    assert [point["number"] for point in values["PLT"]["trend"]] == ["241", "180"]
    doctor = world.story.scene.doctor
    results.release_report(report_id=closed, actor=doctor, now=clock.now)
    assert answer_of(world.owner.get(f"/reports/{closed}"))["number"]
    assert code_of(world.owner.get(f"/reports/closed/{closed}")) == "unknown_report"


def test_an_examination_report_is_listed_and_read(world):
    sign_exam(world, is_sensitive=False)
    kinds = [each["kind"] for each in answer_of(world.owner.get("/reports"))["reports"]]
    assert sorted(kinds) == ["EXAM", "LAB"]
    (line,) = answer_of(world.owner.get("/reports", kind="EXAM"))["reports"]
    found = answer_of(world.owner.get(f"/exam-reports/{line['id']}"))
    assert found["impression"]["en"] == "No abnormality seen"


def test_a_closed_examination_report_tells_nothing(world):
    report_id = sign_exam(world, is_sensitive=True)
    for path in (f"/exam-reports/{report_id}", f"/exam-reports/{report_id}/pdf"):
        answer = world.owner.get(path)
        assert (answer.status_code, code_of(answer)) == (409, "report_closed")
    assert "abnormality" not in world.owner.get(f"/reports/closed/{report_id}").content.decode()


def sign_exam(world, *, is_sensitive=False, line_id=None):
    report_id = write(world.story.scene, is_sensitive=is_sensitive, line_id=line_id)
    results.sign_exam_report(report_id=report_id, actor=world.story.scene.doctor, now=TEN)
    return report_id


def amend_exam(world, report_id, *, kind=AmendmentKind.AMENDMENT):
    """Another version, signed."""
    doctor = world.story.scene.doctor
    draft = results.amend_exam_report(
        report_id=report_id, kind=kind, reason=BilingualText("左右写错", "Mixed up"), actor=doctor, now=TEN
    )
    line_id = ExamReport.objects.get(pk=report_id).order_line_id
    text = ExamText(
        findings=BilingualText("左肺结节", "Nodule on the left"),
        impression=BilingualText("左肺结节", "Nodule on the left"),
        addendum=BilingualText("无变化", "Unchanged"),
    )
    write(world.story.scene, line_id=line_id, text=text)
    results.sign_exam_report(report_id=draft, actor=doctor, now=TEN)
    return draft


def test_pages_lead_to_the_older_ones(world, monkeypatch):
    monkeypatch.setattr("hospital.patient_api.reports.PAGE", 1)
    sign_exam(world, is_sensitive=False)
    first = answer_of(world.owner.get("/reports"))
    rest = answer_of(world.owner.get("/reports", before=first["next_before"]))
    assert {first["reports"][0]["kind"], rest["reports"][0]["kind"]} == {"EXAM", "LAB"}
    assert rest["next_before"] is None


def test_what_is_being_examined_is_on_its_way(world, clock):
    (specimen_id,) = ask(world.story.scene, "CBC")
    Specimen.objects.filter(pk=specimen_id).update(requested_at=TEN)
    results.receive_specimen(specimen_id=specimen_id, is_settled=True, actor=technician(), now=TEN)
    (pending,) = answer_of(world.owner.get("/reports", kind="LAB"))["pending"]
    assert (pending["state"], pending["reported_at"], pending["flagged"]) == ("PENDING", None, None)


def test_an_examination_is_on_its_way_from_the_order_to_the_report(world, clock):
    line = OrderLine.objects.get(order__kind="EXAM")
    (pending,) = answer_of(world.owner.get("/reports", kind="EXAM"))["pending"]
    assert (pending["id"], pending["state"], pending["is_taken"]) == (str(line.id), "PENDING", False)
    assert answer_of(world.owner.get("/reports", kind="LAB"))["pending"] == []
    examined = {"state": "EXECUTED", "executed_at": TEN, "executed_by_id": world.story.scene.doctor.id}
    OrderLine.objects.filter(pk=line.id).update(**examined)
    (pending,) = answer_of(world.owner.get("/reports"))["pending"]
    assert pending["is_taken"]
    write(world.story.scene, line_id=line.id)
    assert len(answer_of(world.owner.get("/reports"))["pending"]) == 1  # a draft is no report
    sign_exam(world, line_id=line.id)
    page = answer_of(world.owner.get("/reports", kind="EXAM"))
    assert (page["pending"], len(page["reports"])) == ([], 1)


def test_a_canceled_or_old_examination_is_not_awaited(world, clock):
    clock.now = TEN + timedelta(days=15)
    assert answer_of(world.owner.get("/reports", kind="EXAM"))["pending"] == []
    clock.now = TEN
    OrderLine.objects.filter(order__kind="EXAM").update(state="CANCELLED", cancelled_at=TEN, cancel_reason="test")
    assert answer_of(world.owner.get("/reports", kind="EXAM"))["pending"] == []


@pytest.mark.requirement("N19")
def test_an_amended_examination_report_says_so_and_leads_to_the_version_before(world):
    first = sign_exam(world)
    second = amend_exam(world, first)
    (line,) = answer_of(world.owner.get("/reports", kind="EXAM"))["reports"]
    assert (line["id"], line["version"]) == (str(second), 2)
    found = answer_of(world.owner.get(f"/exam-reports/{second}"))
    assert (found["version"], found["is_current"]) == (2, True)
    (before, now) = found["versions"]
    assert (before["id"], before["kind"], now["kind"]) == (str(first), None, "AMENDMENT")
    assert now["reason"] == {"zh": "左右写错", "en": "Mixed up"}
    assert now["by"]["zh"]
    assert now["at"]
    earlier = answer_of(world.owner.get(f"/exam-reports/{first}"))
    assert (earlier["is_current"], earlier["impression"]["en"]) == (False, "No abnormality seen")


@pytest.mark.requirement("N19")
def test_an_addendum_is_read_below_the_text(world):
    first = sign_exam(world)
    second = amend_exam(world, first, kind=AmendmentKind.ADDENDUM)
    found = answer_of(world.owner.get(f"/exam-reports/{second}"))
    assert found["impression"]["en"] == "No abnormality seen"
    assert [each["text"]["en"] for each in found["addenda"]] == ["Unchanged"]


@pytest.mark.requirement("N19")
def test_an_amended_laboratory_report_leads_to_the_version_before(world):
    tester = technician()
    second = results.amend_report(report_id=world.report_id, reason="样本编号更正", actor=tester, now=TEN)
    results.submit_results(report_id=second, actor=tester, now=TEN)
    results.verify_report(report_id=second, actor=technician("verifier"), now=TEN)
    found = answer_of(world.owner.get(f"/reports/{second}"))
    assert [(each["id"], each["is_current"]) for each in found["versions"]] == [
        (str(world.report_id), False),
        (str(second), True),
    ]
    assert found["versions"][1]["reason"] == {"zh": "样本编号更正", "en": ""}
    earlier = answer_of(world.owner.get(f"/reports/{world.report_id}"))
    assert (earlier["version"], earlier["is_current"]) == (1, False)
    assert world.owner.get(f"/reports/{world.report_id}/pdf").status_code == 200


def test_an_examination_report_is_printed_in_each_language(world):
    report_id = sign_exam(world, line_id=OrderLine.objects.get(order__kind="EXAM").id)
    for language, word in (("en", "Examination report"), ("zh", "检查所见"), ("both", "Examination report")):
        answer = world.owner.get(f"/exam-reports/{report_id}/pdf", language=language)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert word in Paper(answer.content).text


@pytest.mark.requirement("N20")
def test_a_report_without_english_is_not_printed_in_english(world):
    line_id = OrderLine.objects.get(order__kind="EXAM").id
    text = ExamText(findings=BilingualText("双肺清"), impression=BilingualText("正常", "Normal"))
    report_id = write(world.story.scene, line_id=line_id, text=text)
    results.sign_exam_report(report_id=report_id, actor=world.story.scene.doctor, now=TEN)
    answer = world.owner.get(f"/exam-reports/{report_id}/pdf", language="en")
    assert (answer.status_code, code_of(answer)) == (409, "english_text_missing")
    assert "Findings" in answer.json()["detail"]
    assert world.owner.get(f"/exam-reports/{report_id}/pdf", language="both").status_code == 200


def test_the_list_takes_a_fixed_number_of_statements(world):
    few, _ = count_statements(world.owner, "/reports")
    for _ in range(3):
        sign_exam(world, is_sensitive=False)
    many, _ = count_statements(world.owner, "/reports")
    assert many == few <= 16
    assert ExamReport.objects.count() == 3
    assert LabReport.objects.count() == 1


def test_a_stranger_reads_none_of_them(world, stranger):
    report_id = sign_exam(world, is_sensitive=True)
    assert answer_of(stranger.get("/reports"))["reports"] == []
    for path, code in (
        (f"/exam-reports/{report_id}", "unknown_person"),
        (f"/exam-reports/{report_id}/pdf", "unknown_person"),
        (f"/reports/closed/{report_id}", "unknown_report"),
        (f"/reports?person_id={world.person_id}", "unknown_person"),
    ):
        answer = stranger.get(path)
        assert (answer.status_code, code_of(answer)) == (404, code)
