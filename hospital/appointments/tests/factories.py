"""Patients who are signed in, and what they hold and book."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from hospital.accounts.api import hash_token
from hospital.accounts.sessions import open_session
from hospital.appointments.api import confirm_hold, hold_slot
from hospital.appointments.types import Hold
from hospital.encounters.tests.clinic import TEN, make_patient, make_person
from hospital.kernel.actors import Actor
from hospital.scheduling.types import Channel


def hold(
    *, slot_id: int, person_id: UUID, token_hash: bytes, now: datetime = TEN, channel: Channel = Channel.APP
) -> Hold:
    """Holds a place; in a savepoint where a test has a transaction, so that a refusal does not spoil it."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        return hold_slot(
            slot_id=slot_id,
            person_id=person_id,
            token_hash=token_hash,
            ip="127.0.0.1",
            request_id="test",
            now=now,
            channel=channel,
        )


@dataclass(frozen=True, slots=True)
class Booker:
    """A patient with an account of their own that is signed in."""

    actor: Actor
    person_id: UUID
    token_hash: bytes

    def hold(self, slot_id: int, *, now: datetime = TEN) -> UUID:
        """Holds a place; the booking."""
        return hold(slot_id=slot_id, person_id=self.person_id, token_hash=self.token_hash, now=now).id

    def book(self, slot_id: int, *, now: datetime = TEN) -> UUID:
        """Holds and books a place; the booking."""
        appointment_id = self.hold(slot_id, now=now)
        confirm_hold(appointment_id=appointment_id, actor=self.actor, now=now)
        return appointment_id


def make_booker() -> Booker:
    """A new patient, signed in at ten."""
    person = make_person()
    actor = make_patient(person.id)
    token = open_session(account_id=UUID(actor.id), user_agent="test", now=TEN).access
    return Booker(actor=actor, person_id=person.id, token_hash=hash_token(token))
