"""The list of articles with its filters and gaps, and new articles."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hospital.kernel.actors import Role
from hospital.publications.api import create_article, list_articles
from hospital.publications.errors import SlugTaken, UnfitText
from hospital.publications.states import ArticleState, TranslationStatus
from hospital.publications.types import ArticleKind
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import PUBLICATIONS
from hospital.staff_web.publications.forms import NewArticleForm
from hospital.staff_web.publications.words import KINDS, STATES, STATUSES

editor = desk_view(Role.EDITOR)


def desk_context(**facts: Any) -> dict[str, Any]:
    """What every page of this desk shows."""
    return {"desk_code": PUBLICATIONS.code, **facts}


@require_GET
@editor
def publications(request: HttpRequest) -> HttpResponse:
    """All articles of the reader's campuses; gaps are counted over all of them, whatever is chosen."""
    kind, state, status = (request.GET.get(name, "") for name in ("kind", "state", "status"))
    text = request.GET.get("q", "").strip()
    rows = list_articles(actor=actor_of(request), now=timezone.now(), text=text)
    shown = [
        row
        for row in rows
        if kind in {"", row.kind.value} and state in {"", row.state.value} and status in {"", row.status.value}
    ]
    counts = Counter(row.status.value for row in rows)
    planned = sum(row.scheduled_for is not None for row in rows)
    context = desk_context(
        rows=[
            {"row": row, "state": STATES[row.state], "status": STATUSES[row.status], "kind": KINDS[row.kind]}
            for row in shown
        ],
        total=len(rows),
        text=text,
        kind=kind,
        state=state,
        status=status,
        kinds=[(each.value, KINDS[each]) for each in ArticleKind],
        states=[(each.value, STATES[each][1]) for each in ArticleState],
        statuses=[(each.value, STATUSES[each][1]) for each in TranslationStatus],
        gaps=[
            (each.value, *STATUSES[each], counts[each.value])
            for each in (TranslationStatus.MISSING, TranslationStatus.STALE, TranslationStatus.DRAFT)
            if counts[each.value]
        ],
        planned=planned,
    )
    return render(request, "staff_web/publications/list.html", context)


@require_http_methods(["GET", "POST"])
@editor
def new_article(request: HttpRequest) -> HttpResponse:
    """A new draft for the campus where the editor works now."""
    actor = actor_of(request)
    initial = {"kind": request.GET.get("kind") or ArticleKind.ANNOUNCEMENT.value}
    form = NewArticleForm(request.POST or None, campus_code=actor.campus_code, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            article_id = create_article(
                actor=actor, subject=form.to_subject(), content=form.to_content(), now=timezone.now()
            )
        except (SlugTaken, UnfitText) as refusal:
            form.add_error("slug", refusal.message)
        else:
            return redirect("staff:publications_article", article_id=article_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "staff_web/publications/new.html", desk_context(form=form), status=status)
