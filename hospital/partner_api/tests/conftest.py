"""Surroundings: a fixed clock, a machine, a patient with a document, a place to register for."""

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import TEN
from hospital.partner_api.tests.callers import Machine, make_machine
from hospital.partner_api.tests.factories import Patient, make_known_patient, make_place
from hospital.patient_api.tests.callers import Clock


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    """What the gate takes for the time; ten o'clock unless a test sets it."""
    clock = Clock(TEN)
    monkeypatch.setattr(timezone, "now", clock.read)
    return clock


@pytest.fixture
def machine(db) -> Machine:
    """A kiosk at the campus IMC."""
    return make_machine()


@pytest.fixture
def patient(db) -> Patient:
    """Somebody who is on file with a passport."""
    return make_known_patient()


@pytest.fixture
def slot_id(db) -> int:
    """A place in an hour that costs 35.00."""
    return make_place()
