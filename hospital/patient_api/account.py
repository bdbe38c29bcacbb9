"""/api/account: profile, contact, password, WeChat, devices and notifications (A01, W19)."""

from typing import Literal, cast
from uuid import UUID

from django.utils import timezone
from ninja import Router

from hospital.accounts.api import (
    AddressKind,
    get_account,
    list_devices,
    remove_contact,
    revoke_device,
    unlink_wechat,
    update_profile,
)
from hospital.consents.api import get_notice, has_consent
from hospital.consents.types import Purpose
from hospital.kernel.clock import local_day
from hospital.notifications.api import list_choices, set_choices
from hospital.notifications.types import Choice
from hospital.patient_api.account_schemas import (
    AccountAnswer,
    AccountContactIn,
    AddressIn,
    AppLanguage,
    ChoiceShape,
    ChoicesIn,
    DeviceOut,
    PasswordIn,
    ProfileIn,
    WechatIn,
)
from hospital.patient_api.authentication import bearer_token
from hospital.patient_api.device_names import name_device
from hospital.patient_api.requests import PatientRequest
from hospital.workflows.keep_account import change_contact, link_wechat, send_contact_code, set_password

router = Router(tags=["Account"])


@router.get("/account", response=AccountAnswer, summary="My account")
def read_account(request: PatientRequest) -> AccountAnswer:
    """The signed-in account."""
    account, now = get_account(account_id=UUID(request.auth.id)), timezone.now()
    is_agreed = has_consent(account_id=account.id, purpose=Purpose.PRIVACY, now=now)
    return AccountAnswer(
        id=account.id,
        email=account.email,
        phone=account.phone,
        language=cast(AppLanguage, account.language),
        display_name=account.display_name,
        has_password=account.has_password,
        has_wechat=account.has_wechat,
        privacy_notice_due=None if is_agreed else get_notice(purpose=Purpose.PRIVACY, on=local_day(now)).version,
        created_at=account.created_at,
    )


@router.patch("/account", response=AccountAnswer, summary="Change my profile")
def change_profile(request: PatientRequest, body: ProfileIn) -> AccountAnswer:
    """Changes language or name; what is not given stays."""
    update_profile(
        account_id=UUID(request.auth.id),
        language=body.language,
        display_name=body.display_name,
        actor=request.auth,
        now=timezone.now(),
    )
    return read_account(request)


@router.put("/account/password", response={204: None}, summary="Set or change my password")
def change_my_password(request: PatientRequest, body: PasswordIn) -> tuple[int, None]:
    """Other devices are signed out. Refusals: `wrong_current_password`, `password_locked`, `weak_password`."""
    set_password(
        account_id=UUID(request.auth.id),
        new=body.new_password,
        current=body.current_password,
        token=bearer_token(request),
        actor=request.auth,
        now=timezone.now(),
    )
    return 204, None


@router.post("/account/contact/codes", response={204: None}, summary="Send a code to a new address")
def request_contact_code(request: PatientRequest, body: AddressIn) -> tuple[int, None]:
    """Refusals: `bad_address`, `bad_phone`, `code_sent_recently`, `too_many_wrong_codes`."""
    send_contact_code(account_id=UUID(request.auth.id), address=body.address, ip=request.auth.ip, now=timezone.now())
    return 204, None


@router.put("/account/contact", response=AccountAnswer, summary="Change my e-mail address or phone")
def change_my_contact(request: PatientRequest, body: AccountContactIn) -> AccountAnswer:
    """Sets the address that the code proves. Refusals: `wrong_code`, `address_taken`, `bad_address`, `bad_phone`."""
    change_contact(
        account_id=UUID(request.auth.id), address=body.address, code=body.code, actor=request.auth, now=timezone.now()
    )
    return read_account(request)


@router.delete("/account/contact/{kind}", response={204: None}, summary="Take off my e-mail address or phone")
def remove_my_contact(request: PatientRequest, kind: Literal["email", "phone"]) -> tuple[int, None]:
    """Refusals: `last_way_in`."""
    remove_contact(
        account_id=UUID(request.auth.id), kind=AddressKind(kind.upper()), actor=request.auth, now=timezone.now()
    )
    return 204, None


@router.put("/account/wechat", response={204: None}, summary="Connect WeChat")
def connect_wechat(request: PatientRequest, body: WechatIn) -> tuple[int, None]:
    """Refusals: `wechat_code_invalid`, `wechat_busy`, `wechat_unavailable`, `wechat_taken`, `wechat_linked`."""
    link_wechat(account_id=UUID(request.auth.id), code=body.code, actor=request.auth, now=timezone.now())
    return 204, None


@router.delete("/account/wechat", response={204: None}, summary="Disconnect WeChat")
def disconnect_wechat(request: PatientRequest) -> tuple[int, None]:
    """Refusals: `last_way_in`."""
    unlink_wechat(account_id=UUID(request.auth.id), actor=request.auth, now=timezone.now())
    return 204, None


@router.get("/account/devices", response=list[DeviceOut], summary="Where I am signed in")
def list_my_devices(request: PatientRequest) -> list[DeviceOut]:
    """The devices that are signed in, this one first."""
    devices = list_devices(account_id=UUID(request.auth.id), token=bearer_token(request), now=timezone.now())
    return [
        DeviceOut(
            id=device.id,
            name=name_device(device.user_agent),
            signed_in_at=device.signed_in_at,
            last_seen_at=device.last_seen_at,
            is_this_one=device.is_this_one,
        )
        for device in devices
    ]


@router.delete("/account/devices/{uuid:device_id}", response={204: None}, summary="Sign out a device")
def sign_out_device(request: PatientRequest, device_id: UUID) -> tuple[int, None]:
    """Ends the session of one device. Refusals: `unknown_device`."""
    revoke_device(device_id=device_id, account_id=UUID(request.auth.id), now=timezone.now())
    return 204, None


@router.get("/account/notifications", response=list[ChoiceShape], summary="What I am told, and how")
def list_my_choices(request: PatientRequest) -> list[ChoiceShape]:
    """Every topic over every channel. Codes and warnings about the account always come."""
    return [
        ChoiceShape(topic=choice.topic, channel=choice.channel, is_wanted=choice.is_wanted)
        for choice in list_choices(account_id=UUID(request.auth.id))
    ]


@router.put("/account/notifications", response=list[ChoiceShape], summary="Choose what I am told")
def choose_notifications(request: PatientRequest, body: ChoicesIn) -> list[ChoiceShape]:
    """Keeps what was chosen; the rest stays."""
    set_choices(
        account_id=UUID(request.auth.id),
        choices=[Choice(topic=c.topic, channel=c.channel, is_wanted=c.is_wanted) for c in body.choices],
        actor=request.auth,
        now=timezone.now(),
    )
    return list_my_choices(request)
