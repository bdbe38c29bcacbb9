"""Surroundings of the staff pages."""

import pytest

from hospital.payments.tests.factories import Connection, FakeAcquirer


@pytest.fixture
def acquirer(settings) -> FakeAcquirer:
    """A fresh fake acquirer, connected."""
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    settings.WECHAT_ACQUIRER = settings.CARD_ACQUIRER
    Connection.acquirer = FakeAcquirer()
    return Connection.acquirer
