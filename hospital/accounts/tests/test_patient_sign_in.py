"""Signing in with a one-time code, and sessions (A01, A03, N14)."""

from datetime import timedelta
from functools import partial

import pytest

from hospital.accounts.api import (
    create_code,
    get_account,
    get_patient_actor,
    normalize_email,
    sign_in_with_code,
)
from hospital.accounts.errors import (
    AccountClosed,
    BadAddress,
    CodeSentRecently,
    NotSignedIn,
    TooManyWrongCodes,
    WrongCode,
)
from hospital.accounts.models import OneTimeCode, PatientAccount, PatientSession
from hospital.accounts.types import Visitor
from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together

pytestmark = pytest.mark.django_db
EMAIL = "Alistair@Example.com "
MINUTE = timedelta(minutes=1)


VISITOR = Visitor(user_agent="Phone", ip="10.0.0.7")


def sign_in(code, *, now=TEN, email=EMAIL, language="en"):
    return sign_in_with_code(address=email, code=code, language=language, visitor=VISITOR, now=now)


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def actor_of(token, *, now=TEN):
    return get_patient_actor(token=token, ip="", request_id="", now=now)


@pytest.mark.requirement("A03", "N14")
def test_the_first_sign_in_makes_the_account_and_the_next_finds_it():
    first = sign_in(create_code(address=EMAIL, now=TEN), language="zh-hans")
    later = TEN + timedelta(days=1)
    second = sign_in(create_code(address="ALISTAIR@example.com", now=later), now=later)
    assert (first.is_new_account, second.is_new_account) == (True, False)
    assert first.account_id == second.account_id
    assert first.tokens.access != second.tokens.access
    card = get_account(account_id=first.account_id)
    assert (card.email, card.language) == ("alistair@example.com", "zh-hans")
    row = PatientAccount.objects.get()
    assert "alistair" not in f"{row.email} {row.email_index}".lower()
    signed = [(entry.actor_id, entry.ip) for entry in list_entries(action="accounts.sign_in")]
    assert signed[:2] == [(str(first.account_id), "10.0.0.7")] * 2


@pytest.mark.requirement("A03")
@pytest.mark.parametrize("address", ["", "alistair", "a@b", "a b@example.com", "x" * 300 + "@example.com"])
def test_what_is_no_mail_address_is_refused(address):
    with pytest.raises(BadAddress):
        normalize_email(address)
    with pytest.raises(BadAddress):
        create_code(address=address, now=TEN)
    assert not OneTimeCode.objects.exists()


@pytest.mark.requirement("N14")
def test_a_code_is_kept_as_a_hash_and_works_once():
    code = create_code(address=EMAIL, now=TEN)
    assert len(code) == 6
    assert code not in str(OneTimeCode.objects.values().get())
    sign_in(code)
    with pytest.raises(WrongCode):
        sign_in(code)
    assert PatientSession.objects.count() == 1


@pytest.mark.requirement("N14")
def test_five_tries_end_a_code_the_right_one_included():
    code = create_code(address=EMAIL, now=TEN)
    for _ in range(5):
        with pytest.raises(WrongCode):
            sign_in(other_than(code))
    with pytest.raises(WrongCode):
        sign_in(code)
    assert not PatientSession.objects.exists()
    refused = list_entries(action="accounts.sign_in", is_refused=True)
    assert [(entry.reason, entry.actor_id) for entry in refused[:6]] == [("wrong_code", "")] * 6


@pytest.mark.requirement("N14")
def test_asking_for_another_code_gives_no_more_tries_within_the_hour():
    for minute in range(2):
        now = TEN + minute * MINUTE
        code = create_code(address=EMAIL, now=now)
        for _ in range(3 if minute == 0 else 2):
            with pytest.raises(WrongCode):
                sign_in(other_than(code), now=now)
    with pytest.raises(WrongCode):
        sign_in(code, now=TEN + MINUTE)
    with pytest.raises(TooManyWrongCodes) as refused:
        create_code(address=EMAIL, now=TEN + 31 * MINUTE)
    assert refused.value.facts == {"minutes": 30}
    assert sign_in(create_code(address=EMAIL, now=TEN + 61 * MINUTE), now=TEN + 61 * MINUTE)


@pytest.mark.requirement("N14")
def test_the_fourth_wrong_try_still_leaves_one():
    code = create_code(address=EMAIL, now=TEN)
    for _ in range(4):
        with pytest.raises(WrongCode):
            sign_in(other_than(code))
    assert sign_in(f" {code} ").is_new_account


@pytest.mark.requirement("N14")
def test_a_code_ends_after_ten_minutes():
    code = create_code(address=EMAIL, now=TEN)
    with pytest.raises(WrongCode):
        sign_in(code, now=TEN + 10 * MINUTE)
    assert not PatientAccount.objects.exists()
    assert sign_in(code, now=TEN + 10 * MINUTE - timedelta(seconds=1))


@pytest.mark.requirement("N14")
def test_a_new_code_comes_after_a_minute_and_ends_the_one_before():
    first = create_code(address=EMAIL, now=TEN)
    with pytest.raises(CodeSentRecently) as refused:
        create_code(address=EMAIL, now=TEN + timedelta(seconds=59.2))
    assert refused.value.facts == {"seconds": 1}
    second = create_code(address=EMAIL, now=TEN + MINUTE)
    if first != second:
        with pytest.raises(WrongCode):
            sign_in(first, now=TEN + MINUTE)
    assert sign_in(second, now=TEN + MINUTE)
    assert create_code(address="other@example.com", now=TEN + MINUTE)  # another address does not wait


@pytest.mark.requirement("N14")
def test_codes_of_one_address_open_no_other():
    code = create_code(address=EMAIL, now=TEN)
    with pytest.raises(WrongCode):
        sign_in(code, email="other@example.com")


@pytest.mark.requirement("N14")
def test_a_closed_account_stays_closed():
    signed_in = sign_in(create_code(address=EMAIL, now=TEN))
    PatientAccount.objects.update(is_active=False)
    with pytest.raises(NotSignedIn):
        actor_of(signed_in.tokens.access)
    with pytest.raises(AccountClosed):
        sign_in(create_code(address=EMAIL, now=TEN + MINUTE), now=TEN + MINUTE)
    assert PatientSession.objects.count() == 1


@pytest.mark.requirement("N14", "N22")
@pytest.mark.django_db(transaction=True)
def test_spending_one_code_at_once_opens_one_session():
    code = create_code(address=EMAIL, now=TEN)
    outcomes = run_together([partial(sign_in, code)] * 5)
    assert sum(isinstance(outcome, WrongCode) for outcome in outcomes) == 4
    assert (PatientSession.objects.count(), PatientAccount.objects.count()) == (1, 1)


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_asking_at_once_sends_one_code():
    outcomes = run_together([partial(create_code, address=EMAIL, now=TEN)] * 5)
    assert sum(isinstance(outcome, CodeSentRecently) for outcome in outcomes) == 4
    assert OneTimeCode.objects.count() == 1


def test_an_account_that_is_not_there_is_signed_out():
    with pytest.raises(NotSignedIn):
        get_account(account_id=new_id())
