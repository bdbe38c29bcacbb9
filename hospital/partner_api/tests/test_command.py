"""Partners and keys from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hospital.encounters.tests.clinic import make_campus
from hospital.partner_api.tests.callers import Machine
from hospital.partners.models import Partner, PartnerCampus

pytestmark = pytest.mark.django_db


def partner(*words: str) -> str:
    out = StringIO()
    call_command("partner", *words, stdout=out)
    return out.getvalue()


def test_a_partner_from_its_first_key_to_its_end():
    make_campus("IMC")
    make_campus("SOUTH")
    names = ("--name-zh", "银行", "--name-en", "Bank")
    partner("add", "bank", *names, "--campus", "IMC", "--campus", "SOUTH", "--rate", "60")
    partner("add", "bank", *names, "--campus", "SOUTH", "--rate", "90", "--on-site")
    assert list(PartnerCampus.objects.values_list("campus_id", flat=True)) == ["SOUTH"]
    assert (Partner.objects.get().requests_per_minute, Partner.objects.get().is_on_site) == (90, True)
    said = partner("add-key", "bank").split()
    bank = Machine(key_id=said[1], secret=said[-1])
    assert bank.get("/heartbeat").status == 200
    assert f"{bank.key_id}  HMAC-SHA256" in partner("keys", "bank")
    assert bank.secret not in partner("keys", "bank")
    partner("off", "bank")
    assert bank.get("/heartbeat").status == 401
    partner("on", "bank")
    assert bank.get("/heartbeat").status == 200
    partner("end-key", bank.key_id)
    assert bank.get("/heartbeat").status == 401
    assert "ended" in partner("keys", "bank")


def test_what_cannot_be_done_is_said():
    with pytest.raises(CommandError, match="no partner"):
        partner("add-key", "nobody")
