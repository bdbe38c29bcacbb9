"""From the tube to the paper: paid first, two people, the patient told, nothing clinical in the mail."""

import pytest

from hospital.accounts.addresses import parse_address
from hospital.accounts.models import PatientAccount
from hospital.billing.models import Charge
from hospital.documents.types import PaperLanguage
from hospital.encounters.tests.clinic import TEN, make_visit
from hospital.kernel.events import list_events
from hospital.notifications.models import Message
from hospital.orders.models import OrderLine
from hospital.patients.errors import NoCareRelation
from hospital.results import api as results
from hospital.results.errors import NotPaidYet, ReportNotVerified
from hospital.results.models import LabReport, ResultValue, Specimen
from hospital.results.tests.factories import ELEVEN, enter, technician
from hospital.workflows.print_clinical import (
    print_examination_request,
    print_laboratory_report,
    print_prescription,
)
from hospital.workflows.report_results import publish_report, release_report, take_in_specimen
from hospital.workflows.tests.factories import make_story, pay_all, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make_story()


@pytest.fixture
def signed(story, acquirer):
    return sign(story)


def take_in(signed, actor):
    return take_in_specimen(specimen_id=signed.specimen_ids[0], actor=actor, now=ELEVEN)


def kinds(story):
    return [event.kind for event in list_events(encounter_id=story.encounter_id)]


@pytest.mark.requirement("R56")
def test_a_paid_specimen_is_taken_in_and_its_line_carried_out(story, signed):
    tester = technician()
    with pytest.raises(NotPaidYet):
        take_in(signed, tester)
    assert (Specimen.objects.get().state, LabReport.objects.count()) == ("REQUESTED", 0)
    pay_all(story, signed)
    take_in(signed, tester)
    line = OrderLine.objects.get(item_code="CBC")
    assert (line.state, Charge.objects.get(source_id=line.id).execution) == ("EXECUTED", "EXECUTED")
    assert "results.specimen_received" in kinds(story)


def test_a_specimen_drawn_again_is_taken_in_too(story, signed):
    pay_all(story, signed)
    tester = technician()
    take_in(signed, tester)
    again = results.reject_specimen(specimen_id=signed.specimen_ids[0], reason="Clotted", actor=tester, now=ELEVEN)
    take_in_specimen(specimen_id=again, actor=tester, now=ELEVEN)
    assert Specimen.objects.get(pk=again).state == "RECEIVED"


@pytest.mark.requirement("R56", "A16")
def test_a_verified_report_reaches_the_patient(story, signed):
    pay_all(story, signed)
    tester, verifier = technician(), technician()
    report_id = take_in(signed, tester)
    enter(report_id, tester)
    publish_report(report_id=report_id, actor=verifier, now=ELEVEN)
    assert "results.reported" in kinds(story)
    assert results.get_report(report_id=report_id, actor=story.patient, now=ELEVEN).values[0].text == "6.1"


def test_a_critical_report_is_told_after_the_release(story, signed):
    pay_all(story, signed)
    tester, verifier = technician(), technician()
    report_id = take_in(signed, tester)
    enter(report_id, tester, {"WBC": "6.1", "HGB": "128", "PLT": "28"})
    value = ResultValue.objects.get(code="PLT")
    results.record_call(value_id=value.id, answered_by="Dr Lin", read_back="28", actor=tester, now=ELEVEN)
    publish_report(report_id=report_id, actor=verifier, now=ELEVEN)
    assert "results.reported" not in kinds(story)
    release_report(report_id=report_id, actor=story.scene.doctor, now=ELEVEN)
    assert "results.reported" in kinds(story)


def test_the_mail_says_nothing_clinical(story, signed):
    address = parse_address("a@example.org")
    PatientAccount.objects.update(email=address.sealed, email_index=address.index)
    pay_all(story, signed)
    tester, verifier = technician(), technician()
    report_id = take_in(signed, tester)
    enter(report_id, tester)
    publish_report(report_id=report_id, actor=verifier, now=ELEVEN)
    message = Message.objects.get(kind="report_ready")
    assert "ready" in message.subject
    assert not any(word in message.body for word in ("6.1", "White", "FRASER", "Complete blood count"))


@pytest.mark.parametrize("language", list(PaperLanguage))
@pytest.mark.requirement("D52", "D53", "R56", "N20")
def test_the_papers_of_care_print_in_every_language(story, signed, language):
    pay_all(story, signed)
    tester, verifier = technician(), technician()
    report_id = take_in(signed, tester)
    with pytest.raises(ReportNotVerified):
        print_laboratory_report(report_id=report_id, language=language, actor=tester, now=ELEVEN)
    enter(report_id, tester)
    publish_report(report_id=report_id, actor=verifier, now=ELEVEN)
    rx, lab, exam = signed.order_ids
    doctor = story.scene.doctor
    papers = [
        print_prescription(order_id=rx, language=language, actor=doctor, now=ELEVEN),
        print_examination_request(order_id=lab, language=language, actor=doctor, now=ELEVEN),
        print_examination_request(order_id=exam, language=language, actor=doctor, now=ELEVEN),
        print_laboratory_report(report_id=report_id, language=language, actor=story.patient, now=ELEVEN),
    ]
    assert all(paper.pdf.startswith(b"%PDF") for paper in papers)


def test_a_request_printed_before_it_was_paid_is_replaced_by_the_paid_one(story, signed):
    exam = signed.order_ids[2]
    first = print_examination_request(order_id=exam, language=PaperLanguage.EN, actor=story.scene.doctor, now=TEN)
    same = print_examination_request(order_id=exam, language=PaperLanguage.EN, actor=story.scene.doctor, now=TEN)
    pay_all(story, signed)
    paid = print_examination_request(order_id=exam, language=PaperLanguage.EN, actor=story.scene.doctor, now=TEN)
    assert first.number == same.number
    assert paid.number != first.number


@pytest.mark.requirement("N14")
def test_a_stranger_prints_no_report(story, signed):
    pay_all(story, signed)
    tester = technician()
    report_id = take_in(signed, tester)
    stranger = technician(campus="NORTH")
    make_visit(campus="NORTH")
    with pytest.raises(NoCareRelation):
        print_laboratory_report(report_id=report_id, language=PaperLanguage.EN, actor=stranger, now=ELEVEN)
