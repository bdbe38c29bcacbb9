"""The ledger of consents and the texts it speaks of (N14, N15)."""

from datetime import date, timedelta
from functools import partial

import pytest

from hospital.accounts.api import patient_actor
from hospital.accounts.models import PatientAccount
from hospital.audit.api import list_entries
from hospital.consents import catalog
from hospital.consents.api import (
    accept_privacy_notice,
    get_notice,
    give_consent,
    give_guardian_consent,
    has_consent,
    list_consents,
    list_ledger,
    list_notices,
    list_versions,
    withdraw_all,
    withdraw_consent,
)
from hospital.consents.errors import ConsentEndsWithAccount, NoticeOutdated, PrivacyConsentNeeded
from hospital.consents.models import Consent
from hospital.consents.types import ConsentFacts, Purpose
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.tests.threads import run_together
from hospital.patients.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14", "N15")]
DAY = date(2026, 11, 25)
FACTS = ConsentFacts(version=1, language="zh-hant", ip="10.0.0.7")
# A published text is never changed: people agreed to exactly this. A new wording is a new version.
PUBLISHED = {
    (Purpose.PRIVACY, 1): "6da835955e167e3a861e3a41dfb964c32748b946497f9a7cc48db5c733520aa6",
    (Purpose.CHILD, 1): "d305c79ec4836456fb3ba9abac6e9dbd8440f76e0f6a056b3bd9c34b35498082",
    (Purpose.CROSS_BORDER, 1): "beec0a84e8c3af384fbb4ac0c5869b934b255eed77e651a3b9bfc35c82c93930",
    (Purpose.INSURER, 1): "e4caf03a9e7c5aeafc9d34524ad0c0b1c14a625b2a23eaa3a6eb9ad5794a9d7d",
    (Purpose.MARKETING, 1): "efdd39230ec4fa5c4f96f710778e544b93fe6dd0a6817980ac57c04df03f3040",
    (Purpose.PRICE, 1): "b42787db69ebc4ad6041b9ce95bf4d2171c68b1a3bae3088d3e706e49870d36b",
}


@pytest.fixture
def account():
    """An account."""
    return PatientAccount.objects.create(email_index="one", created_at=TEN)


def give(account, purpose=Purpose.MARKETING, *, facts=FACTS, now=TEN, **more):
    give_consent(account_id=account.id, purpose=purpose, facts=facts, actor=patient_actor(account.id), now=now, **more)


def withdraw(account, purpose=Purpose.MARKETING, *, now=TEN, **more):
    actor = patient_actor(account.id, ip="10.0.0.9")
    withdraw_consent(account_id=account.id, purpose=purpose, actor=actor, now=now, **more)


def person(family_name):
    return Person.objects.create(family_name=family_name, sex="F", birth_date=date(2020, 1, 1), created_at=TEN)


def has(account, purpose=Purpose.MARKETING, **more):
    return has_consent(account_id=account.id, purpose=purpose, now=TEN, **more)


@pytest.fixture
def second_version(monkeypatch):
    """A newer privacy notice from the day after tomorrow on."""
    first = get_notice(purpose=Purpose.PRIVACY, on=DAY)
    values = {name: getattr(first, name) for name in ("purpose", "title", "summary", "body")}
    newer = type(first)(**values, version=2, valid_from=DAY + timedelta(days=2), hash="2" * 64)
    kept = {purpose: list_versions(purpose=purpose) for purpose in Purpose}
    monkeypatch.setattr(catalog, "_notices", lambda: kept | {Purpose.PRIVACY: (first, newer)})
    return newer


def test_what_was_published_is_still_what_people_agreed_to():
    found = {(purpose, notice.version): notice.hash for purpose in Purpose for notice in list_versions(purpose=purpose)}
    assert found == PUBLISHED


@pytest.mark.requirement("N20")
def test_every_text_is_in_both_languages_with_the_same_parts():
    for notice in list_notices(on=DAY):
        for words in (notice.title, notice.summary, notice.body):
            assert words.zh.strip()
            assert words.en.strip()
        assert notice.body.zh.count("## ") == notice.body.en.count("## ") > 0
        assert notice.body.zh.count("\n- ") == notice.body.en.count("\n- ")
    assert get_notice(purpose=Purpose.PRIVACY, on=date(2020, 1, 1)).version == 1


