"""Accounts: staff users with roles, patient accounts with sessions, one-time codes."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Creates staff users."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """A staff user with a usable password when one is given."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Finds by user name, ignoring case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. One person, one account: nobody shares a sign-in (domain brief 10)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    staff_no = models.CharField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="zh-hans")
    email = models.CharField(max_length=600, blank=True, db_default="")  # encrypted; where urgent warnings go
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    totp_secret = models.CharField(max_length=255, blank=True)  # encrypted
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["staff_no", "name_zh", "name_en"]
    objects: ClassVar[UserManager] = UserManager()


class RoleGrant(models.Model):
    """A role held at one campus."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    campus_code = models.CharField(max_length=20)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role", "campus_code"], name="role_grant_once")]


class PatientAccount(models.Model):
    """A sign-in of the patient app. It is nobody's medical record: people are linked to it in `patients`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.CharField(max_length=600, blank=True)  # encrypted
    email_index = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=255, blank=True)  # encrypted
    phone_index = models.CharField(max_length=64, blank=True)
    display_name = models.CharField(max_length=60, blank=True, db_default="")
    password = models.CharField(max_length=255, blank=True, db_default="")  # a hash; empty: signs in with codes
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email_index"], condition=~models.Q(email_index=""), name="account_email_once"
            ),
            models.UniqueConstraint(
                fields=["phone_index"], condition=~models.Q(phone_index=""), name="account_phone_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(email="", phone="", is_active=False),
                name="closed_account_is_empty",
            ),
        ]


class PatientSession(models.Model):
    """A signed-in device of a patient account. Only the SHA-256 of its tokens is kept.

    `token_hash` and `expires_at` belong to the access token, which the booking statement looks at; `ends_at` is the end
    of the session itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(PatientAccount, on_delete=models.CASCADE, related_name="sessions")
    token_hash = models.BinaryField(max_length=32, unique=True)
    refresh_hash = models.BinaryField(max_length=32, unique=True, null=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)


class SpentRefreshToken(models.Model):
    """A refresh token that was used: whoever shows it later has a copy."""

    token_hash = models.BinaryField(max_length=32, primary_key=True)
    session = models.ForeignKey(PatientSession, on_delete=models.CASCADE, related_name="+")
    spent_at = models.DateTimeField()


class OneTimeCode(models.Model):
    """A six-digit code sent to an address. At most one is open per address and purpose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address_index = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_index", "purpose"], condition=models.Q(used_at=None), name="one_open_code"
            )
        ]


class TextCount(models.Model):
    """How many codes went by text message in an hour of the clock: of all, to a country, for an internet address."""

    scope = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "began_at"], name="text_count_once")]


class WechatLink(models.Model):
    """Which WeChat opens which account: one each way."""

    account = models.OneToOneField(PatientAccount, on_delete=models.CASCADE, primary_key=True, related_name="+")
    openid = models.CharField(max_length=255)  # encrypted
    openid_index = models.CharField(max_length=64, unique=True)
    unionid = models.CharField(max_length=255, blank=True)  # encrypted
    linked_at = models.DateTimeField()


class PasswordTry(models.Model):
    """How often a password was tried for an address lately, whether it has an account or not."""

    address_index = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()
