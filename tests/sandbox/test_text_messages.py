"""Text messages against the stand-in, which checks the signature (W19, A17)."""

from datetime import UTC, datetime

import pytest

from hospital.integrations.tencent_sms.sender import TencentSms, TencentSmsConfig, sign
from hospital.notifications.ports import SmsRejected, SmsUnavailable
from sandbox.process import SandboxClient, running_sandbox

pytestmark = [pytest.mark.requirement("A17", "W19")]
PHONE = "+447700900123"


@pytest.fixture(scope="module")
def address():
    """A running sandbox."""
    with running_sandbox() as address:
        yield address


def config_of(address, **changes):
    values = {
        "url": f"{address.url}/sms",
        "region": "ap-guangzhou",
        "secret_id": address.sms_secret_id,
        "secret_key": address.sms_secret_key,
        "app_id": "1400000000",
        "signature": "国际医疗中心",
        "templates": (("code.en", "1000001"), ("code.zh-hans", "1000002")),
        "connect_seconds": 2,
        "answer_seconds": 5,
    }
    return TencentSmsConfig(**values | changes)


def send(address, *, phone=PHONE, language="en", kind="code", at=None, **changes):
    TencentSms(config_of(address, **changes)).send(
        phone=phone, kind=kind, language=language, values=["123456"], reference="r-1", at=at or datetime.now(UTC)
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "123456 is your code"), ("zh-hans", "您的验证码是 123456"), ("zh-hant", "您的验证码是 123456")],
)
def test_a_registered_text_arrives_with_its_places_filled(address, language, words):
    with SandboxClient(address) as client:
        client.reset()
        send(address, language=language)
        (message,) = client.list_mail(PHONE)
    assert words in message["text"]


def test_traditional_chinese_is_sent_where_its_text_is_registered(address):
    with SandboxClient(address) as client:
        client.reset()
        send(address, language="zh-hant", templates=(("code.zh-hans", "1000002"), ("code.zh-hant", "1000007")))
        (message,) = client.list_mail(PHONE)
    assert "您的驗證碼是 123456" in message["text"]


def test_a_number_or_a_text_that_the_carrier_does_not_take_is_given_up(address):
    for changes in ({"phone": "+8600000000"}, {"kind": "unknown"}, {"templates": (("code.en", "9"),)}):
        with pytest.raises(SmsRejected):
            send(address, **changes)


def test_a_wrong_key_or_an_old_call_is_not_accepted(address):
    with pytest.raises(SmsRejected, match="SignatureFailure"):
        send(address, secret_key="wrong")
    with pytest.raises(SmsRejected, match="SignatureExpire"):
        send(address, at=datetime(2026, 1, 1, tzinfo=UTC))


def test_no_answer_is_tried_again(address):
    with pytest.raises(SmsUnavailable):
        send(address, url="http://127.0.0.1:9/sms")


def test_the_signature_covers_the_content(address):
    config, at = config_of(address), datetime(2026, 11, 25, 2, tzinfo=UTC)
    one, other = (sign(config, action="SendSms", content=content, at=at) for content in (b"{}", b"[]"))
    assert one["Authorization"] != other["Authorization"]
    assert "2026-11-25/sms/tc3_request" in one["Authorization"]
    assert config.secret_key not in str(one)
