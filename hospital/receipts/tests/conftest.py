"""Surroundings of the tests of receipts."""

import pytest

from hospital.payments.tests.factories import Connection, FakeAcquirer
from hospital.receipts.tests.platform import FakePlatform, Platform


@pytest.fixture
def acquirer(settings) -> FakeAcquirer:
    """A fresh fake acquirer, connected."""
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    Connection.acquirer = FakeAcquirer()
    return Connection.acquirer


@pytest.fixture
def platform(settings) -> FakePlatform:
    """A fresh fake platform of the finance authority, connected."""
    settings.FISCAL_PLATFORM = "hospital.receipts.tests.platform.connected_platform"
    Platform.connected = FakePlatform()
    return Platform.connected
