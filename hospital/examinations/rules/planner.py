"""From ordered examinations and free device time to one sensible day, or two with the reason (W33)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

from hospital.examinations.rules.search import Chain, Search, Starts
from hospital.examinations.rules.spacing import (
    DAY,
    find_gap,
    find_latest_start,
    find_release,
    find_split,
    needs_later_day,
)
from hospital.examinations.types import (
    DeviceTime,
    ExamNeeds,
    PlacedExam,
    Plan,
    PlannedExam,
    WantedExam,
    Why,
    WhyNot,
)
from hospital.kernel.clock import SHANGHAI

_MORNING_ENDS = 12 * 60
_LONG_FAST = 6  # hours: whoever fasts so long is examined before noon if that is possible
_DRINK = 60  # minutes before an examination with a full bladder
_EARLY_DAYS = 6  # how many later first days are tried for a plan on fewer days


def plan_exams(
    *,
    exams: Sequence[WantedExam],
    free_times: Iterable[DeviceTime],
    earliest: datetime,
    fixed: Sequence[PlacedExam] = (),
    busy: Sequence[tuple[datetime, datetime]] = (),
    campus_code: str = "",
) -> Plan:
    """The times of `exams`: all on the first day that has room for all at one campus, `campus_code` before others,
    fasting before noon, little waiting; else on as few days as the rules and the devices allow.

    `fixed` are the patient's examinations that have a time already, `busy` their other times. No plan breaks a rule of
    `spacing`, and one is found whenever there is one. What cannot be placed is left out with the reason.
    """
    return _Planning(
        free_times=list(free_times), earliest=earliest, fixed=fixed, busy=busy, campus_code=campus_code
    ).plan(exams)


def list_starts(
    *,
    exam: WantedExam,
    free_times: Iterable[DeviceTime],
    earliest: datetime,
    fixed: Sequence[PlacedExam] = (),
    busy: Sequence[tuple[datetime, datetime]] = (),
    step: int = 15,
    limit: int = 200,
) -> list[PlacedExam]:
    """The times to which one examination can be moved beside `fixed`, `step` minutes apart, soonest first."""
    planning = _Planning(free_times=list(free_times), earliest=earliest, fixed=fixed, busy=busy, campus_code="")
    found = []
    for campus, starts in planning.starts_of(exam.needs).items():
        for first, last in starts.ranges:
            begin = -(-first // step) * step
            found += [(minute, campus) for minute in range(begin, last + 1, step)]
    return [planning.place(exam, campus, minute) for minute, campus in sorted(found)[:limit]]


def breaks_rule(*, exams: Sequence[PlacedExam], busy: Sequence[tuple[datetime, datetime]] = ()) -> bool:
    """Whether these examinations of one patient overlap, are too close, or lie at two campuses on one day."""
    for one, other in combinations(sorted(exams, key=lambda exam: exam.starts_at), 2):
        epoch = _midnight(one.starts_at)
        first, second = _minutes(one.starts_at, epoch), _minutes(other.starts_at, epoch)
        if second < find_release(one.needs, start=first, second=other.needs):
            return True
        if first // DAY == second // DAY and one.campus_code != other.campus_code:
            return True
    return any(exam.starts_at < end and begin < exam.ends_at for exam in exams for begin, end in busy)


class _Planning:
    """One planning: everything in minutes since the midnight before the first possible start."""

    def __init__(
        self,
        *,
        free_times: Sequence[DeviceTime],
        earliest: datetime,
        fixed: Sequence[PlacedExam],
        busy: Sequence[tuple[datetime, datetime]],
        campus_code: str,
    ) -> None:
        self._epoch = _midnight(earliest)
        self._earliest = _minutes(earliest, self._epoch)
        self._fixed = fixed
        self._busy = [(_minutes(begin, self._epoch), _minutes(end, self._epoch)) for begin, end in busy]
        self._campus = campus_code
        self._times: dict[str, list[tuple[str, UUID, int, int]]] = {}
        for time in free_times:
            begin, end = _minutes(time.starts_at, self._epoch), _minutes(time.ends_at, self._epoch)
            self._times.setdefault(time.modality, []).append((time.campus_code, time.device_id, begin, end))

    def plan(self, exams: Sequence[WantedExam]) -> Plan:
        left_out: dict[UUID, WhyNot] = {}
        wanted: list[WantedExam] = []
        starts: list[dict[str, Starts]] = []
        for exam in exams:
            found = self.starts_of(exam.needs)
            if found:
                wanted.append(exam)
                starts.append(found)
            else:
                left_out[exam.key] = WhyNot.NOTHING_FREE if exam.needs.modality in self._times else WhyNot.NO_DEVICE
        while wanted:
            chain = self._find(wanted, starts)
            if chain is not None:
                return self._tell(wanted, starts, chain, left_out)
            # The one with the least room gives way to the others.
            scarcest = min(range(len(wanted)), key=lambda index: _room(starts[index]))
            left_out[wanted.pop(scarcest).key] = WhyNot.NOT_TOGETHER
            starts.pop(scarcest)
        return Plan(exams=(), left_out=left_out)

    def starts_of(self, needs: ExamNeeds) -> dict[str, Starts]:
        """Where and when an examination may start beside what is fixed, without the other wanted ones."""
        first = self._earliest + max(needs.fasting_hours * 60, _DRINK if needs.has_full_bladder else 0)
        by_campus: dict[str, list[tuple[int, int]]] = {}
        for campus, _, begin, end in self._times.get(needs.modality, ()):
            if end - needs.minutes >= max(begin, first):
                by_campus.setdefault(campus, []).append((max(begin, first), end - needs.minutes))
        found = {}
        for campus, ranges in by_campus.items():
            starts = Starts(_cut(Starts(ranges).ranges, self._forbidden(needs, campus)))
            if starts.find_first(0) is not None:
                found[campus] = starts
        return found

    def _forbidden(self, needs: ExamNeeds, campus: str) -> list[tuple[int, int]]:
        """Starts, ends included, that what is fixed rules out."""
        found = [(begin - needs.minutes + 1, end - 1) for begin, end in self._busy]
        for exam in self._fixed:
            start = _minutes(exam.starts_at, self._epoch)
            latest = find_latest_start(needs, before=exam.needs, start=start)
            found.append((latest + 1, find_release(exam.needs, start=start, second=needs) - 1))
            if exam.campus_code != campus:
                found.append((start // DAY * DAY, (start // DAY + 1) * DAY - 1))
        return found

    def _find(self, wanted: Sequence[WantedExam], starts: Sequence[dict[str, Starts]]) -> Chain | None:
        early = [_before_noon(exam.needs, found) for exam, found in zip(wanted, starts, strict=True)]
        return (
            self._find_on_one_day(wanted, early)
            or self._find_on_one_day(wanted, starts)
            or self._find_on_days(wanted, early)
            or self._find_on_days(wanted, starts)
        )

    def _find_on_one_day(self, wanted: Sequence[WantedExam], starts: Sequence[Mapping[str, Starts]]) -> Chain | None:
        if any(find_split(one.needs, other.needs) for one, other in combinations(wanted, 2)):
            return None
        campuses = [campus for campus in starts[0] if all(campus in found for found in starts)]
        for day in self._days(starts):
            chains: list[tuple[bool, Chain]] = []
            for campus in campuses:
                found = [each[campus].within(day * DAY, (day + 1) * DAY - 1) for each in starts]
                if all(found):
                    search = Search([exam.needs for exam in wanted], [{campus: each} for each in found])
                    chains += [(campus != self._campus, chain) for chain in search.find_chains(earliest=self._earliest)]
            if chains:
                return min(chains, key=lambda found: (found[0], found[1].cost))[1]
        return None

    def _days(self, starts: Sequence[Mapping[str, Starts]]) -> list[int]:
        """Days that have some room for each, days on which the patient comes anyway first."""
        days = [
            {
                day
                for starts_there in found.values()
                for first, last in starts_there.ranges
                for day in range(first // DAY, last // DAY + 1)
            }
            for found in starts
        ]
        coming = {_minutes(exam.starts_at, self._epoch) // DAY for exam in self._fixed}
        return sorted(set.intersection(*days), key=lambda day: (day not in coming, day))

    def _find_on_days(self, wanted: Sequence[WantedExam], starts: Sequence[Mapping[str, Starts]]) -> Chain | None:
        search = Search([exam.needs for exam in wanted], starts)
        best: Chain | None = None
        for later in range(_EARLY_DAYS):
            earliest = self._earliest if not later else later * DAY
            for chain in search.find_chains(earliest=earliest):
                if best is None or chain.cost < best.cost:
                    best = chain
            if best is None or best.days <= 2:
                break
        return best

    def _tell(
        self,
        wanted: Sequence[WantedExam],
        starts: Sequence[Mapping[str, Starts]],
        chain: Chain,
        left_out: Mapping[UUID, WhyNot],
    ) -> Plan:
        placed = [(wanted[index], campus, minute) for index, campus, minute in chain.placed]
        allowed = {wanted[index].key: starts[index][campus] for index, campus, _ in chain.placed}
        placed = self._close_up(placed, allowed)
        exams = [self.place(exam, campus, minute) for exam, campus, minute in placed]
        days = {minute // DAY for _, _, minute in placed}
        return Plan(
            exams=tuple(self._explain(exam, exams) for exam in exams),
            left_out=left_out,
            split=_why_split(wanted) if len(days) > 1 else None,
        )

    @staticmethod
    def _close_up(
        placed: list[tuple[WantedExam, str, int]], allowed: Mapping[UUID, Starts]
    ) -> list[tuple[WantedExam, str, int]]:
        """Moves what nobody fasts for nearer to what follows on its day, so that there is less waiting between."""
        closed = list(placed)
        for place in range(len(closed) - 2, -1, -1):
            exam, campus, minute = closed[place]
            following = closed[place + 1 :]
            if exam.needs.fasting_hours or following[0][2] // DAY != minute // DAY:
                continue
            latest = min(find_latest_start(exam.needs, before=each.needs, start=at) for each, _, at in following)
            start = allowed[exam.key].within(minute, latest).ranges[-1][1] // 5 * 5
            if start > minute and allowed[exam.key].find_first(start) == start:
                closed[place] = exam, campus, start
        return closed

    def place(self, exam: WantedExam, campus: str, minute: int) -> PlacedExam:
        """The examination on the first device of the campus that is free then."""
        needs = exam.needs
        device = next(
            device
            for code, device, begin, end in self._times[needs.modality]
            if code == campus and begin <= minute and minute + needs.minutes <= end
        )
        start = (self._epoch + timedelta(minutes=minute)).astimezone(UTC)
        return PlacedExam(
            key=exam.key,
            needs=needs,
            device_id=device,
            campus_code=campus,
            starts_at=start,
            ends_at=start + timedelta(minutes=needs.minutes),
        )

    def _explain(self, exam: PlacedExam, exams: Sequence[PlacedExam]) -> PlannedExam:
        everything = [*self._fixed, *exams]
        needs = exam.needs
        same_day = [each for each in everything if _is_same_day(each, exam) and each.key != exam.key]
        earlier = [each for each in everything if each.starts_at < exam.starts_at]
        whys = []
        if needs.fasting_hours:
            whys.append(Why.FASTING_FIRST)
        if needs.has_full_bladder and any(each.needs.fasting_hours for each in same_day):
            whys.append(Why.BLADDER_AFTER_FASTING)
        if needs.has_barium and same_day:
            whys.append(Why.BARIUM_LAST)
        for each in earlier:
            why = find_gap(each.needs, needs)[1]
            later_day = needs_later_day(each.needs, needs)
            whys += [reason for reason in (why, later_day if not _is_same_day(each, exam) else None) if reason]
        if not whys:
            whys.append(Why.LITTLE_WAITING if same_day else Why.FIRST_FREE)
        fast = timedelta(hours=needs.fasting_hours)
        drink = timedelta(minutes=_DRINK)
        return PlannedExam(
            exam=exam,
            whys=tuple(dict.fromkeys(whys)),
            fast_from=exam.starts_at - fast if needs.fasting_hours else None,
            drink_at=exam.starts_at - drink if needs.has_full_bladder else None,
        )


def _before_noon(needs: ExamNeeds, starts: dict[str, Starts]) -> dict[str, Starts]:
    if needs.fasting_hours < _LONG_FAST:
        return starts
    found = {}
    for campus, each in starts.items():
        mornings = [
            (max(first, day * DAY), min(last, day * DAY + _MORNING_ENDS - 1))
            for first, last in each.ranges
            for day in range(first // DAY, last // DAY + 1)
            if first < day * DAY + _MORNING_ENDS
        ]
        early = Starts(mornings)
        if early.find_first(0) is not None:
            found[campus] = early
    return found or starts


def _cut(ranges: Sequence[tuple[int, int]], forbidden: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    left = list(ranges)
    for begin, end in forbidden:
        left = (
            [
                part
                for first, last in left
                for part in ((first, min(last, begin - 1)), (max(first, end + 1), last))
                if part[0] <= part[1]
            ]
            if begin <= end
            else left
        )
    return left


def _why_split(wanted: Sequence[WantedExam]) -> Why:
    reasons = [find_split(one.needs, other.needs) for one, other in combinations(wanted, 2)]
    return next((reason for reason in reasons if reason), Why.NO_DAY_FOR_ALL)


def _room(starts: Mapping[str, Starts]) -> int:
    return sum(last - first + 1 for each in starts.values() for first, last in each.ranges)


def _is_same_day(one: PlacedExam, other: PlacedExam) -> bool:
    return one.starts_at.astimezone(SHANGHAI).date() == other.starts_at.astimezone(SHANGHAI).date()


def _midnight(instant: datetime) -> datetime:
    return instant.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)


def _minutes(instant: datetime, epoch: datetime) -> int:
    """Minutes since a midnight, up: China keeps one time all year."""
    return -int((epoch - instant).total_seconds() // 60)
