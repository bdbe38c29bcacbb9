"""How far a telephone is from a campus, and whether it is there (A05)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.campuses.api import Presence, count_meters, judge_presence
from hospital.campuses.types import Site

pytestmark = pytest.mark.requirement("A05")
CENTER = Site(latitude=23.1343, longitude=113.2714, radius=400)
latitudes = st.floats(-90, 90, allow_nan=False)
longitudes = st.floats(-180, 180, allow_nan=False)
accuracies = st.floats(0, 5_000, allow_nan=False)


def meters(a: tuple[float, float], b: tuple[float, float]) -> float:
    return count_meters(from_latitude=a[0], from_longitude=a[1], to_latitude=b[0], to_longitude=b[1])


def test_known_distances():
    assert meters((23.1343, 113.2714), (23.1343, 113.2714)) == 0
    assert meters((0, 0), (1, 0)) == pytest.approx(111_195, abs=1)
    assert meters((60, 0), (60, 1)) == pytest.approx(55_597, abs=5)  # half a degree's width of the equator
    assert meters((0, 179.5), (0, -179.5)) == pytest.approx(111_195, abs=1)  # across the date line


@given(latitudes, longitudes, latitudes, longitudes, latitudes, longitudes)
def test_it_is_a_distance(a, b, c, d, e, f):
    here, there, third = (a, b), (c, d), (e, f)
    assert 0 <= meters(here, there) <= 20_015_200
    assert meters(here, there) == pytest.approx(meters(there, here), abs=0.01)
    assert meters(here, there) <= meters(here, third) + meters(third, there) + 0.01


@given(st.floats(-0.02, 0.02), st.floats(-0.02, 0.02), accuracies)
def test_only_who_is_there_wherever_they_may_be_counts_as_there(up, across, accuracy):
    place = {"latitude": CENTER.latitude + up, "longitude": CENTER.longitude + across}
    presence, far = judge_presence(site=CENTER, accuracy=accuracy, **place)
    assert (presence is Presence.WITHIN) == (far + accuracy <= CENTER.radius)
    assert (presence is Presence.AWAY) == (far - accuracy > CENTER.radius)
    if presence is Presence.WITHIN:  # a better reading of the same place never sends anybody away
        assert judge_presence(site=CENTER, accuracy=accuracy / 2, **place)[0] is Presence.WITHIN
    if accuracy > CENTER.radius:
        assert presence is not Presence.WITHIN
