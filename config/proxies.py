"""The address of who asks, when proxies of ours stand in front."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class CallerAddress:
    """Puts the caller's address where everything looks for it (`REMOTE_ADDR`): lock-outs, limits, the audit trail.

    Each of our `IMC_PROXY_COUNT` proxies appends to X-Forwarded-For the address it was asked from. What stands before
    these entries was written by the caller and is never believed; with none of our proxies the header is not read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        count = settings.PROXY_COUNT
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if count and len(told) >= count and _is_address(told[-count]):
            request.META["REMOTE_ADDR"] = told[-count]
        return self._get_response(request)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
