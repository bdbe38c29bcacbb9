"""Specimens: asked for, collected, received, refused. The conditional update decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.results.errors import ImpossibleTime, NotPaidYet, RejectReasonMissing, SpecimenMoved, UnknownSpecimen
from hospital.results.models import LabRequest, Specimen
from hospital.results.services.access import require_laboratory
from hospital.results.services.critical import end_loops_of_specimen
from hospital.results.services.opening import open_report
from hospital.results.states import SPECIMEN_TRANSITIONS, SpecimenState
from hospital.results.types import RequestedTest


def request_specimens(
    *,
    encounter_id: UUID,
    person_id: UUID,
    campus_code: str,
    tests: Sequence[RequestedTest],
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Asks for the specimens of signed order lines; returns the new ones' ids.

    Tests of the same material and container share one. A line that has a usable specimen already is left out, so that
    the call can be repeated.
    """
    with acting(actor=actor):
        asked = set(
            LabRequest.objects.filter(
                order_line_id__in=[test.order_line_id for test in tests], is_active=True
            ).values_list("order_line_id", flat=True)
        )
        groups: dict[tuple[str, str, bool], list[RequestedTest]] = {}
        for test in tests:
            if test.order_line_id not in asked:
                groups.setdefault((test.specimen.zh, test.container.zh, test.is_emergency), []).append(test)
        ids = []
        for members in groups.values():
            specimen = Specimen.objects.create(
                number=next_specimen_number(now=now),
                encounter_id=encounter_id,
                person_id=person_id,
                campus_id=campus_code,
                name_zh=members[0].specimen.zh,
                name_en=members[0].specimen.en,
                container_zh=members[0].container.zh,
                container_en=members[0].container.en,
                is_emergency=members[0].is_emergency,
                requested_at=now,
            )
            for position, test in enumerate(members, start=1):
                LabRequest.objects.create(
                    specimen=specimen,
                    order_line_id=test.order_line_id,
                    item_code=test.item_code,
                    panel_codes=list(test.panel_codes),
                    name_zh=test.name.zh,
                    name_en=test.name.en,
                    position=position,
                )
            ids.append(specimen.id)
        return ids


def collect_specimen(*, specimen_id: UUID, is_settled: bool, actor: Actor, now: datetime) -> None:
    """Notes that the specimen was drawn now. Refuses `NotPaidYet`, `SpecimenMoved`, `NotLaboratoryStaff`."""
    specimen = find_for_laboratory(specimen_id=specimen_id, actor=actor)
    _check_paid(specimen=specimen, is_settled=is_settled)
    with acting(actor=actor):
        move_specimen(
            specimen=specimen,
            target=SpecimenState.COLLECTED,
            changes={"collected_at": now, "collected_by_id": UUID(actor.id)},
        )
        record(specimen=specimen, action="results.collect", actor=actor, now=now)


def receive_specimen(
    *,
    specimen_id: UUID,
    is_settled: bool,
    actor: Actor,
    now: datetime,
    collected_at: datetime | None = None,
    quality: BilingualText | None = None,
) -> UUID:
    """Takes a specimen in and opens its report with the ranges of the patient's age and sex; returns the report's id.

    `is_settled` is what billing says of its tests; `collected_at` is needed when nobody noted the drawing, and is now
    otherwise. Refuses `NotPaidYet` (unless an emergency), `ImpossibleTime`, `SpecimenMoved`, `UnknownSpecimen`,
    `NotLaboratoryStaff`.
    """
    specimen = find_for_laboratory(specimen_id=specimen_id, actor=actor)
    _check_paid(specimen=specimen, is_settled=is_settled)
    drawn_at = specimen.collected_at or collected_at or now
    if not specimen.requested_at.replace(second=0, microsecond=0) <= drawn_at <= now:  # a label's clock has no seconds
        raise ImpossibleTime
    with acting(actor=actor):
        changes: dict[str, Any] = {
            "received_at": now,
            "received_by_id": UUID(actor.id),
            "collected_at": drawn_at,
            "quality_zh": quality.zh if quality else "",
            "quality_en": quality.en if quality else "",
        }
        move_specimen(specimen=specimen, target=SpecimenState.RECEIVED, changes=changes)
        specimen.refresh_from_db()
        report = open_report(specimen=specimen, now=now)
        record(specimen=specimen, action="results.receive", actor=actor, now=now)
        return report.id


