"""Codes by text message have a limit for all, for a country and for an internet address (W19, N14)."""

from datetime import timedelta
from functools import partial

import pytest
from prometheus_client import REGISTRY

from hospital.accounts.api import count_text, forget_text_counts
from hospital.accounts.errors import TooManyTexts
from hospital.accounts.models import TextCount
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.tests.threads import run_together

pytestmark = pytest.mark.requirement("W19", "N14")
HOUR = timedelta(hours=1)
BRITISH, CHINESE = "+447700900{:03d}", "+86138001380{:02d}"


@pytest.fixture(autouse=True)
def limits(settings):
    """Five for all, three a country (two to Britain), two an internet address."""
    settings.SMS_MOST_AN_HOUR = 5
    settings.SMS_MOST_AN_HOUR_BY_COUNTRY = {"44": 2, "*": 3}
    settings.SMS_MOST_AN_HOUR_BY_ADDRESS = 2


def send(number, *, ip, now=TEN, to=CHINESE):
    count_text(phone=to.format(number), ip=ip, now=now)


def refusals():
    return {
        name: REGISTRY.get_sample_value("imc_code_texts_total", {"outcome": name}) or 0
        for name in ("all", "country", "address")
    }


@pytest.mark.django_db
def test_one_internet_address_has_its_share_of_an_hour():
    before = refusals()
    for number in range(2):
        send(number, ip="192.0.2.1")
    with pytest.raises(TooManyTexts) as refused:
        send(3, ip="192.0.2.1", now=TEN + timedelta(minutes=48))
    assert refused.value.facts["minutes"] == 12
    send(3, ip="192.0.2.2")
    send(4, ip="192.0.2.1", now=TEN + HOUR)
    assert refusals() == before | {"address": before["address"] + 1}
    assert not TextCount.objects.filter(scope__contains="192.0.2").exists()


@pytest.mark.django_db
def test_a_country_has_its_share_and_another_goes_on():
    for number in range(2):
        send(number, ip=f"192.0.2.{number}", to=BRITISH)
    with pytest.raises(TooManyTexts):
        send(3, ip="192.0.2.9", to=BRITISH)
    send(3, ip="192.0.2.9")


@pytest.mark.django_db
def test_a_country_that_is_switched_off_gets_none(settings):
    settings.SMS_MOST_AN_HOUR_BY_COUNTRY = {"44": 0, "*": 3}
    with pytest.raises(TooManyTexts):
        send(1, ip="192.0.2.1", to=BRITISH)


@pytest.mark.django_db(transaction=True)
def test_all_together_have_a_limit_however_many_ask_at_once(settings):
    settings.SMS_MOST_AN_HOUR_BY_COUNTRY = {"*": 100}

    def ask(number):
        try:
            send(number, ip=f"192.0.2.{number}")
        except TooManyTexts:
            return False
        return True

    outcomes = run_together([partial(ask, number) for number in range(8)])
    assert sorted(outcomes) == [False] * 3 + [True] * 5
    assert TextCount.objects.get(scope="all").count == 5


@pytest.mark.django_db
def test_counts_are_forgotten_after_a_week():
    send(1, ip="192.0.2.1")
    assert forget_text_counts(now=TEN + timedelta(days=6)) == 0
    assert forget_text_counts(now=TEN + timedelta(days=9)) == 3
