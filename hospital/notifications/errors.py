"""Refusals of the inbox."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownMessage(Refusal):
    """No such message in this inbox."""

    code = "unknown_message"
    status = 404
    text = _("We could not find this message.")
