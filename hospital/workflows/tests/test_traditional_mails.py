"""Mails to readers of Traditional Chinese are written in it, names of our own places too (N20)."""

import pytest
from django.utils import translation

from hospital.accounts.api import get_account
from hospital.accounts.models import PatientAccount
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.notifications.models import Message
from hospital.workflows.keep_account import send_contact_code
from hospital.workflows.readers import in_script

pytestmark = pytest.mark.requirement("N20")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "confirms this address"), ("zh-hans", "验证码"), ("zh-hant", "驗證碼")]
)
def test_an_account_is_written_to_in_its_own_language(language, words):
    account = PatientAccount.objects.create(email_index=f"mail-{new_id()}", language=language, created_at=TEN)
    assert get_account(account_id=account.id).language == language
    send_contact_code(account_id=account.id, address="new@example.com", ip="", now=TEN)
    message = Message.objects.get()
    assert (words in message.subject, message.language) == (True, language)


def test_names_of_ours_follow_the_reader():
    name = BilingualText("国际医疗中心 范医生", "International Medical Center, Dr. Fan")
    for language, told in (("zh-hant", "國際醫療中心 范醫生"), ("zh-hans", name.zh), ("en", name.en)):
        with translation.override(language):
            assert in_script(name) == told
