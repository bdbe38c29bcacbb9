"""code2Session against the stand-in (W19)."""

import logging

import pytest

from hospital.accounts.errors import WechatBusy, WechatCodeInvalid, WechatUnavailable
from hospital.integrations.wechat.identity import WechatConfig, WechatLogin
from sandbox.process import SandboxClient, running_sandbox

pytestmark = [pytest.mark.requirement("W19")]


@pytest.fixture(scope="module")
def address():
    """A running sandbox."""
    with running_sandbox() as address:
        yield address


@pytest.fixture
def phone(address):
    """Somebody's phone, where `wx.login` gives codes."""
    with SandboxClient(address) as client:
        client.reset()
        yield client


def login(address, **changes):
    values = {"api_url": address.url, "app_id": address.wechat_app_id, "app_secret": address.wechat_app_secret}
    return WechatLogin(WechatConfig(**values | changes, connect_seconds=2, answer_seconds=5))


def test_a_code_names_the_same_person_each_time_and_works_once(address, phone):
    first = login(address).exchange_code(code := phone.give_wechat_code("amara"))
    assert (len(first.openid), first.openid[0], bool(first.unionid)) == (28, "o", True)
    assert login(address).exchange_code(phone.give_wechat_code("amara")) == first
    assert login(address).exchange_code(phone.give_wechat_code("ben")) != first
    with pytest.raises(WechatCodeInvalid):
        login(address).exchange_code(code)


def test_an_old_or_invented_code_is_refused(address, phone):
    code = phone.give_wechat_code("amara")
    phone.age_wechat_code(code)
    for wrong in (code, "invented"):
        with pytest.raises(WechatCodeInvalid):
            login(address).exchange_code(wrong)


@pytest.mark.parametrize(("errcode", "refusal"), [(-1, WechatUnavailable), (45011, WechatBusy)])
def test_what_wechat_says_of_itself_is_told_apart(address, phone, errcode, refusal):
    code = phone.give_wechat_code("amara")
    phone.force_wechat_error(errcode)
    with pytest.raises(refusal):
        login(address).exchange_code(code)
    phone.force_wechat_error(0)
    assert login(address).exchange_code(code).openid


def test_a_wrong_secret_or_no_answer_is_no_fault_of_the_user(address, phone, caplog):
    code = phone.give_wechat_code("amara")
    with caplog.at_level(logging.WARNING), pytest.raises(WechatUnavailable):
        login(address, app_secret="wrong").exchange_code(code)
    with pytest.raises(WechatUnavailable):
        login(address, api_url="http://127.0.0.1:9").exchange_code(code)
    assert "40125" in caplog.text
    assert "wrong" not in caplog.text
    assert code not in caplog.text
