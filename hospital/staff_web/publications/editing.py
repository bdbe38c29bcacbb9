"""One article: writing, publishing, scheduling, withdrawing."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hospital.publications.api import (
    add_picture,
    get_article,
    list_history,
    publish_article,
    save_article,
    withdraw_article,
)
from hospital.publications.errors import (
    AlreadyTold,
    ArticleChanged,
    EnglishNotReady,
    NothingToTell,
    ShownFromPast,
    UnfitText,
)
from hospital.publications.states import TranslationStatus
from hospital.publications.types import ArticleKind, EditedArticle
from hospital.staff_web.access import actor_of
from hospital.staff_web.errors import ReasonTooShort
from hospital.staff_web.publications.differences import list_differences
from hospital.staff_web.publications.forms import ArticleForm, ReleaseForm, initial_of
from hospital.staff_web.publications.listing import desk_context, editor
from hospital.staff_web.publications.preview import preview_of
from hospital.staff_web.publications.words import KINDS, STATES, STATUSES
from hospital.workflows.tell_readers import count_readers, tell_readers

LEAST_REASON = 4


@require_http_methods(["GET", "POST"])
@editor
def article(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The editor of an article. A POST saves what changed, then publishes or schedules when its button says so."""
    now = timezone.now()
    opened = get_article(actor=actor_of(request), article_id=article_id, now=now)
    if request.method != "POST":
        form = ArticleForm(kind=opened.row.kind, initial=initial_of(opened.content, version=opened.version))
        return _page(request, opened, form=form, release=ReleaseForm(), now=now)
    form = ArticleForm(request.POST, request.FILES, kind=opened.row.kind)
    release = ReleaseForm(request.POST)
    if not (form.is_valid() and release.is_valid()):
        return _page(request, opened, form=form, release=release, now=now, status=422)
    try:
        _carry_out(request, opened, form=form, release=release, now=now)
    except ArticleChanged as refusal:
        return _offer_comparison(request, opened, form=form, release=release, refusal=refusal)
    except UnfitText as refusal:
        form.add_error(str(refusal.facts["field"]), refusal.message)
    except (EnglishNotReady, ShownFromPast) as refusal:
        release.add_error("accepts_gap" if isinstance(refusal, EnglishNotReady) else "shown_from", refusal.message)
        # Saved it is: the page goes on from the new version.
        opened = get_article(actor=actor_of(request), article_id=article_id, now=now)
        form = ArticleForm(kind=opened.row.kind, initial=initial_of(opened.content, version=opened.version))
    else:
        return redirect("staff:publications_article", article_id=article_id)
    return _page(request, opened, form=form, release=release, now=now, status=422)


def _carry_out(
    request: HttpRequest, opened: EditedArticle, *, form: ArticleForm, release: ReleaseForm, now: datetime
) -> None:
    actor = actor_of(request)
    picture_id = form.cleaned_data["picture_id"]
    if "without_picture" in request.POST:
        picture_id = None
    if form.cleaned_data["picture"]:
        data = form.cleaned_data["picture"].read()
        picture_id = add_picture(actor=actor, campus_code=opened.row.campus_code, data=data, now=now)
    content = form.to_content(picture_id=picture_id)
    is_confirmed = form.cleaned_data["is_confirmed"]
    version = form.cleaned_data["version"]
    if content != opened.content or is_confirmed or version != opened.version:
        version = save_article(
            actor=actor,
            article_id=opened.row.id,
            version=version,
            content=content,
            is_confirmed=is_confirmed,
            now=now,
        )
    act = request.POST.get("act", "save")
    if act not in {"publish", "schedule"}:
        messages.success(request, _("Saved as version %(number)s. Readers do not see it yet.") % {"number": version})
        return
    shown_from = release.cleaned_data["shown_from"] if act == "schedule" else None
    if act == "schedule" and shown_from is None:
        raise ShownFromPast
    publish_article(
        actor=actor,
        article_id=opened.row.id,
        version=version,
        now=now,
        shown_from=shown_from,
        accepts_gap=release.cleaned_data["accepts_gap"],
    )
    messages.success(request, _("Scheduled.") if shown_from else _("Published. Readers see it now."))


def _offer_comparison(
    request: HttpRequest, opened: EditedArticle, *, form: ArticleForm, release: ReleaseForm, refusal: ArticleChanged
) -> HttpResponse:
    """The editor's text stays; what the other one saved stands beside it, and a second save goes on top of it."""
    now = timezone.now()
    opened = get_article(actor=actor_of(request), article_id=opened.row.id, now=now)
    mine = replace(form.to_content(picture_id=form.cleaned_data["picture_id"]))
    data = request.POST.copy()
    data["version"] = str(opened.version)
    kept = ArticleForm(data, kind=opened.row.kind)
    differences = list_differences(before=opened.content, after=mine)
    return _page(
        request, opened, form=kept, release=release, now=now, status=409, refusal=refusal, differences=differences
    )


def _page(
    request: HttpRequest,
    opened: EditedArticle,
    *,
    form: ArticleForm,
    release: ReleaseForm,
    now: datetime,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    row = opened.row
    context = desk_context(
        article=opened,
        row=row,
        kind=KINDS[row.kind],
        state=STATES[row.state],
        worth=STATUSES[row.status],
        has_gap=row.status is not TranslationStatus.REVIEWED,
        form=form,
        release=release,
        history=list_history(actor=actor_of(request), article_id=row.id, now=now),
        preview=preview_of(opened.content, language="en"),
        may_be_told=row.kind is ArticleKind.ANNOUNCEMENT and opened.shown_version is not None,
        readers=count_readers(now=now) if row.kind is ArticleKind.ANNOUNCEMENT else 0,
        **facts,
    )
    return render(request, "staff_web/publications/article.html", context, status=status)


@require_POST
@editor
def tell(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Tells patients who agreed to news of a published announcement, once."""
    try:
        tell_readers(article_id=article_id, actor=actor_of(request), now=timezone.now())
    except (AlreadyTold, EnglishNotReady, NothingToTell) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Patients who agreed to news are being told."))
    return redirect("staff:publications_article", article_id=article_id)


@require_POST
@editor
def withdraw(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Takes the article back from readers, with a reason."""
    reason = request.POST.get("reason", "").strip()
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)
    version = request.POST.get("version", "")
    withdraw_article(
        actor=actor_of(request),
        article_id=article_id,
        version=int(version) if version.isdecimal() else 0,
        reason=reason,
        now=timezone.now(),
    )
    messages.success(request, _("Withdrawn. Readers do not see it any more."))
    return redirect("staff:publications_article", article_id=article_id)
