"""The process that devices ask: pynetdicom and dcmtk's findscu as devices (R57, N18, domain brief 12)."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydicom.dataset import Dataset
from pynetdicom import AE
from pynetdicom.sop_class import ModalityPerformedProcedureStep, ModalityWorklistInformationFind, Verification

from config import worklist
from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN
from hospital.examinations.models import Device, ExamStep, ExamStudy
from hospital.patients.models import Person
from hospital.payments.tests.factories import Connection, FakeAcquirer
from hospital.workflows.tests.exams import make_exams

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("acquirer"),
    pytest.mark.requirement("R57", "N18"),
]
# The folder of dcmtk's tools: pynetdicom brings a findscu of its own, with other options, but no dcmdump.
DCMTK = Path(found).parent if (found := shutil.which("dcmdump")) else None
OURS, PENDING, SUCCESS = "IMC-WORKLIST", 0xFF00, 0x0000


@pytest.fixture
def acquirer(settings):
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    Connection.acquirer = FakeAcquirer()


@pytest.fixture(scope="module")
def port():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worklist, "timezone", SimpleNamespace(now=lambda: TEN))
        server = worklist.start(host="127.0.0.1", port=0)
        yield server.socket.getsockname()[1]
        server.shutdown()


@pytest.fixture
def exams():
    exams = make_exams("USA", "CTC")
    exams.book()
    Device.objects.filter(modality="US").update(ae_title="US_ROOM_1")
    Device.objects.filter(modality="CT").update(ae_title="CT_ROOM_1")
    Person.objects.filter(pk=exams.person_id).update(family_name="Chan", given_names="Tai Man", chinese_name="陈大文")
    return exams


def connect(port, *, caller="US_ROOM_1", called=OURS):
    entity = AE(ae_title=caller)
    entity.add_requested_context(Verification)
    entity.add_requested_context(ModalityWorklistInformationFind)
    entity.add_requested_context(ModalityPerformedProcedureStep)
    return entity.associate("127.0.0.1", port, ae_title=called)


def ask(port, *, caller="US_ROOM_1", days="20261125-20261130", charset="ISO_IR 192", **keys):
    """What the device is told."""
    step = Dataset()
    step.ScheduledProcedureStepStartDate = days
    asked = Dataset()
    asked.SpecificCharacterSet = charset
    asked.ScheduledProcedureStepSequence = [step]
    for name, value in keys.items():
        setattr(asked, name, value)
    line = connect(port, caller=caller)
    assert line.is_established
    answers = list(line.send_c_find(asked, ModalityWorklistInformationFind))
    line.release()
    assert answers[-1][0].Status == SUCCESS
    return [data for status, data in answers if status.Status == PENDING]


def test_a_device_is_told_of_its_own_kind_and_it_leaves_a_trace(port, exams):
    (told,) = ask(port)
    assert str(told.PatientName) == "CHAN^TAI MAN=陈^大文"
    study = ExamStudy.objects.get(order_line_id=exams.lines["USA"])
    assert told.AccessionNumber == study.accession
    assert told.StudyInstanceUID == f"2.25.{exams.lines['USA'].int}"
    assert told.ScheduledProcedureStepSequence[0].Modality == "US"
    (again,) = ask(port, charset="GB18030")
    assert again.AccessionNumber == told.AccessionNumber
    assert again.SpecificCharacterSet == "GB18030"
    assert str(again.PatientName) == str(told.PatientName)
    entry = list_entries(action="examinations.worklist")[0]
    assert entry.subject_id == "US_ROOM_1"
    assert entry.details["accessions"] == [told.AccessionNumber]


def test_keys_narrow_the_list_and_a_day_without_work_is_empty(port, exams):
    assert [data.PatientID for data in ask(port, PatientName="CHAN*")] == [ask(port)[0].PatientID]
    assert ask(port, PatientName="SMITH*") == []
    assert ask(port, days="") == []  # today: nothing is booked


@pytest.mark.parametrize(("caller", "called"), [("STRANGER", OURS), ("US_ROOM_1", "ANY-SCP")])
def test_an_unknown_name_is_refused_before_it_asks(port, exams, caller, called):
    line = connect(port, caller=caller, called=called)
    assert line.is_rejected
    (entry,) = list_entries(action="examinations.worklist")
    assert entry.was_refused
    assert (entry.subject_id, entry.details["called"]) == (caller, called)
    assert not ExamStudy.objects.exists()


def test_a_known_device_hears_its_echo(port, exams):
    line = connect(port)
    assert line.send_c_echo().Status == SUCCESS
    line.release()


def test_who_has_no_booking_is_listed_and_the_device_tells_how_it_goes(port):
    exams = make_exams("USA")
    Device.objects.create(
        code="IMC-US9", campus_id="IMC", modality="US", name_zh="彩超", name_en="Ultrasound", ae_title="US_ROOM_1"
    )
    (told,) = ask(port, days="")
    assert told.ScheduledProcedureStepSequence[0].ScheduledStationAETitle == "US_ROOM_1"
    line = connect(port)
    begun, uid = told_to_begin(told.AccessionNumber), "1.2.3.4"
    created = [line.send_n_create(begun, ModalityPerformedProcedureStep, uid)[0].Status for _ in range(2)]
    stranger = told_to_begin("E261125999999")
    refused = line.send_n_create(stranger, ModalityPerformedProcedureStep, "1.2.3.5")[0].Status
    ended = [
        line.send_n_set(told_state(state), ModalityPerformedProcedureStep, name)[0].Status
        for state, name in (("COMPLETED", uid), ("COMPLETED", uid), ("DISCONTINUED", uid), ("COMPLETED", "1.2.9"))
    ]
    line.release()
    assert (created, refused, ended) == ([0, 0], 0x0106, [0, 0, 0x0110, 0x0112])
    step = ExamStep.objects.get()
    assert (step.order_line_id, step.state) == (exams.lines["USA"], "COMPLETED")
    answers = [entry.details["answer"] for entry in list_entries(action="examinations.performed_step")]
    assert sorted(answers) == ["OK", "OK", "OK", "OK", "OVER", "UNKNOWN_EXAM", "UNKNOWN_STEP"]


def told_to_begin(accession):
    scheduled = Dataset()
    scheduled.AccessionNumber = accession
    said = told_state("IN PROGRESS")
    said.ScheduledStepAttributesSequence = [scheduled]
    said.PerformedProcedureStepID = "P1"
    return said


def told_state(state):
    said = Dataset()
    said.PerformedProcedureStepStatus = state
    return said


@pytest.mark.skipif(DCMTK is None, reason="needs Debian's package dcmtk")
def test_findscu_is_answered(port, exams, tmp_path):
    done = subprocess.run(
        [
            *(DCMTK / "findscu", "-W", "-X", "-od", str(tmp_path), "-aet", "CT_ROOM_1", "-aec", OURS),
            *("-k", "0008,0005=GB18030", "-k", "0010,0010=CHAN*", "-k", "0008,0050", "-k", "0010,0020"),
            *("-k", "0040,0100[0].0008,0060=CT", "-k", "0040,0100[0].0040,0002=20261125-20261130"),
            *("127.0.0.1", str(port)),
        ],
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)
    (file,) = tmp_path.glob("*.dcm")
    shown = subprocess.run([DCMTK / "dcmdump", "+U8", str(file)], capture_output=True, check=True, text=True).stdout
    assert "CHAN^TAI MAN=陈^大文" in shown, (done.stdout, done.stderr)
    assert ExamStudy.objects.get(order_line_id=exams.lines["CTC"]).accession in shown
