"""Treatments of a visit, and of the treatment room."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.treatments.errors import UnknownTreatment
from hospital.treatments.models import StruckRecord, Treatment, TreatmentSession
from hospital.treatments.rules import is_due
from hospital.treatments.services.sessions import require_treatment_room
from hospital.treatments.states import SessionState, TreatmentState
from hospital.treatments.types import SessionView, StruckView, TreatmentView
from hospital.treatments.vocabulary import (
    DOSE_UNITS,
    FREQUENCIES,
    LATERALITIES,
    SITES,
    Frequency,
    Laterality,
    Reaction,
)

_NOTHING = BilingualText("")
SHOWN_AFTER = timedelta(hours=18)


def get_treatment(*, treatment_id: UUID, actor: Actor, now: datetime) -> TreatmentView:
    """One treatment. Refuses `UnknownTreatment`, `NoCareRelation`, `NotClinicalStaff`."""
    views = _views(Treatment.objects.filter(pk=treatment_id), now=now)
    if not views:
        raise UnknownTreatment
    require_clinical_access(actor=actor, person_id=views[0].person_id, now=now)
    return views[0]


def list_visit_treatments(*, encounter_id: UUID, now: datetime) -> list[TreatmentView]:
    """The treatments of a visit in the order of their numbers, for workflows and faces that have checked the access."""
    return _views(Treatment.objects.filter(encounter_id=encounter_id).order_by("ordered_at", "number"), now=now)


def list_room_treatments(*, campus_code: str, actor: Actor, now: datetime, limit: int = 120) -> list[TreatmentView]:
    """What the treatment room of a campus has before it: open treatments, and those with a session in the last hours.

    Three statements. Refuses `NotTreatmentStaff`.
    """
    require_treatment_room(actor=actor, campus_code=campus_code)
    since = now - SHOWN_AFTER
    recent = Q(sessions__done_at__gte=since) | Q(stopped_at__gte=since)
    rows = Treatment.objects.filter(Q(campus_id=campus_code) & (Q(state=TreatmentState.OPEN) | recent))
    return _views(rows.distinct().order_by("ordered_at", "number")[:limit], now=now)


def get_session_treatment(*, session_id: UUID) -> TreatmentView:
    """The treatment of a session, for workflows. Refuses `UnknownTreatment`."""
    session = TreatmentSession.objects.filter(pk=session_id).first()
    if session is None:
        raise UnknownTreatment
    at = session.done_at or session.treatment.ordered_at
    return _views(Treatment.objects.filter(pk=session.treatment_id), now=at)[0]


def _views(rows: QuerySet[Treatment], *, now: datetime) -> list[TreatmentView]:
    loaded = rows.select_related("ordered_by", "stopped_by").prefetch_related(
        "sessions__executor", "sessions__struck__executor", "sessions__struck__struck_by"
    )
    return [_view(row, now=now) for row in loaded]


def _view(row: Treatment, *, now: datetime) -> TreatmentView:
    sessions = sorted(row.sessions.all(), key=lambda session: session.number)
    done_on = [local_day(each.done_at) for each in sessions if each.done_at]
    frequency, stopper = Frequency(row.frequency), row.stopped_by
    is_open = row.state == TreatmentState.OPEN
    return TreatmentView(
        id=row.id,
        number=row.number,
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        campus_code=row.campus_id,
        item_code=row.item_code,
        name=row.name,
        site=SITES.get(row.site, BilingualText(row.site)),
        laterality=Laterality(row.laterality),
        side=LATERALITIES[Laterality(row.laterality)],
        dose=row.dose.normalize() if row.dose is not None else None,
        dose_unit=DOSE_UNITS.get(row.dose_unit, _NOTHING),
        frequency=frequency,
        how_often=FREQUENCIES[frequency],
        remark=row.remark,
        is_emergency=row.is_emergency,
        state=TreatmentState(row.state),
        ordered_by=BilingualText(row.ordered_by.name_zh, row.ordered_by.name_en),
        ordered_at=row.ordered_at,
        stopped_at=row.stopped_at,
        stopped_by=BilingualText(stopper.name_zh, stopper.name_en) if stopper else _NOTHING,
        stop_reason=row.stop_reason,
        is_due=is_open and is_due(frequency=frequency, done_on=done_on, on=local_day(now)),
        sessions=tuple(_session(each) for each in sessions),
    )


def _session(row: TreatmentSession) -> SessionView:
    executor = row.executor
    return SessionView(
        id=row.id,
        number=row.number,
        state=SessionState(row.state),
        done_at=row.done_at,
        executor=BilingualText(executor.name_zh, executor.name_en) if executor else _NOTHING,
        reaction=Reaction(row.reaction) if row.reaction else None,
        note=row.note,
        executor_id=row.executor_id,
        struck=tuple(_struck(each) for each in sorted(row.struck.all(), key=lambda each: each.struck_at)),
    )


def _struck(row: StruckRecord) -> StruckView:
    return StruckView(
        done_at=row.done_at,
        executor=BilingualText(row.executor.name_zh, row.executor.name_en),
        reaction=Reaction(row.reaction),
        note=row.note,
        struck_at=row.struck_at,
        struck_by=BilingualText(row.struck_by.name_zh, row.struck_by.name_en),
        reason=row.reason,
    )
