"""What a device asks for, and what it is told (domain brief 12)."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_dataset

from hospital.examinations.types import StudyNumbers, WorkItem
from hospital.integrations.dicom.worklist import QueryNotReadable, matches, person_name, read_query, write_item
from hospital.kernel.types import BilingualText


def item(**facts):
    given: dict[str, Any] = {
        "numbers": StudyNumbers("E261125000042", "2.25.329800735698586629295641978511506172918"),
        "order_number": "EX-261125-000001",
        "name": BilingualText("腹部CT增强", "CT abdomen with contrast"),
        "body_part": BilingualText("腹部", "Abdomen"),
        "item_code": "CTC",
        "device_code": "IMC-CT1",
        "ae_title": "IMC-CT1",
        "modality": "CT",
        "starts_at": datetime(2026, 11, 25, 2, 30, tzinfo=UTC),
        "mrn": "IMC0000042",
        "latin_name": ("CHAN", "TAI MAN", ""),
        "chinese_name": ("陈", "大文"),
        "birth_date": date(1980, 2, 29),
        "sex": "M",
        "doctor": BilingualText("周文", "Zhou Wen"),
        "may_be_pregnant": False,
    }
    return WorkItem(**(given | facts))


def ask(*, step=None, **keys):
    asked, wanted = Dataset(), Dataset()
    for name, value in keys.items():
        setattr(asked, name, value)
    for name, value in (step or {}).items():
        setattr(wanted, name, value)
    asked.ScheduledProcedureStepSequence = [wanted]
    return read_query(asked, charset="ISO_IR 192")


def over_the_wire(data):
    """What arrives: written in the characters that it names, and read again."""
    file = DicomBytesIO()
    file.is_little_endian, file.is_implicit_VR = True, True
    write_dataset(file, data)
    return read_dataset(BytesIO(file.getvalue()), is_implicit_VR=True, is_little_endian=True)


@pytest.mark.parametrize("charset", ["ISO_IR 192", "GB18030"])
@pytest.mark.parametrize(
    ("latin", "chinese", "written"),
    [
        (("CHAN", "TAI MAN", ""), ("陈", "大文"), "CHAN^TAI MAN=陈^大文"),
        (("OUYANG", "XIU", ""), ("欧阳", "修"), "OUYANG^XIU=欧阳^修"),
        (("GARCIA LOPEZ", "MARIA", "JOSE"), ("", ""), "GARCIA LOPEZ^MARIA^JOSE"),
        (("SUKARNO", "", ""), ("", ""), "SUKARNO"),
        (("ZHANG", "WEI", ""), ("张", "𬭎"), "ZHANG^WEI=张^𬭎"),  # a character outside the first plane
    ],
)
def test_names_arrive_in_both_scripts(charset, latin, chinese, written):
    work = item(latin_name=latin, chinese_name=chinese)
    assert person_name(work) == written
    arrived = over_the_wire(write_item(work, charset=charset))
    assert arrived.SpecificCharacterSet == charset
    assert str(arrived.PatientName) == written


@pytest.mark.requirement("R57", "N18")
def test_a_device_is_told_what_it_needs():
    arrived = over_the_wire(write_item(item(), charset="ISO_IR 192"))
    assert (arrived.AccessionNumber, arrived.PatientID) == ("E261125000042", "IMC0000042")
    assert len(arrived.AccessionNumber) <= 16
    assert (arrived.PatientBirthDate, arrived.PatientSex) == ("19800229", "M")
    assert arrived.StudyInstanceUID == "2.25.329800735698586629295641978511506172918"
    assert arrived.RequestedProcedureDescription == "CT abdomen with contrast 腹部CT增强"
    (step,) = arrived.ScheduledProcedureStepSequence
    assert (step.Modality, step.ScheduledStationAETitle) == ("CT", "IMC-CT1")
    assert (step.ScheduledProcedureStepStartDate, step.ScheduledProcedureStepStartTime) == ("20261125", "103000")


@pytest.mark.parametrize(
    ("keys", "step", "found"),
    [
        ({}, {}, True),
        ({"PatientName": "CHAN*"}, {}, True),
        ({"PatientName": "chan^tai*"}, {}, True),
        ({"PatientName": "*=陈*"}, {}, True),
        ({"PatientName": "陈^大文"}, {}, True),
        ({"PatientName": "CHEN*"}, {}, False),
        ({"PatientName": "CHAN"}, {}, False),  # without a star the whole name is meant
        ({"PatientID": "IMC0000042"}, {}, True),
        ({"PatientID": "IMC000004"}, {}, False),
        ({"PatientID": "IMC?000042"}, {}, True),
        ({"PatientID": "[I]MC0000042"}, {}, False),
        ({"AccessionNumber": "E261125000042"}, {}, True),
        ({"AccessionNumber": "E261125000043"}, {}, False),
        ({}, {"Modality": "CT"}, True),
        ({}, {"Modality": "MR"}, False),
        ({}, {"ScheduledStationAETitle": "IMC-CT1"}, True),
        ({}, {"ScheduledStationAETitle": "IMC-CT2"}, False),
        ({}, {"ScheduledProcedureStepStartTime": "1000-1100"}, True),
        ({}, {"ScheduledProcedureStepStartTime": "1031-"}, False),
    ],
)
def test_keys_match_as_the_standard_says(keys, step, found):
    assert matches(item(), ask(step=step, **keys)) is found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("20261125", date(2026, 11, 25), date(2026, 11, 25)),
        ("20261124-20261126", date(2026, 11, 24), date(2026, 11, 26)),
        ("-20261126", None, date(2026, 11, 26)),
        ("20261124-", date(2026, 11, 24), None),
        ("", None, None),
    ],
)
def test_days_are_ranges(text, first, last):
    query = ask(step={"ScheduledProcedureStepStartDate": text})
    assert (query.first, query.last) == (first, last)


def test_a_day_that_is_none_is_refused():
    wanted = Dataset()
    wanted.add_new("ScheduledProcedureStepStartDate", "LO", "20261399")
    asked = Dataset()
    asked.ScheduledProcedureStepSequence = [wanted]
    with pytest.raises(QueryNotReadable):
        read_query(asked, charset="ISO_IR 192")


@pytest.mark.parametrize(
    ("named", "spoken"), [("GB18030", "GB18030"), ("ISO_IR 192", "ISO_IR 192"), ("ISO_IR 100", "GB18030")]
)
def test_a_device_is_answered_in_its_own_characters(named, spoken):
    asked = Dataset()
    asked.SpecificCharacterSet = named
    assert read_query(asked, charset="GB18030").charset == spoken


def test_a_quarter_of_an_hour_is_an_open_range():
    assert ask(step={"ScheduledProcedureStepStartTime": "1015"}).begin == time(10, 15)
