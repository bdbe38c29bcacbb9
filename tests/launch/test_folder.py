"""The data folder: its secrets and its one owner."""

import os
import stat
from pathlib import Path

import pytest

from launch.environment import LASTING, PREPARED, kept_secrets, new_secrets
from launch.lock_file import FolderLock, Owner
from sandbox.alipay.keys import new_alipay_keys
from sandbox.certificates import new_signing_keys
from sandbox.wechat_pay.keys import new_wechat_pay_keys


def _names() -> set[str]:
    return {*new_secrets(), *new_wechat_pay_keys(), *new_alipay_keys(), *new_signing_keys()}


def test_secrets_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = kept_secrets(tmp_path)
    assert first.keys() == _names()
    assert kept_secrets(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_new_secret_is_added_and_the_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "secrets.env").write_text("IMC_SECRET_KEY=old=with=signs\n")
    kept = kept_secrets(tmp_path)
    assert kept["IMC_SECRET_KEY"] == "old=with=signs"
    assert kept.keys() == _names()


@pytest.mark.parametrize("left", ["", "IMC_SECRET_KEY=a\nIMC_FIELD_KEYS=\n"])
def test_a_filled_database_whose_keys_are_gone_gets_no_new_ones(
    tmp_path: Path, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in LASTING:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / PREPARED).write_text("{}")
    (tmp_path / "secrets.env").write_text(left)
    with pytest.raises(SystemExit):
        kept_secrets(tmp_path)
    assert (tmp_path / "secrets.env").read_text() == left


def test_no_two_places_share_a_secret(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = kept_secrets(tmp_path / "a"), kept_secrets(tmp_path / "b")
    shared = {name for name in one if one[name] == other[name]}
    assert shared == {"IMC_CARD_MERCHANT_ID", "IMC_CARD_TERMINAL_MERCHANT_ID", "IMC_WECHAT_PAY_MERCHANT_ID"}


def test_one_owner_at_a_time(tmp_path: Path) -> None:
    mine, other = FolderLock(tmp_path), FolderLock(tmp_path)
    assert mine.acquire("run")
    assert stat.S_IMODE(mine.path.stat().st_mode) == 0o600
    mine.describe(Owner(os.getpid(), "run", "postgresql://x", "http://127.0.0.1:1"))
    assert not other.acquire("manage")
    owner = other.read_owner()
    assert owner is not None
    assert (owner.pid, owner.address) == (os.getpid(), "http://127.0.0.1:1")
    mine.release()
    assert other.acquire("manage")
    other.release()
