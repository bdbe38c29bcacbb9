"""/api/sign-in: e-mail and a one-time code (A01)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hospital.accounts.api import get_account, revoke_all_sessions, revoke_session, sign_in_with_code
from hospital.patient_api.authentication import bearer_token
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import AccountAnswer, CodeRequest, SignedInAnswer, SignInRequest
from hospital.workflows.sign_in import send_sign_in_code

router = Router(tags=["Sign-in"])


@router.post("/sign-in/codes", response={204: None}, auth=None, summary="Mail me a code")
def request_code(request: HttpRequest, body: CodeRequest) -> tuple[int, None]:
    """Mails a six-digit code, valid for 10 minutes.

    Refusals: `bad_address`, `code_sent_recently`, `too_many_wrong_codes`.
    """
    send_sign_in_code(email=body.email, language=body.language, now=timezone.now())
    return 204, None


@router.post("/sign-in", response=SignedInAnswer, auth=None, summary="Sign in with the code")
def sign_in(request: HttpRequest, body: SignInRequest) -> SignedInAnswer:
    """Opens a session of 30 days; the first sign-in makes the account. Refusals: `wrong_code`, `bad_address`."""
    session = sign_in_with_code(
        email=body.email,
        code=body.code,
        language=body.language,
        user_agent=request.headers.get("User-Agent", ""),
        now=timezone.now(),
    )
    return SignedInAnswer(token=session.token, is_new_account=session.is_new_account)


@router.post("/sign-out", response={204: None}, summary="Sign out this device")
def sign_out(request: PatientRequest) -> tuple[int, None]:
    """Ends the session of the token used."""
    revoke_session(token=bearer_token(request), now=timezone.now())
    return 204, None


@router.post("/sign-out/all", response={204: None}, summary="Sign out everywhere")
def sign_out_everywhere(request: PatientRequest) -> HttpResponse | tuple[int, None]:
    """Ends every session of the account."""
    revoke_all_sessions(account_id=UUID(request.auth.id), now=timezone.now())
    return 204, None


@router.get("/account", response=AccountAnswer, summary="My account")
def read_account(request: PatientRequest) -> AccountAnswer:
    """The signed-in account."""
    account = get_account(account_id=UUID(request.auth.id))
    return AccountAnswer(id=account.id, email=account.email, phone=account.phone, language=account.language)
