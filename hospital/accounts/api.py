"""The front door of accounts."""

from hospital.accounts.patient_accounts import create_code, get_account, normalize_email, sign_in_with_code
from hospital.accounts.sessions import (
    get_patient_actor,
    hash_token,
    list_devices,
    refresh_session,
    revoke_all_sessions,
    revoke_device,
    revoke_session,
)
from hospital.accounts.staff.lockouts import (
    check_not_locked,
    check_password,
    count_failure,
    count_tries_left,
    list_lockouts,
    release_lockout,
)
from hospital.accounts.staff.queries import (
    find_staff_id,
    find_username,
    get_grants,
    get_staff,
    get_staff_names,
    get_staff_user,
    list_staff,
)
from hospital.accounts.staff.services import (
    change_password,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
    set_staff_language,
)
from hospital.accounts.staff.totp import (
    begin_enrollment,
    check_second_factor,
    confirm_enrollment,
    reset_second_factor,
)

__all__ = [
    "begin_enrollment",
    "change_password",
    "check_not_locked",
    "check_password",
    "check_second_factor",
    "confirm_enrollment",
    "count_failure",
    "count_tries_left",
    "create_code",
    "find_staff_id",
    "find_username",
    "get_account",
    "get_grants",
    "get_patient_actor",
    "get_staff",
    "get_staff_names",
    "get_staff_user",
    "hash_token",
    "list_devices",
    "list_lockouts",
    "list_staff",
    "normalize_email",
    "record_failed_sign_in",
    "record_sign_in",
    "record_sign_out",
    "refresh_session",
    "release_lockout",
    "reset_second_factor",
    "revoke_all_sessions",
    "revoke_device",
    "revoke_session",
    "set_staff_language",
    "sign_in_with_code",
]
