"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownMessage(Refusal):
    """No such message, or none of this laboratory's analyzers."""

    code = "unknown_message"
    status = 404
    text = _("We could not find this message.")


class MessageSettled(Refusal):
    """Somebody linked the message or set it aside meanwhile."""

    code = "message_settled"
    status = 409
    text = _("Somebody has dealt with this message meanwhile. Nothing was changed.")


class MessageNotReadable(Refusal):
    """A message without results cannot be linked."""

    code = "message_not_readable"
    status = 422
    text = _("This message holds no results that could be linked. Enter them by hand and set it aside.")


class ReasonMissing(Refusal):
    """A message that is set aside says why."""

    code = "message_reason_missing"
    status = 422
    text = _("Say why the message is set aside.")


class NotForLaboratory(Refusal):
    """Only the laboratory of the analyzer's campus sees its messages."""

    code = "not_for_laboratory"
    status = 403
    text = _("Only the laboratory staff of this campus can do this.")
