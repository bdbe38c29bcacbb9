"""A report that its patient shares by a link: a cover that tells nothing, the report, its paper.

Programs that preview links ask for the cover only: a look is noted once a person goes on from it.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hospital.documents.types import PaperLanguage
from hospital.kernel.errors import Refusal
from hospital.results.types import Flag, ValueView
from hospital.workflows.shared_report import (
    Reader,
    SharedReport,
    check_shared_report,
    open_shared_report,
    print_shared_report,
)

_LANGUAGES = {"zh": "zh-hans", "en": "en"}
_FLAGS = {
    Flag.HIGH: ("↑", _("High")),
    Flag.LOW: ("↓", _("Low")),
    Flag.CRITICAL_HIGH: ("↑↑", _("Far too high")),
    Flag.CRITICAL_LOW: ("↓↓", _("Far too low")),
    Flag.ABNORMAL: ("!", _("Abnormal")),
}
_PAPERS = {"zh-hans": PaperLanguage.ZH, "en": PaperLanguage.EN}


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In the browser's language unless the switch (`lang`) chose one; refusals as one page; kept and passed on by
    nobody."""

    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        language = _LANGUAGES.get(request.GET.get("lang", ""), translation.get_language() or "en")
        with translation.override(language):
            try:
                response = view(request, token[:64])
            except Refusal as refusal:
                response = _page(request, "closed.html", token=token[:64], refusal=refusal, status=refusal.status)
        response["Content-Language"] = "zh-CN" if language.startswith("zh") else "en"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(require_safe(answered))


@_public
def show_cover(request: HttpRequest, token: str) -> HttpResponse:
    """Says that there is a report, and nothing of it; 404 for every link that does not work."""
    share = check_shared_report(token=token, now=timezone.now())
    return _page(request, "cover.html", token=token, share=share)


@_public
def show_report(request: HttpRequest, token: str) -> HttpResponse:
    """The report as a page; the look is noted. HEAD is no look and gets the cover's answer."""
    now = timezone.now()
    if request.method == "HEAD":
        check_shared_report(token=token, now=now)
        return HttpResponse()
    report = open_shared_report(token=token, reader=_reader(request), now=now)
    template = "laboratory.html" if report.lab else "examination.html"
    return _page(request, template, token=token, share=report.share, **_facts(report))


@_public
def show_paper(request: HttpRequest, token: str) -> HttpResponse:
    """The paper in the language of the page; the look is noted."""
    now = timezone.now()
    if request.method == "HEAD":
        check_shared_report(token=token, now=now)
        return HttpResponse(content_type="application/pdf")
    paper = print_shared_report(token=token, language=_PAPERS[_language()], reader=_reader(request), now=now)
    disposition = f'inline; filename="{paper.filename}"'
    return HttpResponse(paper.pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _reader(request: HttpRequest) -> Reader:
    return Reader(
        ip=str(request.META.get("REMOTE_ADDR", "")),
        user_agent=request.headers.get("User-Agent", ""),
        request_id=str(getattr(request, "request_id", "")),
    )


def _language() -> str:
    return "zh-hans" if (translation.get_language() or "en").startswith("zh") else "en"


def _page(request: HttpRequest, template: str, *, token: str, status: int = 200, **facts: Any) -> HttpResponse:
    is_zh = _language() == "zh-hans"
    code, other = ("zh", "en") if is_zh else ("en", "zh")
    here = request.path
    context = {
        "is_zh": is_zh,
        "report_address": f"{reverse('sharing:report', args=[token])}?lang={code}",
        "paper_address": f"{reverse('sharing:paper', args=[token])}?lang={code}",
        "other_address": f"{here}?lang={other}",
        **facts,
    }
    return render(request, f"sharing/{template}", context, status=status)


def _facts(report: SharedReport) -> Mapping[str, Any]:
    facts: dict[str, Any] = {"person": report.person, "visit": report.visit}
    if report.lab is not None:
        groups: dict[Any, list[dict[str, Any]]] = {}
        for value in report.lab.values:
            groups.setdefault(value.group, []).append(_row(value))
        facts["has_recognition"] = any(value.recognition.zh for value in report.lab.values)
        return facts | {"report": report.lab, "groups": groups.items(), "is_old": report.lab.state != "VERIFIED"}
    assert report.exam is not None
    return facts | {"report": report.exam, "is_old": not report.exam.is_current}


def _row(value: ValueView) -> dict[str, Any]:
    sign, word = _FLAGS.get(value.flag, ("", ""))
    return {"value": value, "sign": sign, "word": word}
