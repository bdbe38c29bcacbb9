"""Refusals of tills."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class NothingToClose(Refusal):
    """No money moved since the last settlement."""

    code = "nothing_to_close"
    status = 409
    text = _("No money moved since your last settlement. There is nothing to close.")


class CashNotCounted(Refusal):
    """The cash in the drawer has to be counted, in whole notes and coins."""

    code = "cash_not_counted"
    status = 422
    text = _("Count the cash first: whole numbers of notes and coins.")


class CauseMissing(Refusal):
    """A difference above the tolerance needs a cause."""

    code = "cause_missing"
    status = 422
    text = _("The cash differs by ¥%(difference)s. Choose a cause; it stays with the settlement.")


class EntriesChanged(Refusal):
    """Money moved after the cashier saw what is being closed."""

    code = "entries_changed"
    status = 409
    text = _("Money moved since this page was opened. Look at the new sums, then sign.")


class ClosingUnknown(Refusal):
    """No such settlement, or not one of this campus."""

    code = "closing_unknown"
    status = 404
    text = _("We cannot find this daily settlement.")


class CheckedByCloser(Refusal):
    """Whoever signed a settlement does not check it."""

    code = "checked_by_closer"
    status = 403
    text = _("You signed this settlement yourself. Somebody else has to count again.")


class ClosingOutOfTurn(Refusal):
    """The settlement is not in the state that the act needs."""

    code = "closing_out_of_turn"
    status = 409
    text = _("This settlement cannot take that step now. Look at it again.")