def reject_specimen(*, specimen_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """Refuses a specimen that cannot be used and asks for another with the same tests; returns the new one's id.

    Refuses `RejectReasonMissing`, `SpecimenMoved`, `UnknownSpecimen`, `NotLaboratoryStaff`.
    """
    if not reason.strip():
        raise RejectReasonMissing
    specimen = find_for_laboratory(specimen_id=specimen_id, actor=actor)
    with acting(actor=actor):
        move_specimen(
            specimen=specimen,
            target=SpecimenState.REJECTED,
            changes={
                "rejected_at": now,
                "rejected_by_id": UUID(actor.id),
                "reject_reason": reason.strip(),
            },
        )
        requests = list(specimen.requests.filter(is_active=True).order_by("position"))
        specimen.requests.update(is_active=False)
        fresh = Specimen.objects.create(
            number=next_specimen_number(now=now),
            encounter_id=specimen.encounter_id,
            person_id=specimen.person_id,
            campus_id=specimen.campus_id,
            name_zh=specimen.name_zh,
            name_en=specimen.name_en,
            container_zh=specimen.container_zh,
            container_en=specimen.container_en,
            is_emergency=specimen.is_emergency,
            requested_at=now,
            replaces=specimen,
        )
        for request in requests:
            LabRequest.objects.create(
                specimen=fresh,
                order_line_id=request.order_line_id,
                item_code=request.item_code,
                panel_codes=request.panel_codes,
                name_zh=request.name_zh,
                name_en=request.name_en,
                position=request.position,
            )
        end_loops_of_specimen(specimen_id=specimen.id, actor=actor, now=now)
        record(specimen=specimen, action="results.reject", actor=actor, now=now, reason=reason.strip())
        record_event(
            kind="results.rejected",
            subject_id=str(specimen.id),
            person_id=specimen.person_id,
            encounter_id=specimen.encounter_id,
            now=now,
            facts={"number": specimen.number},
        )
        return fresh.id


def find_for_laboratory(*, specimen_id: UUID, actor: Actor) -> Specimen:
    """The specimen for its own laboratory. Refuses `UnknownSpecimen`, `NotLaboratoryStaff`."""
    specimen = Specimen.objects.filter(pk=specimen_id).first()
    if specimen is None:
        raise UnknownSpecimen
    require_laboratory(actor=actor, campus_code=specimen.campus_id)
    return specimen


def move_specimen(*, specimen: Specimen, target: SpecimenState, changes: dict[str, Any] | None = None) -> None:
    """The transition of a specimen. Refuses `SpecimenMoved`."""
    allowed = SPECIMEN_TRANSITIONS.allowed_from(target)
    if not Specimen.objects.filter(pk=specimen.pk, state__in=allowed).update(state=target, **(changes or {})):
        specimen.refresh_from_db(fields=["state"])
        raise SpecimenMoved(current=specimen.state)


def record(*, specimen: Specimen, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """The audit row of a step of a specimen."""
    record_act(
        actor=actor,
        action=action,
        subject_kind="specimen",
        subject_id=str(specimen.id),
        person_id=specimen.person_id,
        reason=reason,
        now=now,
        details={"number": specimen.number},
    )


def next_specimen_number(*, now: datetime) -> str:
    """Eleven digits for the barcode: the day, then a counter from a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('results_specimen_number')")
        (number,) = cursor.fetchone()
    return f"{now.astimezone(SHANGHAI):%y%m%d}{number % 100_000:05d}"


def _check_paid(*, specimen: Specimen, is_settled: bool) -> None:
    if not is_settled and not specimen.is_emergency:
        raise NotPaidYet
