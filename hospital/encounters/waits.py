"""What a waiting patient is told: how many are before, and how long it may take."""

from datetime import datetime

from hospital.encounters.models import Encounter
from hospital.encounters.order_statement import list_line
from hospital.encounters.rules.pace import RECENT, WaitEstimate, estimate_wait
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard

_MINUTE = 60


def get_wait(*, encounter: EncounterCard, usual_minutes: float, starts_at: datetime, now: datetime) -> WaitEstimate:
    """The estimate of a visit that waits, by the doctor's pace of the day; two statements.

    `usual_minutes` is the length of a place, `starts_at` when the session begins, which counts until the doctor has.
    """
    line = list_line(clinician_id=encounter.clinician_id, day=encounter.queue_on)
    before = line.index(encounter.id) if encounter.id in line else len(line)
    recent, in_room = _read_pace(encounter=encounter, now=now)
    has_begun = bool(recent) or in_room is not None
    return estimate_wait(
        before=before,
        recent=recent,
        usual=usual_minutes,
        in_room=in_room,
        starts_in=0 if has_begun else max(_minutes(now, starts_at), 0),
    )


def _read_pace(*, encounter: EncounterCard, now: datetime) -> tuple[list[float], float | None]:
    """Minutes of the last consultations, in order, and of the one under way. Who came back with results tells nothing
    of either: the time between belongs to the examinations."""
    rows = Encounter.objects.filter(
        clinician_id=encounter.clinician_id,
        queue_on=encounter.queue_on,
        state__in=[EncounterState.CALLED, EncounterState.IN_CONSULT, EncounterState.DONE],
    ).order_by("-called_at")
    recent: list[float] = []
    in_room: float | None = None
    for state, called_at, done_at, priority in rows.values_list("state", "called_at", "done_at", "priority")[
        : RECENT + 4
    ]:
        if state != EncounterState.DONE:
            in_room = max(_minutes(called_at, now), in_room or 0.0)
        elif priority != "RESULTS":
            recent.append(_minutes(called_at, done_at))
    return recent[::-1], in_room


def _minutes(start: datetime | None, end: datetime | None) -> float:
    if start is None or end is None:
        return 0.0
    return (end - start).total_seconds() / _MINUTE
