"""Specimens: one tube for tests that share it, paid before it is taken in, replaced when it cannot be used."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.results import api, errors
from hospital.results.models import LabReport, LabRequest, Specimen
from hospital.results.states import SpecimenState
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive, technician
from hospital.results.types import MeasuredValue, NewAnalyte, Range, RequestedTest, SecondUnit, ValueType

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    make_laboratory()
    return make_visit()


def test_tests_of_one_material_share_a_tube(scene):
    (specimen_id,) = ask(scene, "CBC", "MAL")
    view = api.get_specimen(specimen_id=specimen_id, actor=technician())
    assert [request.name.en for request in view.requests] == ["Test CBC", "Test MAL"]
    assert (view.state, len(view.number)) == (SpecimenState.REQUESTED, 11)


def test_asking_again_for_the_same_lines_makes_no_second_tube(scene):
    ask(scene)
    request = LabRequest.objects.get()
    again = api.request_specimens(
        encounter_id=scene.encounter_id,
        person_id=scene.person_id,
        campus_code="IMC",
        tests=[
            RequestedTest(
                order_line_id=request.order_line_id,
                item_code="CBC",
                panel_codes=("CBC",),
                name=BilingualText("血常规", "Complete blood count"),
                specimen=BilingualText("全血", "Whole blood"),
                container=BilingualText("紫帽管", "Lavender-top tube"),
            )
        ],
        actor=scene.doctor,
        now=TEN,
    )
    assert again == []
    assert Specimen.objects.count() == 1


@pytest.mark.requirement("R56")
def test_receiving_opens_the_report_with_the_ranges_of_sex_and_age(scene):
    (specimen_id,) = ask(scene)
    report_id = receive(specimen_id, technician())
    report = api.get_report(report_id=report_id, actor=technician(), now=ELEVEN)
    assert [(value.code, value.reference.en) for value in report.values] == [
        ("WBC", "3.5–9.5"),
        ("HGB", "115–150"),
        ("PLT", "125–350"),
    ]
    assert (report.collected_at, report.received_at) == (TEN + timedelta(minutes=30), ELEVEN)


def test_an_unpaid_specimen_is_not_taken_in(scene):
    (specimen_id,) = ask(scene)
    with pytest.raises(errors.NotPaidYet):
        receive(specimen_id, technician(), is_settled=False)
    with pytest.raises(errors.NotPaidYet):
        api.collect_specimen(specimen_id=specimen_id, is_settled=False, actor=technician(), now=TEN)
    assert (Specimen.objects.get().state, LabReport.objects.count()) == ("REQUESTED", 0)


def test_an_emergency_is_taken_in_before_it_is_paid(scene):
    (specimen_id,) = ask(scene, is_emergency=True)
    receive(specimen_id, technician(), is_settled=False)
    assert Specimen.objects.get().state == SpecimenState.RECEIVED


@pytest.mark.parametrize("minutes", [-5, 61])
def test_a_collection_time_lies_between_request_and_receipt(scene, minutes):
    (specimen_id,) = ask(scene)
    with pytest.raises(errors.ImpossibleTime):
        receive(specimen_id, technician(), collected_at=TEN + timedelta(minutes=minutes))
    assert LabReport.objects.count() == 0


def test_a_specimen_is_received_once(scene):
    (specimen_id,) = ask(scene)
    receive(specimen_id, technician())
    with pytest.raises(errors.SpecimenMoved):
        receive(specimen_id, technician())
    assert LabReport.objects.count() == 1


@pytest.mark.requirement("N14")
def test_only_the_laboratory_of_the_campus_handles_a_specimen(scene):
    (specimen_id,) = ask(scene)
    number = Specimen.objects.get().number
    for stranger in (technician(campus="NORTH"), make_staff(Role.NURSE), scene.doctor):
        with pytest.raises(errors.NotLaboratoryStaff):
            receive(specimen_id, stranger)
        with pytest.raises(errors.NotLaboratoryStaff):
            api.find_specimen(number=number, actor=stranger)
        with pytest.raises(errors.NotLaboratoryStaff):
            api.list_laboratory_queue(campus_code="IMC", actor=stranger, now=ELEVEN)
    assert Specimen.objects.get().state == SpecimenState.REQUESTED
    assert api.find_specimen(number=f" {number} ", actor=technician()).id == specimen_id
    with pytest.raises(errors.UnknownSpecimen):
        api.find_specimen(number="0", actor=technician())


def test_a_rejected_specimen_is_asked_for_again(scene):
    (specimen_id,) = ask(scene, "CBC", "MAL")
    receive(specimen_id, technician())
    with pytest.raises(errors.RejectReasonMissing):
        api.reject_specimen(specimen_id=specimen_id, reason="", actor=technician(), now=ELEVEN)
    fresh_id = api.reject_specimen(specimen_id=specimen_id, reason="Clotted", actor=technician(), now=ELEVEN)
    old, fresh = (api.get_specimen(specimen_id=each, actor=technician()) for each in (specimen_id, fresh_id))
    assert (old.state, old.reject_reason) == (SpecimenState.REJECTED, "Clotted")
    assert (fresh.state, len(fresh.requests)) == (SpecimenState.REQUESTED, 2)
    assert {request.order_line_id for request in old.requests} == {request.order_line_id for request in fresh.requests}
    with pytest.raises(errors.ReportNotEntered):
        api.enter_results(report_id=LabReport.objects.get().id, values={"WBC": "5"}, actor=technician(), now=ELEVEN)


def test_the_queue_puts_the_critical_first_and_asks_a_fixed_number_of_questions(scene, django_assert_max_num_queries):
    tester = technician()
    ask(make_visit())
    for _ in range(3):
        (specimen_id,) = ask(make_visit())
        receive(specimen_id, tester)
    (urgent,) = ask(scene)
    api.enter_results(report_id=receive(urgent, tester), values={"PLT": "28"}, actor=tester, now=ELEVEN)
    with django_assert_max_num_queries(5):
        queue = api.list_laboratory_queue(campus_code="IMC", actor=tester, now=ELEVEN)
    assert (queue[0].id, queue[0].critical, len(queue)) == (urgent, 1, 5)


@pytest.mark.requirement("R56")
def test_a_range_of_the_material_or_the_method_goes_before_one_for_any(scene):
    general, own = Range(low=Decimal(4), high=Decimal(10)), Range(low=Decimal(3), high=Decimal(8), specimen="全血")
    by_method = Range(low=Decimal(3), high=Decimal(6), specimen="全血", method="laser")
    second = SecondUnit(unit="/µL", factor=Decimal(1000))
    analyte = NewAnalyte(
        code="WBC",
        name=BilingualText("白细胞计数", "White blood cells"),
        value_type=ValueType.NUMBER,
        unit="10⁹/L",
        ranges=(general, own, by_method),
        second=second,
    )
    api.load_analytes(analytes=[analyte])
    (specimen_id,) = ask(scene)
    report_id = receive(specimen_id, technician())
    value = MeasuredValue(codes=("WBC",), text="7.0")
    for method, flag in [("", "N"), ("laser", "H")]:
        api.enter_measured_values(
            specimen_id=specimen_id, values=[value], instrument="A", method=method, actor=technician(), now=ELEVEN
        )
        row = next(
            each
            for each in api.get_report(report_id=report_id, actor=technician(), now=ELEVEN).values
            if each.code == "WBC"
        )
        assert (row.flag, row.second, row.second_unit) == (flag, "7000", "/µL")
