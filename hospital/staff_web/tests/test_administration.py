"""The audit trail and the security desk (N14, N19)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hospital.audit.api import record_act, seal_entries
from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.patients.api import open_emergency_access
from hospital.staff_web.administration.trail import PAGE
from hospital.staff_web.tests.factories import browser, count_queries, make_member, open_desk
from hospital.staff_web.tests.test_people import REASON, make_patient

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]
AUDIT = "/staff/administration/audit/"


def leave_entry(*, actor: Actor | None = None, action: str = "patients.view", **facts: Any) -> None:
    who = actor or Actor(kind=ActorKind.STAFF, id="1", label="QIAN Lei")
    record_act(actor=who, action=action, subject_kind="person", subject_id="x", **{"now": timezone.now(), **facts})


def actor_of(user) -> Actor:
    grants = frozenset((Role(grant.role), grant.campus_code) for grant in user.grants.all())
    return Actor(kind=ActorKind.STAFF, id=str(user.id), label=user.name_en, grants=grants, campus_code="IMC")


def test_the_trail_shows_who_did_what_to_whom_with_the_patient_masked() -> None:
    person_id = make_patient(family_name="Moreau", given_names="Camille")
    leave_entry(person_id=person_id, reason="treating")
    page = open_desk(Role.AUDIT_ADMIN).get(AUDIT).text
    assert "QIAN Lei" in page
    assert "CAMILLE M****" in page
    assert "Moreau" not in page


def test_filters_narrow_the_trail() -> None:
    person_id, doctor = make_patient(), make_member(Role.DOCTOR)
    leave_entry(person_id=person_id)
    leave_entry(actor=actor_of(doctor), action="patients.break_glass", reason=REASON)
    leave_entry(action="orders.sign", was_refused=True, reason="no_care_relation")
    leave_entry(action="documents.print", now=timezone.now() - timedelta(days=3))
    client = open_desk(Role.AUDIT_ADMIN)

    shown = {
        name: len(client.get(AUDIT, query).context["rows"])
        for name, query in {
            "person": {"person": str(person_id)},
            "doctor": {"actor": str(doctor.id)},
            "staff number": {"who": doctor.staff_no},
            "glass": {"kind": "break_glass"},
            "refused": {"kind": "refused"},
            "day": {"kind": "all", "period": "day"},
        }.items()
    }
    # Reading about one person or one member of staff is an entry as well: it shows from the second look on.
    assert (shown["glass"], shown["refused"]) == (1, 1)
    assert shown["person"] >= 1
    assert shown["doctor"] == 1
    assert shown["staff number"] == 1
    assert all(row.entry.action != "documents.print" for row in client.get(AUDIT, {"period": "day"}).context["rows"])
    assert "Nobody has this number" in client.get(AUDIT, {"who": "nobody-9"}).text


def test_reading_about_somebody_is_an_entry() -> None:
    person_id = make_patient()
    user = make_member(Role.AUDIT_ADMIN)
    browser(user).get(AUDIT, {"person": str(person_id)})
    assert AuditEntry.objects.get(action="audit.read").person_id == person_id


def test_pages_follow_by_number_without_gaps_or_repeats() -> None:
    for number in range(PAGE + 20):
        leave_entry(action=f"orders.sign{number}")
    client = open_desk(Role.AUDIT_ADMIN)
    first = client.get(AUDIT)
    rows = [row.entry.id for row in first.context["rows"]]
    second = client.get(AUDIT + first.context["older"])
    rows += [row.entry.id for row in second.context["rows"]]
    assert rows == sorted(rows, reverse=True)
    assert len(set(rows)) == AuditEntry.objects.count()
    assert second.context["older"] == ""


def test_the_trail_costs_the_same_however_much_it_shows(django_assert_num_queries) -> None:
    client = open_desk(Role.AUDIT_ADMIN)
    leave_entry(person_id=make_patient())
    few = count_queries(client, AUDIT)
    for _ in range(30):
        leave_entry(person_id=make_patient())
    with django_assert_num_queries(few):
        client.get(AUDIT)


@pytest.mark.requirement("N19")
def test_an_entry_shows_the_versions_of_its_row() -> None:
    person_id = make_patient(given_names="Before")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patients_person SET nationality = 'FRA', given_names = 'After' WHERE id = %s", [person_id]
        )
    record_act(
        actor=Actor(kind=ActorKind.STAFF, id="1", label="HE Xiaomin"),
        action="patients.view",
        subject_kind="person",
        subject_id=str(person_id),
        person_id=person_id,
        now=timezone.now(),
    )
    entry = AuditEntry.objects.filter(subject_id=str(person_id)).latest("id")
    page = open_desk(Role.AUDIT_ADMIN).get(reverse("staff:audit_entry", args=[entry.id])).text
    assert "<del>GBR</del>" in page
    assert "Before" not in page
    assert "<ins>FRA</ins>" in page
    assert open_desk(Role.AUDIT_ADMIN).get(reverse("staff:audit_entry", args=[entry.id + 999])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_chain_is_verified_and_a_broken_link_is_named() -> None:
    leave_entry(now=timezone.now() - timedelta(minutes=10))
    for _ in range(2):  # the first round notes up to where numbers are complete
        seal_entries(now=timezone.now() + timedelta(minutes=5))
    client = open_desk(Role.AUDIT_ADMIN)
    assert "the chain is whole" in client.post(reverse("staff:audit_verify")).text
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET actor_label = 'somebody else'")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert "The chain is broken" in client.post(reverse("staff:audit_verify")).text
    assert client.get(reverse("staff:audit_verify")).status_code == 405


def test_emergency_accesses_are_listed_with_their_reasons() -> None:
    doctor, person_id = make_member(Role.DOCTOR), make_patient(given_names="Camille", family_name="Moreau")
    open_emergency_access(person_id=person_id, reason=REASON, actor=actor_of(doctor), now=timezone.now())
    page = open_desk(Role.AUDIT_ADMIN).get(reverse("staff:audit_emergencies")).text
    assert REASON in page
    assert doctor.name_en in page
    assert "CAMILLE M****" in page


def test_security_sees_staff_with_roles_in_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    client = open_desk(Role.SECURITY_ADMIN)
    members = [make_member(Role.DOCTOR, Role.NURSE) for _ in range(20)]
    with django_assert_max_num_queries(10):
        page = client.get(reverse("staff:security")).text
    assert members[0].staff_no in page
    assert "Doctor · IMC" in page
    found = client.get(reverse("staff:security"), {"role": Role.NURSE.value}).context["rows"]
    assert len(found) == 20
    found = client.get(reverse("staff:security"), {"q": members[3].staff_no}).context["rows"]
    assert [row.id for row in found] == [members[3].id]


def test_a_lock_out_is_listed_and_released_with_a_reason() -> None:
    user = make_member(Role.CASHIER)
    for _ in range(5):
        Client().post("/staff/sign-in/", {"username": user.username, "password": "wrong"})
    officer = open_desk(Role.SECURITY_ADMIN)
    assert user.username in officer.get(reverse("staff:security")).text
    address = reverse("staff:security_release")
    assert officer.post(address, {"username": user.username, "reason": ""}).status_code == 422
    assert open_desk(Role.AUDIT_ADMIN).post(address, {"username": user.username, "reason": "seen"}).status_code == 403
    assert officer.get(reverse("staff:security")).context["lockouts"]
    officer.post(address, {"username": user.username, "reason": "seen in person"})
    assert not officer.get(reverse("staff:security")).context["lockouts"]
    assert AuditEntry.objects.get(action="accounts.release_lockout").reason == "seen in person"
