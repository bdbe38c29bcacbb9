"""The glossary's pages: terms without English first, one term with what it said before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.documents.api import list_missing_english
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.desks import TRANSLATIONS
from hospital.staff_web.translations.views import translator
from hospital.translations.api import add_term, change_term, count_gaps, get_term, list_term_versions, list_terms
from hospital.translations.types import Term


@require_GET
@translator
def terms(request: HttpRequest) -> HttpResponse:
    """The terms that hold the words asked for."""
    return _list(request)


@require_POST
@translator
def add(request: HttpRequest) -> HttpResponse:
    """Puts a term into the glossary."""
    try:
        add_term(term=_term(request), note=request.POST.get("note", ""), actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        return _list(request, refusal=refusal)
    messages.success(request, _("Saved. Open translations are checked with it from now on."))
    return redirect("staff:glossary")


@require_http_methods(["GET", "POST"])
@translator
def term(request: HttpRequest, term_id: UUID) -> HttpResponse:
    """One term, and its change."""
    refusal: Refusal | None = None
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        try:
            change_term(
                term_id=term_id,
                term=_term(request),
                note=request.POST.get("note", ""),
                is_retired=request.POST.get("retired") == "1",
                revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
                actor=actor_of(request),
                now=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Saved. Open translations are checked with it from now on."))
            return redirect("staff:glossary")
    context = {
        "desk_code": TRANSLATIONS.code,
        "term": get_term(term_id=term_id),
        "versions": list_term_versions(term_id=term_id),
        "refusal": refusal,
    }
    return render(request, "staff_web/translations/term.html", context, status=refusal.status if refusal else 200)


def _list(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    words, only_gaps = request.GET.get("q", "")[:80], request.GET.get("gaps") == "1"
    context = {
        "desk_code": TRANSLATIONS.code,
        "terms": list_terms(words=words, only_gaps=only_gaps),
        "gaps": count_gaps(),
        "missing": list_missing_english(limit=8),
        "words": words,
        "only_gaps": only_gaps,
        "typed": request.POST,
        "refusal": refusal,
    }
    return render(request, "staff_web/translations/glossary.html", context, status=refusal.status if refusal else 200)


def _term(request: HttpRequest) -> Term:
    post = request.POST
    others = tuple(post.get("also_en", "").split(";"))
    return Term(post.get("zh", ""), post.get("en", ""), others, post.get("not_en", ""))
