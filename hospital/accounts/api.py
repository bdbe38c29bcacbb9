"""The front door of accounts."""

from hospital.accounts.addresses import AddressKind, normalize_email, normalize_phone, parse_address
from hospital.accounts.codes import CodePurpose, check_code, create_code, spend_code
from hospital.accounts.passwords import set_password
from hospital.accounts.patient_accounts import (
    change_contact,
    close_account,
    get_account,
    remove_contact,
    update_profile,
)
from hospital.accounts.patient_sign_in import (
    get_wechat_openid,
    link_wechat,
    reset_password,
    sign_in_with_code,
    sign_in_with_password,
    sign_in_with_wechat,
    unlink_wechat,
)
from hospital.accounts.sessions import (
    get_patient_actor,
    hash_token,
    list_devices,
    patient_actor,
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
from hospital.accounts.text_limits import count_text, forget_text_counts

__all__ = [
    "AddressKind",
    "CodePurpose",
    "begin_enrollment",
    "change_contact",
    "change_password",
    "check_code",
    "check_not_locked",
    "check_password",
    "check_second_factor",
    "close_account",
    "confirm_enrollment",
    "count_failure",
    "count_text",
    "count_tries_left",
    "create_code",
    "find_staff_id",
    "find_username",
    "forget_text_counts",
    "get_account",
    "get_grants",
    "get_patient_actor",
    "get_staff",
    "get_staff_names",
    "get_staff_user",
    "get_wechat_openid",
    "hash_token",
    "link_wechat",
    "list_devices",
    "list_lockouts",
    "list_staff",
    "normalize_email",
    "normalize_phone",
    "parse_address",
    "patient_actor",
    "record_failed_sign_in",
    "record_sign_in",
    "record_sign_out",
    "refresh_session",
    "release_lockout",
    "remove_contact",
    "reset_password",
    "reset_second_factor",
    "revoke_all_sessions",
    "revoke_device",
    "revoke_session",
    "set_password",
    "set_staff_language",
    "sign_in_with_code",
    "sign_in_with_password",
    "sign_in_with_wechat",
    "spend_code",
    "unlink_wechat",
    "update_profile",
]
