"""/api/notices, /api/account/consents and the rights over one's own data (A01, W19, N14)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router

from hospital.accounts.api import get_account
from hospital.consents import api as consents
from hospital.consents.types import (
    ConsentFacts,
    ConsentState,
    CorrectionCard,
    DataCopyCard,
    Notice,
    Purpose,
)
from hospital.kernel.clock import local_day
from hospital.patient_api.account_schemas import (
    ConsentIn,
    ConsentOut,
    CorrectionIn,
    CorrectionOut,
    DataCopyOut,
    DeletionIn,
    DeletionOut,
    DownloadLinkOut,
    NoticeOut,
)
from hospital.patient_api.authentication import client_address
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.texts import both, text
from hospital.workflows.close_account import close_account, list_obstacles, send_closing_code

router = Router(tags=["My data"])

_GOES = (
    _("Your sign-in: e-mail address, phone, password, WeChat and every signed-in device"),
    _("Your list of people, notification choices and consents"),
    _("Your name in the app"),
)
_STAYS = (
    _("Medical records: outpatient for at least 15 years, inpatient for at least 30 years after the last visit"),
    _("Bills and payments, as the accounting law asks"),
    _("The record of what you agreed to, for at least 3 years, and of who looked at your data"),
)


@router.get("/notices", response=list[NoticeOut], auth=None, summary="Texts to agree to")
def list_texts(request: HttpRequest) -> list[NoticeOut]:
    """The privacy notice and the separate consents, in the versions of today."""
    return [_notice(notice) for notice in consents.list_notices(on=local_day(timezone.now()))]


@router.get("/notices/{purpose}", response=NoticeOut, auth=None, summary="One text to agree to")
def read_text(request: HttpRequest, purpose: Purpose) -> NoticeOut:
    """The version of today."""
    return _notice(consents.get_notice(purpose=purpose, on=local_day(timezone.now())))


@router.get("/account/consents", response=list[ConsentOut], summary="What I agreed to")
def list_my_consents(request: PatientRequest) -> list[ConsentOut]:
    """Each consent with its text of today. Those for a child are given where the child is added."""
    states = consents.list_consents(account_id=UUID(request.auth.id), now=timezone.now())
    return [_consent(state) for state in states]


@router.post("/account/consents/{purpose}", response=list[ConsentOut], summary="Agree")
def give_my_consent(request: PatientRequest, purpose: Purpose, body: ConsentIn) -> list[ConsentOut]:
    """Refusals: `notice_outdated` (`facts.version` is the one to read)."""
    consents.give_consent(
        account_id=UUID(request.auth.id),
        purpose=purpose,
        facts=ConsentFacts(version=body.version, language=body.language, ip=client_address(request)),
        actor=request.auth,
        now=timezone.now(),
    )
    return list_my_consents(request)


@router.delete("/account/consents/{purpose}", response=list[ConsentOut], summary="Withdraw a consent")
def withdraw_my_consent(request: PatientRequest, purpose: Purpose) -> list[ConsentOut]:
    """From now on; a second time changes nothing. Refusals: `consent_ends_with_account`."""
    consents.withdraw_consent(account_id=UUID(request.auth.id), purpose=purpose, actor=request.auth, now=timezone.now())
    return list_my_consents(request)


@router.get("/account/data-copies", response=list[DataCopyOut], summary="Copies of my data")
def list_my_data_copies(request: PatientRequest) -> list[DataCopyOut]:
    """The newest first."""
    cards = consents.list_data_copies(account_id=UUID(request.auth.id), now=timezone.now())
    return [_data_copy(card) for card in cards]


@router.post("/account/data-copies", response={201: DataCopyOut}, summary="Ask for a copy of my data")
def request_my_data_copy(request: PatientRequest) -> tuple[int, DataCopyOut]:
    """The worker builds it; it can be taken once, within seven days. Refusals: `data_copy_running`."""
    card = consents.request_data_copy(account_id=UUID(request.auth.id), actor=request.auth, now=timezone.now())
    return 201, _data_copy(card)


@router.post("/account/data-copies/{uuid:copy_id}/link", response=DownloadLinkOut, summary="A link to download it")
def open_my_data_copy(request: PatientRequest, copy_id: UUID) -> DownloadLinkOut:
    """Works once, for ten minutes. Refusals: `unknown_data_copy`."""
    secret = consents.open_link(
        copy_id=copy_id, account_id=UUID(request.auth.id), actor=request.auth, now=timezone.now()
    )
    return DownloadLinkOut(path=f"/api/data-copies/{secret}")


@router.get("/data-copies/{secret}", auth=None, summary="Download a copy", include_in_schema=False)
def take_data_copy(request: HttpRequest, secret: str) -> HttpResponse:
    """The ZIP, once. Refusals: `unknown_data_copy`."""
    content = consents.take_data_copy(secret=secret, now=timezone.now())
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="imc-my-data.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


@router.get("/account/corrections", response=list[CorrectionOut], summary="Corrections I asked for")
def list_my_corrections(request: PatientRequest) -> list[CorrectionOut]:
    """The newest first."""
    return [_correction(card) for card in consents.list_corrections(account_id=UUID(request.auth.id))]


@router.post("/account/corrections", response={201: CorrectionOut}, summary="Ask for a correction")
def request_my_correction(request: PatientRequest, body: CorrectionIn) -> tuple[int, CorrectionOut]:
    """Refusals: `too_many_corrections`."""
    card = consents.request_correction(
        account_id=UUID(request.auth.id), text=body.text, actor=request.auth, now=timezone.now()
    )
    return 201, _correction(card)


@router.get("/account/deletion", response=DeletionOut, summary="What deleting my account means")
def read_deletion(request: PatientRequest) -> DeletionOut:
    """What is in the way, what goes and what the law keeps."""
    obstacles = list_obstacles(actor=request.auth, now=timezone.now())
    account = get_account(account_id=UUID(request.auth.id))
    return DeletionOut(
        open_bills=obstacles.open_bills,
        coming_appointments=obstacles.coming_appointments,
        masked_address=_mask(account.email or account.phone),
        goes=[both(message) for message in _GOES],
        stays=[both(message) for message in _STAYS],
    )


@router.post("/account/deletion/code", response={204: None}, summary="Send me the code to delete my account")
def request_deletion_code(request: PatientRequest) -> tuple[int, None]:
    """Goes to the account's own address. Refusals: `code_sent_recently`, `account_has_no_address`,
    `too_many_texts`."""
    send_closing_code(account_id=UUID(request.auth.id), ip=request.auth.ip, now=timezone.now())
    return 204, None


@router.post("/account/deletion", response={204: None}, summary="Delete my account")
def delete_my_account(request: PatientRequest, body: DeletionIn) -> tuple[int, None]:
    """At once. Refusals: `account_in_use` (pay, or cancel), `wrong_code`, `account_has_no_address`."""
    close_account(code=body.code, actor=request.auth, now=timezone.now())
    return 204, None


def _mask(address: str) -> str:
    """Enough to recognize one's own address."""
    name, at, host = address.partition("@")
    return f"{name[:2]}•••@{host}" if at else f"{address[:3]}•••{address[-3:]}" if address else ""


def _notice(notice: Notice) -> NoticeOut:
    return NoticeOut(
        purpose=notice.purpose,
        version=notice.version,
        valid_from=notice.valid_from,
        title=text(notice.title),
        summary=text(notice.summary),
        body=text(notice.body),
        hash=notice.hash,
    )


def _consent(state: ConsentState) -> ConsentOut:
    return ConsentOut(
        purpose=state.purpose,
        notice=_notice(state.notice),
        is_given=state.is_given,
        is_due=state.is_due,
        is_required=state.purpose is Purpose.PRIVACY,
        given_version=state.given_version,
        given_at=state.given_at,
        withdrawn_at=state.withdrawn_at,
    )


def _data_copy(card: DataCopyCard) -> DataCopyOut:
    return DataCopyOut(
        id=card.id,
        state=card.state,
        requested_at=card.requested_at,
        ready_at=card.ready_at,
        expires_at=card.expires_at,
        size=card.size,
    )


def _correction(card: CorrectionCard) -> CorrectionOut:
    return CorrectionOut(
        id=card.id,
        text=card.text,
        state=card.state,
        answer=text(card.answer) if card.answer.zh else None,
        requested_at=card.requested_at,
        answered_at=card.answered_at,
    )
