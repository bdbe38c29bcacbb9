"""Codes that a phone scans."""

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def draw_code(address: str) -> SafeString:
    """The address of a payment page as a QR code."""
    picture = segno.make(address, error="m").svg_inline(border=2, omitsize=True, title=_("Payment page"))
    return mark_safe(picture)  # noqa: S308 — drawn here
