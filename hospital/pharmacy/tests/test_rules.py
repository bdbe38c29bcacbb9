"""Which batches are picked: a property of every stock."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.pharmacy.rules import choose_batches, last_valid_day, needed_until
from hospital.pharmacy.types import BatchOffer

TODAY = date(2026, 11, 25)
offers = st.lists(
    st.builds(
        BatchOffer,
        id=st.integers(0, 50).map(lambda number: UUID(int=number)),
        expires_on=st.integers(-20, 60).map(lambda days: TODAY + timedelta(days=days)),
        on_hand=st.integers(0, 30).map(Decimal),
    ),
    unique_by=lambda offer: offer.id,
    max_size=8,
)


@pytest.mark.requirement("N08")
@given(offers=offers, wanted=st.integers(1, 60).map(Decimal), days=st.integers(1, 30))
def test_the_first_to_expire_goes_first_and_nothing_that_expires_too_soon(offers, wanted, days):
    good_until = needed_until(on=TODAY, days=days)
    usable = [offer for offer in offers if offer.expires_on >= good_until and offer.on_hand > 0]
    picks = choose_batches(wanted=wanted, offers=offers, good_until=good_until)
    by_id = {offer.id: offer for offer in offers}
    if sum(offer.on_hand for offer in usable) < wanted:
        assert picks == ()
        return
    assert sum(pick.quantity for pick in picks) == wanted
    taken = {pick.batch_id: pick.quantity for pick in picks}
    assert all(by_id[key].expires_on >= good_until and 0 < taken[key] <= by_id[key].on_hand for key in taken)
    latest = max(by_id[key].expires_on for key in taken)
    # Whatever expires before the last one that is touched is used up.
    assert all(taken.get(offer.id) == offer.on_hand for offer in usable if offer.expires_on < latest)


def test_a_prescription_is_good_for_three_days_at_most():
    assert last_valid_day(TODAY) == date(2026, 11, 27)
    assert needed_until(on=TODAY, days=1) == TODAY
