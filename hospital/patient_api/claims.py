"""/api/people/claims: asking for a record that the hospital has already (A03, N10)."""

from uuid import UUID

from django.utils import timezone
from ninja import Router

from hospital.accounts.api import AddressKind
from hospital.patient_api.people_schemas import ClaimCodeIn, ClaimCodeRequest, ClaimIn, ClaimOut, CreatedOut
from hospital.patient_api.person_shapes import claim_out
from hospital.patient_api.problems import reader_language
from hospital.patient_api.requests import PatientRequest
from hospital.patients.api import get_claim, list_claims, open_claim, withdraw_claim
from hospital.patients.types import NewClaim, NewDocument
from hospital.workflows.claim_record import send_claim_code, verify_record

router = Router(tags=["People"])


@router.get("/people/claims", response=list[ClaimOut], summary="Records I asked for")
def list_my_claims(request: PatientRequest) -> list[ClaimOut]:
    """Requests that are open or ended within thirty days, newest first."""
    language = reader_language(request)
    return [claim_out(claim, language=language) for claim in list_claims(actor=request.auth, now=timezone.now())]


@router.post("/people/claims", response={201: ClaimOut}, summary="Ask for a record")
def ask_for_record(request: PatientRequest, body: ClaimIn) -> tuple[int, ClaimOut]:
    """Opens a request; the answer does not tell whether there is such a record.

    Only who knows document, birth date and name gets `code_address`. Refusals: `incomplete_person`, `self_taken`,
    `guardian_needed`, `guardian_consent_needed`, `already_linked`, `claim_open`, `too_many_tries`.
    """
    actor, now = request.auth, timezone.now()
    new = NewClaim(
        document=NewDocument(**body.document.model_dump()),
        family_name=body.family_name,
        given_names=body.given_names,
        chinese_name=body.chinese_name,
        birth_date=body.birth_date,
        relation=body.relation,
        guardian_notice=body.guardian_notice,
        language=reader_language(request),
    )
    claim_id = open_claim(new=new, actor=actor, now=now)
    return 201, claim_out(get_claim(claim_id=claim_id, actor=actor, now=now), language=reader_language(request))


@router.post("/people/claims/{uuid:claim_id}/code", response={202: ClaimOut}, summary="Send me a code")
def ask_for_claim_code(
    request: PatientRequest, claim_id: UUID, body: ClaimCodeRequest | None = None
) -> tuple[int, ClaimOut]:
    """Sends a code to the e-mail address on file, or as a text message to the phone on file; three in all.

    Refusals: `unknown_claim`, `claim_ended`, `no_code_possible`, `claim_code_sent_recently`, `too_many_texts`.
    """
    actor, now = request.auth, timezone.now()
    kind = AddressKind(body.by if body else "EMAIL")
    send_claim_code(claim_id=claim_id, kind=kind, actor=actor, now=now)
    claim = get_claim(claim_id=claim_id, actor=actor, now=now)
    return 202, claim_out(claim, language=reader_language(request))


@router.post("/people/claims/{uuid:claim_id}/verify", response=CreatedOut, summary="Answer with the code")
def answer_claim_code(request: PatientRequest, claim_id: UUID, body: ClaimCodeIn) -> CreatedOut:
    """Gives the person. Refusals: `unknown_claim`, `claim_ended`, `wrong_claim_code`, `already_linked`, `self_taken`,
    `too_many_people`."""
    return CreatedOut(id=verify_record(claim_id=claim_id, code=body.code, actor=request.auth, now=timezone.now()))


@router.delete("/people/claims/{uuid:claim_id}", response={204: None}, summary="Withdraw a request")
def withdraw_my_claim(request: PatientRequest, claim_id: UUID) -> tuple[int, None]:
    """Refusals: `unknown_claim`, `claim_ended`."""
    withdraw_claim(claim_id=claim_id, actor=request.auth, now=timezone.now())
    return 204, None
