"""The publications desk: lists with gaps, both languages side by side, preview, publishing, two editors (A02)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Role
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.publications.api import get_shown
from hospital.publications.errors import UnknownArticle
from hospital.publications.models import Article, ArticleRevision, Picture, Release
from hospital.publications.tests.factories import make_article, make_content, picture_bytes
from hospital.publications.types import ArticleKind
from hospital.staff_web.tests.factories import browser, count_queries, make_member, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02", "W20")]
DESK = "/staff/publications/"


@pytest.fixture
def desk():
    """An editor's browser."""
    return open_desk(Role.EDITOR)


def form_of(version: int = 1, **changes: object) -> dict[str, object]:
    """What the editor's form sends."""
    return {
        "version": version,
        "title_zh": "怎样取号",
        "title_en": "How to take a number",
        "summary_zh": "到院后先取号",
        "summary_en": "Do this when you arrive",
        "body_zh": "先取号，再**候诊**。",
        "body_en": "Take a number, then **wait**.",
        "audience": "EVERYONE",
        "symbol": "ticket",
        "position": "0",
        "act": "save",
        **changes,
    }


def shown(slug: str) -> str:
    return get_shown(now=timezone.now(), kind=ArticleKind.GUIDE, slug=slug).content.title.en


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_shows_states_gaps_and_the_other_language(language) -> None:
    make_article(slug="number", shown=True)
    make_article(slug="draft", content=make_content(title=BilingualText("只有中文")))
    page = open_desk(Role.EDITOR, language=language).get(DESK)
    assert page.status_code == 200
    assert ("No English: 1" if language == "en" else "缺英文: 1") in page.text
    assert len(page.context["rows"]) == 2
    client = open_desk(Role.EDITOR, language=language)
    assert len(client.get(DESK, {"status": "MISSING"}).context["rows"]) == 1
    assert len(client.get(DESK, {"state": "PUBLISHED", "kind": "GUIDE", "q": "number"}).context["rows"]) == 1
    assert len(client.get(DESK, {"state": "PUBLISHED", "kind": "nonsense"}).context["rows"]) == 0


def test_the_list_takes_the_same_number_of_statements_whatever_its_length(desk) -> None:
    make_article()
    few = count_queries(desk, DESK)
    for _ in range(8):
        make_article(shown=True)
    assert count_queries(desk, DESK) == few


def test_an_article_is_begun_written_and_published(desk) -> None:
    answer = desk.post(f"{DESK}new/", {"kind": "GUIDE", "slug": "number", "title_zh": "取号", "is_hospital_wide": "on"})
    article = Article.objects.get(slug="number")
    assert answer["Location"] == f"{DESK}{article.id}/"
    assert desk.get(answer["Location"]).status_code == 200
    refused = desk.post(answer["Location"], form_of(act="publish"))
    assert refused.status_code == 422  # nobody has reviewed the English
    assert "The English is not reviewed yet" in refused.text
    article.refresh_from_db()
    assert article.version == 2  # what was written is saved all the same
    assert not Release.objects.exists()
    done = desk.post(answer["Location"], form_of(2, act="publish", is_confirmed="on"))
    assert done.status_code == 302
    assert shown("number") == "How to take a number"
    assert AuditEntry.objects.filter(action="publications.publish", subject_id=str(article.id)).exists()


def test_publishing_what_is_saved_makes_no_new_version(desk) -> None:
    article_id = make_article(slug="number")
    assert desk.post(f"{DESK}{article_id}/", form_of(symbol="info", act="publish")).status_code == 302
    assert ArticleRevision.objects.count() == 1


def test_a_gap_goes_out_only_with_its_tick(desk) -> None:
    article_id = make_article(slug="number", content=make_content(title=BilingualText("取号")))
    address = f"{DESK}{article_id}/"
    assert desk.post(address, form_of(title_en="", act="publish", symbol="info")).status_code == 422
    assert (
        desk.post(address, form_of(2, title_en="", symbol="info", act="publish", accepts_gap="on")).status_code == 302
    )
    assert get_shown(now=timezone.now(), kind=ArticleKind.GUIDE, slug="number").status == "MISSING"


def test_an_article_is_scheduled_in_the_hospitals_time(desk) -> None:
    article_id = make_article(slug="number")
    address = f"{DESK}{article_id}/"
    assert "lies ahead" in desk.post(address, form_of(act="schedule", shown_from="")).text
    assert desk.post(address, form_of(2, act="schedule", shown_from="2020-01-01T08:00")).status_code == 422
    assert not Release.objects.exists()
    tomorrow = (timezone.now() + timedelta(days=1)).astimezone(SHANGHAI).replace(second=0, microsecond=0)
    version = Article.objects.get().version
    sent = form_of(version, act="schedule", shown_from=tomorrow.strftime("%Y-%m-%dT%H:%M"), is_confirmed="on")
    assert desk.post(address, sent).status_code == 302
    assert Release.objects.get().shown_from == tomorrow
    with pytest.raises(UnknownArticle):
        shown("number")
    assert tomorrow.strftime("%H:%M") in desk.get(address).text


