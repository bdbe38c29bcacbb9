"""How many statements a payment at a machine takes: each of them is a round trip while the payer stands there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.partner_api.tests.factories import pay_body, register

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 60


@pytest.mark.requirement("X51")
def test_a_payment_takes_few_statements(machine, patient, slot_id):
    _, quote = register(machine, slot_id, patient)
    with CaptureQueriesContext(connection) as statements:
        assert machine.post("/payments", pay_body(quote)).status == 200
    told = [each["sql"] for each in statements if "set_config('imc.actor'" in each["sql"]]
    assert len(told) == 1, told
    assert len(statements) <= MOST, "\n".join(each["sql"][:150] for each in statements)
