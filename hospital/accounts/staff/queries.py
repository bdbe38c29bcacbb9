"""Reading staff accounts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hospital.accounts.addresses import STAFF_EMAIL
from hospital.accounts.errors import NotSecurityAdmin, UnknownStaffUser
from hospital.accounts.models import RoleGrant, User
from hospital.accounts.types import StaffCard, StaffContact
from hospital.kernel.actors import Actor, Role
from hospital.kernel.crypto import decrypt_field
from hospital.kernel.types import BilingualText


def get_grants(*, user_id: UUID) -> frozenset[tuple[Role, str]]:
    """What a member of staff may do, as (role, campus code) pairs; one query."""
    return frozenset(
        (Role(role), campus)
        for role, campus in RoleGrant.objects.filter(user=user_id).values_list("role", "campus_code")
    )


def find_username(*, sign_in: str) -> str:
    """The user name for what somebody typed (user name or staff number); the text itself when nobody has it.

    Always lower case, so that the lock-out counts one account once however its name is typed.
    """
    text = sign_in.strip().lower()
    found = (
        User.objects.filter(Q(username__iexact=text) | Q(staff_no__iexact=text))
        .values_list("username", flat=True)
        .first()
    )
    return (found or text).lower()


def find_staff_id(*, text: str) -> UUID | None:
    """The member of staff with exactly this user name, staff number or name; None when there is none."""
    return (
        User.objects.filter(
            Q(username__iexact=text) | Q(staff_no__iexact=text) | Q(name_zh=text) | Q(name_en__iexact=text)
        )
        .values_list("id", flat=True)
        .first()
    )


def get_staff_user(*, user_id: UUID) -> User | None:
    """The active account, for signing in; None when there is none."""
    return User.objects.filter(id=user_id, is_active=True).first()


def get_staff_names(*, user_ids: Iterable[UUID]) -> dict[UUID, BilingualText]:
    """Names by id, in one query; unknown ids are left out."""
    rows = User.objects.filter(id__in=list(user_ids)).values_list("id", "name_zh", "name_en")
    return {user_id: BilingualText(zh, en) for user_id, zh, en in rows}


def list_staff_contacts(*, user_ids: Iterable[UUID]) -> list[StaffContact]:
    """Where the active ones of these members of staff are reached, in one query."""
    rows = User.objects.filter(id__in=list(user_ids), is_active=True).order_by("id")
    return [
        StaffContact(user_id, language, decrypt_field(email, place=STAFF_EMAIL) if email else "")
        for user_id, language, email in rows.values_list("id", "language", "email")
    ]


def list_role_holders(*, role: Role, campus_code: str) -> dict[UUID, BilingualText]:
    """The names of the active staff who hold a role at a campus, by id; one query."""
    users = User.objects.filter(grants__role=role, grants__campus_code=campus_code, is_active=True).order_by("name_en")
    return {user_id: BilingualText(zh, en) for user_id, zh, en in users.values_list("id", "name_zh", "name_en")}


def get_staff(*, actor: Actor, user_id: UUID) -> StaffCard:
    """One member of staff, for a security administrator.

    Refuses with `NotSecurityAdmin` or `UnknownStaffUser`.
    """
    check_security_admin(actor=actor)
    user = _users().filter(id=user_id).first()
    if user is None:
        raise UnknownStaffUser
    return _card(user)


def list_staff(*, actor: Actor, text: str = "", role: str = "", after: str = "", limit: int = 50) -> list[StaffCard]:
    """Staff by user name with their grants, one page after the user name `after`; two queries (N14).

    Refuses with `NotSecurityAdmin`.
    """
    check_security_admin(actor=actor)
    users = _users()
    if text:
        users = users.filter(
            Q(username__icontains=text)
            | Q(staff_no__icontains=text)
            | Q(name_zh__contains=text)
            | Q(name_en__icontains=text)
        )
    if role:
        users = users.filter(id__in=RoleGrant.objects.filter(role=role).values("user"))
    if after:
        users = users.filter(username__gt=after)
    return [_card(user) for user in users[:limit]]


def check_security_admin(*, actor: Actor) -> None:
    """Refuses with `NotSecurityAdmin` whoever is none at the campus where they work now."""
    if not actor.has_role(Role.SECURITY_ADMIN):
        raise NotSecurityAdmin


def _users() -> QuerySet[User]:
    grants = Prefetch("grants", queryset=RoleGrant.objects.order_by("role", "campus_code"))
    return User.objects.order_by("username").prefetch_related(grants)


def _card(user: User) -> StaffCard:
    return StaffCard(
        id=user.id,
        username=user.username,
        staff_no=user.staff_no,
        name=BilingualText(user.name_zh, user.name_en),
        is_active=user.is_active,
        has_second_factor=user.totp_confirmed_at is not None,
        must_change_password=user.must_change_password,
        last_login=user.last_login,
        grants=tuple((Role(grant.role), grant.campus_code) for grant in user.grants.all()),
    )
