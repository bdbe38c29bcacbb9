"""Which places a channel may take, and how a session's numbers are dealt to the pools (domain brief 2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from hospital.scheduling.errors import PoolsDoNotFit
from hospital.scheduling.types import Channel, Pool, PoolShare

_OWN: Final[Mapping[Channel, Pool]] = {
    Channel.APP: Pool.APP,
    Channel.MINI: Pool.MINI,
    Channel.WINDOW: Pool.WINDOW,
    Channel.PARTNER: Pool.KIOSK,
    Channel.DOCTOR: Pool.DOCTOR,
    Channel.VIP: Pool.VIP,
}
_POOLS: Final[Mapping[Channel, list[str]]] = {channel: [Pool.OPEN.value, pool.value] for channel, pool in _OWN.items()}


def pools_of(channel: Channel) -> list[str]:
    """The pools whose places a channel may take once they are released: the open one and its own."""
    return _POOLS[channel]


def may_take(
    *, channel: Channel, pool: Pool, opens_at: datetime, folds_back_at: datetime | None, now: datetime
) -> bool:
    """Whether a channel may take a free place now: it is released, and of its pools or folded back to everybody.

    The statements that take places say the same in SQL.
    """
    is_folded = folds_back_at is not None and folds_back_at <= now
    return opens_at <= now and (pool.value in pools_of(channel) or is_folded)


def deal_places(*, shares: Sequence[PoolShare], count: int) -> list[PoolShare]:
    """For each of `count` numbers the share it belongs to, every share spread evenly from the first to the last number.

    Without shares every number is open from the beginning. Refuses with `PoolsDoNotFit` where the shares are not
    `count` places together, or a pool folds back before it opens.
    """
    if not shares:
        return [PoolShare(pool=Pool.OPEN, places=count)] * count
    if sum(share.places for share in shares) != count or not _are_sound(shares):
        raise PoolsDoNotFit(places=count)
    numbered = [(turn, index, share) for turn, share in enumerate(shares) for index in range(share.places)]
    numbered.sort(key=lambda each: ((each[1] + 0.5) / each[2].places, each[0]))
    return [share for _, _, share in numbered]


def _are_sound(shares: Iterable[PoolShare]) -> bool:
    return all(
        share.places >= 0 and (share.folds_back_at is None or share.folds_back_at >= share.opens_at) for share in shares
    )
