"""Lists of what is shown: order, filters, pages, number of statements."""

from datetime import timedelta

import pytest

from hospital.encounters.tests.clinic import make_doctor
from hospital.kernel.types import BilingualText
from hospital.publications.api import (
    add_picture,
    count_shown,
    get_picture,
    get_shown_of,
    list_articles,
    list_portraits,
    list_shown,
)
from hospital.publications.errors import NotEditor, UnknownPicture
from hospital.publications.models import Picture
from hospital.publications.states import ArticleState, TranslationStatus
from hospital.publications.tests.factories import NOON, editor, make_article, make_content, picture_bytes
from hospital.publications.types import ArticleKind, Audience

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]
DAY = timedelta(days=1)
LATER = NOON + 9 * DAY


def slugs(**asked) -> list[str]:
    return [row.slug for row in list_shown(**{"now": LATER, "kind": ArticleKind.ANNOUNCEMENT, **asked})]


def announce(slug: str, *, at=NOON, campus="IMC", wide=True, **content) -> None:
    make_article(
        kind=ArticleKind.ANNOUNCEMENT,
        slug=slug,
        campus=campus,
        is_hospital_wide=wide,
        content=make_content(**content),
        now=at,
        shown=True,
    )


def test_pinned_first_then_the_newest() -> None:
    announce("old", at=NOON)
    announce("pinned", at=NOON, is_pinned=True)
    announce("new", at=NOON + DAY)
    assert slugs() == ["pinned", "new", "old"]
    assert slugs(offset=1, limit=1) == ["new"]
    assert count_shown(now=LATER, kind=ArticleKind.ANNOUNCEMENT) == 3
    assert slugs(now=NOON) == ["pinned", "old"]


def test_lists_are_cut_by_campus_audience_and_words() -> None:
    announce("all")
    announce("north", campus="NORTH", wide=False)
    announce("families", audience=Audience.FAMILIES, title=BilingualText("探视时间", "Visiting hours"))
    assert set(slugs(campus_code="IMC")) == {"all", "families"}
    assert set(slugs(campus_code="NORTH")) == {"all", "north", "families"}
    assert set(slugs(audience=Audience.OVERSEAS)) == {"all", "north"}
    assert slugs(text="visiting HOURS") == slugs(text="探视") == ["families"]
    assert slugs(text="visiting elephants") == []


def test_a_list_takes_one_statement_whatever_its_length(django_assert_num_queries) -> None:
    for number in range(6):
        announce(f"n{number}")
    with django_assert_num_queries(1):
        assert len(slugs()) == 6
    with django_assert_num_queries(2):
        assert len(list_articles(actor=editor(), now=LATER)) == 6


def test_editors_filter_by_state_and_gap() -> None:
    make_article(slug="draft", is_confirmed=False)
    make_article(slug="planned", shown_from=NOON + DAY)
    make_article(slug="shown", shown=True, kind=ArticleKind.HELP)

    def found(**asked) -> set[str]:
        return {row.slug for row in list_articles(actor=editor(), now=NOON, **asked)}

    assert found(state=ArticleState.SCHEDULED) == {"planned"}
    assert found(status=TranslationStatus.DRAFT) == {"draft"}
    assert found(kind=ArticleKind.HELP) == {"shown"}
    assert found(text="plan") == {"planned"}


def test_a_doctor_has_a_page_and_a_portrait(django_assert_num_queries) -> None:
    _, clinician = make_doctor()
    picture = add_picture(actor=editor(), campus_code="IMC", data=picture_bytes(), now=NOON)
    make_article(
        kind=ArticleKind.DOCTOR,
        content=make_content(
            picture_id=picture,
            picture_alt=BilingualText("林医生", "Dr Lin"),
            texts={"education": BilingualText("中山大学", "Sun Yat-sen University")},
        ),
        shown=True,
        clinician_id=clinician.id,
    )
    with django_assert_num_queries(1):
        assert list_portraits(now=NOON, clinician_ids=[clinician.id]) == {clinician.id: picture}
    page = get_shown_of(now=NOON, kind=ArticleKind.DOCTOR, clinician_id=clinician.id)
    assert page is not None
    assert page.content.texts["education"].en == "Sun Yat-sen University"
    assert get_picture(picture_id=picture).data[:3] == b"\xff\xd8\xff"


def test_pictures_are_taken_from_editors_only() -> None:
    with pytest.raises(NotEditor):
        add_picture(actor=editor("NORTH"), campus_code="IMC", data=picture_bytes(), now=NOON)
    assert not Picture.objects.exists()
    with pytest.raises(UnknownPicture):
        get_picture(picture_id=make_article())
