"""Refusals about people."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


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
        "You have no part in this patient's care at your campus, so the record stays closed. "
        "In an emergency you can open it by giving a reason, which is logged."
    )


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
        "This document is already on file for a patient. Nothing was added. Ask the registration desk to link that "
        "record to you."
    )


class IncompletePerson(Refusal):
    """A name, birth date, sex or document is missing or impossible."""

    code = "incomplete_person"
    status = 422
    text = _("Please complete: %(fields)s.")


class AlreadyLinked(Refusal):
    """The account acts for this person already."""

    code = "already_linked"
    status = 409
    text = _("This person is already on your list.")
