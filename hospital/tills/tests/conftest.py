"""Surroundings of the tests of tills."""

from hospital.billing.tests.conftest import acquirer

__all__ = ["acquirer"]
