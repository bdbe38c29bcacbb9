"""A wrong key stops the start instead of failing at the first encrypted name."""

import base64
import os
import subprocess
import sys

import pytest

from config.env import BadEnvironment, is_issued_by, read_certificates, read_keys, read_limits
from config.settings import DEMO_AUTHORITY
from sandbox.certificates import AUTHORITY, new_signing_keys

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


def test_certificates_of_the_demonstration_are_known_by_their_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    assert DEMO_AUTHORITY == AUTHORITY
    monkeypatch.setenv(NAME, new_signing_keys()["IMC_PAPER_SIGNING_CERTIFICATES"])
    certificates = read_certificates(NAME)
    assert len(certificates) == 2
    assert all(is_issued_by(each, authority=DEMO_AUTHORITY) for each in certificates)
    assert not any(is_issued_by(each, authority="another") for each in certificates)


@pytest.mark.parametrize("text", ["garbage", WHOLE, "1:"])
def test_a_certificate_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(BadEnvironment, match=NAME):
        read_certificates(NAME)


@pytest.mark.requirement("N05")
@pytest.mark.parametrize(("demo", "is_refused"), [("0", True), ("1", False)])
def test_the_demonstrations_authority_signs_nothing_elsewhere(demo: str, is_refused: bool) -> None:
    environment = {**os.environ, **new_signing_keys(), "IMC_DEMO": demo}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert ("demonstration's authority" in done.stderr) is is_refused
    assert (done.returncode != 0) is is_refused
