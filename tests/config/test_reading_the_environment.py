"""A wrong key stops the start instead of failing at the first encrypted name."""

import base64

import pytest

from config.env import BadEnvironment, read_keys, read_limits

NAME = "IMC_TEST_KEYS"
WHOLE = base64.b64encode(bytes(32)).decode()


def test_keys_are_read_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, f"2:{WHOLE}, 1:{WHOLE}")
    assert read_keys(NAME) == [f"2:{WHOLE}", f"1:{WHOLE}"]


@pytest.mark.parametrize("text", [WHOLE, f":{WHOLE}", "1:", "1:garbage", f"1:{WHOLE[:-8]}", f"1:{WHOLE},1:{WHOLE}"])
def test_a_key_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(BadEnvironment, match=NAME):
        read_keys(NAME)


def test_limits_are_read_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "86=800, *=60")
    assert read_limits(NAME, "", needed="*") == {"86": 800, "*": 60}


@pytest.mark.parametrize("text", ["86=800", "*", "*=many", "=5,*=1", "*=-1"])
def test_a_limit_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(BadEnvironment, match=NAME):
        read_limits(NAME, "", needed="*")
