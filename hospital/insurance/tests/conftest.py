"""Surroundings of the tests of insurance."""

import pytest

from hospital.insurance.tests.bureau import Bureau, FakeBureau
from hospital.payments.tests.factories import Connection, FakeAcquirer


@pytest.fixture
def acquirer(settings) -> FakeAcquirer:
    """A fresh fake acquirer, connected."""
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    Connection.acquirer = FakeAcquirer()
    return Connection.acquirer


@pytest.fixture
def bureau(settings) -> FakeBureau:
    """A fresh fake bureau, connected."""
    settings.INSURANCE_BUREAU = "hospital.insurance.tests.bureau.connected_bureau"
    Bureau.connected = FakeBureau()
    return Bureau.connected
