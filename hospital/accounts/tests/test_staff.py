"""Staff accounts behind their front door: codes used once, administrators apart (N14)."""

import threading

import pyotp
import pytest
from django.db import connections
from django.utils import timezone

from hospital.accounts.api import (
    begin_enrollment,
    check_second_factor,
    find_username,
    get_grants,
    get_staff,
    list_lockouts,
    list_staff,
    release_lockout,
    reset_second_factor,
)
from hospital.accounts.errors import NotSecurityAdmin, UnknownStaffUser, WrongSecondFactor
from hospital.accounts.models import RoleGrant, User
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]


def make_user(name: str = "lin.zhiyuan") -> User:
    return User.objects.create_user(name, "a-long-password-9", staff_no=f"S-{name}", name_zh="林志远", name_en="LIN")


def officer(*, campus: str = "IMC", works_at: str = "IMC") -> Actor:
    grants = frozenset({(Role.SECURITY_ADMIN, campus)})
    return Actor(kind=ActorKind.STAFF, id=str(new_id()), label="LV", grants=grants, campus_code=works_at)


def test_grants_are_read_in_one_query(django_assert_num_queries) -> None:
    user = make_user()
    for campus in ("IMC", "NORTH"):
        RoleGrant.objects.create(user=user, role=Role.DOCTOR, campus_code=campus)
    with django_assert_num_queries(1):
        assert get_grants(user_id=user.id) == {(Role.DOCTOR, "IMC"), (Role.DOCTOR, "NORTH")}


def test_names_and_numbers_lead_to_one_lower_case_user_name() -> None:
    user = make_user()
    assert find_username(sign_in="LIN.Zhiyuan ") == find_username(sign_in=user.staff_no.lower()) == "lin.zhiyuan"
    assert find_username(sign_in="Nobody") == "nobody"


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, user: list_staff(actor=actor),
        lambda actor, user: get_staff(actor=actor, user_id=user.id),
        lambda actor, user: list_lockouts(actor=actor, now=timezone.now()),
        lambda actor, user: release_lockout(actor=actor, username="x", reason="seen", now=timezone.now()),
        lambda actor, user: reset_second_factor(actor=actor, user_id=user.id, reason="lost", now=timezone.now()),
    ],
)
def test_only_a_security_administrator_of_this_campus_manages_sign_ins(act) -> None:
    user = make_user()
    begin_enrollment(user_id=user.id)
    with pytest.raises(NotSecurityAdmin):
        act(officer(campus="NORTH"), user)
    user.refresh_from_db()
    assert user.totp_secret


def test_an_unknown_member_is_refused() -> None:
    with pytest.raises(UnknownStaffUser):
        get_staff(actor=officer(), user_id=new_id())
    with pytest.raises(UnknownStaffUser):
        reset_second_factor(actor=officer(), user_id=new_id(), reason="lost", now=timezone.now())


def test_the_secret_is_the_same_until_it_is_confirmed_and_never_shown_after() -> None:
    user = make_user()
    first = begin_enrollment(user_id=user.id)
    assert begin_enrollment(user_id=user.id) == first
    User.objects.update(totp_confirmed_at=timezone.now())
    with pytest.raises(UnknownStaffUser):
        begin_enrollment(user_id=user.id)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_refused(code: str) -> None:
    user = make_user()
    begin_enrollment(user_id=user.id)
    User.objects.update(totp_confirmed_at=timezone.now())
    with pytest.raises(WrongSecondFactor):
        check_second_factor(user_id=user.id, code=code, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_one_code_opens_one_door_even_at_the_same_moment() -> None:
    user, now = make_user(), timezone.now()
    code = pyotp.TOTP(begin_enrollment(user_id=user.id).secret).at(now)
    User.objects.update(totp_confirmed_at=now)
    barrier, opened = threading.Barrier(6), []

    def use() -> None:
        try:
            barrier.wait(timeout=10)
            check_second_factor(user_id=user.id, code=code, now=now)
            opened.append(True)
        except WrongSecondFactor:
            opened.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(opened) == [False] * 5 + [True]
