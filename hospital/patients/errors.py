"""Refusals about people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal

_FIELD_NAMES = {
    "name": _("full name"),
    "sex": _("sex"),
    "birth_date": _("date of birth"),
    "nationality": _("nationality"),
    "document": _("identity document"),
    "email": _("e-mail address"),
    "phone": _("phone number"),
    "relation": _("relation to you"),
    "insurer": _("insurer"),
    "member_number": _("member number"),
    "valid_to": _("valid to"),
}


class UnknownPerson(Refusal):
    """No such person, or none that this account may act for."""

    code = "unknown_person"
    status = 404
    text = _("We could not find this person among the people you look after.")


class NoCareRelation(Refusal):
    """The member of staff has no part in the care of this person."""

    code = "no_care_relation"
    status = 403
    text = _(
        "Your campus is not looking after this patient, so the record stays closed. "
        "In an emergency a doctor or nurse can open it by giving a reason, which is logged."
    )


class NotClinical(Refusal):
    """Only doctors and nurses open a record in an emergency."""

    code = "not_clinical"
    status = 403
    text = _("Only doctors and nurses can open a record in an emergency. Please ask one of them.")


class ReasonNeeded(Refusal):
    """Emergency access and unmasking want a reason in words."""

    code = "reason_needed"
    status = 422
    text = _("Say why, in at least 10 characters. The reason is logged.")


class DocumentTaken(Refusal):
    """The document belongs to somebody in the index already."""

    code = "document_taken"
    status = 409
    text = _(
        "This document is already on file for a patient, so nothing was added. If it is yours or your family's, ask "
        "for the record to be linked to your account."
    )


class IncompletePerson(Refusal):
    """A name, birth date, sex or document is missing or impossible."""

    code = "incomplete_person"
    status = 422
    text = _("Please check: %(fields)s.")

    @property
    def message(self) -> str:
        """The text with the fields by their names."""
        fields = [str(_FIELD_NAMES[field]) for field in str(self.facts["fields"]).split(", ")]
        return str(self.text) % {"fields": gettext(", ").join(fields)}


class AlreadyLinked(Refusal):
    """The account acts for this person already."""

    code = "already_linked"
    status = 409
    text = _("This person is already on your list.")


class SelfTaken(Refusal):
    """An account has one person who is its owner."""

    code = "self_taken"
    status = 409
    text = _("You have added yourself already. Please choose what this person is to you.")


class GuardianNeeded(Refusal):
    """A person under 18 is added by an adult who looks after them."""

    code = "guardian_needed"
    status = 422
    text = _("A person under 18 is added by a parent or guardian. Please choose child, or another relation.")


class GuardianConsentNeeded(Refusal):
    """Data of a child under 14 are taken with a guardian's consent alone."""

    code = "guardian_consent_needed"
    status = 422
    text = _("For a child under 14 we need the consent of a parent or guardian. Nothing was saved.")


class TooManyPeople(Refusal):
    """An account acts for a family, not for a crowd."""

    code = "too_many_people"
    status = 409
    text = _("An account can look after %(limit)s people. Take somebody off the list first, or ask the desk.")


class TooManyTries(Refusal):
    """Documents that belong to somebody else were tried too often."""

    code = "too_many_tries"
    status = 429
    text = _("You have tried this too often. Please try again tomorrow, or come to the registration desk.")


class RecordsClosed(Refusal):
    """The account may book and pay for this adult, but has not shown that they agreed to more."""

    code = "records_closed"
    status = 403
    text = _("This adult has not agreed yet that you see their reports. Send us their agreement, or ask the desk.")


class UnknownDocument(Refusal):
    """No such document of this person."""

    code = "unknown_document"
    status = 404
    text = _("We could not find this document among those of the person.")


class LastDocument(Refusal):
    """A person keeps one document at least."""

    code = "last_document"
    status = 409
    text = _("This is the only document. Add another one first.")


class UnknownProof(Refusal):
    """No such proof, or its file is gone because it was decided."""

    code = "unknown_proof"
    status = 404
    text = _("This proof is not there any more.")


class ProofDecided(Refusal):
    """Somebody else was faster."""

    code = "proof_decided"
    status = 409
    text = _("This proof has been decided already.")


class UnknownInsuranceCard(Refusal):
    """No such card of this person."""

    code = "unknown_insurance_card"
    status = 404
    text = _("We could not find this insurance card.")


class UnknownClaim(Refusal):
    """No such claim of this account."""

    code = "unknown_claim"
    status = 404
    text = _("We could not find this request.")


class ClaimOpen(Refusal):
    """The account has asked for this record already."""

    code = "claim_open"
    status = 409
    text = _("You have asked for this record already. The request is open.")


class ClaimEnded(Refusal):
    """The claim was decided, withdrawn, or its time ran out."""

    code = "claim_ended"
    status = 409
    text = _("This request has ended.")


class NoCodePossible(Refusal):
    """There is no contact on file to which a code could go, or all codes are used up."""

    code = "no_code_possible"
    status = 409
    text = _("We cannot send a code for this request. Please show the document at the registration desk.")


class WrongClaimCode(Refusal):
    """The code does not match, is old, or was tried too often."""

    code = "wrong_claim_code"
    status = 422
    text = _("This code does not match or is too old. Please check it, or ask for a new one.")


class ClaimCodeSentRecently(Refusal):
    """A code was sent less than a minute ago."""

    code = "claim_code_sent_recently"
    status = 429
    text = _("We sent a code a moment ago. You can ask for another one in %(seconds)s seconds.")


class ReasonUnknown(Refusal):
    """A refusal at the desk has one of the listed reasons."""

    code = "reason_unknown"
    status = 422
    text = _("Choose why it is refused.")


class RecordNotChosen(Refusal):
    """A claim is accepted for one record of the index."""

    code = "record_not_chosen"
    status = 422
    text = _("Choose the record that belongs to this person.")


class BadBodyFacts(Refusal):
    """A weight or a due day that cannot be."""

    code = "bad_body_facts"
    status = 422
    text = _("Enter a weight between 0.3 and 400 kg, and a due day within the next 42 weeks.")


class NotRecorder(Refusal):
    """What prescribing has to know of a patient is recorded by those who ask and measure."""

    code = "not_recorder"
    status = 403
    text = _("Doctors and nurses record this. Please tell one of them.")


class BadAllergy(Refusal):
    """A substance or a reaction is missing."""

    code = "bad_allergy"
    status = 422
    text = _("Choose the substance, or write it in Chinese and in English, and choose the reaction.")


class AllergyKnownAlready(Refusal):
    """The same substance stands on the list."""

    code = "allergy_known_already"
    status = 409
    text = _("%(substance)s is on the list already.")


class UnknownAllergy(Refusal):
    """No such allergy on this person's list."""

    code = "unknown_allergy"
    status = 404
    text = _("This allergy is no longer on the list.")


class HasAllergies(Refusal):
    """Somebody with allergies on the list has known ones."""

    code = "has_allergies"
    status = 409
    text = _("Allergies are on the list. Strike out what is wrong first.")


class NotRegistrar(Refusal):
    """Proofs and claims are decided at the registration desk."""

    code = "not_registrar"
    status = 403
    text = _("Only the registration desk can decide this.")
