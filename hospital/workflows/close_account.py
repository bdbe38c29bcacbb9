"""A patient deletes the account (A01, W19; PIPL article 47)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hospital.accounts import api as accounts
from hospital.accounts.api import CodePurpose
from hospital.appointments.api import list_current_appointments
from hospital.billing.api import list_pending_charges
from hospital.consents.api import forget_data_copies, withdraw_all
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.notifications.api import queue_email
from hospital.patients.api import list_linked_people, unlink_person
from hospital.workflows.errors import AccountHasNoAddress, AccountInUse
from hospital.workflows.sign_in import send_code


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What has to be finished before an account can end."""

    open_bills: int
    coming_appointments: int


def list_obstacles(*, actor: Actor, now: datetime) -> Obstacles:
    """How many of the people have something to pay, and how many places are held or booked."""
    people = [linked.person.id for linked in list_linked_people(actor=actor, now=now)]
    coming = list_current_appointments(person_ids=people, since=local_day(now), now=now)
    return Obstacles(
        open_bills=sum(bool(list_pending_charges(person_id=person, actor=actor, now=now)) for person in people),
        coming_appointments=sum(appointment.slot.ends_at > now for appointment in coming),
    )


def send_closing_code(*, account_id: UUID, ip: str, now: datetime) -> None:
    """Sends a code to the account's own address. Refusals: those of `send_code`, `AccountHasNoAddress`."""
    account = accounts.get_account(account_id=account_id)
    send_code(
        address=_own_address(account_id=account_id),
        language=account.language,
        ip=ip,
        now=now,
        purpose=CodePurpose.CLOSE_ACCOUNT,
    )


def close_account(*, code: str, actor: Actor, now: datetime) -> None:
    """Ends the account at once: sessions, consents, links to people, WeChat, address and password.

    The records of visits, payments and consents stay as long as the law asks. Call it outside a transaction. Refusals:
    `WrongCode`, `AccountInUse` (an open bill, a coming appointment), `AccountHasNoAddress`.
    """
    account_id = UUID(actor.id)
    account = accounts.get_account(account_id=account_id)
    _check_free(actor=actor, now=now)
    address = _own_address(account_id=account_id)
    proof = accounts.check_code(address=address, code=code, purpose=CodePurpose.CLOSE_ACCOUNT, now=now)
    with transaction.atomic():
        accounts.spend_code(proof, now=now)
        _check_free(actor=actor, now=now)
        for linked in list_linked_people(actor=actor, now=now):
            unlink_person(account_id=account_id, person_id=linked.person.id, actor=actor, now=now)
        withdraw_all(account_id=account_id, actor=actor, now=now)
        forget_data_copies(account_id=account_id)
        accounts.close_account(account_id=account_id, actor=actor, now=now)
        if account.email:
            with translation.override(account.language):
                queue_email(
                    kind="account_closed",
                    address=account.email,
                    language=account.language,
                    subject=_("Your account was deleted"),
                    body=_(
                        "Your account of the International Medical Center was deleted. Medical records and bills of "
                        "past visits stay with the hospital, as the law asks. You can make a new account at any time."
                    ),
                    now=now,
                )


def _check_free(*, actor: Actor, now: datetime) -> None:
    obstacles = list_obstacles(actor=actor, now=now)
    if obstacles.open_bills or obstacles.coming_appointments:
        raise AccountInUse(bills=obstacles.open_bills, appointments=obstacles.coming_appointments)


def _own_address(*, account_id: UUID) -> str:
    account = accounts.get_account(account_id=account_id)
    if not account.email and not account.phone:
        raise AccountHasNoAddress
    return account.email or account.phone
