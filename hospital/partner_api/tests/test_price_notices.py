"""At a machine the price notice is shown before the money, and accepted with the payment (F46, X51)."""

import pytest

from hospital.catalog.tests.factories import make_rule
from hospital.consents.models import Consent
from hospital.partner_api.tests.factories import pay_body, register

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F46", "X51")]


@pytest.fixture
def quote(machine, patient, slot_id):
    """A fee with a surcharge, of somebody who was told nothing."""
    make_rule("INTL", "0.30")
    return register(machine, slot_id, patient)[1]


def accepted(quote, **changes):
    """What the patient agreed to at the machine."""
    (notice,) = quote["price_notices"]
    return [{"service_line": notice["service_line"], "hash": notice["hash"], "language": "en"} | changes]


def test_the_acceptance_comes_with_the_payment(machine, quote):
    (notice,) = quote["price_notices"]
    assert (notice["service"]["en"], notice["rates"][0]["said"]["zh"]) == (
        "International medical service",
        "+30\u00a0%",
    )
    assert notice["body"]["zh"].count("## ") == notice["body"]["en"].count("## ") > 0
    paid = machine.post("/payments", pay_body(quote, accepted_notices=accepted(quote)))
    assert (paid.status, paid.body["amount"]) == (200, "45.50")
    consent = Consent.objects.get()
    assert (consent.way, consent.recorded_by, consent.recorded_by_kind) == ("MACHINE", "kiosk", "PARTNER")
    assert (consent.text_hash, consent.language, consent.account_id) == (notice["hash"], "en", None)


@pytest.mark.parametrize(("changes", "code"), [(None, "price_notice_needed"), ({"hash": "0" * 64}, "notice_outdated")])
def test_without_it_the_money_goes_back_and_nothing_is_written(machine, quote, changes, code):
    sent = [] if changes is None else accepted(quote, **changes)
    refused = machine.post("/payments", pay_body(quote, accepted_notices=sent))
    assert (refused.status, refused.code) == (409, code)
    assert refused.body["refund"]["amount"] == "45.50"
    assert not Consent.objects.exists()
