"""The cashier's queue: who has something to pay, who pays by phone, who just paid."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from uuid import UUID

from hospital.billing.api import list_open_bills, list_settlements
from hospital.billing.types import SettlementInfo
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard

JUST_PAID = 12


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One person with the amount they owe."""

    person: PersonCard
    amount: Decimal
    lines: int
    since: datetime


@dataclass(frozen=True, slots=True)
class PaidRow:
    """One settled bill of today."""

    person: PersonCard
    settlement: SettlementInfo


@dataclass(frozen=True, slots=True)
class CashierQueue:
    """The queue in its three parts."""

    waiting: tuple[QueueRow, ...]
    paying: tuple[QueueRow, ...]
    paid: tuple[PaidRow, ...]


def read_queue(*, actor: Actor, now: datetime) -> CashierQueue:
    """The queue of the actor's campus; a fixed number of statements."""
    bills = list_open_bills(actor=actor)
    settled = list_todays_settlements(actor=actor, now=now, limit=JUST_PAID)
    ids: set[UUID] = {bill.person_id for bill in bills} | {each.person_id for each in settled}
    people = list_people(actor=actor, person_ids=ids, now=now)
    rows = [
        (bill.is_being_paid, QueueRow(people[bill.person_id], bill.amount, bill.lines, bill.since))
        for bill in bills
        if bill.person_id in people
    ]
    return CashierQueue(
        waiting=tuple(row for is_paying, row in rows if not is_paying),
        paying=tuple(row for is_paying, row in rows if is_paying),
        paid=tuple(PaidRow(people[each.person_id], each) for each in settled if each.person_id in people),
    )


def list_todays_settlements(*, actor: Actor, now: datetime, limit: int = 50) -> list[SettlementInfo]:
    """The bills settled today at the actor's campus, newest first."""
    midnight = datetime.combine(local_day(now), time.min, tzinfo=SHANGHAI)
    return list_settlements(actor=actor, now=now, settled_from=midnight, limit=limit)
