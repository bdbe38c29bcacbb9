"""What a patient's link to a report shows to whoever opens it (A08, W26).

It reads as the account that made the link, so that whatever closes a report to the patient closes the link too; a look
is noted under nobody's name, with the address it came from.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from hospital.accounts.api import patient_actor
from hospital.documents.errors import EnglishTextMissing
from hospital.documents.types import PaperLanguage, RenderedPaper
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.errors import Refusal
from hospital.patients.api import get_person
from hospital.patients.types import PersonCard
from hospital.results.api import find_share, get_exam_report, get_report, open_share
from hospital.results.errors import UnknownShare
from hospital.results.types import ExamReportView, OpenedShare, PatientReportKind, ReportView
from hospital.workflows.print_clinical import print_laboratory_report
from hospital.workflows.print_exam_report import print_exam_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Where a look comes from, as far as a web server sees it."""

    ip: str
    user_agent: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedReport:
    """A report with its patient and visit; one of `lab` and `exam`."""

    share: OpenedShare
    person: PersonCard
    visit: EncounterCard
    lab: ReportView | None
    exam: ExamReportView | None


def check_shared_report(*, token: str, now: datetime) -> OpenedShare:
    """Whether the link leads to a report now, without a trace: the cover page. Refuses `UnknownShare`."""
    share = find_share(token=token, now=now)
    _read(share, actor=patient_actor(share.account_id), now=now)
    return share


def open_shared_report(*, token: str, reader: Reader, now: datetime) -> SharedReport:
    """The report behind a link; the look is noted. Refuses `UnknownShare`, `ShareBusy`."""
    check_shared_report(token=token, now=now)
    share = _open(token=token, is_paper=False, reader=reader, now=now)
    return _read(share, actor=_account_of(share, reader), now=now)


def print_shared_report(*, token: str, language: PaperLanguage, reader: Reader, now: datetime) -> RenderedPaper:
    """The paper behind a link as an electronic copy; the look is noted.

    Where the English of an examination report is not whole, both languages are printed. Refuses `UnknownShare`,
    `ShareBusy`.
    """
    check_shared_report(token=token, now=now)
    share = _open(token=token, is_paper=True, reader=reader, now=now)
    actor = _account_of(share, reader)
    try:
        return _print(share, language=language, actor=actor, now=now)
    except EnglishTextMissing:
        return _print(share, language=PaperLanguage.BOTH, actor=actor, now=now)
    except Refusal as refusal:
        raise UnknownShare from refusal


def _print(share: OpenedShare, *, language: PaperLanguage, actor: Actor, now: datetime) -> RenderedPaper:
    if share.kind is PatientReportKind.LAB:
        return print_laboratory_report(report_id=share.report_id, language=language, actor=actor, now=now, is_copy=True)
    return print_exam_report(report_id=share.report_id, language=language, actor=actor, now=now, is_copy=True)


def _open(*, token: str, is_paper: bool, reader: Reader, now: datetime) -> OpenedShare:
    nobody = replace(system_actor("report_share"), ip=reader.ip, request_id=reader.request_id)
    return open_share(token=token, is_paper=is_paper, user_agent=reader.user_agent, actor=nobody, now=now)


def _account_of(share: OpenedShare, reader: Reader) -> Actor:
    return patient_actor(share.account_id, ip=reader.ip, request_id=reader.request_id)


def _read(share: OpenedShare, *, actor: Actor, now: datetime) -> SharedReport:
    """The report as its account reads it; every refusal of that is the one answer of a link."""
    is_lab = share.kind is PatientReportKind.LAB
    try:
        lab = get_report(report_id=share.report_id, actor=actor, now=now) if is_lab else None
        exam = None if is_lab else get_exam_report(report_id=share.report_id, actor=actor, now=now)
        person = get_person(actor=actor, person_id=share.person_id, now=now)
    except Refusal as refusal:
        raise UnknownShare from refusal
    report = lab or exam
    assert report is not None
    visit = get_encounter(encounter_id=report.encounter_id)
    return SharedReport(share=share, person=person, visit=visit, lab=lab, exam=exam)
