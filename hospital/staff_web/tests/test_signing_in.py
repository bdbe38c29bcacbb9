"""Signing in: password, lock-out, forced change, campus, language, sign-out (N14)."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from hospital.accounts.models import RoleGrant, User
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import make_campus
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import PASSWORD, browser, make_member

pytestmark = pytest.mark.django_db
SIGN_IN = "/staff/sign-in/"


def try_in(client: Client, user: User, password: str = PASSWORD, **fields: str):
    return client.post(SIGN_IN, {"username": user.username, "password": password, **fields})


@pytest.mark.requirement("N14")
def test_the_right_password_opens_the_desk_and_is_an_entry() -> None:
    user, client = make_member(Role.AUDIT_ADMIN), Client()
    assert try_in(client, user).url == "/staff/"
    assert client.get("/staff/").url == reverse("staff:audit")
    entry = AuditEntry.objects.get(action="accounts.sign_in")
    assert (entry.actor_id, entry.was_refused, entry.campus_code) == (str(user.id), False, "IMC")


def test_the_staff_number_signs_in_too() -> None:
    user = make_member(Role.AUDIT_ADMIN)
    answer = Client().post(SIGN_IN, {"username": f" {user.staff_no.lower()} ", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.requirement("N14")
def test_a_wrong_password_is_refused_counted_and_recorded() -> None:
    user, client = make_member(Role.CASHIER), Client()
    answer = try_in(client, user, "wrong")
    assert answer.status_code == 422
    assert "4 tries left" in answer.text
    entry = AuditEntry.objects.get(action="accounts.sign_in")
    assert (entry.was_refused, entry.reason, entry.subject_id) == (True, "wrong_sign_in", user.username)
    assert "_auth_user_id" not in client.session


@pytest.mark.requirement("N14")
def test_five_failures_lock_the_account_even_for_the_right_password() -> None:
    user, client = make_member(Role.CASHIER), Client()
    for name in (user.username, user.username.upper(), user.staff_no, user.username, user.username):
        answer = client.post(SIGN_IN, {"username": name, "password": "wrong"})
    assert answer.status_code == 429
    answer = try_in(client, user)
    assert answer.status_code == 429
    assert "locked until" in answer.text
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(reason="sign_in_locked").count() == 2


def test_the_lock_ends_after_a_quarter_of_an_hour() -> None:
    user, client = make_member(Role.CASHIER), Client()
    for _ in range(5):
        try_in(client, user, "wrong")
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert try_in(client, user).status_code == 302


def test_a_closed_account_stays_out() -> None:
    user = make_member(Role.CASHIER, is_active=False)
    assert try_in(Client(), user).status_code == 422


def test_an_unknown_name_is_told_nothing_else() -> None:
    known, unknown = Client(), Client()
    user = make_member(Role.CASHIER)
    one = try_in(known, user, "wrong")
    other = unknown.post(SIGN_IN, {"username": "nobody.at.all", "password": "wrong"})
    assert (one.status_code, other.status_code) == (422, 422)
    assert one.text.count("is not right") == other.text.count("is not right") == 1


def test_a_first_password_must_be_changed_before_anything_else() -> None:
    user = make_member(Role.CASHIER, must_change_password=True)
    client = browser(user)
    assert client.get("/staff/").url == reverse("staff:password")
    answer = client.post(reverse("staff:password"), {"current": PASSWORD, "new": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 422
    fresh = "brand-new-words-42"
    answer = client.post(reverse("staff:password"), {"current": PASSWORD, "new": fresh, "again": fresh})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(fresh)) == (False, True)
    assert client.get("/staff/").status_code in {200, 302}
    assert AuditEntry.objects.filter(action="accounts.change_password", actor_id=str(user.id)).exists()


def test_a_weak_new_password_is_refused_by_name() -> None:
    user = make_member(Role.CASHIER)
    client = browser(user)
    answer = client.post(reverse("staff:password"), {"current": PASSWORD, "new": "12345678", "again": "12345678"})
    assert answer.status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.requirement("N14")
def test_signing_out_ends_the_session_and_is_an_entry() -> None:
    user = make_member(Role.AUDIT_ADMIN)
    client = browser(user)
    assert client.get(reverse("staff:sign_out")).status_code == 405
    assert client.post(reverse("staff:sign_out")).url == SIGN_IN
    assert client.get(reverse("staff:audit")).url.startswith(SIGN_IN)
    assert AuditEntry.objects.filter(action="accounts.sign_out", actor_id=str(user.id)).exists()


def test_the_campus_is_chosen_where_there_are_several() -> None:
    make_campus("NORTH")
    user = make_member(Role.AUDIT_ADMIN)
    RoleGrant.objects.create(user=user, role=Role.CASHIER, campus_code="NORTH")
    client = Client()
    try_in(client, user)
    assert client.get("/staff/").url.startswith(reverse("staff:campus"))
    assert client.post(reverse("staff:campus"), {"campus": "HUADU"}).status_code == 403
    client.post(reverse("staff:campus"), {"campus": "NORTH"})
    assert client.get(reverse("staff:audit")).status_code == 403
    client.post(reverse("staff:campus"), {"campus": "IMC"})
    assert client.get(reverse("staff:audit")).status_code == 200


def test_the_place_chosen_at_sign_in_holds() -> None:
    make_campus("NORTH")
    user = make_member(Role.AUDIT_ADMIN)
    RoleGrant.objects.create(user=user, role=Role.AUDIT_ADMIN, campus_code="NORTH")
    client = Client()
    try_in(client, user, campus="NORTH")
    assert client.session["campus_code"] == "NORTH"
    assert client.get(reverse("staff:audit")).status_code == 200


def test_next_leads_only_inside() -> None:
    user = make_member(Role.AUDIT_ADMIN)
    assert try_in(Client(), user, next="https://elsewhere.example/").url == "/staff/"
    assert try_in(Client(), user, next="//elsewhere.example/").url == "/staff/"
    assert try_in(Client(), user, next="/staff/campus/").url == "/staff/campus/"


@pytest.mark.requirement("N20")
def test_the_language_is_remembered_by_browser_and_account() -> None:
    user = make_member(Role.AUDIT_ADMIN, language="zh-hans")
    client = Client()
    try_in(client, user)
    assert client.cookies["imc_language"].value == "zh-hans"
    assert 'lang="zh-CN"' in client.get(reverse("staff:audit")).text[:200]
    client.post(reverse("staff:language"), {"language": "en", "next": "/staff/"})
    user.refresh_from_db()
    assert (client.cookies["imc_language"].value, user.language) == ("en", "en")
    client.post(reverse("staff:language"), {"language": "tlh", "next": "/staff/"})
    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.requirement("N14")
def test_a_fresh_house_has_no_sign_in_at_all(settings) -> None:
    assert settings.DEMO is False
    assert settings.DEMO_LOGINS == []
    assert not User.objects.exists()
