"""/api/sign-in: e-mail and a one-time code (A01)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hospital.accounts.api import refresh_session, revoke_all_sessions, revoke_session, sign_in_with_code
from hospital.accounts.types import TokenPair
from hospital.patient_api.account_schemas import RefreshRequest
from hospital.patient_api.authentication import bearer_token, client_address, request_id
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import CodeRequest, SignedInAnswer, SignInRequest
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
    """Opens a session; the first sign-in makes the account. Refusals: `wrong_code`, `bad_address`.

    `token` is good for `expires_in` seconds, then `/sign-in/refresh` gives the next. The session ends 30 days after
    the last refresh.
    """
    session = sign_in_with_code(
        email=body.email,
        code=body.code,
        language=body.language,
        user_agent=request.headers.get("User-Agent", ""),
        now=timezone.now(),
        ip=client_address(request),
        request_id=request_id(request),
    )
    return signed_in_answer(session.tokens, is_new_account=session.is_new_account)


@router.post("/sign-in/refresh", response=SignedInAnswer, auth=None, summary="Get the next token")
def refresh(request: HttpRequest, body: RefreshRequest) -> SignedInAnswer:
    """Spends the refresh token and returns the next pair; the tokens before stop working.

    Sent twice within 30 seconds it returns the same pair. A refresh token that comes back later ends the whole
    session. Refusals: `not_signed_in`.
    """
    tokens = refresh_session(
        refresh_token=body.refresh_token,
        now=timezone.now(),
        ip=client_address(request),
        request_id=request_id(request),
    )
    return signed_in_answer(tokens, is_new_account=False)


def signed_in_answer(tokens: TokenPair, *, is_new_account: bool) -> SignedInAnswer:
    """The tokens as the API sends them."""
    return SignedInAnswer(
        token=tokens.access,
        refresh_token=tokens.refresh,
        expires_in=int(tokens.life.total_seconds()),
        is_new_account=is_new_account,
    )


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
