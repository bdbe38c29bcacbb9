"""Refusals of supply."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownSession(Refusal):
    """No such roster session."""

    code = "unknown_session"
    status = 404
    text = _("We could not find this clinic session.")
