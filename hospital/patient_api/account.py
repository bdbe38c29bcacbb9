"""/api/account: the signed-in account and its devices (A01, W19)."""

from uuid import UUID

from django.utils import timezone
from ninja import Router

from hospital.accounts.api import get_account, list_devices, revoke_device
from hospital.patient_api.account_schemas import DeviceOut
from hospital.patient_api.authentication import bearer_token
from hospital.patient_api.device_names import name_device
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import AccountAnswer

router = Router(tags=["Account"])


@router.get("/account", response=AccountAnswer, summary="My account")
def read_account(request: PatientRequest) -> AccountAnswer:
    """The signed-in account."""
    account = get_account(account_id=UUID(request.auth.id))
    return AccountAnswer(id=account.id, email=account.email, phone=account.phone, language=account.language)


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
