"""The trail of acts and the versions of rows: append-only, with the actor, the refused acts too (N14, N19)."""

import pytest
from django.db import IntegrityError, connection, transaction

from hospital.audit.api import acting, list_entries, list_versions, record_act, record_refusal
from hospital.audit.models import RowVersion
from hospital.encounters.tests.clinic import TEN, make_person, make_staff
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.ids import new_id
from hospital.patients.errors import DocumentTaken
from hospital.patients.models import LocalNumber, Person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14", "N19")]


def act(actor, *, action="tests.act", **facts):
    record_act(actor=actor, action=action, subject_kind="thing", subject_id="1", now=TEN, **facts)


def test_an_entry_says_who_what_whom_when_why_and_from_where():
    actor, person_id = make_staff(Role.DOCTOR), new_id()
    act(actor, person_id=person_id, reason="because", details={"old": "甲", "new": 2})
    (entry,) = list_entries(person_id=person_id)
    assert (entry.actor_id, entry.actor_label, entry.campus_code) == (actor.id, actor.label, "IMC")
    assert (entry.at, entry.reason, entry.details) == (TEN, "because", {"old": "甲", "new": 2})


def test_a_rolled_back_act_leaves_no_entry_and_its_refusal_does():
    actor = make_staff(Role.CASHIER)
    with acting(actor=actor):
        act(actor)
        transaction.set_rollback(True)
    record_refusal(
        actor=actor,
        action="billing.refund",
        subject_kind="charge",
        subject_id="9" * 100,
        reason="already_executed",
        now=TEN,
    )
    (entry,) = list_entries(actor_id=actor.id)
    assert (entry.was_refused, entry.reason, len(entry.subject_id)) == (True, "already_executed", 64)
    assert [found.id for found in list_entries(actor_id=actor.id, is_refused=True)] == [entry.id]
    assert not list_entries(actor_id=actor.id, is_refused=False)


@pytest.mark.parametrize("table", ["audit_entry", "audit_version", "kernel_event"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_nothing_that_was_written_can_be_changed(table, change):
    with acting(actor=make_staff(Role.DOCTOR)) as _, connection.cursor() as cursor:
        make_person()
        cursor.execute("INSERT INTO kernel_event (at, kind, subject_id) VALUES (now(), 'tests.done', '1')")
        act(system_actor("test"))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_every_version_of_a_row_is_kept_with_who_wrote_it():
    doctor, clerk = make_staff(Role.DOCTOR), make_staff(Role.REGISTRAR)
    with acting(actor=clerk):
        person = make_person()
    with acting(actor=doctor):
        person.sex = "M"
        person.save()
    person_id = str(person.id)
    person.local_numbers.all().delete()
    person.delete()
    versions = list_versions(table_name="patients_person", row_id=person_id)
    assert [version.operation for version in versions] == ["INSERT", "UPDATE", "DELETE"]
    assert [(version.before or {}).get("sex") for version in versions] == [None, "F", "M"]
    assert [(version.after or {}).get("sex") for version in versions] == ["F", "M", None]
    assert versions[0].actor == f"STAFF:{clerk.id}:{clerk.label}"
    assert versions[1].actor == f"STAFF:{doctor.id}:{doctor.label}"


def test_an_actor_inside_another_gives_the_name_back():
    outer, inner = make_staff(Role.DOCTOR), system_actor("inner")

    def last_actor():
        return RowVersion.objects.filter(table_name="patients_person").latest("id").actor

    with acting(actor=outer):
        with acting(actor=inner):
            make_person()
            assert last_actor() == "SYSTEM:inner:inner"
        make_person()
        assert last_actor() == f"STAFF:{outer.id}:{outer.label}"


def test_a_page_of_entries_goes_on_where_the_last_ended():
    actor = make_staff(Role.DOCTOR)
    for number in range(5):
        act(actor, action=f"tests.act{number}")
    first = list(list_entries(actor_id=actor.id, limit=2))
    second = list(list_entries(actor_id=actor.id, before_id=first[-1].id, limit=9))
    assert [entry.action[-1] for entry in first + second] == ["4", "3", "2", "1", "0"]
    assert not list_entries(actor_id=actor.id, since=TEN.replace(year=2030))


def fail_as(actor):
    with acting(actor=actor), acting(actor=actor):
        make_person()
        raise ZeroDivisionError


def number_twice(person, *, actor, conflicts):
    with acting(actor=actor, conflicts=conflicts):
        Person.objects.filter(pk=person.pk).update(given_names="Changed")
        LocalNumber.objects.create(person=person, campus_id="IMC", mrn="IMC-TWICE")


def test_the_same_actor_inside_itself_is_told_once_and_after_a_failure_still_acts(django_assert_num_queries):
    outer, inner = make_staff(Role.DOCTOR), system_actor("inner")

    def last_actor():
        return RowVersion.objects.filter(table_name="patients_person").latest("id").actor

    with acting(actor=outer):
        with django_assert_num_queries(2), acting(actor=outer):  # the savepoint and its end
            pass
        with pytest.raises(ZeroDivisionError):
            fail_as(inner)
        with acting(actor=outer):
            make_person()
        assert last_actor() == f"STAFF:{outer.id}:{outer.label}"
    with acting(actor=inner):
        make_person()
    assert last_actor() == "SYSTEM:inner:inner"


def test_a_conflict_becomes_its_refusal_and_undoes_what_was_begun():
    person, actor = make_person(), make_staff(Role.DOCTOR)
    with pytest.raises(DocumentTaken):
        number_twice(person, actor=actor, conflicts={"one_mrn_a_campus": DocumentTaken()})
    assert Person.objects.get(pk=person.pk).given_names != "Changed"
    with pytest.raises(IntegrityError):
        number_twice(person, actor=actor, conflicts={})
