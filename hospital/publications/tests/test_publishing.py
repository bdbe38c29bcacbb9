"""Draft, scheduled, published, withdrawn (A02): what readers see, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Actor, ActorKind
from hospital.kernel.types import BilingualText
from hospital.publications.api import (
    get_article,
    get_revision,
    get_shown,
    list_articles,
    list_history,
    publish_article,
    save_article,
    withdraw_article,
)
from hospital.publications.errors import (
    ArticleChanged,
    EnglishNotReady,
    NotEditor,
    NothingPublished,
    ShownFromPast,
    SlugTaken,
    UnfitText,
    UnknownArticle,
)
from hospital.publications.models import Article, ArticleRevision, Release
from hospital.publications.states import ArticleState
from hospital.publications.tests.factories import NOON, editor, make_article, make_content
from hospital.publications.types import ArticleKind

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02", "W20")]
HOUR = timedelta(hours=1)


def shown_title(slug: str, *, at) -> str:
    return get_shown(now=at, kind=ArticleKind.GUIDE, slug=slug).content.title.en


def state_of(article_id, *, at) -> ArticleState:
    return get_article(actor=editor(), article_id=article_id, now=at).row.state


def test_a_draft_is_seen_by_nobody_but_its_editors() -> None:
    article_id = make_article(slug="number")
    assert state_of(article_id, at=NOON) is ArticleState.DRAFT
    with pytest.raises(UnknownArticle):
        get_shown(now=NOON, kind=ArticleKind.GUIDE, slug="number")


def test_a_scheduled_article_appears_by_itself() -> None:
    article_id = make_article(slug="number", shown_from=NOON + HOUR)
    assert state_of(article_id, at=NOON) is ArticleState.SCHEDULED
    with pytest.raises(UnknownArticle):
        shown_title("number", at=NOON + HOUR - timedelta(seconds=1))
    assert shown_title("number", at=NOON + HOUR) == "How to take a number"
    assert state_of(article_id, at=NOON + HOUR) is ArticleState.PUBLISHED


def test_what_is_shown_stays_until_the_next_version_is_due() -> None:
    article_id = make_article(slug="number", shown=True)
    newer = make_content(title=BilingualText("取号", "Taking a number"))
    version = save_article(
        actor=editor(), article_id=article_id, version=1, content=newer, is_confirmed=True, now=NOON + HOUR
    )
    assert shown_title("number", at=NOON + HOUR) == "How to take a number"  # saved is not published
    publish_article(actor=editor(), article_id=article_id, version=version, now=NOON + HOUR, shown_from=NOON + 3 * HOUR)
    assert shown_title("number", at=NOON + 2 * HOUR) == "How to take a number"
    assert shown_title("number", at=NOON + 3 * HOUR) == "Taking a number"


def test_a_new_schedule_replaces_the_old_one() -> None:
    article_id = make_article(slug="number", shown_from=NOON + HOUR)
    publish_article(actor=editor(), article_id=article_id, version=1, now=NOON, shown_from=NOON + 2 * HOUR)
    with pytest.raises(UnknownArticle):
        shown_title("number", at=NOON + HOUR)
    assert shown_title("number", at=NOON + 2 * HOUR)


def test_what_is_withdrawn_is_gone_and_can_be_published_again() -> None:
    article_id = make_article(slug="number", shown=True)
    withdraw_article(actor=editor(), article_id=article_id, version=1, now=NOON + HOUR, reason="out of date")
    assert state_of(article_id, at=NOON + HOUR) is ArticleState.WITHDRAWN
    with pytest.raises(UnknownArticle):
        shown_title("number", at=NOON + HOUR)
    with pytest.raises(NothingPublished):
        withdraw_article(actor=editor(), article_id=article_id, version=1, now=NOON + HOUR, reason="again")
    publish_article(actor=editor(), article_id=article_id, version=1, now=NOON + 2 * HOUR)
    assert shown_title("number", at=NOON + 2 * HOUR)


def test_two_editors_do_not_overwrite_each_other() -> None:
    article_id = make_article()
    first = make_content(title=BilingualText("甲", "First"))
    save_article(actor=editor(name="DU Min"), article_id=article_id, version=1, content=first, now=NOON)
    with pytest.raises(ArticleChanged) as refused:
        save_article(actor=editor(), article_id=article_id, version=1, content=make_content(), now=NOON + HOUR)
    assert refused.value.facts == {"name": "DU Min", "time": "12:00"}
    with pytest.raises(ArticleChanged):
        publish_article(actor=editor(), article_id=article_id, version=1, now=NOON + HOUR)
    with pytest.raises(ArticleChanged):
        withdraw_article(actor=editor(), article_id=article_id, version=1, now=NOON + HOUR, reason="x")
    article = get_article(actor=editor(), article_id=article_id, now=NOON)
    assert (article.version, article.content.title.en) == (2, "First")
    assert not Release.objects.exists()


def test_only_editors_of_the_campus_write() -> None:
    article_id = make_article(shown=True)
    for actor in (editor("NORTH"), Actor(kind=ActorKind.STAFF, id="1", label="nobody", campus_code="IMC")):
        with pytest.raises(NotEditor):
            save_article(actor=actor, article_id=article_id, version=1, content=make_content(), now=NOON)
        with pytest.raises(NotEditor):
            publish_article(actor=actor, article_id=article_id, version=1, now=NOON)
        with pytest.raises(NotEditor):
            withdraw_article(actor=actor, article_id=article_id, version=1, now=NOON, reason="x")
        with pytest.raises(UnknownArticle):
            get_article(actor=actor, article_id=article_id, now=NOON)
        with pytest.raises(UnknownArticle):
            list_history(actor=actor, article_id=article_id, now=NOON)
        assert list_articles(actor=actor, now=NOON) == []
    assert ArticleRevision.objects.count() == Release.objects.count() == 1


def test_unreviewed_english_goes_out_only_on_purpose() -> None:
    article_id = make_article(slug="number", is_confirmed=False)
    with pytest.raises(EnglishNotReady):
        publish_article(actor=editor(), article_id=article_id, version=1, now=NOON)
    assert not Release.objects.exists()
    publish_article(actor=editor(), article_id=article_id, version=1, now=NOON, accepts_gap=True)
    assert get_shown(now=NOON, kind=ArticleKind.GUIDE, slug="number").status == "DRAFT"


def test_a_schedule_lies_ahead() -> None:
    article_id = make_article()
    with pytest.raises(ShownFromPast):
        publish_article(actor=editor(), article_id=article_id, version=1, now=NOON, shown_from=NOON)
    assert not Release.objects.exists()


def test_published_versions_can_be_read_and_never_changed() -> None:
    article_id = make_article(shown=True)
    save_article(
        actor=editor(name="DU Min"),
        article_id=article_id,
        version=1,
        content=replace(make_content(), body=BilingualText("新", "New")),
        now=NOON + HOUR,
    )
    history = list_history(actor=editor(), article_id=article_id, now=NOON + HOUR)
    assert [(entry.number, entry.saved_by, entry.is_shown) for entry in history] == [
        (2, "DU Min", False),
        (1, "SONG Jing", True),
    ]
    assert get_revision(actor=editor(), article_id=article_id, number=1).content.body.en.startswith("Take a number")
    for change in (
        lambda: ArticleRevision.objects.filter(number=1).update(body_en="Another"),
        lambda: ArticleRevision.objects.filter(number=1).delete(),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()
    assert ArticleRevision.objects.get(number=1).body_en.startswith("Take a number")


def test_every_act_is_in_the_trail() -> None:
    article_id = make_article(shown_from=NOON + HOUR)
    save_article(actor=editor(), article_id=article_id, version=1, content=make_content(), now=NOON)
    withdraw_article(actor=editor(), article_id=article_id, version=2, now=NOON, reason="wrong date")
    acts = [entry.action for entry in AuditEntry.objects.filter(subject_id=str(article_id))]
    assert sorted(acts) == [
        "publications.create",
        "publications.save",
        "publications.schedule",
        "publications.withdraw",
    ]


def test_a_short_name_is_taken_once_and_fit_for_an_address() -> None:
    make_article(slug="number")
    with pytest.raises(SlugTaken):
        make_article(slug="number")
    make_article(kind=ArticleKind.HELP, slug="number")
    for slug in ("", "Number", "a b", "-a", "a" * 61, "取号"):
        with pytest.raises(UnfitText):
            make_article(slug=slug or "a--b")
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title_zh", {"title": BilingualText(" ", "Title")}),
        ("title_en", {"title": BilingualText("题", "x" * 201)}),
        ("summary_zh", {"summary": BilingualText("长" * 301)}),
        ("body_en", {"body": BilingualText("文", "x" * 20_001)}),
        ("hours_zh", {"texts": {"hours": BilingualText("8 点")}}),  # a guide has no opening hours
        ("latitude", {"numbers": {"latitude": "23.1"}}),
    ],
)
def test_unfit_texts_are_refused_by_field(field, changes) -> None:
    with pytest.raises(UnfitText) as refused:
        make_article(content=make_content(**changes))
    assert refused.value.facts["field"] == field
    assert not Article.objects.exists()


def test_coordinates_are_numbers_on_the_globe() -> None:
    for numbers in ({"latitude": "91"}, {"longitude": "-181"}, {"latitude": "NaN"}, {"latitude": "north"}):
        with pytest.raises(UnfitText):
            make_article(kind=ArticleKind.CAMPUS, content=make_content(numbers=numbers))
    make_article(
        kind=ArticleKind.CAMPUS, content=make_content(numbers={"latitude": "23.1291", "longitude": "113.2644"})
    )
