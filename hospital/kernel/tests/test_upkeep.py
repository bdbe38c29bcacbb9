"""The event stream, month partitions and what the database refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from hospital.accounts.models import PatientAccount
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.conflicts import refusing
from hospital.kernel.errors import Refusal
from hospital.kernel.events import list_events, record_event
from hospital.kernel.ids import new_id
from hospital.kernel.partitions import MONTHS_AHEAD, PARTITIONED_TABLES, ensure_month_partitions, ensure_partitions

pytestmark = pytest.mark.django_db


def list_partitions(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
        return {name for (name,) in cursor.fetchall()}


def test_events_are_read_by_subject_and_by_encounter_in_their_order():
    encounter_id, subject, other = new_id(), str(new_id()), str(new_id())
    record_event(kind="tests.first", subject_id=subject, now=TEN, facts={"金额": "65.00"})
    record_event(kind="tests.second", subject_id=other, encounter_id=encounter_id, now=TEN)
    record_event(kind="tests.third", subject_id=subject, encounter_id=encounter_id, now=TEN)
    assert [event.kind for event in list_events(subject_id=subject)] == ["tests.first", "tests.third"]
    assert [event.kind for event in list_events(encounter_id=encounter_id)] == ["tests.second", "tests.third"]
    assert len(list_events(subject_ids=[subject, other])) == 3
    assert list_events(subject_id=subject)[0].facts == {"金额": "65.00"}
    assert list_events(subject_ids=[]) == []


def test_the_whole_stream_is_never_read_by_mistake():
    with pytest.raises(ValueError, match="needs a subject"):
        list_events()


def test_facts_that_are_no_json_are_a_defect_and_write_nothing():
    subject = str(new_id())
    with pytest.raises(TypeError):
        record_event(kind="tests.bad", subject_id=subject, now=TEN, facts={"amount": Decimal("1.00")})
    assert list_events(subject_id=subject) == []


@pytest.mark.requirement("N22")
@pytest.mark.parametrize("table", PARTITIONED_TABLES)
def test_the_coming_months_get_their_partitions_and_those_that_exist_stay(table):
    before = list_partitions(table)
    for _ in range(2):
        ensure_partitions(today=date(2031, 11, 30))
    added = list_partitions(table) - before
    assert added == {f"{table}_{month}" for month in ("2031_11", "2031_12", "2032_01", "2032_02", "2032_03", "2032_04")}
    assert len(added) == MONTHS_AHEAD


def test_a_row_goes_to_the_partition_of_its_month():
    ensure_month_partitions(table="kernel_event", first=date(2031, 5, 1), months=1)
    record_event(kind="tests.may", subject_id="partition", now=TEN.replace(year=2031, month=5))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_event_2031_05 WHERE subject_id = 'partition'")
        assert cursor.fetchone() == (1,)


def test_other_tables_are_not_cut():
    with pytest.raises(ValueError, match="patients_person"):
        ensure_month_partitions(table="patients_person", first=TEN.date(), months=1)


class _Taken(Refusal):
    code = "taken"


def test_a_violated_constraint_becomes_its_refusal_and_others_stay_defects():
    def create(index):
        PatientAccount.objects.create(email_index=index, created_at=TEN)

    create("a")
    with pytest.raises(_Taken), refusing({"account_email_once": _Taken()}):
        create("a")
    with pytest.raises(IntegrityError), refusing({"account_email_once": _Taken()}):
        PatientAccount.objects.create(email="left", closed_at=TEN, created_at=TEN)
    assert PatientAccount.objects.count() == 1
