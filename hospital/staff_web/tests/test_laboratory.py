"""The laboratory desk over HTTP: scan, receive, enter, call, verify, print, reject."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.actors import Role
from hospital.results.models import CriticalCall, LabReport, ResultValue, Specimen
from hospital.results.tests.factories import ask, make_laboratory
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = pytest.mark.django_db
DESK = "/staff/laboratory/"


@pytest.fixture
def scene():
    make_laboratory()
    visit = make_visit()
    Encounter.objects.update(appointment_id=None)  # a visit without a booking: nobody to write to
    return visit


@pytest.fixture
def specimen(scene):
    ask(scene)  # its line was never charged: nothing is open to be paid
    return Specimen.objects.get()


def technician(language="en"):
    return open_desk(Role.LAB_TECHNICIAN, language=language)


def at(specimen, tail=""):
    return f"{DESK}specimens/{specimen.id}/{tail}"


def report_at(tail):
    return f"{DESK}reports/{LabReport.objects.order_by('-version')[0].id}/{tail}"


def receive(desk, specimen):
    return desk.post(at(specimen, "receive/"), {"drawn_at": "", "quality": "good"})


def enter(desk, **values):
    for code, text in values.items():
        assert desk.post(report_at("value/"), {"code": code, "text": text}).status_code == 200


@pytest.mark.requirement("R56")
def test_a_specimen_becomes_a_verified_report(specimen):
    tester, verifier = technician(), technician()
    assert tester.get(f"{DESK}scan/", {"number": specimen.number}).url == at(specimen)
    assert receive(tester, specimen).status_code == 302
    enter(tester, WBC="14.8", HGB="128", PLT="241")
    page = tester.get(at(specimen)).content.decode()
    assert "High" in page
    assert tester.post(report_at("submit/")).status_code == 302
    same = tester.post(report_at("verify/"), {"revision": str(LabReport.objects.get().revision)})
    assert same.status_code == 403
    assert "a second person has to verify" in same.content.decode()
    assert LabReport.objects.get().state == "ENTERED"
    assert verifier.post(report_at("verify/"), {"revision": str(LabReport.objects.get().revision)}).status_code == 302
    assert LabReport.objects.get().state == "VERIFIED"
    paper = verifier.get(report_at("print/"), {"language": "both"})
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")


@pytest.mark.requirement("R56")
def test_a_critical_value_is_called_before_it_is_verified(specimen):
    tester, verifier = technician(), technician()
    receive(tester, specimen)
    enter(tester, WBC="6", HGB="128", PLT="28")
    tester.post(report_at("submit/"))
    assert verifier.post(report_at("verify/")).status_code == 409
    value = ResultValue.objects.get(code="PLT")
    wrong = tester.post(report_at(f"call/{value.id}/"), {"answered_by": "Dr Lin", "read_back": "38"})
    assert wrong.status_code == 422
    assert "Not the same as 28" in wrong.content.decode()
    assert tester.post(report_at(f"call/{value.id}/"), {"answered_by": "Dr Lin", "read_back": "28"}).status_code == 302
    assert CriticalCall.objects.filter(is_match=True).count() == 1
    answer = verifier.post(report_at("verify/"), follow=True)
    assert "The doctor shows it to the patient" in answer.content.decode()


def test_a_bad_value_stands_under_its_row_and_keeps_what_was_typed(specimen):
    desk = technician()
    receive(desk, specimen)
    answer = desk.post(report_at("value/"), {"code": "WBC", "text": "many"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="many"' in page
    assert "enter a number" in page
    assert ResultValue.objects.exclude(text="").count() == 0


def test_missing_values_keep_the_report_with_the_tester(specimen):
    desk = technician()
    receive(desk, specimen)
    enter(desk, WBC="6")
    answer = desk.post(report_at("submit/"))
    assert answer.status_code == 422
    assert "Not entered yet: Hemoglobin, Platelets." in answer.content.decode()
    assert LabReport.objects.get().state == "DRAFT"


@pytest.mark.parametrize("drawn_at", ["noon", "25:00", "1200"])
def test_a_drawing_time_that_is_none_is_refused(specimen, drawn_at):
    answer = technician().post(at(specimen, "receive/"), {"drawn_at": drawn_at, "quality": "good"})
    assert answer.status_code == 422
    assert LabReport.objects.count() == 0


def test_a_rejected_specimen_leads_to_its_successor(specimen):
    desk = technician()
    assert desk.post(at(specimen, "reject/"), {"reason": ""}).status_code == 422
    answer = desk.post(at(specimen, "reject/"), {"reason": "clotted"})
    fresh = Specimen.objects.get(replaces=specimen)
    assert answer.url == at(fresh)
    assert "Clotted" in desk.get(at(specimen)).content.decode()


def test_a_verified_report_is_amended(specimen):
    tester, verifier = technician(), technician()
    receive(tester, specimen)
    enter(tester, WBC="6", HGB="128", PLT="241")
    tester.post(report_at("submit/"))
    verifier.post(report_at("verify/"))
    assert tester.post(report_at("amend/"), {"reason": ""}).status_code == 422
    tester.post(report_at("amend/"), {"reason": "Tubes mixed up"})
    enter(tester, WBC="12")
    tester.post(report_at("submit/"))
    verifier.post(report_at("verify/"))
    assert list(LabReport.objects.order_by("version").values_list("state", flat=True)) == ["SUPERSEDED", "VERIFIED"]
    assert "Version 2" in tester.get(at(specimen)).content.decode()


@pytest.mark.requirement("N14")
@pytest.mark.parametrize("role", [Role.DOCTOR, Role.CASHIER, Role.NURSE, Role.REGISTRAR])
def test_only_technicians_open_the_desk(specimen, role):
    desk = open_desk(role)
    assert desk.get(at(specimen)).status_code == 403
    assert receive(desk, specimen).status_code == 403
    assert Specimen.objects.get().state == "REQUESTED"


@pytest.mark.requirement("N14")
def test_the_laboratory_of_another_campus_is_refused(specimen):
    desk = open_desk(Role.LAB_TECHNICIAN, campus="NORTH")
    assert desk.get(at(specimen)).status_code == 403
    assert desk.get(f"{DESK}scan/", {"number": specimen.number}).status_code == 403
    assert receive(desk, specimen).status_code == 403
    assert specimen.number[-5:] not in desk.get(DESK).content.decode()
    assert Specimen.objects.get().state == "REQUESTED"


def test_an_unknown_label_is_said_beside_the_field(scene):
    answer = technician().get(f"{DESK}scan/", {"number": "123"})
    assert answer.status_code == 404
    assert "no specimen with this number" in answer.content.decode()


@pytest.mark.requirement("N20")
def test_the_desk_speaks_chinese(specimen):
    desk = technician(language="zh-hans")
    receive(desk, specimen)
    enter(desk, WBC="14.8")
    page = desk.get(at(specimen)).content.decode()
    for words in ("白细胞计数", "偏高", "提交审核", "双人核对", "还有 2 项未录入"):
        assert words in page


def test_the_queue_takes_a_fixed_number_of_statements(specimen):
    desk = technician()
    few = count_queries(desk, DESK)
    for _ in range(6):
        ask(make_visit())
    assert count_queries(desk, DESK) == few


@pytest.mark.requirement("R56", "D53")
@pytest.mark.parametrize(("roll", "width"), [("", 142), ("80", 227)])
def test_the_label_of_a_tube_is_printed_on_either_roll(specimen, roll, width):
    tester = technician()
    assert at(specimen, "label/?roll=50") in tester.get(at(specimen)).content.decode()
    paper = tester.get(at(specimen, "label/"), {"roll": roll, "language": "en"})
    assert paper["Content-Type"] == "application/pdf"
    (page,) = PdfReader(BytesIO(paper.content)).pages
    assert round(page.mediabox.width) == width
    assert specimen.number in page.extract_text()
    assert "Lavender-top tube" in page.extract_text()
    tester.post(at(specimen, "reject/"), {"reason": "clotted"})
    specimen.refresh_from_db()
    assert specimen.state == "REJECTED"
    assert tester.get(at(specimen, "label/")).status_code == 409