def test_a_consent_says_who_agreed_to_what_when_in_which_language_and_from_where(account):
    for _ in range(2):
        give(account)
    row = Consent.objects.get()
    assert (row.account_id, row.purpose, row.version) == (account.id, "MARKETING", 1)
    assert (row.text_hash, row.language, row.ip) == (PUBLISHED[Purpose.MARKETING, 1], "zh-hant", "10.0.0.7")
    assert has(account)
    (entry,) = list_entries(action="consents.give")
    assert entry.details["version"] == 1


def test_a_withdrawn_consent_stays_in_the_ledger_and_can_be_given_again(account):
    give(account)
    for _ in range(2):
        withdraw(account, now=TEN + timedelta(hours=1))
    assert not has(account)
    give(account, now=TEN + timedelta(hours=2))
    assert has(account)
    first, second = list_ledger(account_id=account.id)
    assert (first.withdrawn_at, second.withdrawn_at) == (TEN + timedelta(hours=1), None)
    assert Consent.objects.get(given_at=TEN).withdrawn_ip == "10.0.0.9"
    assert len(list_entries(action="consents.withdraw")) == 1


def test_each_purpose_is_agreed_to_by_itself(account):
    give(account, Purpose.PRIVACY)
    assert [state.is_given for state in list_consents(account_id=account.id, now=TEN)] == [True, False, False, False]
    assert not has(account, Purpose.CROSS_BORDER)


def test_an_older_text_cannot_be_agreed_to_and_a_new_one_is_asked_for_again(account, second_version):
    give(account, Purpose.PRIVACY)
    later = TEN + timedelta(days=3)
    assert has_consent(account_id=account.id, purpose=Purpose.PRIVACY, now=TEN)
    assert not has_consent(account_id=account.id, purpose=Purpose.PRIVACY, now=later)
    state = list_consents(account_id=account.id, now=later)[0]
    assert (state.is_given, state.is_due, state.given_version, state.notice.version) == (False, True, 1, 2)
    with pytest.raises(NoticeOutdated) as refused:
        give(account, Purpose.PRIVACY, now=later)
    assert refused.value.facts == {"version": 2}
    give(account, Purpose.PRIVACY, facts=ConsentFacts(version=2, language="en"), now=later)
    assert list_consents(account_id=account.id, now=later)[0].is_given


@pytest.mark.parametrize("facts", [None, ConsentFacts(version=7, language="en")])
def test_without_the_present_privacy_notice_there_is_no_account(account, facts):
    with pytest.raises(PrivacyConsentNeeded) as refused:
        accept_privacy_notice(account_id=account.id, facts=facts, actor=patient_actor(account.id), now=TEN)
    assert refused.value.facts == {"version": 1}
    assert not Consent.objects.exists()


def test_the_privacy_notice_is_withdrawn_with_the_account_alone(account):
    give(account, Purpose.PRIVACY)
    with pytest.raises(ConsentEndsWithAccount):
        withdraw(account, Purpose.PRIVACY)
    assert has(account, Purpose.PRIVACY)
    withdraw_all(account_id=account.id, actor=patient_actor(account.id), now=TEN)
    assert not has(account, Purpose.PRIVACY)
    assert Consent.objects.count() == 1


def test_a_guardian_agrees_for_each_child(account):
    first, second = (person("A"), person("B"))
    give_guardian_consent(
        account_id=account.id, person_id=first.id, facts=FACTS, actor=patient_actor(account.id), now=TEN
    )
    assert has(account, Purpose.CHILD, person_id=first.id)
    assert not has(account, Purpose.CHILD, person_id=second.id)
    assert not has(account, Purpose.CHILD)
    withdraw(account, Purpose.CHILD, person_id=second.id)
    assert has(account, Purpose.CHILD, person_id=first.id)
    withdraw(account, Purpose.CHILD, person_id=first.id)
    assert not has(account, Purpose.CHILD, person_id=first.id)


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_agreeing_twice_at_once_writes_one_line():
    account = PatientAccount.objects.create(email_index="one", created_at=TEN)
    outcomes = run_together([partial(give, account)] * 5)
    assert outcomes == [None] * 5
    assert Consent.objects.count() == 1
