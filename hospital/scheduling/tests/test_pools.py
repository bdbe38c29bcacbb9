"""Every numbered place is of one pool; a channel sees and takes what is released to it (A04, N01)."""

import json
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from hospital.campuses.api import read_search
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.clock import local_day
from hospital.scheduling.api import (
    deal_places,
    get_session,
    list_sessions,
    may_take,
    read_days_json,
    read_places_json,
    read_slots_json,
    search_offers,
)
from hospital.scheduling.errors import PoolsDoNotFit
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.types import OPEN_SINCE_EVER, Channel, OfferFilter, OfferSort, Pool, PoolShare

pytestmark = pytest.mark.requirement("A04", "N01")
HOUR = timedelta(hours=1)
TOMORROW = TEN + timedelta(days=1)
some_shares = st.lists(
    st.builds(PoolShare, pool=st.sampled_from(Pool), places=st.integers(0, 12)), min_size=1, max_size=7
)


@given(some_shares)
def test_every_number_is_dealt_once_and_every_share_in_full(shares):
    count = sum(share.places for share in shares)
    dealt = deal_places(shares=shares, count=count)
    assert len(dealt) == count
    wanted: Counter[Pool] = Counter()
    for share in shares:
        wanted[share.pool] += share.places
    assert Counter(share.pool for share in dealt) == +wanted


@given(st.integers(1, 30), st.integers(1, 30))
def test_shares_are_spread_over_the_whole_session(app, window):
    """Among the first numbers there are as many of each pool as its part of all, give or take one."""
    shares = [PoolShare(Pool.APP, app), PoolShare(Pool.WINDOW, window)]
    dealt = deal_places(shares=shares, count=app + window)
    for number in range(1, app + window + 1):
        got = sum(share.pool is Pool.APP for share in dealt[:number])
        assert abs(got - number * app / (app + window)) <= 1


@pytest.mark.parametrize(
    "shares",
    [
        [PoolShare(Pool.APP, 2)],
        [PoolShare(Pool.APP, 4)],
        [PoolShare(Pool.APP, 4), PoolShare(Pool.VIP, -1)],
        [PoolShare(Pool.APP, 3, opens_at=TEN, folds_back_at=TEN - HOUR)],
    ],
)
@pytest.mark.django_db
def test_shares_that_do_not_fit_are_refused(shares):
    with pytest.raises(PoolsDoNotFit):
        make_session(places=3, shares=shares)
    assert not RosterSession.objects.exists()


@pytest.mark.parametrize(
    ("pool", "who"),
    [
        (Pool.OPEN, set(Channel)),
        (Pool.APP, {Channel.APP}),
        (Pool.MINI, {Channel.MINI}),
        (Pool.WINDOW, {Channel.WINDOW}),
        (Pool.KIOSK, {Channel.PARTNER}),
        (Pool.DOCTOR, {Channel.DOCTOR}),
        (Pool.VIP, {Channel.VIP}),
    ],
)
def test_whose_a_pool_is(pool, who):
    ask = partial(may_take, pool=pool, opens_at=TEN, folds_back_at=TEN + HOUR)
    assert {channel for channel in Channel if ask(channel=channel, now=TEN)} == who
    assert not any(ask(channel=channel, now=TEN - timedelta(seconds=1)) for channel in Channel)
    assert all(ask(channel=channel, now=TEN + HOUR) for channel in Channel)


@pytest.fixture
def shared(db):
    """Six places tomorrow: two open now, two for the app from eleven, two for the window until noon."""
    return make_session(
        places=6,
        starts_at=TOMORROW,
        shares=[
            PoolShare(Pool.OPEN, 2),
            PoolShare(Pool.APP, 2, opens_at=TEN + HOUR),
            PoolShare(Pool.WINDOW, 2, folds_back_at=TEN + 2 * HOUR),
        ],
    )


def test_pools_are_the_capacity_of_the_session(shared):
    rows = Slot.objects.filter(session_id=shared)
    assert [each.pool for each in rows.order_by("number")] == ["OPEN", "APP", "WINDOW"] * 2
    assert rows.aggregate(all=Sum("capacity"))["all"] == 6
    assert {each.opens_at for each in rows if each.pool == "WINDOW"} == {OPEN_SINCE_EVER}


@pytest.mark.parametrize(
    ("channel", "after", "free", "next_in"),
    [
        (Channel.APP, 0, 2, 1),
        (Channel.APP, 1, 4, 2),
        (Channel.APP, 2, 6, None),
        (Channel.WINDOW, 0, 4, None),
        (Channel.WINDOW, 2, 4, None),  # what the app has never folds back
        (Channel.PARTNER, 1, 2, 2),
    ],
)
def test_every_list_counts_what_its_channel_can_take(shared, channel, after, free, next_in):
    now = TEN + after * HOUR
    opens_at = None if next_in is None else TEN + next_in * HOUR
    facts: dict[str, Any] = {"now": now, "channel": channel}
    day, clinician = local_day(TOMORROW), RosterSession.objects.get().clinician_id
    assert [(row.free, row.opens_at) for row in list_sessions(first=day, last=day, **facts)] == [(free, opens_at)]
    assert (get_session(session_id=shared, **facts).free, get_session(session_id=shared, **facts).opens_at) == (
        free,
        opens_at,
    )
    told = opens_at.isoformat() if opens_at else None
    everybody: dict[str, Any] = {"sought": read_search(""), "chosen": OfferFilter()}
    (of_day,) = json.loads(read_days_json(first=day, last=day, **everybody, **facts))
    assert (of_day["free"], of_day["opens_at"]) == (free, None)  # told where nothing is free
    for places in (
        json.loads(read_slots_json(session_id=shared, **facts)),
        json.loads(read_places_json(clinician_id=clinician, day=day, **facts))[0]["places"],
    ):
        assert sum(row["free"] for row in places) == free
        assert min((row["opens_at"] for row in places if row["opens_at"]), default=None) == told
    Slot.objects.filter(pool="OPEN").update(taken=1)
    (doctor,) = search_offers(
        first=day, last=day, sort=OfferSort.SOONEST, offset=0, limit=5, **everybody, **facts
    )["doctors"]  # fmt: skip
    assert (doctor["slot_id"] is None, doctor["opens_at"]) == (free == 2, told if free == 2 else None)
    (full,) = json.loads(read_days_json(first=day, last=day, **everybody, **facts))
    assert (full["free"] == 0, full["opens_at"]) == (free == 2, told if free == 2 else None)


def test_a_place_that_comes_back_hidden_looks_taken(shared):
    Slot.objects.filter(session_id=shared).update(taken=1)
    back = Slot.objects.filter(session_id=shared, pool="OPEN").first()
    assert back is not None
    Slot.objects.filter(pk=back.pk).update(taken=0, is_returning=True, opens_at=TEN + HOUR)
    card = get_session(session_id=shared, now=TEN)
    assert (card.free, card.opens_at) == (0, None)
    row = next(row for row in json.loads(read_slots_json(session_id=shared, now=TEN)) if row["id"] == back.pk)
    assert (row["free"], row["opens_at"]) == (0, None)
    assert get_session(session_id=shared, now=TEN + HOUR).free == 1
