"""The second factor: enrolling, using, never twice, compulsory where the hospital says so (N14)."""

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hospital.accounts.api import begin_enrollment
from hospital.accounts.models import User
from hospital.accounts.staff.totp import STEP_SECONDS
from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import PASSWORD, browser, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]
CODE = "/staff/sign-in/code/"


def enrolled() -> tuple[User, pyotp.TOTP]:
    """A member of staff whose second factor is on, long ago."""
    user = make_member(Role.AUDIT_ADMIN)
    generator = pyotp.TOTP(begin_enrollment(user_id=user.id).secret)
    User.objects.filter(id=user.id).update(totp_confirmed_at=timezone.now())
    return user, generator


def give_password(user: User) -> Client:
    client = Client()
    answer = client.post("/staff/sign-in/", {"username": user.username, "password": PASSWORD})
    assert answer.url == CODE
    return client


def test_the_password_alone_opens_nothing() -> None:
    user, _ = enrolled()
    client = give_password(user)
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("staff:audit")).url.startswith("/staff/sign-in/")


def test_the_digits_open_the_desk_and_nothing_twice() -> None:
    user, generator = enrolled()
    step = int(timezone.now().timestamp()) // STEP_SECONDS
    code = generator.at(step * STEP_SECONDS)
    assert give_password(user).post(CODE, {"code": f"{code[:3]} {code[3:]}"}).url == "/staff/"
    answer = give_password(user).post(CODE, {"code": code})
    assert answer.status_code == 422
    user.refresh_from_db()
    assert user.totp_last_step == step
    entry = AuditEntry.objects.filter(action="accounts.sign_in", was_refused=False).get()
    assert entry.details == {"second_factor": True}


def test_digits_of_long_ago_are_refused() -> None:
    user, generator = enrolled()
    old = generator.at(int(timezone.now().timestamp()) - 10 * STEP_SECONDS)
    answer = give_password(user).post(CODE, {"code": old})
    assert answer.status_code == 422


def test_wrong_digits_count_towards_the_lock() -> None:
    user, generator = enrolled()
    client = give_password(user)
    wrong = f"{(int(generator.now()) + 1) % 1_000_000:06d}"
    statuses = [client.post(CODE, {"code": wrong}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    assert client.post(CODE, {"code": generator.now()}).status_code == 429
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(was_refused=True, details__step="second_factor").count() == 6


def test_the_code_page_without_a_password_leads_back() -> None:
    assert Client().get(CODE).url == "/staff/sign-in/"


def test_enrolling_shows_a_code_and_wants_its_digits() -> None:
    user = make_member(Role.AUDIT_ADMIN)
    client = browser(user)
    page = client.get(reverse("staff:enroll")).text
    assert "<svg" in page
    secret = begin_enrollment(user_id=user.id).secret
    assert secret[:4] in page
    assert client.post(reverse("staff:enroll"), {"code": "000000"}).status_code == 422
    user.refresh_from_db()
    assert user.totp_confirmed_at is None
    assert secret not in user.totp_secret
    assert client.post(reverse("staff:enroll"), {"code": pyotp.TOTP(secret).now()}).url == "/staff/"
    user.refresh_from_db()
    assert user.totp_confirmed_at is not None


def test_the_hospital_can_make_it_compulsory(settings) -> None:
    settings.STAFF_TOTP_REQUIRED = True
    client = browser(make_member(Role.AUDIT_ADMIN))
    assert client.get(reverse("staff:audit")).url == reverse("staff:enroll")


def test_a_lost_phone_is_a_matter_for_the_security_administrator() -> None:
    user, _ = enrolled()
    address = reverse("staff:security_reset_totp", args=[user.id])
    assert browser(make_member(Role.SYSTEM_ADMIN)).post(address, {"reason": "lost phone"}).status_code == 403
    officer = browser(make_member(Role.SECURITY_ADMIN))
    assert officer.post(address, {"reason": "x"}).status_code == 422
    user.refresh_from_db()
    assert user.totp_confirmed_at is not None
    assert officer.post(address, {"reason": "lost phone, seen in person"}).status_code == 302
    user.refresh_from_db()
    assert (user.totp_confirmed_at, user.totp_secret) == (None, "")
    assert AuditEntry.objects.get(action="accounts.reset_totp").reason == "lost phone, seen in person"
