"""Copies of one's own data and corrections (N14)."""

from datetime import timedelta
from functools import partial

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.accounts.api import patient_actor
from hospital.accounts.models import PatientAccount
from hospital.consents.api import (
    expire_data_copies,
    fill_data_copy,
    forget_data_copies,
    get_copy_owner,
    list_corrections,
    list_data_copies,
    open_link,
    request_correction,
    request_data_copy,
    take_data_copy,
)
from hospital.consents.errors import DataCopyRunning, TooManyCorrections, UnknownDataCopy
from hospital.consents.models import CorrectionRequest, DataCopy
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "W19", "N14")]


@pytest.fixture
def account():
    """An account."""
    return PatientAccount.objects.create(email_index="one", created_at=TEN)


def ask(account, *, now=TEN):
    return request_data_copy(account_id=account.id, actor=patient_actor(account.id), now=now)


def ready(account, *, now=TEN):
    card = ask(account, now=now)
    assert fill_data_copy(copy_id=card.id, content=b"my data", now=now)
    return card


def link(account, card, *, now=TEN):
    return open_link(copy_id=card.id, account_id=account.id, actor=patient_actor(account.id), now=now)


def test_a_copy_is_asked_for_built_by_the_worker_and_taken_once(account):
    card = ask(account)
    assert get_copy_owner(copy_id=card.id) == account.id
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("workflows.build_data_copy", {"copy_id": str(card.id)})
    assert fill_data_copy(copy_id=card.id, content=b"my data", now=TEN)
    assert not fill_data_copy(copy_id=card.id, content=b"again", now=TEN)
    assert "my data" not in DataCopy.objects.get().content
    assert take_data_copy(secret=link(account, card), now=TEN) == b"my data"
    row = DataCopy.objects.get()
    assert (row.state, row.content, row.link_hash) == ("TAKEN", "", None)


def test_a_link_works_once_and_for_ten_minutes(account):
    card = ready(account)
    secret = link(account, card)
    with pytest.raises(UnknownDataCopy):
        take_data_copy(secret=secret, now=TEN + timedelta(minutes=10))
    fresh = link(account, card)
    for wrong in (secret, "guess", ""):
        with pytest.raises(UnknownDataCopy):
            take_data_copy(secret=wrong, now=TEN)
    assert take_data_copy(secret=fresh, now=TEN)
    with pytest.raises(UnknownDataCopy):
        take_data_copy(secret=fresh, now=TEN)
    with pytest.raises(UnknownDataCopy):
        link(account, card)


def test_nobody_else_gets_a_link_and_none_is_given_before_it_is_ready(account):
    card = ask(account)
    with pytest.raises(UnknownDataCopy):
        link(account, card)
    fill_data_copy(copy_id=card.id, content=b"my data", now=TEN)
    with pytest.raises(UnknownDataCopy):
        open_link(copy_id=card.id, account_id=new_id(), actor=patient_actor(new_id()), now=TEN)


def test_a_copy_is_wiped_after_seven_days_or_with_the_account(account):
    ready(account)
    with pytest.raises(DataCopyRunning):
        ask(account)
    assert expire_data_copies(now=TEN + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert expire_data_copies(now=TEN + timedelta(days=7)) == 1
    ready(account)
    forget_data_copies(account_id=account.id)
    cards = list_data_copies(account_id=account.id, now=TEN)
    assert {card.state for card in cards} == {"EXPIRED"}
    assert set(DataCopy.objects.values_list("content", flat=True)) == {""}


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_asking_and_taking_at_once_happen_once():
    account = PatientAccount.objects.create(email_index="one", created_at=TEN)
    outcomes = run_together([partial(ask, account)] * 4)
    assert sum(isinstance(outcome, DataCopyRunning) for outcome in outcomes) == 3
    card = list_data_copies(account_id=account.id, now=TEN)[0]
    fill_data_copy(copy_id=card.id, content=b"my data", now=TEN)
    secret = link(account, card)
    taken = run_together([partial(take_data_copy, secret=secret, now=TEN)] * 4)
    assert taken.count(b"my data") == 1


def test_ten_corrections_may_wait(account):
    ask_for = partial(request_correction, account_id=account.id, actor=patient_actor(account.id), now=TEN)
    for number in range(10):
        ask_for(text=f" My name is spelled wrong {number} ")
    with pytest.raises(TooManyCorrections):
        ask_for(text="One more")
    assert len(list_corrections(account_id=account.id)) == 10
    CorrectionRequest.objects.filter(text="My name is spelled wrong 0").update(state="DONE")
    assert ask_for(text="One more").state == "OPEN"
