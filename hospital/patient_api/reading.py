"""Public pages of the API: kept for a minute by whoever read them, and asked for again by their tag."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers, set_response_etag
from django.utils.translation.trans_real import parse_accept_lang_header

from hospital.publications.api import to_traditional

SECONDS = 60
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def for_everyone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives a public answer its `ETag` and lets it be kept for a minute; an unchanged one is 304 without a body."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        patch_vary_headers(response, ["Accept-Language"])
        patch_cache_control(response, public=True, max_age=SECONDS)
        set_response_etag(response)
        conditional = get_conditional_response(request, etag=response["ETag"], response=response)
        return conditional if isinstance(conditional, HttpResponse) else response

    return answered


def reads_traditional(request: HttpRequest | None) -> bool:
    """Whether the first Chinese that Accept-Language names is written in Traditional characters."""
    if request is None:
        return False
    for language, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if language.startswith("zh"):
            return language.startswith(_TRADITIONAL)
    return False


def in_script_of(request: HttpRequest | None, text: str) -> str:
    """A Chinese text in the characters that the reader asked for."""
    return to_traditional(text) if reads_traditional(request) else text
