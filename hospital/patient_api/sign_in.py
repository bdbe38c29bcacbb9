"""/api/sign-in: a code, a password or WeChat; the next token; signing out (A01, W19)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hospital.accounts.api import (
    CodePurpose,
    refresh_session,
    revoke_all_sessions,
    revoke_session,
    sign_in_with_password,
)
from hospital.accounts.types import TokenPair, Visitor
from hospital.consents.types import ConsentFacts
from hospital.patient_api.account_schemas import (
    CodeRequest,
    NewAccountIn,
    PasswordReset,
    PasswordSignIn,
    RefreshRequest,
    SignedInAnswer,
    SignInRequest,
    WechatSignIn,
)
from hospital.patient_api.authentication import bearer_token, client_address, request_id
from hospital.patient_api.requests import PatientRequest
from hospital.workflows.keep_account import reset_password
from hospital.workflows.sign_in import send_code, sign_in_with_code, sign_in_with_wechat

router = Router(tags=["Sign-in"])


@router.post("/sign-in/codes", response={204: None}, auth=None, summary="Send me a code")
def request_code(request: HttpRequest, body: CodeRequest) -> tuple[int, None]:
    """Sends a six-digit code, valid for 10 minutes, by mail or text message.

    Refusals: `bad_address`, `bad_phone`, `code_sent_recently`, `too_many_wrong_codes`, `too_many_texts`.
    """
    send_code(
        address=body.address,
        language=body.language,
        ip=client_address(request),
        purpose=CodePurpose(body.purpose),
        now=timezone.now(),
    )
    return 204, None


@router.post("/sign-in", response=SignedInAnswer, auth=None, summary="Sign in with the code")
def sign_in(request: HttpRequest, body: SignInRequest) -> SignedInAnswer:
    """Opens a session; the first sign-in makes the account and records the consent to the privacy notice.

    `token` is good for `expires_in` seconds, then `/sign-in/refresh` gives the next. The session ends 30 days after
    the last refresh. Refusals: `wrong_code`, `bad_address`, `bad_phone`, `account_closed`, `privacy_consent_needed` (a
    new account without `privacy_notice`, or with an older version; the code stays good).
    """
    signed_in = sign_in_with_code(
        address=body.address,
        code=body.code,
        language=body.language,
        visitor=visitor_of(request),
        notice=_consent_of(request, body),
        now=timezone.now(),
    )
    return _answer(signed_in.tokens, is_new_account=signed_in.is_new_account)


@router.post("/sign-in/password", response=SignedInAnswer, auth=None, summary="Sign in with a password")
def sign_in_by_password(request: HttpRequest, body: PasswordSignIn) -> SignedInAnswer:
    """Opens a session. Refusals: `wrong_password`, `password_locked`, `bad_address`, `bad_phone`."""
    signed_in = sign_in_with_password(
        address=body.address, password=body.password, visitor=visitor_of(request), now=timezone.now()
    )
    return _answer(signed_in.tokens, is_new_account=False)


@router.post("/sign-in/password/reset", response=SignedInAnswer, auth=None, summary="Forgot the password")
def reset_my_password(request: HttpRequest, body: PasswordReset) -> SignedInAnswer:
    """Sets a new password with a code of purpose RESET_PASSWORD, signs out everywhere and opens a session.

    Refusals: `wrong_code`, `weak_password`, `no_account_here`, `bad_address`, `bad_phone`.
    """
    signed_in = reset_password(
        address=body.address,
        code=body.code,
        new=body.new_password,
        visitor=visitor_of(request),
        now=timezone.now(),
    )
    return _answer(signed_in.tokens, is_new_account=False)


@router.post("/sign-in/wechat", response=SignedInAnswer, auth=None, summary="Sign in with WeChat")
def sign_in_by_wechat(request: HttpRequest, body: WechatSignIn) -> SignedInAnswer:
    """Opens a session with what `wx.login` gave; the first sign-in makes an account.

    Refusals: `wechat_code_invalid`, `wechat_busy`, `wechat_unavailable`, `account_closed`, `privacy_consent_needed`
    (ask for the consent, call `wx.login` again: the code is spent).
    """
    signed_in = sign_in_with_wechat(
        code=body.code,
        language=body.language,
        visitor=visitor_of(request),
        notice=_consent_of(request, body),
        now=timezone.now(),
    )
    return _answer(signed_in.tokens, is_new_account=signed_in.is_new_account)


@router.post("/sign-in/refresh", response=SignedInAnswer, auth=None, summary="Get the next token")
def refresh(request: HttpRequest, body: RefreshRequest) -> SignedInAnswer:
    """Spends the refresh token and returns the next pair; the tokens before stop working.

    Sent twice within 30 seconds it returns the same pair. A refresh token that comes back later ends the whole
    session. Refusals: `not_signed_in`.
    """
    visitor = visitor_of(request)
    tokens = refresh_session(
        refresh_token=body.refresh_token, now=timezone.now(), ip=visitor.ip, request_id=visitor.request_id
    )
    return _answer(tokens, is_new_account=False)


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


def visitor_of(request: HttpRequest) -> Visitor:
    """From where the request came."""
    return Visitor(
        user_agent=str(request.META.get("HTTP_USER_AGENT", "")),
        ip=client_address(request),
        request_id=request_id(request),
    )


def _consent_of(request: HttpRequest, body: NewAccountIn) -> ConsentFacts | None:
    if body.privacy_notice is None:
        return None
    return ConsentFacts(version=body.privacy_notice, language=body.language, ip=client_address(request))


def _answer(tokens: TokenPair, *, is_new_account: bool) -> SignedInAnswer:
    return SignedInAnswer(
        token=tokens.access,
        refresh_token=tokens.refresh,
        expires_in=int(tokens.life.total_seconds()),
        is_new_account=is_new_account,
    )
