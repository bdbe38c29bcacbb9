"""Values that an analyzer measured: they wait in the open report for a tester, who hands them to the second person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.results.errors import (
    NothingAsked,
    ResultsEntered,
    SpecimenNotReceived,
    TypedByHand,
    UnitDiffers,
    UnknownAnalyte,
    UnknownSpecimen,
)
from hospital.results.models import Analyte, LabReport, ResultValue, Specimen
from hospital.results.rules import is_same_unit, is_same_value
from hospital.results.services.opening import judge_by_method
from hospital.results.services.results import bump_revision, write_value
from hospital.results.states import ReportState, SpecimenState
from hospital.results.types import MeasuredValue


def find_measured_specimen(*, numbers: Sequence[str], campus_code: str) -> UUID:
    """The specimen of a laboratory by the first number that is one; an analyzer writes the barcode into more than one
    place. Refuses `UnknownSpecimen`."""
    found = dict(Specimen.objects.filter(number__in=list(numbers), campus_id=campus_code).values_list("number", "id"))
    for number in numbers:
        if number in found:
            return found[number]
    raise UnknownSpecimen


def enter_measured_values(
    *,
    specimen_id: UUID,
    values: Sequence[MeasuredValue],
    instrument: str,
    actor: Actor,
    now: datetime,
    method: str = "",
    may_overwrite: bool = False,
) -> UUID:
    """Writes what an analyzer measured into the specimen's open report; returns the report's id.

    What it measured beyond the request is left out. A range of the analyzer's `method` goes before one for any.
    `may_overwrite`: a person decided that these values replace typed ones. Refuses, and writes nothing:
    `UnknownSpecimen`, `SpecimenNotReceived`, `ResultsEntered` (handed to the second person or verified),
    `NothingAsked`, `UnknownAnalyte`, `UnitDiffers`, `TypedByHand`, `BadValue`, `BadChoice`.
    """
    with acting(actor=actor):
        report = _lock_draft(specimen_id=specimen_id)
        rows = list(report.values.select_related("analyte").select_for_update(of=("self",)))
        found = [(row, value) for value in values if (row := _find_row(rows, value)) is not None]
        if not found:
            raise NothingAsked(number=report.specimen.number)
        for row, value in found:
            if method:
                judge_by_method(row=row, method=method)
            _check(row=row, value=value, may_overwrite=may_overwrite)
            write_value(row=row, text=_as_choice(row, value.text), instrument=instrument, actor=actor, now=now)
        bump_revision(report)
        record_act(
            actor=actor,
            action="results.measure",
            subject_kind="report",
            subject_id=str(report.id),
            person_id=report.person_id,
            now=now,
            details={"number": report.number, "instrument": instrument},
        )
        return report.id


def _lock_draft(*, specimen_id: UUID) -> LabReport:
    specimen = Specimen.objects.select_for_update().filter(pk=specimen_id).first()
    if specimen is None:
        raise UnknownSpecimen
    if specimen.state in {SpecimenState.REQUESTED, SpecimenState.COLLECTED, SpecimenState.REJECTED}:
        raise SpecimenNotReceived(number=specimen.number)
    report = LabReport.objects.select_for_update().filter(specimen=specimen, state=ReportState.DRAFT).first()
    if report is None:
        raise ResultsEntered(number=specimen.number)
    return report


def _find_row(rows: Sequence[ResultValue], value: MeasuredValue) -> ResultValue | None:
    """The row that the value belongs to; None of an analyte that is known and was not asked for."""
    for row in rows:
        if row.code in value.codes or (value.loinc and row.analyte.loinc == value.loinc):
            return row
    known = Analyte.objects.filter(code__in=value.codes).exists() or (
        bool(value.loinc) and Analyte.objects.filter(loinc=value.loinc).exists()
    )
    if not known:
        raise UnknownAnalyte(analyte=(value.codes or (value.loinc,))[0][:20])
    return None


def _check(*, row: ResultValue, value: MeasuredValue, may_overwrite: bool) -> None:
    if value.unit and not is_same_unit(value.unit, row.unit):
        raise UnitDiffers(analyte=row.name, unit=value.unit[:30], expected=row.unit)
    is_typed = bool(row.text) and not row.instrument
    if is_typed and not may_overwrite and not is_same_value(value=row.text, read_back=value.text):
        raise TypedByHand(analyte=row.name)


def _as_choice(row: ResultValue, text: str) -> str:
    """The code of a choice that was sent as its name or in another case."""
    for choice in row.analyte.choices:
        if text.casefold() in {choice["code"].casefold(), choice["zh"].casefold(), choice["en"].casefold()}:
            return str(choice["code"])
    return text
