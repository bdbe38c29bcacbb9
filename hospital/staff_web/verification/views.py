"""The public check of a document: open to everybody, telling nothing but authenticity."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hospital.workflows.check_paper import check_paper

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


@never_cache
@require_safe
def show_verification(request: HttpRequest, number: str = "") -> HttpResponse:
    """The answer for `number` and the check code `k`, or the form where one of them is missing.

    Status and shape are the same for a wrong code and an unknown number. The language is the browser's unless the
    switch (`lang`) chose one; it is not remembered.
    """
    number = (number or request.GET.get("number", "")).strip()[:24]
    code = request.GET.get("k", "").strip()[:16]
    language = _LANGUAGES.get(request.GET.get("lang", ""), translation.get_language() or "en")
    with translation.override(language):
        checked = check_paper(number=number, check_code=code) if number and code else None
        context = {
            "number": number,
            "code": code,
            "answer": checked.verification if checked else None,
            "version": checked.version if checked else 0,
            "standing": checked.standing if checked else None,
            "is_zh": language.startswith("zh"),
            "other_address": _address(number=number, code=code, language="en" if language.startswith("zh") else "zh"),
            "form_address": reverse("verification:form"),
            "language_code": "zh" if language.startswith("zh") else "en",
        }
        response = render(request, "verification/verify.html", context)
    response["Content-Language"] = "zh-CN" if context["is_zh"] else "en"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _address(*, number: str, code: str, language: str) -> str:
    """This page in another language."""
    here = reverse("verification:document", args=[number]) if number else reverse("verification:form")
    return f"{here}?{urlencode({'k': code, 'lang': language} if code else {'lang': language})}"
