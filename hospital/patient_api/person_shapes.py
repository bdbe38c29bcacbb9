"""From the values of `patients` to what the API answers."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, cast

from hospital.patient_api.people_schemas import (
    ClaimOut,
    DocumentOut,
    DocumentWarningOut,
    InsuranceCardOut,
    PersonOut,
    ProofOut,
)
from hospital.patient_api.schemas import Text
from hospital.patient_api.texts import both
from hospital.patients.api import REFUSAL_TEXTS, display_name, expiry_of, latin_parts, warning_text
from hospital.patients.types import (
    ClaimCard,
    IdentifierCard,
    InsuranceCardView,
    LinkedPerson,
    ProofCard,
    ProofKind,
    RefusalReason,
)


def person_out(linked: LinkedPerson, *, language: str, on: date) -> PersonOut:
    """A person of the list."""
    card = linked.person
    parts = latin_parts(card.name)
    of_documents = {proof.identifier_id: proof for proof in linked.proofs if proof.kind is ProofKind.DOCUMENT}
    of_relation = [proof for proof in linked.proofs if proof.kind is not ProofKind.DOCUMENT]
    latest = max(of_relation, key=lambda proof: proof.submitted_at, default=None)
    return PersonOut(
        id=card.id,
        relation=linked.relation,
        is_default=linked.is_default,
        family_name=parts.family,
        given_names=parts.given,
        chinese_name=card.name.chinese,
        display_name=display_name(card.name, language=language),
        sex=card.sex,
        birth_date=card.birth_date,
        nationality=card.nationality,
        is_minor=linked.is_minor,
        has_guardian_consent=linked.has_guardian_consent,
        are_records_open=linked.are_records_open,
        relation_proof=proof_out(latest) if latest else None,
        documents=[_document(item, proof=of_documents.get(item.id), on=on) for item in card.identifiers],
        record_numbers=card.mrns,
    )


def _document(item: IdentifierCard, *, proof: ProofCard | None, on: date) -> DocumentOut:
    return DocumentOut(
        id=item.id,
        type=item.type,
        issuer=item.issuer,
        masked_number=item.masked_number,
        valid_to=item.valid_to,
        expiry=expiry_of(item.valid_to, on=on),
        is_primary=item.is_primary,
        is_checked=item.verified_by != "NONE",
        proof=proof_out(proof) if proof else None,
        warnings=warnings_out(item.warnings),
    )


def warnings_out(codes: Iterable[str]) -> list[DocumentWarningOut]:
    """Warnings in the language that is active now."""
    return [DocumentWarningOut(code=code, text=warning_text(code)) for code in codes]


def proof_out(proof: ProofCard) -> ProofOut:
    """A proof."""
    return ProofOut(
        id=proof.id,
        kind=proof.kind,
        state=proof.state,
        reason=_reason(proof.reason),
        submitted_at=proof.submitted_at,
        decided_at=proof.decided_at,
    )


def _reason(reason: RefusalReason | None) -> Text | None:
    return both(REFUSAL_TEXTS[reason]) if reason else None


def insurance_card_out(card: InsuranceCardView, *, on: date) -> InsuranceCardOut:
    """An insurance card."""
    return InsuranceCardOut(
        id=card.id,
        insurer=card.insurer,
        plan=card.plan,
        masked_number=card.masked_number,
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        expiry=expiry_of(card.valid_to, on=on),
        has_picture=card.has_picture,
    )


def claim_out(claim: ClaimCard, *, language: str) -> ClaimOut:
    """A claim."""
    return ClaimOut(
        id=claim.id,
        state=claim.state.value,
        relation=claim.relation,
        document_type=claim.document_type,
        masked_number=claim.masked_number,
        name=display_name(claim.name, language=language),
        birth_date=claim.birth_date,
        reason=_reason(claim.reason),
        opened_at=claim.opened_at,
        expires_at=claim.expires_at,
        code_address=claim.masked_email,
        code_phone=claim.masked_phone,
        is_code_sent=claim.is_code_sent,
        code_sent_by=cast(Literal["EMAIL", "PHONE"], claim.code_sent_by) if claim.code_sent_by else None,
        person_id=claim.person_id,
    )
