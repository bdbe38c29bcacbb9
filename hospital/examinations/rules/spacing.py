"""How far apart two examinations have to be (domain brief 2; what the patients' leaflets of the departments say).

Instants are minutes of the hospital's wall clock since a midnight. Every rule only ever says "not before": the earlier
one examination is, the earlier another may follow. The planner's search rests on that.
"""

from hospital.examinations.types import Contrast, ExamNeeds, Why

DAY = 24 * 60
WALK = 10  # from one room to the next, and to change
REST = 120  # after sedation
CONTRAST_GAP = 24 * 60  # between two injections of contrast agent
BARIUM_GAP = 72 * 60  # barium hides what ultrasound, CT and endoscopy look at
IODINE_GAP = 42 * DAY  # iodine fills the thyroid for weeks
HIDDEN_BY_BARIUM = frozenset({"US", "ES", "CT"})


def find_gap(first: ExamNeeds, second: ExamNeeds) -> tuple[int, Why | None]:
    """Minutes that have to lie between the end of `first` and the start of `second`, and which rule says so."""
    gaps: list[tuple[int, Why | None]] = [(WALK, None)]
    if first.has_sedation:
        gaps.append((REST, Why.REST_AFTER_SEDATION))
    if first.contrast is not Contrast.NONE and second.contrast is not Contrast.NONE:
        gaps.append((CONTRAST_GAP, Why.CONTRAST_APART))
    if first.has_barium and second.modality in HIDDEN_BY_BARIUM:
        gaps.append((BARIUM_GAP, Why.BARIUM_APART))
    if first.contrast is Contrast.IODINE and second.measures_iodine_uptake:
        gaps.append((IODINE_GAP, Why.IODINE_APART))
    return max(gaps, key=lambda gap: gap[0])


def needs_later_day(first: ExamNeeds, second: ExamNeeds) -> Why | None:
    """The rule that lets `second` follow `first` on a later day only.

    Barium comes last of its day; who has drunk for a full bladder is examined fasting on another day.
    """
    if first.has_barium:
        return Why.BARIUM_LAST
    if first.has_full_bladder and second.fasting_hours:
        return Why.BLADDER_AFTER_FASTING
    return None


def find_release(first: ExamNeeds, *, start: int, second: ExamNeeds) -> int:
    """From which minute `second` may start when `first` starts at `start`."""
    release = start + first.minutes + find_gap(first, second)[0]
    if needs_later_day(first, second):
        release = max(release, (start // DAY + 1) * DAY)
    return release


def find_latest_start(second: ExamNeeds, *, before: ExamNeeds, start: int) -> int:
    """Until which minute `second` may start so that `before`, fixed at `start`, still may follow it."""
    latest = start - find_gap(second, before)[0] - second.minutes
    if needs_later_day(second, before):
        latest = min(latest, start // DAY * DAY - 1)
    return latest


def find_split(first: ExamNeeds, second: ExamNeeds) -> Why | None:
    """The rule that keeps two examinations from one day in either order; None where some order allows it."""
    reasons = []
    for one, other in ((first, second), (second, first)):
        gap, why = find_gap(one, other)
        reason = why if gap >= DAY // 2 else needs_later_day(one, other)
        if reason is None:
            return None
        reasons.append(reason)
    return reasons[0]
