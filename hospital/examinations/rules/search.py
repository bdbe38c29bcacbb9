"""The search behind the plan: all orders in which examinations can follow each other, without trying them twice.

A state is a set of placed examinations, the campus of the last one, its day, and from when each other one may start.
Since every rule only says "not before", placing an examination as early as it fits is never worse, and a state that
allows everything another allows, no later, with no more days and no longer hunger, makes the other needless. So the
search finds a plan whenever there is one.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hospital.examinations.rules.spacing import DAY, find_gap, needs_later_day
from hospital.examinations.types import ExamNeeds

GRID = 5
_HUNGER_FROM = 8 * 60  # a fasting examination at eight costs no hunger


class Starts:
    """Minutes at which an examination may start at one campus: disjoint ranges, ends included."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self.ranges = merge_ranges(ranges)
        self._first = [first for first, _ in self.ranges]

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def find_first(self, at: int) -> int | None:
        """The first start on the grid that is not before `at`."""
        at = -(-at // GRID) * GRID
        place = bisect_right(self._first, at) - 1
        if place >= 0 and at <= self.ranges[place][1]:
            return at
        for first, last in self.ranges[place + 1 :]:
            start = max(-(-first // GRID) * GRID, at)
            if start <= last:
                return start
        return None

    def within(self, first: int, last: int) -> "Starts":
        """The starts between two minutes, both included."""
        return Starts([(max(a, first), min(b, last)) for a, b in self.ranges if a <= last and b >= first])


def merge_ranges(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges with their ends included, in order, those that touch joined."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        elif first <= last:
            merged.append((first, last))
    return merged


@dataclass(frozen=True, slots=True)
class Chain:
    """Examinations placed one after the other: index, campus, start. `release` is from when each may start."""

    placed: tuple[tuple[int, str, int], ...] = ()
    release: tuple[int, ...] = ()
    days: int = 0
    hunger: int = 0

    @property
    def last_day(self) -> int:
        """The day of the last examination."""
        return self.placed[-1][2] // DAY if self.placed else -1

    @property
    def cost(self) -> tuple[int, int, int, int]:
        """Fewest days, least hunger, soonest over, least waiting between."""
        return self.days, self.hunger, self.placed[-1][2], -sum(start for _, _, start in self.placed)


@dataclass(slots=True)
class Search:
    """The examinations with the starts of each by campus."""

    needs: Sequence[ExamNeeds]
    starts: Sequence[Mapping[str, Starts]]
    _release: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for a, first in enumerate(self.needs):
            for b, second in enumerate(self.needs):
                gap = first.minutes + find_gap(first, second)[0]
                self._release[a, b] = gap, needs_later_day(first, second) is not None

    def find_chains(self, *, earliest: int) -> list[Chain]:
        """The chains of all examinations that no other one makes needless; empty where there is none."""
        count = len(self.needs)
        layer: dict[tuple[int, str], list[Chain]] = {(0, ""): [Chain(release=(earliest,) * count)]}
        for _ in range(count):
            following: dict[tuple[int, str], list[Chain]] = {}
            for (done, campus), chains in layer.items():
                for chain in chains:
                    self._extend(chain, done=done, campus=campus, into=following)
            layer = following
        return [chain for chains in layer.values() for chain in chains]

    def _extend(self, chain: Chain, *, done: int, campus: str, into: dict[tuple[int, str], list[Chain]]) -> None:
        for index, by_campus in enumerate(self.starts):
            if done >> index & 1:
                continue
            for code, starts in by_campus.items():
                start = self._find_start(chain, index, starts, is_same_campus=code == campus)
                if start is not None:
                    key = done | 1 << index, code
                    _keep(into.setdefault(key, []), self._add(chain, index, code, start, done=key[0]))

    @staticmethod
    def _find_start(chain: Chain, index: int, starts: Starts, *, is_same_campus: bool) -> int | None:
        at = chain.release[index]
        if chain.placed:
            # One after the other: `at` lies behind the last one; another campus means another day.
            at = at if is_same_campus else max(at, (chain.last_day + 1) * DAY)
        return starts.find_first(at)

    def _add(self, chain: Chain, index: int, campus: str, start: int, *, done: int) -> Chain:
        day = start // DAY
        release = tuple(
            0 if done >> other & 1 else max(at, self._release_of(index, other, start=start, day=day))
            for other, at in enumerate(chain.release)
        )
        hunger = max(0, start % DAY - _HUNGER_FROM) if self.needs[index].fasting_hours else 0
        return Chain(
            (*chain.placed, (index, campus, start)),
            release,
            chain.days + (day != chain.last_day),
            chain.hunger + hunger,
        )

    def _release_of(self, first: int, second: int, *, start: int, day: int) -> int:
        gap, is_later_day = self._release[first, second]
        return max(start + gap, (day + 1) * DAY) if is_later_day else start + gap


def _keep(chains: list[Chain], new: Chain) -> None:
    """Adds a chain unless another one is as good in everything, and drops those that it makes needless."""
    if any(_is_as_good(old, new) for old in chains):
        return
    chains[:] = [old for old in chains if not _is_as_good(new, old)]
    chains.append(new)


def _is_as_good(one: Chain, other: Chain) -> bool:
    return (
        one.days <= other.days
        and one.hunger <= other.hunger
        and one.placed[-1][2] <= other.placed[-1][2]
        and all(a <= b for a, b in zip(one.release, other.release, strict=True))
    )
