"""The tables of the laboratory."""

from hospital.results.models.analytes import Analyte, PanelItem, ReferenceRange
from hospital.results.models.critical import CriticalAlert, CriticalNotice
from hospital.results.models.exams import ExamKeyImage, ExamReport
from hospital.results.models.phrases import KeptPhrase, KeptTemplate
from hospital.results.models.reading import Reading
from hospital.results.models.recognition import OutsideResult, Recognition
from hospital.results.models.reports import CriticalCall, LabReport, ResultValue
from hospital.results.models.shares import ReportShare, ShareOpening
from hospital.results.models.specimens import LabRequest, Specimen

__all__ = [
    "Analyte",
    "CriticalAlert",
    "CriticalCall",
    "CriticalNotice",
    "ExamKeyImage",
    "ExamReport",
    "KeptPhrase",
    "KeptTemplate",
    "LabReport",
    "LabRequest",
    "OutsideResult",
    "PanelItem",
    "Reading",
    "Recognition",
    "ReferenceRange",
    "ReportShare",
    "ResultValue",
    "ShareOpening",
    "Specimen",
]
