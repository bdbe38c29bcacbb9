"""The worklist's data sets: what a device asks for and what it is told (DICOM PS3.4 K, domain brief 12)."""

import fnmatch
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, TypeVar

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.valuerep import PersonName

from hospital.examinations.types import WorkItem
from hospital.kernel.clock import SHANGHAI

_T = TypeVar("_T")
CHARSETS: Final = ("ISO_IR 192", "GB18030")
_SEX: Final = {"M": "M", "F": "F"}
_LONGEST: Final = {"LO": 64, "SH": 16}


class QueryNotReadable(Exception):
    """The device asks for a day or a time that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistQuery:
    """What a device asks for; empty text matches everything. Days and times are ranges, either end may be open."""

    charset: str
    patient_name: str = ""
    patient_id: str = ""
    accession: str = ""
    study_uid: str = ""
    procedure_id: str = ""
    modality: str = ""
    ae_title: str = ""
    first: date | None = None
    last: date | None = None
    begin: time | None = None
    end: time | None = None


def read_query(asked: Dataset, *, charset: str) -> WorklistQuery:
    """Reads the keys; `charset` is for a device that names neither UTF-8 nor GB18030. Raises `QueryNotReadable`."""
    named = _text(asked, "SpecificCharacterSet").upper()
    steps = asked.get("ScheduledProcedureStepSequence") or ()
    step = steps[0] if steps else Dataset()
    first, last = _read_range(_text(step, "ScheduledProcedureStepStartDate"), _read_day)
    begin, end = _read_range(_text(step, "ScheduledProcedureStepStartTime"), _read_time)
    return WorklistQuery(
        charset=named if named in CHARSETS else charset,
        patient_name=_text(asked, "PatientName"),
        patient_id=_text(asked, "PatientID"),
        accession=_text(asked, "AccessionNumber"),
        study_uid=_text(asked, "StudyInstanceUID"),
        procedure_id=_text(asked, "RequestedProcedureID"),
        modality=_text(step, "Modality"),
        ae_title=_text(step, "ScheduledStationAETitle"),
        first=first,
        last=last,
        begin=begin,
        end=end,
    )


def matches(item: WorkItem, query: WorklistQuery) -> bool:
    """Whether the device asks for this examination; `*` and `?` stand for characters, names match in either script."""
    starts = item.starts_at.astimezone(SHANGHAI).time()
    return (
        all(
            _is_like(value, pattern)
            for value, pattern in (
                (item.mrn, query.patient_id),
                (item.numbers.accession, query.accession),
                (item.numbers.study_uid, query.study_uid),
                (item.numbers.accession, query.procedure_id),
                (item.modality, query.modality),
                (item.ae_title, query.ae_title),
            )
        )
        and _is_name_like(item, query.patient_name)
        and (not item.has_time or query.begin is None or starts >= query.begin)
        and (not item.has_time or query.end is None or starts <= query.end)
    )


def write_item(item: WorkItem, *, charset: str) -> Dataset:
    """The data set of one examination, names in the given characters."""
    found = Dataset()
    found.SpecificCharacterSet = charset
    found.AccessionNumber = item.numbers.accession
    found.InstitutionName = ""
    found.ReferringPhysicianName = PersonName(_doctor(item))
    found.PatientName = PersonName(person_name(item))
    found.PatientID = item.mrn
    found.PatientBirthDate = f"{item.birth_date:%Y%m%d}"
    found.PatientSex = _SEX.get(item.sex, "O")
    found.PatientWeight = None
    found.MedicalAlerts = ""
    found.Allergies = ""
    found.PregnancyStatus = 2 if item.may_be_pregnant else 4  # possibly pregnant, unknown
    found.StudyInstanceUID = item.numbers.study_uid
    found.ReferencedStudySequence = Sequence()
    found.RequestedProcedureDescription = _clip(_describe(item), "LO")
    found.RequestedProcedureCodeSequence = Sequence([_code(item)])
    found.RequestedProcedureID = item.numbers.accession
    found.RequestedProcedurePriority = ""
    found.PlacerOrderNumberImagingServiceRequest = item.order_number
    found.ScheduledProcedureStepSequence = Sequence([_step(item)])
    return found


def person_name(item: WorkItem) -> str:
    """`CHAN^TAI MAN=陈^大文`; without a Chinese name the first group alone, and no name is invented."""
    latin = "^".join(item.latin_name).rstrip("^")
    chinese = "^".join(item.chinese_name).strip("^")
    return f"{latin}={chinese}" if chinese else latin


def _step(item: WorkItem) -> Dataset:
    at = item.starts_at.astimezone(SHANGHAI)
    step = Dataset()
    step.Modality = item.modality
    step.ScheduledStationAETitle = item.ae_title
    step.ScheduledProcedureStepStartDate = f"{at:%Y%m%d}"
    step.ScheduledProcedureStepStartTime = f"{at:%H%M%S}"
    step.ScheduledPerformingPhysicianName = ""
    step.ScheduledProcedureStepDescription = _clip(_describe(item), "LO")
    step.ScheduledProtocolCodeSequence = Sequence([_code(item)])
    step.ScheduledProcedureStepID = item.numbers.accession
    step.ScheduledStationName = _clip(item.device_code, "SH")
    step.ScheduledProcedureStepLocation = ""
    return step


def _code(item: WorkItem) -> Dataset:
    code = Dataset()
    code.CodeValue = _clip(item.item_code, "SH")
    code.CodingSchemeDesignator = "99IMC"
    code.CodeMeaning = _clip(_describe(item), "LO")
    return code


def _describe(item: WorkItem) -> str:
    return " ".join(filter(None, (item.name.en or item.name.zh, item.name.zh if item.name.en else "")))


def _doctor(item: WorkItem) -> str:
    latin = item.doctor.en.replace("^", " ").replace("=", " ")
    return f"{latin}={item.doctor.zh}" if item.doctor.zh and item.doctor.zh != latin else latin


def _clip(text: str, kind: str) -> str:
    return text.replace("\\", "/")[: _LONGEST[kind]].strip()


def _text(data: Dataset, keyword: str) -> str:
    value: Any = data.get(keyword)
    if value is None:
        return ""
    return str(value[0] if isinstance(value, list) and value else value).strip()


def _is_like(value: str, pattern: str) -> bool:
    return not pattern or pattern == "*" or re.fullmatch(_translate(pattern), value) is not None


def _is_name_like(item: WorkItem, pattern: str) -> bool:
    if not pattern.strip("*"):
        return True
    groups = person_name(item).split("=")
    wanted = [part for part in pattern.split("=") if part.strip("*")]
    return all(
        any(re.fullmatch(_translate(part.rstrip("^")), group, re.IGNORECASE) for group in groups) for part in wanted
    )


def _translate(pattern: str) -> str:
    """Only `*` and `?` are special in DICOM; a bracket is a bracket."""
    return fnmatch.translate(pattern.replace("[", "[[]"))


def _read_range(text: str, read: Callable[[str], _T]) -> tuple[_T | None, _T | None]:
    if not text or text == "*":
        return None, None
    if "-" not in text:
        return read(text), read(text)
    first, _, last = text.partition("-")
    return (read(first) if first.strip() else None), (read(last) if last.strip() else None)


def _read_day(text: str) -> date:
    digits = text.strip().replace(".", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as wrong:
        raise QueryNotReadable from wrong


def _read_time(text: str) -> time:
    digits = text.strip().replace(":", "").partition(".")[0]
    try:
        digits = digits.ljust(6, "0")
        return time(int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError as wrong:
        raise QueryNotReadable from wrong
