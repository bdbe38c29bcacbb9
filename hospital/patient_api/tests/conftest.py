"""Surroundings of the API's tests: a fixed clock, a fake acquirer at payments' port, four callers."""

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import Caller, Clock, make_signed_in
from hospital.patient_api.tests.factories import Booking, World, make_booking, make_world
from hospital.payments.tests.factories import Connection, FakeAcquirer


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    """What the views take for the time; ten o'clock unless a test sets it."""
    clock = Clock(TEN)
    monkeypatch.setattr(timezone, "now", clock.read)
    return clock


@pytest.fixture
def acquirer(settings) -> FakeAcquirer:
    """A fresh fake acquirer, connected."""
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    settings.WECHAT_ACQUIRER = settings.CARD_ACQUIRER
    Connection.acquirer = FakeAcquirer()
    return Connection.acquirer


@pytest.fixture
def anonymous() -> Caller:
    """Nobody signed in."""
    return Caller()


@pytest.fixture
def world(acquirer) -> World:
    """A finished visit with everything that came of it."""
    return make_world()


@pytest.fixture
def booking(acquirer) -> Booking:
    """A booked place with its open registration fee."""
    return make_booking()


@pytest.fixture
def stranger() -> Caller:
    """A signed-in account that has nothing to do with anybody."""
    return make_signed_in()
