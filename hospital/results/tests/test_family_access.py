"""Reports of an adult stay closed to family until the adult agreed (A08, N14)."""

import pytest

from hospital.accounts.models import PatientAccount
from hospital.encounters.tests.clinic import TEN, make_person
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.ids import new_id
from hospital.patients.errors import RecordsClosed
from hospital.patients.models import AccountPerson
from hospital.results.api import list_reports

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "N14")]


def test_a_spouse_reads_reports_after_the_agreement_was_seen():
    account = PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=TEN)
    actor = Actor(kind=ActorKind.PATIENT, id=str(account.id), label="patient account")
    link = AccountPerson.objects.create(account=account, person=make_person(), relation="SPOUSE", added_at=TEN)
    with pytest.raises(RecordsClosed):
        list_reports(person_id=link.person_id, actor=actor, now=TEN)
    AccountPerson.objects.update(proved_at=TEN)
    assert list(list_reports(person_id=link.person_id, actor=actor, now=TEN)) == []
