"""The second pharmacist at the same desk, who signs with their own password (double control, N08)."""

from django.http import HttpRequest

from hospital.accounts.api import check_password, find_username, get_grants
from hospital.accounts.errors import SignInLocked, WrongSignIn
from hospital.kernel.actors import Actor, ActorKind
from hospital.staff_web.access import client_address
from hospital.staff_web.signin.views import note_failure


def read_witness(request: HttpRequest) -> Actor | None:
    """Who signed beside the one at the desk; None where nobody did. A wrong password counts as at the sign-in.

    Refuses with `WrongSignIn`, `SignInLocked`.
    """
    name, password = request.POST.get("witness", "").strip(), request.POST.get("witness_password", "")
    if not name:
        return None
    username = find_username(sign_in=name)
    try:
        user = check_password(request=request, username=username, password=password)
    except (SignInLocked, WrongSignIn) as refusal:
        note_failure(request, username=username, step="witness", refusal=refusal)
        raise
    return Actor(
        kind=ActorKind.STAFF,
        id=str(user.id),
        label=f"{user.name_en} {user.name_zh}",
        grants=get_grants(user_id=user.id),
        ip=client_address(request),
        request_id=getattr(request, "request_id", ""),
    )
