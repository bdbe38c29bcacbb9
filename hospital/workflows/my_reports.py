"""The reports of the people of an account, and what is on the way (A08, W26)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hospital.encounters.api import get_encounter, list_encounters
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.orders.api import list_open_exams
from hospital.orders.types import LineView, OrderView
from hospital.patients.api import list_linked_people
from hospital.patients.errors import RecordsClosed, UnknownPerson
from hospital.results.api import (
    find_closed_report,
    list_patient_reports,
    list_pending_reports,
    list_reported_examinations,
)
from hospital.results.types import PatientReportKind, PatientReportLine, PatientReportState

PENDING_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage:
    """Reports, the visits they belong to, and where the older ones begin."""

    pending: tuple[PatientReportLine, ...]
    lines: tuple[PatientReportLine, ...]
    visits: Mapping[UUID, EncounterCard]
    next_before: datetime | None


def list_my_reports_page(
    *,
    actor: Actor,
    person_id: UUID | None,
    kind: PatientReportKind | None,
    before: datetime | None,
    limit: int,
    now: datetime,
) -> ReportsPage:
    """A page of reports of everybody on the account's list, or of one; what is on its way stands on the first page.

    Refusals: `UnknownPerson`, `RecordsClosed`.
    """
    people = _people(actor=actor, person_id=person_id, now=now)
    found = list_patient_reports(person_ids=people, kind=kind, before=before, limit=limit + 1)
    lines = found[:limit]
    pending = _list_pending(people, kind=kind, now=now) if before is None else []
    visits = list_encounters(encounter_ids={line.encounter_id for line in (*lines, *pending)})
    return ReportsPage(
        pending=tuple(pending),
        lines=tuple(lines),
        visits=visits,
        next_before=lines[-1].reported_at if len(found) > limit else None,
    )


def _list_pending(people: list[UUID], *, kind: PatientReportKind | None, now: datetime) -> list[PatientReportLine]:
    """Samples that are being examined, and examinations that were asked for and not reported yet, newest first."""
    pending: list[PatientReportLine] = []
    if kind is not PatientReportKind.EXAM:
        pending += list_pending_reports(person_ids=people, now=now)
    if kind is not PatientReportKind.LAB:
        exams = list_open_exams(person_ids=people, since=now - PENDING_FOR)
        reported = list_reported_examinations(order_line_ids=[line.id for _, line in exams]) if exams else frozenset()
        pending += [_pending_exam(order, line) for order, line in exams if line.id not in reported]
    return sorted(pending, key=lambda line: line.collected_at, reverse=True)


def _pending_exam(order: OrderView, line: LineView) -> PatientReportLine:
    return PatientReportLine(
        id=line.id,
        kind=PatientReportKind.EXAM,
        state=PatientReportState.PENDING,
        number=order.number,
        person_id=order.person_id,
        encounter_id=order.encounter_id,
        names=(line.name,),
        collected_at=line.executed_at or order.signed_at or order.created_at,
        reported_at=None,
        flagged=None,
        is_taken=line.executed_at is not None,
    )


def get_closed_report(*, report_id: UUID, actor: Actor, now: datetime) -> tuple[PatientReportLine, EncounterCard]:
    """A report that waits for the release, and its visit. Refusals: `UnknownReport` (also: it is open)."""
    line = find_closed_report(report_id=report_id, person_ids=_people(actor=actor, person_id=None, now=now))
    return line, get_encounter(encounter_id=line.encounter_id)


def _people(*, actor: Actor, person_id: UUID | None, now: datetime) -> list[UUID]:
    """Whose reports the account may read: an adult's only once they agreed."""
    linked = {each.person.id: each for each in list_linked_people(actor=actor, now=now)}
    if person_id is None:
        return [each.person.id for each in linked.values() if each.are_records_open]
    if person_id not in linked:
        raise UnknownPerson
    if not linked[person_id].are_records_open:
        raise RecordsClosed
    return [person_id]
