"""Refusals of the staff face."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class WrongRole(Refusal):
    """The member of staff does not hold a role of this desk at the campus where they work now (N14)."""

    code = "wrong_role"
    status = 403
    text = _("Your role at this campus does not open this desk. Ask a security administrator if you need it.")


class WrongPlace(Refusal):
    """A campus at which the member of staff holds no role."""

    code = "wrong_campus"
    status = 403
    text = _("You hold no role at this campus.")


class ReasonTooShort(Refusal):
    """A logged act needs a reason that says something."""

    code = "reason_too_short"
    status = 422
    text = _("Say why in at least %(least)s characters. The reason is logged.")
