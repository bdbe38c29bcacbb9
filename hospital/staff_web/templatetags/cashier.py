"""Words of the cashier's pages: `{% load cashier %}`."""

from django import template
from django.utils.translation import get_language

from hospital.billing.types import ChargeLine
from hospital.staff_web.cashier.bills import explain
from hospital.workflows.refund_reasons import read_reason

register = template.Library()


@register.filter
def explanation(line: ChargeLine) -> str:
    """Why the line has this price."""
    return explain(line)


@register.filter
def refund_reason(stored: str) -> str:
    """The reason of a refund in the page's language, with the explanation for the file."""
    word, text = read_reason(stored)
    said = word.in_language(get_language() or "en")
    return f"{said} · {text}" if text else said
