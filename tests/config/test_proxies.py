"""Who asks is told by our own proxies only."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.proxies import CallerAddress


@pytest.mark.parametrize(
    ("count", "told", "address"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "10.0.0.2", "127.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "unknown", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_caller_is_who_asked_our_outermost_proxy(settings, count, told, address) -> None:
    settings.PROXY_COUNT = count
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told})
    CallerAddress(lambda _: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