def test_the_second_editor_keeps_their_text_and_sees_the_difference(desk) -> None:
    article_id = make_article(slug="number")
    other = open_desk(Role.EDITOR)
    address = f"{DESK}{article_id}/"
    assert other.post(address, form_of(title_en="Numbers")).status_code == 302
    answer = desk.post(address, form_of(title_en="Taking a number"))
    assert answer.status_code == 409
    assert "Nothing" not in answer.context["refusal"].message
    assert "<del>Numbers</del>" in answer.text.replace("\n", "")
    assert 'value="Taking a number"' in answer.text
    assert ArticleRevision.objects.latest("number").title_en == "Numbers"
    assert desk.post(address, form_of(2, title_en="Taking a number")).status_code == 302
    assert ArticleRevision.objects.latest("number").title_en == "Taking a number"


@pytest.mark.parametrize(("language", "words"), [("en", "Wait here"), ("zh", "请在此候诊"), ("hant", "請在此候診")])
def test_the_preview_follows_what_is_typed_and_saves_nothing(desk, language, words) -> None:
    article_id = make_article()
    sent = form_of(body_zh="请在此候诊 <b>", body_en="Wait here", preview=language)
    answer = desk.post(f"{DESK}{article_id}/preview/", sent)
    assert words in answer.text
    assert "<b>" not in answer.text.replace("<b></b>", "")
    assert ArticleRevision.objects.count() == 1
    unfinished = desk.post(f"{DESK}{article_id}/preview/", {"preview": "en", "title_zh": ""})
    assert unfinished.status_code == 200


def test_withdrawing_wants_a_reason(desk) -> None:
    article_id = make_article(slug="number", shown=True)
    address = f"{DESK}{article_id}/withdraw/"
    assert desk.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert shown("number")
    assert desk.post(address, {"version": 1, "reason": "out of date"}).status_code == 302
    with pytest.raises(UnknownArticle):
        shown("number")
    assert desk.post(address, {"version": "x", "reason": "again"}).status_code == 409


def test_versions_are_compared_word_by_word(desk) -> None:
    article_id = make_article()
    desk.post(f"{DESK}{article_id}/", form_of(body_en="Take a ticket, then **wait**."))
    page = desk.get(f"{DESK}{article_id}/versions/2/").text
    assert "<del>number</del>" in page
    assert "<ins>ticket</ins>" in page
    assert "Take a number" in desk.get(f"{DESK}{article_id}/versions/1/").text
    assert desk.get(f"{DESK}{article_id}/versions/9/").status_code == 404


def test_a_picture_is_taken_in_with_its_words(desk) -> None:
    article_id = make_article()
    address = f"{DESK}{article_id}/"
    upload = SimpleUploadedFile("hall.png", picture_bytes())
    assert desk.post(address, form_of(picture=upload)).status_code == 422  # what does it show?
    upload = SimpleUploadedFile("hall.png", picture_bytes())
    saved = desk.post(address, form_of(picture=upload, picture_alt_zh="大厅", picture_alt_en="The hall"))
    assert saved.status_code == 302
    assert ArticleRevision.objects.latest("number").picture_id in {each.pk for each in Picture.objects.all()}
    broken = SimpleUploadedFile("hall.png", b"no picture")
    assert desk.post(address, form_of(2, picture=broken, picture_alt_zh="大厅")).status_code == 422
    page = desk.get(address).text
    assert "pub-thumb" in page


def test_nobody_else_opens_the_desk() -> None:
    article_id = make_article()
    for client in (open_desk(Role.DOCTOR), open_desk(Role.PRICE_OFFICER)):
        assert client.get(DESK).status_code == 403
        assert client.post(f"{DESK}{article_id}/", form_of()).status_code == 403
    elsewhere = browser(make_member(Role.EDITOR, campus="NORTH"))
    assert elsewhere.get(DESK).context["rows"] == []
    assert elsewhere.get(f"{DESK}{article_id}/").status_code == 404
    assert elsewhere.post(f"{DESK}{article_id}/", form_of()).status_code == 404
    assert elsewhere.post(f"{DESK}{article_id}/withdraw/", {"version": 1, "reason": "no reason"}).status_code == 403
    assert ArticleRevision.objects.count() == 1


def test_texts_that_do_not_fit_are_named_at_their_field(desk) -> None:
    article_id = make_article(kind=ArticleKind.CAMPUS)
    answer = desk.post(f"{DESK}{article_id}/", form_of(latitude="north"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["latitude"]


@pytest.mark.parametrize(
    ("language", "button", "told"),
    [("en", "Tell patients", "Patients were told"), ("zh-hans", "通知患者", "已通知患者")],
)
def test_patients_are_told_of_a_published_announcement_once(language, button, told):
    desk = open_desk(Role.EDITOR, language=language)
    article_id = make_article(kind=ArticleKind.ANNOUNCEMENT, slug="flu", shown=True)
    address = f"{DESK}{article_id}/"
    assert button in desk.get(address).content.decode()
    assert desk.post(f"{address}tell/").status_code == 302
    page = desk.get(address).content.decode()
    assert told in page
    assert desk.post(f"{address}tell/").status_code == 302
    assert AuditEntry.objects.filter(action="publications.tell").count() == 1
    assert open_desk(Role.CASHIER).post(f"{address}tell/").status_code == 403
