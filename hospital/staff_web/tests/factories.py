"""Members of staff who can sign in, and browsers in which they did."""

from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hospital.accounts.models import RoleGrant, User
from hospital.encounters.tests.clinic import make_campus
from hospital.kernel.actors import Role

PASSWORD = "correct-horse-battery-7"
_numbers = count(1)


def make_member(*roles: Role, campus: str = "IMC", name: str = "", **fields: object) -> User:
    """A member of staff with a password and these roles at one campus."""
    make_campus(campus)
    number = next(_numbers)
    user = User.objects.create_user(
        name or f"member.{number}",
        PASSWORD,
        staff_no=f"S{number:05d}",
        name_zh=f"成员{number}",
        name_en=f"MEMBER {number}",
        **fields,
    )
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, campus_code=campus)
    return user


def browser(user: User, *, language: str = "en") -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.cookies["imc_language"] = language
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def open_desk(*roles: Role, campus: str = "IMC", language: str = "en") -> Client:
    """A browser of a new member of staff."""
    return browser(make_member(*roles, campus=campus), language=language)


def count_queries(client: Client, address: str) -> int:
    """How many statements a page takes, after a first look that warms what is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        return len(captured)
