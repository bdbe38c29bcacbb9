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
        "This document is already on file for a patient, so nothing was added. The registration desk can link that "
        "record to your account."
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
