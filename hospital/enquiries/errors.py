"""Refusals of enquiries."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownEnquiry(Refusal):
    """No such enquiry or picture, or none of this account."""

    code = "unknown_enquiry"
    status = 404
    text = _("We could not find this message.")


class EnquiryEmpty(Refusal):
    """Nothing was written."""

    code = "enquiry_empty"
    status = 422
    text = _("Write a few words about it.")


class TooManyEnquiries(Refusal):
    """An account opens at most ten a day."""

    code = "too_many_enquiries"
    status = 429
    text = _("You have written %(limit)s times today. Add to one of your messages, or call us.")


class TooManyPictures(Refusal):
    """At most four pictures go with an enquiry."""

    code = "too_many_pictures"
    status = 409
    text = _("At most %(limit)s pictures go with a message.")


class NotServiceDesk(Refusal):
    """Only the service desk reads and answers."""

    code = "not_service_desk"
    status = 403
    text = _("Only the service desk can do this.")
