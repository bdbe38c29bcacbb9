"""Surroundings of the tests of payments."""

from __future__ import annotations

from typing import Any

import pytest

from hospital.payments.tests.factories import Connection, FakeAcquirer


@pytest.fixture
def acquirer(settings: Any) -> FakeAcquirer:
    """A fresh fake acquirer, connected."""
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    settings.WECHAT_ACQUIRER = settings.CARD_TERMINAL = settings.CARD_ACQUIRER
    settings.CODE_ACQUIRERS = dict.fromkeys(("WECHAT_CODE", "ALIPAY_CODE"), settings.CARD_ACQUIRER)
    Connection.acquirer = FakeAcquirer()
    return Connection.acquirer
