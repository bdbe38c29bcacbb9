"""Announcements are told to who agreed to news, over what they chose, once (W20, N14)."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.accounts.api import parse_address, patient_actor
from hospital.accounts.models import PatientAccount
from hospital.audit.api import list_entries
from hospital.consents.api import get_notice, give_consent, withdraw_consent
from hospital.consents.types import ConsentFacts, Purpose
from hospital.encounters.tests.clinic import TEN, make_campus, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.notifications.api import list_messages, set_choices
from hospital.notifications.models import InboxMessage, Message
from hospital.notifications.types import Channel, Choice, Topic
from hospital.publications.api import create_article, publish_article, withdraw_article
from hospital.publications.errors import AlreadyTold, EnglishNotReady, NotEditor, NothingToTell
from hospital.publications.models import Article
from hospital.publications.types import ArticleKind, ArticleSubject, Content
from hospital.workflows import tell_readers as story
from hospital.workflows.tell_readers import count_readers, tell_batch, tell_readers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("W20", "N14")]
TITLE = BilingualText("流感疫苗到货了", "Flu vaccine is here")
FIRST = story._FIRST


@pytest.fixture
def editor():
    make_campus()
    return make_staff(Role.EDITOR)


def announce(editor, *, title=TITLE, kind=ArticleKind.ANNOUNCEMENT, is_published=True):
    article_id = create_article(
        actor=editor,
        subject=ArticleSubject(kind=kind, slug="flu", campus_code="IMC", is_hospital_wide=True),
        content=Content(title=title, summary=BilingualText("请预约。", "Book a visit.")),
        is_confirmed=True,
        now=TEN,
    )
    if is_published:
        publish_article(actor=editor, article_id=article_id, version=1, accepts_gap=True, now=TEN)
    return article_id


def reader(*, agrees=True, language="en", mail=False, **changes):
    address = parse_address(f"{new_id()}@example.com")
    account = PatientAccount.objects.create(
        email=address.sealed, email_index=address.index, language=language, created_at=TEN, **changes
    )
    actor = patient_actor(account.id)
    if agrees:
        version = get_notice(purpose=Purpose.MARKETING, on=local_day(TEN)).version
        facts = ConsentFacts(version=version, language="en")
        give_consent(account_id=account.id, purpose=Purpose.MARKETING, facts=facts, actor=actor, now=TEN)
    if mail:
        chosen = [Choice(Topic.ANNOUNCEMENTS, Channel.EMAIL, is_wanted=True)]
        set_choices(account_id=account.id, choices=chosen, actor=actor, now=TEN)
    return actor


def test_who_agreed_finds_it_in_the_inbox_and_has_a_mail_only_if_wanted(editor):
    told, mailed = reader(), reader(language="zh-hant", mail=True)
    refused, chose_without_consent, closed = (
        reader(agrees=False),
        reader(agrees=False, mail=True),
        reader(is_active=False),
    )
    withdrew = reader(mail=True)
    withdraw_consent(account_id=withdrew.id, purpose=Purpose.MARKETING, actor=withdrew, now=TEN)
    assert count_readers(now=TEN) == 2
    tell_readers(article_id=announce(editor), actor=editor, now=TEN)
    assert not InboxMessage.objects.exists()  # the worker does it
    assert ProcrastinateJob.objects.filter(task_name="workflows.tell_readers").count() == 1
    for _ in range(2):
        tell_batch(slug="flu", after_id=FIRST, now=TEN)
    for actor in (told, mailed):
        (card,) = list_messages(actor=actor)
        assert (card.kind, card.title, card.target_kind, card.target_id) == (
            "announcement",
            TITLE,
            "announcement",
            "flu",
        )
    for actor in (refused, chose_without_consent, closed, withdrew):
        assert list_messages(actor=actor) == []
    mail = Message.objects.get()
    assert (mail.subject, mail.language) == ("流感疫苗到貨了", "zh-hant")
    assert "請預約。" in mail.body
    assert "通知設置" in mail.body or "通知設定" in mail.body


def test_accounts_are_gone_through_in_batches(editor, monkeypatch):
    monkeypatch.setattr(story, "BATCH", 2)
    readers = [reader() for _ in range(3)]
    announce(editor)
    tell_batch(slug="flu", after_id=FIRST, now=TEN)
    assert InboxMessage.objects.count() == 2
    job = ProcrastinateJob.objects.get(task_name="workflows.tell_readers")
    assert job.args == {"slug": "flu", "after_id": str(sorted(actor.id for actor in readers)[1])}


def test_it_is_told_once(editor):
    article_id = announce(editor)
    tell_readers(article_id=article_id, actor=editor, now=TEN)
    with pytest.raises(AlreadyTold):
        tell_readers(article_id=article_id, actor=editor, now=TEN + timedelta(days=1))
    assert Article.objects.get().told_at == TEN
    assert len(list_entries(action="publications.tell")) == 1
    assert ProcrastinateJob.objects.filter(task_name="workflows.tell_readers").count() == 1


def test_what_was_taken_back_is_told_to_nobody_else(editor):
    actor = reader()
    article_id = announce(editor)
    tell_readers(article_id=article_id, actor=editor, now=TEN)
    withdraw_article(actor=editor, article_id=article_id, version=1, reason="wrong day", now=TEN)
    tell_batch(slug="flu", after_id=FIRST, now=TEN)
    assert list_messages(actor=actor) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"is_published": False}, NothingToTell),
        ({"kind": ArticleKind.GUIDE}, NothingToTell),
        ({"title": BilingualText("流感疫苗到货了")}, EnglishNotReady),
    ],
)
def test_what_is_not_ready_is_not_told(editor, changes, refusal):
    article_id = announce(editor, **changes)
    with pytest.raises(refusal):
        tell_readers(article_id=article_id, actor=editor, now=TEN)
    assert Article.objects.get().told_at is None
    assert not ProcrastinateJob.objects.filter(task_name="workflows.tell_readers").exists()


def test_only_an_editor_tells(editor):
    article_id = announce(editor)
    with pytest.raises(NotEditor):
        tell_readers(article_id=article_id, actor=make_staff(Role.REGISTRAR), now=TEN)
    assert Article.objects.get().told_at is None
