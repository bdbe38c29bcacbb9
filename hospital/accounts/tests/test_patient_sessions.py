"""Sessions of patient accounts: short access tokens, refresh tokens that change with each use (A01, N14, N22)."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from hospital.accounts.api import (
    get_patient_actor,
    list_devices,
    refresh_session,
    revoke_all_sessions,
    revoke_device,
    revoke_session,
)
from hospital.accounts.errors import NotSignedIn, UnknownDevice
from hospital.accounts.models import PatientAccount, PatientSession, SpentRefreshToken
from hospital.accounts.sessions import open_session
from hospital.accounts.types import TokenPair
from hospital.audit.api import list_entries
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "N14")]
SECOND = timedelta(seconds=1)


def sign_in(*, account=None, now=TEN):
    account = account or PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=TEN)
    return open_session(account_id=account.id, user_agent="Phone", now=now)


def actor_of(token, *, now=TEN):
    return get_patient_actor(token=token, ip="", request_id="", now=now)


def refresh(tokens, *, now=TEN):
    return refresh_session(refresh_token=tokens.refresh, now=now)


def test_an_access_token_lasts_half_an_hour_and_only_hashes_are_kept():
    tokens = sign_in()
    kept = str(PatientSession.objects.values().get())
    assert tokens.access not in kept
    assert tokens.refresh not in kept
    assert actor_of(tokens.access, now=TEN + timedelta(minutes=30) - SECOND).id == str(PatientAccount.objects.get().id)
    with pytest.raises(NotSignedIn):
        actor_of(tokens.access, now=TEN + timedelta(minutes=30))
    for wrong in ("", "x", tokens.access[:-1], tokens.refresh):
        with pytest.raises(NotSignedIn):
            actor_of(wrong)


def test_the_next_pair_replaces_the_one_before():
    first = sign_in()
    later = TEN + timedelta(hours=3)
    second = refresh(first, now=later)
    assert actor_of(second.access, now=later)
    with pytest.raises(NotSignedIn):
        actor_of(first.access)
    assert PatientSession.objects.get().last_seen_at == later


def test_a_session_ends_thirty_days_after_its_last_use_and_after_half_a_year():
    tokens, now = sign_in(), TEN
    with pytest.raises(NotSignedIn):
        refresh(tokens, now=TEN + timedelta(days=30))
    for _ in range(6):
        now += timedelta(days=29)
        tokens = refresh(tokens, now=now)
    tokens = refresh(tokens, now=TEN + timedelta(days=180) - SECOND)
    with pytest.raises(NotSignedIn):
        actor_of(tokens.access, now=TEN + timedelta(days=180))
    with pytest.raises(NotSignedIn):
        refresh(tokens, now=TEN + timedelta(days=180))


def test_a_request_that_was_sent_twice_gets_the_same_pair():
    first = sign_in()
    second = refresh(first)
    assert refresh(first, now=TEN + timedelta(seconds=30)) == second
    assert SpentRefreshToken.objects.count() == 1


@pytest.mark.parametrize("minutes", [1, 60 * 24 * 29])
def test_a_spent_refresh_token_ends_the_session_for_whoever_holds_the_next(minutes):
    first = sign_in()
    second = refresh(first)
    with pytest.raises(NotSignedIn):
        refresh(first, now=TEN + timedelta(minutes=minutes))
    with pytest.raises(NotSignedIn):
        actor_of(second.access)
    with pytest.raises(NotSignedIn):
        refresh(second)
    (entry,) = list_entries(action="accounts.refresh", is_refused=True)
    assert (entry.reason, entry.subject_id) == ("refresh_token_reused", str(PatientSession.objects.get().id))


def test_a_token_whose_successor_was_used_is_a_copy_even_at_once():
    first = sign_in()
    refresh(refresh(first))
    with pytest.raises(NotSignedIn):
        refresh(first)
    assert PatientSession.objects.get().revoked_at == TEN


def test_an_older_ancestor_ends_the_session_too():
    first = sign_in()
    tokens = first
    for hour in range(1, 4):
        tokens = refresh(tokens, now=TEN + timedelta(hours=hour))
    with pytest.raises(NotSignedIn):
        refresh(first, now=TEN + timedelta(hours=4))
    with pytest.raises(NotSignedIn):
        refresh(tokens, now=TEN + timedelta(hours=4))


def test_a_token_that_never_existed_ends_nothing():
    sign_in()
    with pytest.raises(NotSignedIn):
        refresh_session(refresh_token="guess", now=TEN)
    assert PatientSession.objects.get().revoked_at is None


def test_a_closed_account_gets_no_new_pair():
    tokens = sign_in()
    PatientAccount.objects.update(is_active=False)
    with pytest.raises(NotSignedIn):
        refresh(tokens)


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_refreshing_at_once_gives_everybody_the_same_pair():
    first = sign_in()
    outcomes = run_together([partial(refresh, first)] * 5)
    assert all(isinstance(outcome, TokenPair) for outcome in outcomes), outcomes
    assert len({(outcome.access, outcome.refresh) for outcome in outcomes}) == 1
    assert SpentRefreshToken.objects.count() == 1


def test_signing_out_ends_this_device_or_all_and_is_logged():
    account = PatientAccount.objects.create(email_index="one", created_at=TEN)
    tokens = [sign_in(account=account).access for _ in range(3)]
    for _ in range(2):
        revoke_session(token=tokens[0], now=TEN)
    revoke_session(token="unknown", now=TEN)
    assert AuditEntry.objects.filter(action="accounts.sign_out", actor_id=str(account.id)).count() == 1
    with pytest.raises(NotSignedIn):
        actor_of(tokens[0])
    assert actor_of(tokens[1])
    assert revoke_all_sessions(account_id=account.id, now=TEN, except_token=tokens[1]) == 1
    assert actor_of(tokens[1])
    assert revoke_all_sessions(account_id=account.id, now=TEN) == 1
    assert revoke_all_sessions(account_id=account.id, now=TEN) == 0
    for token in tokens:
        with pytest.raises(NotSignedIn):
            actor_of(token)


def test_a_signed_out_session_is_not_refreshed():
    tokens = sign_in()
    revoke_session(token=tokens.access, now=TEN)
    with pytest.raises(NotSignedIn):
        refresh(tokens)


def test_devices_are_those_of_the_account_that_are_signed_in():
    account = PatientAccount.objects.create(email_index="one", created_at=TEN)
    old, own = sign_in(account=account, now=TEN - timedelta(days=40)), sign_in(account=account)
    other = sign_in(account=account, now=TEN + timedelta(minutes=5))
    sign_in()
    devices = list_devices(account_id=account.id, token=own.access, now=TEN + timedelta(minutes=5))
    assert [device.is_this_one for device in devices] == [True, False]
    revoke_device(device_id=devices[1].id, account_id=account.id, now=TEN)
    with pytest.raises(NotSignedIn):
        actor_of(other.access)
    for device_id, account_id in ((devices[1].id, account.id), (devices[0].id, new_id()), (new_id(), account.id)):
        with pytest.raises(UnknownDevice):
            revoke_device(device_id=UUID(str(device_id)), account_id=account_id, now=TEN)
    assert old.access not in {device.user_agent for device in devices}
